"""The workbook's own VBA run by LibreOffice, with a door that only writes down who knocked."""
