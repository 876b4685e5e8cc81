; The installer: for one person, without administrator, without network, HKCU only.
; Built by `python -m addin.installer`, which gives TARGET, VERSION, VERSION4, OUTPUT, FILES, LONGEST, SIZE_KB and PATCH.
; A new version is unpacked beside the old one, tested there, and only then takes its place.

Unicode true
Target ${TARGET}
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDateSave on
AllowSkipFiles off
CRCCheck on
!packhdr "${PATCH_FILE}" '${PATCH}'

!include LogicLib.nsh
!include FileFunc.nsh
!include WinMessages.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh
!include nsDialogs.nsh
!include MUI2.nsh

!define PRODUCT "绩效考核"
!define ADDIN "${PRODUCT}.xlam"
!define TEMPLATE "${PRODUCT}.xlsm"
!define EXAMPLE "${PRODUCT}-2024示例.xlsm"
!define REPORT "自检报告.txt" ; what the self-check leaves beside the workbooks
!define RECEIVED "收到的" ; the folder below for what others send in; it is not trusted
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Jixiao"
!define SETTINGS_KEY "Software\VB and VBA Program Settings"
!define START_MENU "$SMPROGRAMS\${PRODUCT}"

; What a script that rolls this out to many PCs reads. 1 and 2 are NSIS' own: cancelled, not unpacked.
!define CODE_PLACE 3
!define CODE_IN_USE 4
!define CODE_SELF_TEST 5
!define CODE_DISK 6
!define CODE_WINDOWS 7
!define CODE_EXCEL 8
!define CODE_WORKBOOKS 9
!define CODE_PROCESSOR 10

Name "${PRODUCT}"
OutFile "${OUTPUT}"
BrandingText "${PRODUCT} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${VERSION4}"
VIFileVersion "${VERSION4}"

Var Workbooks ; the folder for people's workbooks
Var Book      ; the workbook to open at the end, or nothing
Var Earlier   ; where an earlier version stands, or nothing
Var EarlierVersion
Var Moved  ; what is wrong with the usual folder, or nothing
Var Other  ; the folder to use instead
Var Unregistered ; 1 when Excel's part of the registry refused something
Var UserId ; the number Windows knows the person by

!define MUI_ICON "${NSISDIR}/Contrib/Graphics/Icons/modern-install-blue-full.ico"
!define MUI_UNICON "${NSISDIR}/Contrib/Graphics/Icons/modern-uninstall-blue-full.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_WELCOMEPAGE_TITLE "$(TEXT_WELCOME_TITLE)"
!define MUI_WELCOMEPAGE_TEXT "$(TEXT_WELCOME)"
!define MUI_FINISHPAGE_TITLE "$(TEXT_FINISH_TITLE)"
!define MUI_FINISHPAGE_TEXT "$(TEXT_FINISH)"
!define MUI_FINISHPAGE_TEXT_LARGE
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "$(TEXT_OPEN)"
!define MUI_FINISHPAGE_RUN_FUNCTION OpenBook
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(TEXT_UNINSTALL)"
!insertmacro MUI_PAGE_WELCOME
Page custom SummaryPage
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(TEXT_REMOVED_TITLE)"
!define MUI_FINISHPAGE_TEXT "$(TEXT_REMOVED)"
!insertmacro MUI_UNPAGE_FINISH
!insertmacro MUI_LANGUAGE "SimpChinese"
!include texts.nsh
ReserveFile /plugin System.dll
ReserveFile /plugin nsDialogs.dll
ReserveFile /plugin nsExec.dll

SetFont /LANG=${LANG_SIMPCHINESE} "Microsoft YaHei UI" 9
FileErrorText "$(TEXT_FILE)" "$(TEXT_FILE)"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileDescription" "${PRODUCT}安装程序"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "CompanyName" "${PRODUCT}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "LegalCopyright" "MIT"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=${LANG_SIMPCHINESE} "ProductVersion" "${VERSION}"

; Says a sentence, unless silent, and sets what the process answers with.
!macro Tell CODE SENTENCE
    SetErrorLevel ${CODE}
    MessageBox MB_OK|MB_ICONEXCLAMATION "${SENTENCE}" /SD IDOK
