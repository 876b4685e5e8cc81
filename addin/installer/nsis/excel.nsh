; What Excel keeps in the registry: which add-ins it opens (OPEN, OPEN1, OPEN2 … without a gap), which folders it trusts.

!define OFFICE "Software\Microsoft\Office"

; Runs ACTION with $R9 = Excel's key, for 16.0 (2016 and later) and for what else the person has.
!macro EachExcel ACTION
    StrCpy $R9 "${OFFICE}\16.0\Excel"
    Call ${ACTION}
    !insertmacro OlderExcel ${ACTION} "15.0"
    !insertmacro OlderExcel ${ACTION} "14.0"
!macroend

!macro OlderExcel ACTION VERSION
    EnumRegKey $0 HKCU "${OFFICE}\${VERSION}\Excel" 0
    ${If} $0 != ""
        StrCpy $R9 "${OFFICE}\${VERSION}\Excel"
        Call ${ACTION}
    ${EndIf}
!macroend

; In: $0, a number. Out: $1, the name Excel gives that place in its list.
!macro OpenName
    StrCpy $1 "OPEN"
    ${If} $0 > 0
        StrCpy $1 "OPEN$0"
    ${EndIf}
!macroend

; Errors are looked at after each group of writes: to read a place that is empty is one too.
!macro NoticeRefusal
    ${If} ${Errors}
        StrCpy $Unregistered 1
    ${EndIf}
!macroend

Function RegisterInExcel
    StrCpy $R8 "$INSTDIR\${ADDIN}"
    !insertmacro EachExcel RegisterInOne
FunctionEnd

Function RegisterInOne
    DeleteRegValue HKCU "$R9\Add-in Manager" "$R8" ; there Excel keeps the add-ins that are not ticked
    StrCpy $0 0
    ${Do}
        !insertmacro OpenName
        ReadRegStr $2 HKCU "$R9\Options" $1
        ${If} $2 == '"$R8"'
            ${Break}
        ${ElseIf} $2 == ""
            ClearErrors
            WriteRegStr HKCU "$R9\Options" $1 '"$R8"'
            !insertmacro NoticeRefusal
            ${Break}
        ${EndIf}
        IntOp $0 $0 + 1
    ${Loop}
    ClearErrors
    StrCpy $1 "$R9\Security\Trusted Locations\Jixiao"
    WriteRegStr HKCU $1 "Path" "$INSTDIR\"
    WriteRegStr HKCU $1 "Description" "$(TEXT_TRUSTED_PROGRAM)"
    WriteRegDWORD HKCU $1 "AllowSubfolders" 0
    StrCpy $1 "$R9\Security\Trusted Locations\JixiaoWorkbooks"
    WriteRegStr HKCU $1 "Path" "$Workbooks\"
    WriteRegStr HKCU $1 "Description" "$(TEXT_TRUSTED_WORKBOOKS)"
    WriteRegDWORD HKCU $1 "AllowSubfolders" 0 ; what others send in lies in a folder below, and its macros ask first
    !insertmacro NoticeRefusal
FunctionEnd

!macro ExcelFunctions UN
    ; Takes the folder of the add-in from the stack.
    Function ${UN}UnregisterAddin
        Pop $R8
        StrCpy $R8 "$R8\${ADDIN}"
        !insertmacro EachExcel ${UN}UnregisterInOne
    FunctionEnd

    ; Those after ours move up: Excel stops reading at a gap.
    Function ${UN}UnregisterInOne
        DeleteRegValue HKCU "$R9\Add-in Manager" "$R8"
        StrCpy $3 0 ; where the next one to keep goes
        StrCpy $4 0 ; where it is read
        ${Do}
            StrCpy $0 $4
            !insertmacro OpenName
            ReadRegStr $2 HKCU "$R9\Options" $1
            ${If} $2 == ""
                ${Break}
            ${EndIf}
            ${If} $2 != '"$R8"'
                ${If} $3 <> $4
                    StrCpy $0 $3
                    !insertmacro OpenName
                    WriteRegStr HKCU "$R9\Options" $1 $2
                ${EndIf}
                IntOp $3 $3 + 1
            ${EndIf}
            IntOp $4 $4 + 1
        ${Loop}
        ${DoWhile} $3 < $4
            StrCpy $0 $3
            !insertmacro OpenName
            DeleteRegValue HKCU "$R9\Options" $1
            IntOp $3 $3 + 1
        ${Loop}
    FunctionEnd
!macroend

!insertmacro ExcelFunctions ""
!insertmacro ExcelFunctions "un."

; Keys made for an Excel that was never started; with anything in it a key stays.
!macro DropEmpty KEY
    DeleteRegKey /ifempty HKCU "${KEY}"
!macroend

Function un.UnregisterInExcel
    !insertmacro EachExcel un.DistrustInOne
    Push $INSTDIR
    Call un.UnregisterAddin
    !insertmacro DropEmpty "${OFFICE}\16.0\Excel\Security\Trusted Locations"
    !insertmacro DropEmpty "${OFFICE}\16.0\Excel\Security"
    !insertmacro DropEmpty "${OFFICE}\16.0\Excel\Options"
    !insertmacro DropEmpty "${OFFICE}\16.0\Excel"
    !insertmacro DropEmpty "${OFFICE}\16.0"
    !insertmacro DropEmpty "${OFFICE}"
FunctionEnd

Function un.DistrustInOne
    DeleteRegKey HKCU "$R9\Security\Trusted Locations\Jixiao"
    DeleteRegKey HKCU "$R9\Security\Trusted Locations\JixiaoWorkbooks"
FunctionEnd
