Attribute VB_Name = "JxService"
' From a button to Python and back. One error path: whatever goes wrong ends in one sentence with what to do.
' All words come from the sheet jixiao.texts, because a module must be pure ASCII.
Option Explicit

Public Const JX_TEXTS As String = "jixiao.texts"

' Runs one action of jixiao.macros on the workbook in front and shows the sentence it answers with.
Public Sub JxRun(ByVal action As String)
    Dim obstacle As String
    Dim answer As Variant
    Dim before As Variant
    On Error GoTo failed
    obstacle = JxObstacle(action)
    If obstacle <> "" Then
        JxFail action, obstacle
        Exit Sub
    End If
    before = JxSwitches()
    answer = XLPy.CallUDF("jixiao.macros", "press", Array(action), ActiveWorkbook, Nothing)
    On Error GoTo 0
    JxShow JxPlain(answer)
    Exit Sub
failed:
    JxFail action, IIf(JxSwitchBack(before), "message.stopped", "message.service")
End Sub

' What Python switches while it works on the sheets: a Python that dies then cannot switch it back.
Private Function JxSwitches() As Variant
    On Error Resume Next
    JxSwitches = Array(Application.ScreenUpdating, Application.EnableEvents, Application.StatusBar, Application.Calculation)
End Function

' Puts the switches back, and tells whether one was not as before: then the sheets may be written by half.
Private Function JxSwitchBack(ByVal before As Variant) As Boolean
    Dim after As Variant
    Dim place As Long
    On Error Resume Next
    after = JxSwitches()
    If Not IsArray(before) Or Not IsArray(after) Then Exit Function
    For place = 0 To 3
        JxSwitchBack = JxSwitchBack Or CStr(after(place)) <> CStr(before(place))
    Next place
    Application.ScreenUpdating = before(0)
    Application.EnableEvents = before(1)
    Application.StatusBar = before(2)
    ' The last, because Excel calculates at once.
    Application.Calculation = before(3)
End Function

' A button that did not reach Python: the sentence, and from the self-check what it could see without.
Private Sub JxFail(ByVal action As String, ByVal key As String)
    Dim sentence As String
    sentence = JxWords(key)
    If action = JX_DOCTOR Then sentence = sentence & vbCrLf & JxSeen()
    JxTell sentence, True
End Sub

' What keeps a button from working, as a key of jixiao.texts; empty when nothing does. Where the workbook lies does not
' keep the self-check: it is there to tell.
Public Function JxObstacle(ByVal action As String) As String
    If JxIsWps() Then
        JxObstacle = "message.wps"
    ElseIf ActiveWorkbook Is Nothing Then
        JxObstacle = "message.protected"
    ElseIf action <> JX_DOCTOR And ActiveWorkbook.Path = "" Then
        JxObstacle = "message.unsaved"
    ElseIf action <> JX_DOCTOR And InStr(ActiveWorkbook.FullName, "://") > 0 Then
        JxObstacle = "message.cloud"
    ElseIf Not JxRuntimeIsThere() Then
        JxObstacle = "message.runtime"
    End If
End Function

' xlwings cannot read its settings while no sheet is in front; then nothing can be said to be there.
Public Function JxRuntimeIsThere() As Boolean
    On Error Resume Next
    JxFindRuntime
    JxRuntimeIsThere = FileExists(GetConfig("INTERPRETER_WIN"))
End Function

' The settings name Python's folder as %JIXIAO_RUNTIME%. An Excel whose parent was started before the installation does
' not have it: then the registry knows, and where nothing was installed the usual folder is looked at.
Public Sub JxFindRuntime()
    Dim shell As Object
    Dim folder As String
    On Error Resume Next
    Set shell = CreateObject("WScript.Shell")
    If shell.ExpandEnvironmentStrings("%JIXIAO_RUNTIME%") <> "%JIXIAO_RUNTIME%" Then Exit Sub
    folder = shell.RegRead("HKCU\Environment\JIXIAO_RUNTIME")
    If folder = "" Then folder = shell.ExpandEnvironmentStrings("%LOCALAPPDATA%\Jixiao\runtime")
    shell.Environment("Process").Item("JIXIAO_RUNTIME") = folder
End Sub

' WPS calls itself Microsoft Excel; its folder tells.
Public Function JxIsWps() As Boolean
    Dim folder As String
    On Error Resume Next
    folder = UCase$(Application.Path)
    JxIsWps = InStr(folder, "WPS") > 0 Or InStr(folder, "KINGSOFT") > 0
