"""Worked cases an office worker can read: every figure with its 算式, run through workbook and button."""
