Attribute VB_Name = "JxDoctor"
' The self-check where Python does not come: what can be seen from here. With Python, Python looks at everything.
Option Explicit

Public Const JX_DOCTOR As String = "doctor"
Private Const SETTINGS As String = "xlwings.conf"
Private Const INTERPRETER As String = "INTERPRETER_WIN"

' A line each: the program, the interpreter and its DLL, what is wrong with their path or the workbook's, what to send.
Public Function JxSeen() As String
    Dim bits As String
    Dim setting As String
    Dim path As String
    Dim library As String
    On Error Resume Next
    bits = "32"
    If InStr(Application.OperatingSystem, "64-bit") > 0 Then bits = "64"
    setting = JxLookedUp(SETTINGS, INTERPRETER)
    path = ExpandEnvironmentStrings(setting)
    library = "xlwings" & bits & "-" & XLWINGS_VERSION & ".dll"
    JxSeen = JxWords("seen.program") & JxProgram() & " " & bits & JxWords("seen.bits")
    ' The setting as it is written: the path itself would name the user.
    JxSeen = JxSeen & vbCrLf & JxWords("seen.interpreter") & setting & JxThere(path)
    JxSeen = JxSeen & vbCrLf & JxWords("seen.library") & library & JxThere(JxFolder(path) & library)
    If Not JxFits(path) Then JxSeen = JxSeen & vbCrLf & JxWords("seen.letters")
    JxSeen = JxSeen & JxPlace()
    JxSeen = JxSeen & vbCrLf & JxWords("seen.send")
End Function

' Name, version and build; WPS does not know them all.
Private Function JxProgram() As String
    On Error Resume Next
    JxProgram = Application.Name
    JxProgram = JxProgram & " " & Application.Version
    JxProgram = JxProgram & "." & Application.Build
End Function

' What is wrong with where the workbook lies, on a line of its own.
Private Function JxPlace() As String
    On Error Resume Next
    If ActiveWorkbook Is Nothing Then Exit Function
    If ActiveWorkbook.Path = "" Then
        JxPlace = vbCrLf & JxWords("message.unsaved")
    ElseIf InStr(ActiveWorkbook.FullName, "://") > 0 Then
        JxPlace = vbCrLf & JxWords("message.cloud")
    End If
End Function

Private Function JxThere(ByVal path As String) As String
    JxThere = JxWords(IIf(FileExists(path), "seen.there", "seen.missing"))
End Function

Private Function JxFolder(ByVal path As String) As String
    JxFolder = Left$(path, InStrRev(path, "\"))
End Function

' Whether the system's code page, in which the command that starts Python is handed over, has every letter.
Private Function JxFits(ByVal path As String) As Boolean
    JxFits = (StrConv(StrConv(path, vbFromUnicode), vbUnicode) = path)
End Function
