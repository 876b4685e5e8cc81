; Where the program goes. Excel starts Python by an ANSI command line: a folder whose name the code page cannot hold
; never works, however well everything is installed.

; In: $0, a folder. Out: $1, what is wrong with it as a sentence, or nothing.
Function FolderFault
    StrCpy $1 ""
    StrCpy $2 $0 2 1
    ${If} $2 != ":\"
        StrCpy $1 "$(TEXT_NOT_LOCAL)"
        Return
    ${EndIf}
    StrLen $2 $0
    ${If} $2 > ${LONGEST}
        StrCpy $1 "$(TEXT_TOO_LONG)"
        Return
    ${EndIf}
    ; There and back: what the code page cannot hold comes back as something else.
    System::Call 'kernel32::lstrcpynA(m .r2, m r0, i ${NSIS_MAX_STRLEN})'
    ${If} $2 S!= $0
        StrCpy $1 "$(TEXT_CODE_PAGE)"
        Return
    ${EndIf}
    ${WordFind} "$0" "%" "+1{" $2
    ${If} $2 != $0 ; cmd.exe, which starts Python, would take it for a variable
        StrCpy $1 "$(TEXT_PERCENT)"
    ${EndIf}
FunctionEnd

; Sets $INSTDIR: the folder of /D=, else the one of an earlier version, else the person's own; when nobody chose a
; folder that cannot work, another one. A chosen one is refused; the other is offered to whoever sits there.
Function ChooseFolder
    StrCpy $R0 $INSTDIR
    ${If} $INSTDIR == ""
        Call StopIfIgnored
        StrCpy $INSTDIR $Earlier
    ${EndIf}
    ${If} $INSTDIR == ""
        StrCpy $INSTDIR "$LOCALAPPDATA\Jixiao"
    ${EndIf}
    StrCpy $0 $INSTDIR
    Call FolderFault
    ${If} $1 == ""
        ${If} $R0 != ""
            Call StopIfNotOurs
        ${EndIf}
        Return
    ${EndIf}
    StrCpy $Moved $1
    Call FindOtherFolder
    ${If} $R0 != ""
        SetErrorLevel ${CODE_PLACE}
        MessageBox MB_YESNO|MB_ICONEXCLAMATION "$Moved$\r$\n$\r$\n$(TEXT_OTHER_FOLDER)" /SD IDNO IDYES accepted
        Quit
      accepted:
        SetErrorLevel 0
    ${EndIf}
    StrCpy $INSTDIR $Other
    Call StopIfOtherIsTaken
FunctionEnd

; NSIS passes over a /D= in quotes, without a full path, or on a drive that is not there: whoever wrote it wants no
; other folder.
Function StopIfIgnored
    System::Call 'kernel32::GetCommandLineW() w .r0'
    ${WordFind} "$0" "/D=" "+1{" $1
    ${If} $1 != $0
        StrLen $1 "$1/D="
        StrCpy $0 $0 "" $1
        !insertmacro Tell ${CODE_PLACE} "$(TEXT_NOT_LOCAL)"
        Quit
    ${EndIf}
FunctionEnd

; Sets $Other to a folder in ASCII, which this person has for himself: the number Windows knows him by is its name.
Function FindOtherFolder
    System::Call 'kernel32::GetCurrentProcess() p .r0'
    System::Call 'advapi32::OpenProcessToken(p r0, i 8, *p .r0)' ; TOKEN_QUERY
    System::Alloc 256
    Pop $1
    System::Call 'advapi32::GetTokenInformation(p r0, i 1, p r1, i 256, *i .r2)' ; TokenUser
    System::Call '*$1(p .r2)'
    System::Call 'advapi32::ConvertSidToStringSidW(p r2, *p .r2)'
    System::Call '*$2(&w128 .r3)'
    System::Call 'kernel32::LocalFree(p r2)'
    System::Call 'kernel32::CloseHandle(p r0)'
    System::Free $1
    StrCpy $UserId $3
    ${WordFind} "$UserId" "-" "-1" $3
    SetShellVarContext all
    StrCpy $Other "$APPDATA\Jixiao-$3"
    SetShellVarContext current
    StrCpy $0 $Other
    Call FolderFault
    ${If} $1 != ""
        !insertmacro Tell ${CODE_PLACE} "$Moved"
        Quit
    ${EndIf}
FunctionEnd

; A folder that stands where everybody may put things, and is only its owner's to change.
; Out: $1, the security descriptor, to be freed, or 0.
!macro OwnersOnly
    StrCpy $0 "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;$UserId)"
    StrCpy $0 "O:$UserId$0" ; an administrator's folders are else those of all administrators
    System::Call 'advapi32::ConvertStringSecurityDescriptorToSecurityDescriptorW(w r0, i 1, *p .r1, p 0)'
!macroend

