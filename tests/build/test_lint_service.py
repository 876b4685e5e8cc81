"""Faults planted into the hidden sheets: settings, texts, and the calls that lead to Python."""

from .plants import BOOK, Plant, Plants, changed, each_of, in_module, in_sheet, matched, planted, text

TEXTS = r'(name="jixiao.texts"[^/]*?) state="veryHidden"'
VIEW = "<workbookView "

PLANTS: Plants = [
    ("no texts", changed(BOOK, 'name="jixiao.texts"', 'name="jixiao.text"'), "no sheet jixiao.texts"),
    ("texts in view", matched(BOOK, TEXTS, r"\1"), "sheet jixiao.texts is not out of sight"),
    ("texts to be unhidden", matched(BOOK, TEXTS, r'\1 state="hidden"'), "sheet jixiao.texts is not out of sight"),
    (
        "no sheet in view",
        matched(BOOK, r'(<sheet name="[^"]*" sheetId="\d+") (r:id)', r'\1 state="hidden" \2', count=0),
        "a workbook must have a sheet in view",
    ),
    ("a hidden sheet in front", changed(BOOK, VIEW, f'{VIEW}activeTab="20" '), "the sheet in front is hidden"),
    (
        "a call of no function",
        in_module("JxService", '"jixiao.macros", "press", Array(action)', '"jixiao.macros", "pres", Array(action)'),
        "VBA calls jixiao.macros.pres, which is not there",
    ),
    (
        "a call of no module",
        in_module("JxService", '"jixiao.macros", "press", Array(action)', '"jixiao.macro", "press", Array(action)'),
        "VBA calls jixiao.macro.press, which is not there",
    ),
    (
        "a worksheet function that is not there",
        in_module("JxFunctions", 'Called("JIXIAO_RANK"', 'Called("JIXIAO_RANG"'),
        "VBA calls jixiao.functions.JIXIAO_RANG, which is not there",
    ),
    (
        "an obstacle without words for cells",
        in_module("JxService", 'Missing = "parts"', 'Missing = "pieces"'),
        "no text for cell.pieces",
    ),
    (
        "a failure without words",
        in_module("JxService", '"stopped", "service")', '"halted", "service")'),
        "no text for message.halted",
    ),
    ("a text that is missing", text("message.wps", "message.wpt"), "no text for message.wps"),
    ("a text nobody asks for", text("message.wps", "message.wpt"), "nobody asks for the text message.wpt"),
    ("help that is missing", text("help.JIXIAO_RANK", "help.JIXIAO_RANG"), "no text for help.JIXIAO_RANK"),
    (
        "an argument without help",
        in_sheet("shtTexts", r'<c r="E\d+" t="s"><v>\d+</v></c></row></sheetData>', "</row></sheetData>"),
        "explains 2 of 3",
    ),
]


@each_of(PLANTS)
def test_a_planted_fault_is_found(plant: Plant, says: str) -> None:
    found = planted(plant)
    assert any(says in fault for fault in found), found
