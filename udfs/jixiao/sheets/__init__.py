"""The workbook's sheets: declared once, found, read, checked and written."""
