Attribute VB_Name = "JxRibbon"
' The ribbon's doors and the timers'. Only macros stand here, none of them a function: cells could call that. Each takes
' something, if only to leave it out: Excel lists what takes nothing under Alt+F8, and staff need none of these there.
' The parameters are Object, not IRibbonControl: no reference to the Office library is needed then.
Option Explicit

Public Jx As New JxService
Private ribbon As Object

Public Sub JxLoaded(ui As Object)
    Set ribbon = ui
End Sub

' Every button comes in here; which one it was stands in its tag.
Public Sub JxPress(control As Object)
    Jx.Press CStr(control.Tag)
End Sub

Public Sub JxRestart(control As Object)
    Jx.Restart
End Sub

' The workbook's own tab steps back while the add-in shows the same one, which never asks. Excel may put the question
' to the other file's macro of this name: the answer is the same.
Public Sub JxTabVisible(control As Object, ByRef visible As Variant)
    visible = Not Jx.AddinIsOpen()
End Sub

' The add-in may have come or gone while another workbook was in front.
Public Sub JxRefresh(Optional ByVal unused As Variant)
    If Not ribbon Is Nothing Then ribbon.Invalidate
End Sub

Public Sub JxDescribe(Optional ByVal unused As Variant)
    Dim help As New JxHelp
    help.Describe
End Sub

Public Sub JxWarmUp(Optional ByVal unused As Variant)
    Jx.WarmUp
End Sub
