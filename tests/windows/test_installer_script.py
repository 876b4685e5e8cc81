"""The installer's script read as text: for one person only, every word Chinese and from one place, each one used."""

import re
import struct

import pytest

from addin.installer.stub import WORDS, StubError, translate
from tests.conftest import ROOT

SCRIPTS = {path.name: path.read_text("utf-8") for path in (ROOT / "addin" / "installer" / "nsis").iterdir()}
TEXTS = dict(re.findall(r'^LangString (\w+) \$\{ZH\} "(.*)"$', SCRIPTS["texts.nsh"], re.MULTILINE))
CODE = "\n".join(re.sub(r"^\s*;.*$", "", text, flags=re.MULTILINE) for text in SCRIPTS.values())
# What stands in Latin letters on a Chinese screen too.
NAMES = {"Excel", "WPS", "Windows", "MB", "Jixiao", "D"}


def test_it_asks_for_no_administrator_and_touches_nobody_else():
    assert "RequestExecutionLevel user" in CODE
    assert not re.search(r"\b(HKLM|HKCR|HKCU32|HKCU64|SHCTX|HKEY_LOCAL_MACHINE|RequestExecutionLevel admin)\b", CODE)
    # The folder for all users is asked for in one place only: to find one that works for a name the code page lacks.
    assert [line.strip() for line in CODE.splitlines() if "SetShellVarContext all" in line] == [
        "SetShellVarContext all"
    ]


def test_nothing_is_fetched_or_left_to_the_next_start():
    assert not re.search(r"\b(NSISdl|inetc|Reboot|REBOOTOK|RegDLL)\b", CODE)


def test_a_whole_folder_is_removed_only_where_it_is_ours():
    removed = set(re.findall(r'RMDir /r "([^"]+)"', CODE))
    assert removed == {r"$INSTDIR\new", r"$INSTDIR\old", r"$R0\${PART}", "${START_MENU}"}


def test_every_text_is_used_and_every_text_used_is_there():
    used = set(re.findall(r"\$\((TEXT_\w+)\)", CODE))
    assert used == TEXTS.keys()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_text_is_chinese(name):
    words = re.sub(r"\$\{\w+\}|\$\\[rn]|\$\w+", " ", TEXTS[name])
    assert re.search(r"[\u4e00-\u9fff]", words) or name == "TEXT_LINE_EXCEL"
    assert set(re.findall(r"[A-Za-z]+", words)) <= NAMES


def test_nothing_is_shown_but_these_texts():
    shown = re.findall(r'(?:MessageBox \S+|DetailPrint|Abort|BrandingText|_TEXT|_TITLE) "([^"]*)"', CODE)
    assert shown, "the script says things another way"
    for text in shown:
        left = re.sub(r"\$\(\w+\)|\$\\[rn]|\$\{(SENTENCE|PRODUCT|VERSION)\}|\$Moved", "", text)
        assert not left.strip(), f"{text} does not come from texts.nsh"


def test_every_way_out_has_a_code_of_its_own():
    codes = re.findall(r"^!define CODE_\w+ (\d+)$", CODE, re.MULTILINE)
    assert len(set(codes)) == len(codes)
    assert not set(codes) & {"0", "1", "2"}, "these are NSIS' own"
    handbook = (ROOT / "docs" / "部署手册.md").read_text("utf-8")
    assert all(f"| {code} |" in handbook for code in ("0", "1", "2", *codes))


def test_a_disk_of_any_size_is_counted_in_numbers_nsis_has():
    """Its numbers have 31 bits: in kilobytes they end at 2 TB, and a larger disk looks full."""
    assert re.findall(r"\$\{DriveSpace\} \S+ \"([^\"]*)\"", CODE) == ["/D=F /S=M"]


def test_the_last_word_of_the_uninstaller_stays_to_be_read():
    """A line in the list of what is done is written over by NSIS' own at once."""
    assert "MUI_UNPAGE_FINISH" in CODE
    assert 'MUI_FINISHPAGE_TEXT "$(TEXT_REMOVED)"' in CODE
    assert 'DetailPrint "$(TEXT_REMOVED)"' not in CODE


@pytest.mark.parametrize("english", list(WORDS))
def test_what_nsis_itself_says_is_chinese(english):
    assert re.search(r"[\u4e00-\u9fff]", WORDS[english])
    assert english.count("%") == WORDS[english].count("%")


def test_it_is_a_program_that_a_32_bit_windows_can_start(setups):
    """There Windows' own words would help nobody: it starts, says our sentence first of all, and ends."""
    program = setups["old"].read_bytes()
    (at,) = struct.unpack_from("<I", program, 0x3C)
    machine, optional = struct.unpack_from("<H", program, at + 4), struct.unpack_from("<H", program, at + 24)
    assert program[at : at + 4] == b"PE\0\0"
    assert (machine, optional) == ((0x14C,), (0x10B,)), "not for x86, or PE32+"
    (begin,) = re.findall(r"Function \.onInit\n(.*?)FunctionEnd", CODE, re.DOTALL)
    first = [line.split(";")[0].strip() for line in begin.splitlines()][:4]
    assert first == [
        "${IfNot} ${RunningX64}",
        '!insertmacro Tell ${CODE_WINDOWS} "$(TEXT_32_BIT)"',
        "Quit",
        "${EndIf}",
    ]
    assert "32 位" in TEXTS["TEXT_32_BIT"]


def test_a_stub_with_other_words_is_noticed():
    with pytest.raises(StubError):
        translate(b"MZ" + "Something else\0".encode("utf-16-le"))


def test_the_stub_keeps_its_length():
    stub = b"MZ" + b"".join(f"{text}\0".encode("utf-16-le") for text in WORDS) + b"rest"
    assert len(translate(stub)) == len(stub)
