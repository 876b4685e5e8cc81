"""An independent exact-fraction program for the appraisal rules R0–R12, and random years to compare with.

It shares no code with the product and reads no workbook: a year is plain lists and dicts of logical values.
"""
