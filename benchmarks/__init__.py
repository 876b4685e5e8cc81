"""Timings against other programs in one run; ratios, never absolute times."""
