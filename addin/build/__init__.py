"""Builds the Excel workbooks: the blank template and the filled example, from the sheets' declarations."""
