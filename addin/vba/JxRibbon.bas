Attribute VB_Name = "JxRibbon"
' The ribbon's doors. Every button comes in through JxPress; which one it was stands in its tag.
' The parameters are Object, not IRibbonControl: no reference to the Office library is needed then.
Option Explicit

Private ribbon As Object

Public Sub JxLoaded(ui As Object)
    Set ribbon = ui
End Sub

Public Sub JxPress(control As Object)
    JxRun CStr(control.Tag)
End Sub

Public Sub JxRestart(control As Object)
    JxRestartService
End Sub

' The workbook's own tab steps back while the add-in shows the same one, which never asks. Excel may put the question
' to the other file's macro of this name: the answer is the same.
Public Sub JxTabVisible(control As Object, ByRef visible As Variant)
    visible = Not JxAddinIsOpen()
End Sub

Public Sub JxRefresh()
    If Not ribbon Is Nothing Then ribbon.Invalidate
End Sub
