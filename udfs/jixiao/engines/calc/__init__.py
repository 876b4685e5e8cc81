"""The second driver: workbooks that are open in LibreOffice Calc, over UNO."""
