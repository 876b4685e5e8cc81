Attribute VB_Name = "Twin"
Option Explicit

' A cell holds a number where Excel has True, and Not turns that into another number.
Public Property Get TwinIsAddin() As Boolean
    TwinIsAddin = (ThisWorkbook.Worksheets("door").Range("H9").Value <> 0)
End Property

Public Property Let TwinIsAddin(ByVal hidden As Boolean)
    ThisWorkbook.Worksheets("door").Range("H9").Value = IIf(hidden, 1, 0)
End Property

' The DLL: starts the server where it is asked to and can, and ends it.
Public Function TwinActivate(ByRef answer As Variant, ByVal command As String, ByVal mode As Long) As Long
    Dim door As Object
    Set door = ThisWorkbook.Worksheets("door")
    door.Range("H12").Value = door.Range("H12").Value + 1
    door.Range("H13").Value = command
    If mode = -1 Then
        TwinNote "dll", "stop", command
    ElseIf door.Range("H2").Value = "broken" Then
        TwinActivate = 1
    Else
        Set answer = New TwinDoor
    End If
End Function

Public Function TwinLoadLibrary(ByVal path As String) As Long
    Dim lost As String
    lost = ThisWorkbook.Worksheets("door").Range("H5").Value
    TwinLoadLibrary = IIf(lost = "" Or InStr(path, lost) = 0, 1, 0)
End Function

' The person's settings: where the runtime is, when it last failed.
Public Function TwinGetSetting(ByVal product As String, ByVal section As String, ByVal name As String) As String
    TwinGetSetting = ThisWorkbook.Worksheets("door").Range(IIf(name = "Folder", "H1", "H11")).Value
End Function

Public Sub TwinSaveSetting(ByVal product As String, ByVal section As String, ByVal name As String, ByVal value As String)
    ThisWorkbook.Worksheets("door").Range(IIf(name = "Folder", "H1", "H11")).Value = value
End Sub

Public Function TwinFolder() As String
    TwinFolder = ThisWorkbook.Worksheets("door").Range("H8").Value
    If TwinFolder = "" Then TwinFolder = "C:\Program Files\Microsoft Office\root\Office16"
End Function

Public Function TwinActive() As Object
    Dim front As Object
    Dim whole As String
    Dim last As Long
    whole = ThisWorkbook.Worksheets("door").Range("H7").Value
    If whole = "none" Then Exit Function
    If whole = "" Then
        Set TwinActive = ActiveWorkbook
        Exit Function
    End If
    last = InStrRev(Replace(whole, "\", "/"), "/")
    Set front = New TwinFront
    front.FullName = whole
    front.Name = Mid$(whole, last + 1)
    If last > 0 Then front.Path = Left$(whole, last - 1)
    Set TwinActive = front
End Function

Public Function TwinCanary() As String
    TwinCanary = "sings"
End Function

Public Sub TwinPress(ByVal macro As String, ByVal tag As String)
    Dim control As Object
    Set control = New TwinControl
    control.Tag = tag
    If macro = "JxPress" Then JxPress control
    If macro = "JxRestart" Then JxRestart control
End Sub

Public Function TwinTabVisible() As Boolean
    Dim control As Object
    Dim visible As Variant
    Set control = New TwinControl
    JxTabVisible control, visible
    TwinTabVisible = visible
End Function

' An error that nobody catches is a box in Excel; here the one who called would not know.
Public Function TwinWarmUp() As String
    On Error GoTo failed
    JxWarmUp 0
    TwinWarmUp = "quiet"
    Exit Function
failed:
    TwinWarmUp = Err.Description
End Function

Public Function TwinLoads() As String
    Dim ui As Object
    Set ui = New TwinControl
    JxLoaded ui
    TwinLoads = "loaded"
End Function

Public Sub TwinNote(ByVal first As Variant, ByVal second As Variant, ByVal third As Variant)
    Dim door As Object
    Dim row As Long
    Set door = ThisWorkbook.Worksheets("door")
    row = door.Range("G1").Value + 1
    door.Range("G1").Value = row
    ' A macro's name begins with a quote, and a cell swallows the first one.
    door.Cells(row, 1).Value = "'" & first
    door.Cells(row, 2).Value = second
    door.Cells(row, 3).Value = third
End Sub

Public Sub TwinOnTime(ByVal due As Date, ByVal name As String, Optional ByVal latest As Variant, Optional ByVal schedule As Boolean = True)
    TwinNote name, CDbl(due), IIf(schedule, "set", "taken back")
End Sub

Public Function TwinSwitches() As String
    TwinSwitches = Application.ScreenUpdating & " " & Application.EnableEvents & " " & ThisWorkbook.Worksheets("door").Range("H6").Value & " " & Application.Calculation
End Function

Public Sub TwinSwitchOff()
    Application.EnableEvents = False
    Application.Calculation = xlManual
End Sub

Public Sub TwinLoseTexts()
    ThisWorkbook.Worksheets("jixiao.texts").Name = "lost"
End Sub

Public Sub TwinSpoilTexts()
    ThisWorkbook.Worksheets("jixiao.texts").Cells(2, 1).Formula = "=1/0"
End Sub

Public Sub TwinDescribed(ByVal Macro As String, ByVal Description As String, ByVal Category As String, ByVal ArgumentDescriptions As Variant)
    Dim door As Object
    Dim place As Long
    Set door = ThisWorkbook.Worksheets("door")
    ' As Excel: what is hidden cannot be described.
    If TwinIsAddin Then Err.Raise 1004, , "hidden"
    TwinNote Macro, Description, Category
    For place = LBound(ArgumentDescriptions) To UBound(ArgumentDescriptions)
        door.Cells(door.Range("G1").Value, 10 + place).Value = ArgumentDescriptions(place)
    Next place
End Sub

' The worker types a formula into a cell only.
Public Sub TwinTypeArray(ByVal address As String, ByVal formula As String)
    ThisWorkbook.Worksheets("door").Range(address).FormulaArray = formula
End Sub

Public Sub TwinDescribe()
    JxDescribe
End Sub

' A workbook of somebody else's with links, as the add-in finds it.
Public Function TwinTurns(ByVal link As String) As String
    Dim book As Object
    Dim links As Object
    Set book = New TwinLinked
    book.Link = link
    Set links = New JxLinks
    links.Turn book
    TwinTurns = book.Link
End Function
