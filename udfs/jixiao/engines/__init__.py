"""xlwings engines for machines without Excel.

`jixiao.engines.file` opens a workbook file and edits it in place, losing nothing. Importing this package alone
loads neither xlwings nor lxml.
"""