!macroend

!include parts.nsh
!include places.nsh
!include excel.nsh
!include workbooks.nsh

Function .onInit
    ${IfNot} ${RunningX64} ; this program runs there all the same, to say so: Windows' own words would help nobody
        !insertmacro Tell ${CODE_WINDOWS} "$(TEXT_32_BIT)"
        Quit
    ${EndIf}
    ${IfNot} ${AtLeastWin10}
        !insertmacro Tell ${CODE_WINDOWS} "$(TEXT_WINDOWS)"
        Quit
    ${EndIf}
    System::Call 'kernel32::CreateMutexW(p 0, i 1, w "JixiaoSetup") p .r0 ?e'
    Pop $1
    ${If} $1 = 183 ; ERROR_ALREADY_EXISTS
        !insertmacro Tell ${CODE_IN_USE} "$(TEXT_TWICE)"
        Quit
    ${EndIf}
    ReadRegStr $Earlier HKCU "${UNINSTALL_KEY}" "InstallLocation"
    ReadRegStr $EarlierVersion HKCU "${UNINSTALL_KEY}" "DisplayVersion"
    Call ChooseFolder
    Call ChooseWorkbooks
FunctionEnd

!macro SummaryLine TOP WHAT ABOUT
    ${NSD_CreateLabel} 0 ${TOP}u 15% 12u "${WHAT}"
    Pop $0
    ${NSD_CreateLabel} 15% ${TOP}u 85% 26u "${ABOUT}"
    Pop $0
!macroend

Function SummaryPage
    !insertmacro MUI_HEADER_TEXT "$(TEXT_SUMMARY_TITLE)" "$(TEXT_SUMMARY_SUBTITLE)"
    nsDialogs::Create 1018
    Pop $0
    !insertmacro SummaryLine 0 "$(TEXT_LINE_PROGRAM)" "$(TEXT_ABOUT_PROGRAM)"
    !insertmacro SummaryLine 28 "$(TEXT_LINE_WORKBOOKS)" "$(TEXT_ABOUT_WORKBOOKS)"
    !insertmacro SummaryLine 56 "$(TEXT_LINE_EXCEL)" "$(TEXT_ABOUT_EXCEL)"
    !insertmacro SummaryLine 84 "$(TEXT_LINE_MENU)" "$(TEXT_ABOUT_MENU)"
    ${If} $EarlierVersion != ""
        !insertmacro SummaryLine 104 "$(TEXT_LINE_EARLIER)" "$(TEXT_ABOUT_EARLIER)"
    ${EndIf}
    ${If} $Moved != ""
        !insertmacro SummaryLine 118 "$(TEXT_LINE_MOVED)" "$(TEXT_ABOUT_MOVED)"
    ${EndIf}
    GetDlgItem $0 $HWNDPARENT 1
    SendMessage $0 ${WM_SETTEXT} 0 "STR:$(^InstallBtn)"
    nsDialogs::Show
FunctionEnd

Section "-install"
    SetDetailsPrint textonly
    Call StopIfInUse
    Call MakeOwnFolder
    Call Recover
    Call StopIfNoRoom
    DetailPrint "$(TEXT_UNPACKING)"
    SetDetailsPrint none
    !include "${FILES}"
    WriteUninstaller "$INSTDIR\new\uninstall.exe"
    SetOutPath "$INSTDIR" ; nothing below may be the current folder when it is renamed
    SetDetailsPrint textonly
    DetailPrint "$(TEXT_TESTING)"
    Call SelfTest
    Call StopIfInUse
    DetailPrint "$(TEXT_PLACING)"
    Call Swap
    Call PlaceWorkbooks
    Call RegisterInExcel
    Call RegisterInWindows
    RMDir /r "$INSTDIR\old"
    Call RemoveEarlier
SectionEnd