; An installation that was killed leaves such a folder behind: it is used again when it is this person's and nothing
; stands in it but our parts. Anything else of that name is not touched.
Function StopIfOtherIsTaken
    ${If} $INSTDIR == $Earlier
    ${OrIfNot} ${FileExists} "$INSTDIR"
        Return
    ${EndIf}
    Call FolderOwner
    ${If} $0 == $UserId
        Call FindForeign
        ${If} $0 == ""
            Return
        ${EndIf}
    ${EndIf}
    !insertmacro Tell ${CODE_PLACE} "$(TEXT_NOT_OURS)"
    Quit
FunctionEnd

; Sets $0 to the number of the person whom $INSTDIR belongs to.
Function FolderOwner
    System::Call 'advapi32::GetNamedSecurityInfoW(w "$INSTDIR", i 1, i 1, *p .r1, p 0, p 0, p 0, *p .r2)' ; owner
    System::Call 'advapi32::ConvertSidToStringSidW(p r1, *p .r3)'
    System::Call '*$3(&w128 .r0)'
    System::Call 'kernel32::LocalFree(p r3)'
    System::Call 'kernel32::LocalFree(p r2)'
FunctionEnd

!macro ForgetIfPart PART
    ${If} $0 == "${PART}"
        StrCpy $0 ""
    ${EndIf}
!macroend

; Sets $0 to the name of something in $INSTDIR that is not ours, or to nothing.
Function FindForeign
    FindFirst $1 $0 "$INSTDIR\*.*"
    ${DoWhile} $0 != ""
        !insertmacro ForgetIfPart "."
        !insertmacro ForgetIfPart ".."
        !insertmacro EachPart ForgetIfPart
        !insertmacro ForgetIfPart "old"
        !insertmacro ForgetIfPart "new"
        !insertmacro ForgetIfPart "jixiao.log"
        !insertmacro ForgetIfPart "jixiao.log.1"
        ${If} $0 != ""
            ${Break}
        ${EndIf}
        FindNext $1 $0
    ${Loop}
    FindClose $1
FunctionEnd

; Not before the person has said yes: whoever cancels leaves nothing behind.
Function MakeOwnFolder
    ${If} $INSTDIR != $Other
    ${OrIf} $INSTDIR == $Earlier
        Return
    ${EndIf}
    Call StopIfOtherIsTaken
    !insertmacro OwnersOnly
!if ${NSIS_PTR_SIZE} = 4
    System::Call '*(i 12, p r1, i 0) p .r3' ; SECURITY_ATTRIBUTES
!else
    System::Call '*(i 24, i 0, p r1, i 0, i 0) p .r3'
!endif
    System::Call 'kernel32::CreateDirectoryW(w "$INSTDIR", p r3) i .r4 ?e'
    Pop $5
    ${If} $5 = 183 ; ERROR_ALREADY_EXISTS, and it is ours: closed to others again
        System::Call 'advapi32::SetFileSecurityW(w "$INSTDIR", i 4, p r1) i .r4' ; DACL_SECURITY_INFORMATION
    ${EndIf}
    System::Free $3
    ${If} $1 = 0
        StrCpy $4 0
    ${EndIf}
    System::Call 'kernel32::LocalFree(p r1)'
    ${If} $4 = 0
        !insertmacro Tell ${CODE_DISK} "$(TEXT_NOT_WRITABLE)"
        Quit
    ${EndIf}
FunctionEnd

; A chosen folder is empty, or the program stands in it: nothing of anybody else's is ever moved or removed. Only the
; add-in has a name that no other program has; an installation that was cut off may have it in old or new, or not yet.
Function StopIfNotOurs
    ${If} $INSTDIR == $Earlier
    ${OrIf} ${FileExists} "$INSTDIR\${ADDIN}"
    ${OrIf} ${FileExists} "$INSTDIR\old\${ADDIN}"
    ${OrIf} ${FileExists} "$INSTDIR\new\${ADDIN}"
        Return
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR\new\runtime\python.exe"
        Call FindForeign
        ${If} $0 == ""
            Return
        ${EndIf}
    ${EndIf}
    ${DirState} "$INSTDIR" $0 ; 1: something is in it
    ${If} $0 = 1
        !insertmacro Tell ${CODE_PLACE} "$(TEXT_NOT_OURS)"
        Quit
    ${EndIf}
FunctionEnd

; Old and new stand side by side for a while.
Function StopIfNoRoom
    StrCpy $0 $INSTDIR 3
    ${DriveSpace} $0 "/D=F /S=M" $1 ; in kilobytes 2 TB would be more than NSIS can count
    ${If} $1 < ${ROOM_MB}
        !insertmacro Tell ${CODE_DISK} "$(TEXT_ROOM)"
        Abort
    ${EndIf}
    ClearErrors
    CreateDirectory "$INSTDIR\new"
    ${If} ${Errors}
        !insertmacro Tell ${CODE_DISK} "$(TEXT_NOT_WRITABLE)"
        Abort
    ${EndIf}
FunctionEnd
