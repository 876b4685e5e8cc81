"""What the spreadsheet program loads, and what builds it."""
