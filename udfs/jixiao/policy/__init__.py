"""The settings as dated data, each with its clause, and how a workbook overrides them."""