; The new version does what it must, before anybody depends on it. A virus scanner may still have hold of what was just
; unpacked: then a second try tells.
Function SelfTest
    Call AskSelfTest
    ${If} $0 != 0
        Sleep 3000
        Call AskSelfTest
    ${EndIf}
    ${If} $0 == ${CODE_PROCESSOR}
        !insertmacro Tell ${CODE_PROCESSOR} "$(TEXT_PROCESSOR)"
        Abort
    ${EndIf}
    ${If} $0 != 0
        !insertmacro Tell ${CODE_SELF_TEST} "$(TEXT_SELF_TEST)$\r$\n$\r$\n$1"
        Abort
    ${EndIf}
FunctionEnd

; Out: $0, its answer, 0 when all is well; $1, what it said.
Function AskSelfTest
    nsExec::ExecToStack /TIMEOUT=300000 '"$INSTDIR\new\runtime\python.exe" -m jixiao doctor --self-test'
    Pop $0
    Pop $1
FunctionEnd

Function RegisterInWindows
    DeleteRegValue HKCU "${SETTINGS_KEY}\Jixiao\Runtime" "Failed" ; what did not start before may start now
    ClearErrors
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\uninstall.exe"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PRODUCT}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
    ; Where the macros look for Python: VBA's GetSetting reads there.
    WriteRegStr HKCU "${SETTINGS_KEY}\Jixiao\Runtime" "Folder" "$INSTDIR\runtime"
    ; Where workbooks filled with an older version look, and scripts; programs already running are told.
    WriteRegStr HKCU "Environment" "JIXIAO_RUNTIME" "$INSTDIR\runtime"
    SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
    RMDir /r "${START_MENU}"
    CreateDirectory "${START_MENU}"
    ${If} $Book != ""
        WriteRegStr HKCU "${UNINSTALL_KEY}" "Workbooks" "$Workbooks"
        CreateShortcut "${START_MENU}\绩效考核模板.lnk" "$Book"
    ${Else}
        DeleteRegValue HKCU "${UNINSTALL_KEY}" "Workbooks"
        ClearErrors
    ${EndIf}
    CreateShortcut "${START_MENU}\使用手册.lnk" "$INSTDIR\手册\用户手册.html"
    CreateShortcut "${START_MENU}\自检.lnk" "$SYSDIR\cmd.exe" \
        '/c ""$INSTDIR\runtime\python.exe" -m jixiao doctor --report "$Workbooks\${REPORT}" & pause"' "$INSTDIR\uninstall.exe"
    CreateShortcut "${START_MENU}\卸载.lnk" "$INSTDIR\uninstall.exe"
    ${If} ${Errors}
    ${OrIf} $Unregistered == 1
        !insertmacro Tell ${CODE_EXCEL} "$(TEXT_REGISTRY)"
    ${EndIf}
FunctionEnd

Function OpenBook
    ${If} $Book != ""
        ExecShell "open" "$Book"
    ${EndIf}
FunctionEnd

; Whatever stopped it: the version that was there goes on working, and nothing half done stays.
Function .onInstFailed
    SetOutPath "$TEMP"
    RMDir "$INSTDIR\old"
    Call RemoveNew
    RMDir "$INSTDIR"
FunctionEnd

Section "Uninstall"
    SetDetailsPrint textonly
    Call un.StopIfInUse
    DetailPrint "$(TEXT_REMOVING)"
    SetDetailsPrint none
    SetOutPath "$TEMP"
    Call un.ChooseWorkbooks
    Call un.RemoveUntouchedWorkbooks
    Call un.UnregisterInExcel
    Push "$INSTDIR"
    Call un.RemoveParts
    DeleteRegValue HKCU "${SETTINGS_KEY}\Jixiao\Runtime" "Folder"
    DeleteRegValue HKCU "${SETTINGS_KEY}\Jixiao\Runtime" "Failed"
    !insertmacro DropEmpty "${SETTINGS_KEY}\Jixiao\Runtime"
    !insertmacro DropEmpty "${SETTINGS_KEY}\Jixiao"
    !insertmacro DropEmpty "${SETTINGS_KEY}"
    DeleteRegValue HKCU "Environment" "JIXIAO_RUNTIME"
    SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=5000
    RMDir /r "${START_MENU}"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