End Function

Public Function JxAddinIsOpen() As Boolean
    Dim found As Workbook
    On Error Resume Next
    Set found = Workbooks(JxWords("file.addin"))
    JxAddinIsOpen = Not found Is Nothing
End Function

' Starts Python before it is needed, once the workbook stands on the screen; a failure shows at the first real call.
Public Sub JxWarmUp()
    Dim answer As Variant
    On Error Resume Next
    If JxIsWps() Or Not JxRuntimeIsThere() Then Exit Sub
    answer = XLPy.CallUDF("jixiao.macros", "press", Array("warm"), ThisWorkbook, Nothing)
End Sub

Public Sub JxRestartService()
    Dim obstacle As String
    Dim answer As String
    On Error GoTo failed
    obstacle = JxObstacle("")
    If obstacle <> "" And obstacle <> "message.unsaved" And obstacle <> "message.protected" Then
        JxTell JxWords(obstacle), True
        Exit Sub
    End If
    JxStopServices
    ' A service asked for while the old one is still going would be the old one.
    Application.Wait Now + TimeSerial(0, 0, 1)
    answer = JxPlain(XLPy.CallUDF("jixiao.macros", "press", Array("warm"), ThisWorkbook, Nothing))
    On Error Resume Next
    Application.CalculateFull
    On Error GoTo 0
    If Left$(answer, 1) <> "!" Then answer = JxWords("message.restarted")
    JxShow answer
    Exit Sub
failed:
    JxTell JxWords("message.service"), True
End Sub

' Every file of ours has a service of its own: the add-in, which the list of workbooks leaves out, and each workbook.
Private Sub JxStopServices()
    Dim book As Workbook
    Dim addin As Workbook
    On Error Resume Next
    JxStopService
    For Each book In Workbooks
        If book.Name <> ThisWorkbook.Name Then JxStopIn book
    Next book
    Set addin = Workbooks(JxWords("file.addin"))
    If Not addin Is Nothing Then
        If addin.Name <> ThisWorkbook.Name Then JxStopIn addin
    End If
End Sub

' A workbook that is not ours has no such macro.
Private Sub JxStopIn(ByVal book As Workbook)
    On Error Resume Next
    Application.Run "'" & Replace(book.Name, "'", "''") & "'!JxStopService"
End Sub

' Ends the service of this file.
Public Sub JxStopService()
    KillPy
End Sub

' What a worksheet function shows when it could not reach Python; a fault in an argument is told by Python itself.
Public Function JxFault(ByVal details As String) As String
    If JxIsWps() Then
        JxFault = JxWords("cell.wps")
    ElseIf Not JxRuntimeIsThere() Then
        JxFault = JxWords("cell.runtime")
    Else
        JxFault = JxWords("cell.service")
    End If
End Function

' An answer of CallUDF: a value, or a block of one.
Public Function JxPlain(ByVal answer As Variant) As String
    Dim one As Variant
    If IsArray(answer) Then
        For Each one In answer
            JxPlain = CStr(one)
            Exit Function
        Next one
    Else
        JxPlain = CStr(answer)
    End If
End Function

' A sentence that begins with ! is about something that went wrong.
Private Sub JxShow(ByVal sentence As String)
    If Left$(sentence, 1) = "!" Then
        JxTell Mid$(sentence, 2), True
    ElseIf sentence <> "" Then
        JxTell sentence, False
    End If
End Sub

Public Sub JxTell(ByVal sentence As String, ByVal wrong As Boolean)
    MsgBox sentence, IIf(wrong, vbExclamation, vbInformation), JxWords("title")
End Sub

' A macro of this file as Excel wants it named; a quote in the file's name is doubled.
Public Function JxMacro(ByVal name As String) As String
    JxMacro = "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & name
End Function

' The text of a key on jixiao.texts.
Public Function JxWords(ByVal key As String) As String
    JxWords = JxLookedUp(JX_TEXTS, key)
End Function

' What stands beside a key on one of this file's hidden sheets.
Public Function JxLookedUp(ByVal name As String, ByVal key As String) As String
    Dim sheet As Worksheet
    Dim line As Long
    Set sheet = ThisWorkbook.Worksheets(name)
    line = 1
    Do While sheet.Cells(line, 1).Value <> ""
        If sheet.Cells(line, 1).Value = key Then
            JxLookedUp = sheet.Cells(line, 2).Value
            Exit Function
        End If
        line = line + 1
    Loop
End Function
