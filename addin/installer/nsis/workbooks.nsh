; People's workbooks: theirs are never touched. Only a file that is, byte for byte, what an installer put there is
; replaced or removed.

!macro WorkbookFunctions UN
    ; Sets $Workbooks. A folder that OneDrive keeps has an address on the web in Excel, and nothing can be computed there.
    Function ${UN}ChooseWorkbooks
        StrCpy $Workbooks "$DOCUMENTS\${PRODUCT}"
        !insertmacro AvoidCloud "OneDrive"
        !insertmacro AvoidCloud "OneDriveConsumer"
        !insertmacro AvoidCloud "OneDriveCommercial"
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

!macro AvoidCloud VARIABLE
    ReadEnvStr $0 "${VARIABLE}"
    ${If} $0 != ""
        StrLen $1 "$0\"
        StrCpy $2 "$DOCUMENTS\" $1
        ${If} $2 == "$0\"
            StrCpy $Workbooks "$PROFILE\${PRODUCT}"
        ${EndIf}
    ${EndIf}
!macroend

!insertmacro WorkbookFunctions ""
!insertmacro WorkbookFunctions "un."

Function PlaceWorkbooks
    CreateDirectory "$Workbooks"
    StrCpy $R0 "${EXAMPLE}"
    Call PlaceWorkbook
    StrCpy $R0 "${TEMPLATE}"
    Call PlaceWorkbook
    StrCpy $Book $R1
FunctionEnd

; In: $R0, a file's name. Out: $R1, where this version's file is to be found.
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
    RMDir "$Workbooks"
FunctionEnd
