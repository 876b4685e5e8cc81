"""The sheet 公式复核, recalculated for real by LibreOffice."""
