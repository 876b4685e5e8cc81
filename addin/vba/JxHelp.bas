Attribute VB_Name = "JxHelp"
' Tells the function wizard what the functions and their arguments are; the words stand on jixiao.texts.
Option Explicit

Private Const PREFIX As String = "help."

Public Sub JxDescribeFunctions()
    Dim texts As Worksheet
    Dim line As Long
    Dim last As Long
    Dim key As String
    Dim saved As Boolean
    If Not ThisWorkbook.IsAddin And JxAddinIsOpen() Then Exit Sub
    ' A hidden workbook's macros cannot be described, and an add-in is hidden.
    Dim hidden As Boolean
    hidden = ThisWorkbook.IsAddin
    ' Somebody may have typed before this ran: only what was unchanged may count as unchanged afterwards.
    saved = ThisWorkbook.Saved
    Application.ScreenUpdating = False
    On Error Resume Next
    If hidden Then ThisWorkbook.IsAddin = False
    Set texts = ThisWorkbook.Worksheets(JX_TEXTS)
    ' A loop until the first empty cell would never end where errors are passed over: a sheet that is lost has no cells.
    If Not texts Is Nothing Then last = texts.UsedRange.Rows.Count
    For line = 1 To last
        key = ""
        key = texts.Cells(line, 1).Value
        If Left$(key, Len(PREFIX)) = PREFIX Then JxDescribe texts, line, Mid$(key, Len(PREFIX) + 1)
    Next line
    If hidden Then ThisWorkbook.IsAddin = True
    ThisWorkbook.Saved = saved
    Application.ScreenUpdating = True
End Sub

Private Sub JxDescribe(ByVal texts As Worksheet, ByVal line As Long, ByVal name As String)
    Dim count As Long
    Dim help() As String
    Do While texts.Cells(line, 3 + count).Value <> ""
        ReDim Preserve help(0 To count)
        help(count) = texts.Cells(line, 3 + count).Value
        count = count + 1
    Loop
    Application.MacroOptions Macro:=JxMacro(name), _
        Description:=texts.Cells(line, 2).Value, Category:=JxWords("title"), ArgumentDescriptions:=help
End Sub
