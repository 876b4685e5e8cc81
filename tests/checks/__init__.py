"""Planted faults: a small valid town, and what every fault put into it must lead to."""
