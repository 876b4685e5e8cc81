; People's workbooks: theirs are never touched. Only a file that is, byte for byte, what an installer put there is
; replaced or removed.

!define ONEDRIVE_ACCOUNTS "Software\Microsoft\OneDrive\Accounts"
!define OTHER_WORKBOOKS "$PROFILE\${PRODUCT}"

!macro WorkbookFunctions UN
    ; Sets $Workbooks: where they went the first time, whatever has come since; else the usual folder. One that OneDrive
    ; keeps has an address on the web in Excel, and nothing can be computed there; one on the network is not trusted.
    Function ${UN}ChooseWorkbooks
        ReadRegStr $Workbooks HKCU "${UNINSTALL_KEY}" "Workbooks"
        ${If} $Workbooks != ""
            Return
        ${EndIf}
        StrCpy $Workbooks "$DOCUMENTS\${PRODUCT}"
        !insertmacro AvoidVariable "OneDrive"
        !insertmacro AvoidVariable "OneDriveConsumer"
        !insertmacro AvoidVariable "OneDriveCommercial"
        StrCpy $3 0
        ${Do}
            EnumRegKey $4 HKCU "${ONEDRIVE_ACCOUNTS}" $3
            ${If} $4 == ""
                ${Break}
            ${EndIf}
            ReadRegStr $0 HKCU "${ONEDRIVE_ACCOUNTS}\$4" "UserFolder"
            !insertmacro AvoidFolder
            IntOp $3 $3 + 1
        ${Loop}
        StrCpy $0 $DOCUMENTS 2
        StrCpy $1 $DOCUMENTS 3
        System::Call 'kernel32::GetDriveTypeW(w r1) i .r2'
        ${If} $0 == "\\"
        ${OrIf} $2 = 4 ; DRIVE_REMOTE
            StrCpy $Workbooks "${OTHER_WORKBOOKS}"
        ${EndIf}
    FunctionEnd

    ; Sets $2 to 1 when the files $0 and $1 are the same.
    Function ${UN}Compare
        StrCpy $2 0
        ${If} ${FileExists} "$0"
        ${AndIf} ${FileExists} "$1"
            nsExec::Exec '"$INSTDIR\runtime\python.exe" -c "import filecmp, sys; sys.exit(not filecmp.cmp(*sys.argv[1:], shallow=False))" "$0" "$1"'
            Pop $3
            ${If} $3 == 0
                StrCpy $2 1
            ${EndIf}
        ${EndIf}
    FunctionEnd
!macroend

!macro AvoidVariable VARIABLE
    ReadEnvStr $0 "${VARIABLE}"
    !insertmacro AvoidFolder
!macroend

; In: $0, a folder that OneDrive keeps, or nothing.
!macro AvoidFolder
    ${If} $0 != ""
        StrLen $1 "$0\"
        StrCpy $2 "$DOCUMENTS\" $1
        ${If} $2 == "$0\"
            StrCpy $Workbooks "${OTHER_WORKBOOKS}"
        ${EndIf}
    ${EndIf}
!macroend

!insertmacro WorkbookFunctions ""
!insertmacro WorkbookFunctions "un."

; Sets $Book to the template that was placed. Where nothing can be written, a file in the way for instance, they go to
; another folder; where that cannot be either, to nowhere, and it is said.
Function PlaceWorkbooks
    Call TryWorkbooks
    ${If} $Book == ""
    ${AndIf} $Workbooks != "${OTHER_WORKBOOKS}"
        RMDir "$Workbooks"
        StrCpy $Workbooks "${OTHER_WORKBOOKS}"
        Call TryWorkbooks
    ${EndIf}
    ${If} $Book == ""
        RMDir "$Workbooks"
        !insertmacro Tell ${CODE_WORKBOOKS} "$(TEXT_WORKBOOKS)"
        StrCpy $Workbooks "$INSTDIR\模板" ; there they are to be found
    ${Else}
        CreateDirectory "$Workbooks\${RECEIVED}"
    ${EndIf}
FunctionEnd

Function TryWorkbooks
    CreateDirectory "$Workbooks"
    StrCpy $Book ""
    StrCpy $R0 "${EXAMPLE}"
    Call PlaceWorkbook
    ${If} $R1 != ""
        StrCpy $R0 "${TEMPLATE}"
        Call PlaceWorkbook
        StrCpy $Book $R1
    ${EndIf}
FunctionEnd

; In: $R0, a file's name. Out: $R1, where this version's file is to be found, or nothing.
Function PlaceWorkbook
    StrCpy $R1 "$Workbooks\$R0"
    StrCpy $0 $R1
    StrCpy $1 "$INSTDIR\old\模板\$R0"
    Call Compare
    ${If} $2 = 1 ; nobody has written into the one an earlier version put there
        Delete $R1
    ${EndIf}
    StrCpy $0 $R1
    StrCpy $1 "$INSTDIR\模板\$R0"
    Call Compare
    ${If} $2 = 1
        Return
    ${EndIf}
    ${If} ${FileExists} "$R1"
        StrCpy $2 $R0 -5
        StrCpy $R1 "$Workbooks\$2-${VERSION}.xlsm"
    ${EndIf}
    System::Call 'kernel32::CopyFileW(w "$INSTDIR\模板\$R0", w R1, i 1)' ; never over a file that is there
    ${IfNot} ${FileExists} "$R1"
        StrCpy $R1 ""
    ${EndIf}
FunctionEnd

!macro RemoveUntouched NAME
    StrCpy $0 $R4
    StrCpy $1 "$INSTDIR\模板\${NAME}"
    Call un.Compare
    ${If} $2 = 1
        Delete $R4
    ${EndIf}
!macroend

Function un.RemoveUntouchedWorkbooks
    FindFirst $R2 $R3 "$Workbooks\${PRODUCT}*.xlsm"
    ${DoWhile} $R3 != ""
        StrCpy $R4 "$Workbooks\$R3"
        !insertmacro RemoveUntouched "${TEMPLATE}"
        !insertmacro RemoveUntouched "${EXAMPLE}"
        FindNext $R2 $R3
    ${Loop}
    FindClose $R2
    Delete "$Workbooks\${REPORT}"
    RMDir "$Workbooks\${RECEIVED}" ; only when nothing is in it
    RMDir "$Workbooks"
FunctionEnd
