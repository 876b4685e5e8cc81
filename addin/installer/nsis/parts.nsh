; What stands in the install folder, and how a new version takes the place of an old one: all of it or nothing.

!macro EachPart ACTION
    !insertmacro ${ACTION} "runtime"
    !insertmacro ${ACTION} "模板"
    !insertmacro ${ACTION} "手册"
    !insertmacro ${ACTION} "${ADDIN}"
    !insertmacro ${ACTION} "uninstall.exe"
!macroend

; Renames $0 to $1, again for a while: what has just been unpacked may be in a virus scanner's hands.
Function RenamePatiently
    ${For} $2 1 10
        ClearErrors
        Rename $0 $1
        ${IfNot} ${Errors}
            Return
        ${EndIf}
        Sleep 500
    ${Next}
    SetErrors
FunctionEnd

!macro TakeAway PART
    ${If} ${FileExists} "$INSTDIR\${PART}"
        StrCpy $0 "$INSTDIR\${PART}"
        StrCpy $1 "$INSTDIR\old\${PART}"
        Call RenamePatiently
        IfErrors failed
    ${EndIf}
!macroend

!macro BringIn PART
    StrCpy $0 "$INSTDIR\new\${PART}"
    StrCpy $1 "$INSTDIR\${PART}"
    Call RenamePatiently
    IfErrors failed
!macroend

; What stands in place and no longer in new is the new one. In: $0, 0 when no older version was taken away; else a part
; goes only when there is one to take its place.
!macro PutBack PART
    ${If} ${FileExists} "$INSTDIR\${PART}"
    ${AndIfNot} ${FileExists} "$INSTDIR\new\${PART}"
        ${If} $0 = 0
        ${OrIf} ${FileExists} "$INSTDIR\old\${PART}"
            Rename "$INSTDIR\${PART}" "$INSTDIR\new\${PART}"
        ${EndIf}
    ${EndIf}
    !insertmacro Restore "${PART}"
!macroend

!macro Restore PART
    ${If} ${FileExists} "$INSTDIR\old\${PART}"
    ${AndIfNot} ${FileExists} "$INSTDIR\${PART}"
        Rename "$INSTDIR\old\${PART}" "$INSTDIR\${PART}"
    ${EndIf}
!macroend

; Where it stands is told by the folders: old and new, it is under way; only new, it has not begun or is undone; only
; old, it is complete. So new, empty by then, goes at its end, and when it is undone old goes before new.
Function Swap
    CreateDirectory "$INSTDIR\old"
    !insertmacro EachPart TakeAway
    !insertmacro EachPart BringIn
    ${For} $2 1 10 ; as patiently as the parts were renamed
        ClearErrors
        RMDir "$INSTDIR\new"
        ${IfNot} ${Errors}
            Return
        ${EndIf}
        Sleep 500
    ${Next}
  failed:
    Call Undo
    !insertmacro Tell ${CODE_IN_USE} "$(TEXT_NOT_SWAPPED)"
    Abort
FunctionEnd

Function Undo
    ${DirState} "$INSTDIR\old" $0
    !insertmacro EachPart PutBack
    RMDir "$INSTDIR\old"
FunctionEnd

; Not while old holds something that could not be put back: new tells the next installation so.
Function RemoveNew
    ${IfNot} ${FileExists} "$INSTDIR\old"
        RMDir /r "$INSTDIR\new"
    ${EndIf}
FunctionEnd

; An installation that was cut off, by the power for instance, is undone first; a complete one only has remains.
Function Recover
    ${If} ${FileExists} "$INSTDIR\new"
        ${If} ${FileExists} "$INSTDIR\old"
            Call Undo
        ${EndIf}
    ${Else}
        !insertmacro EachPart Restore
        RMDir /r "$INSTDIR\old"
    ${EndIf}
    Call RemoveNew
    ${If} ${FileExists} "$INSTDIR\old"
    ${OrIf} ${FileExists} "$INSTDIR\new"
        !insertmacro Tell ${CODE_IN_USE} "$(TEXT_NOT_SWAPPED)"
        Abort
    ${EndIf}
FunctionEnd

; The version that stood in another folder goes once the new one works.
Function RemoveEarlier
    ${If} $Earlier == ""
    ${OrIf} $Earlier == $INSTDIR
        Return
    ${EndIf}
    Push $Earlier
    Call UnregisterAddin
    Push $Earlier
    Call RemoveParts
FunctionEnd

!macro RemovePart PART
    RMDir /r "$R0\${PART}"
    Delete "$R0\${PART}"
!macroend

; Both the installer and the uninstaller need these.
!macro PartFunctions UN
    ; Takes a folder from the stack and removes what is ours in it; of the folder itself only if nothing else is there.
    Function ${UN}RemoveParts
        Pop $R0
        !insertmacro EachPart RemovePart
        !insertmacro RemovePart "old"
        !insertmacro RemovePart "new"
        Delete "$R0\jixiao.log"
        Delete "$R0\jixiao.log.1"
        Delete "$LOCALAPPDATA\Jixiao\jixiao.log"
        Delete "$LOCALAPPDATA\Jixiao\jixiao.log.1"
        RMDir "$LOCALAPPDATA\Jixiao"
        RMDir "$R0"
    FunctionEnd

    ; Excel keeps the add-in and a DLL open, and writes its list of add-ins when it closes; the Python it started lives
    ; as long as it does. So nothing is done while one of them is there.
    Function ${UN}StopIfInUse
      again:
        FindWindow $0 "XLMAIN"
        ${If} $0 = 0
            Call ${UN}FindOpenFile
        ${EndIf}
        ${If} $0 = 0
            Return
        ${EndIf}
        SetErrorLevel ${CODE_IN_USE}
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(TEXT_IN_USE)" /SD IDCANCEL IDRETRY retry
        Abort "$(TEXT_STOPPED)"
      retry:
        SetErrorLevel 0
        Goto again
    FunctionEnd

    ; Sets $0 to 1 when somebody has one of our files open.
    Function ${UN}FindOpenFile
        StrCpy $0 0
        !insertmacro AskFile "$INSTDIR\${ADDIN}"
        !insertmacro AskFile "$INSTDIR\runtime\python.exe"
        FindFirst $1 $2 "$INSTDIR\runtime\xlwings*.dll"
        ${DoWhile} $2 != ""
            !insertmacro AskFile "$INSTDIR\runtime\$2"
            FindNext $1 $2
        ${Loop}
        FindClose $1
    FunctionEnd
!macroend

!macro AskFile FILE
    ${If} ${FileExists} "${FILE}"
        ClearErrors
        FileOpen $3 "${FILE}" a ; to be written to: refused for a running program and for what Excel has open
        ${If} ${Errors}
            StrCpy $0 1
        ${Else}
            FileClose $3
        ${EndIf}
    ${EndIf}
!macroend

!insertmacro PartFunctions ""
!insertmacro PartFunctions "un."
