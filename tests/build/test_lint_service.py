"""Faults planted into the hidden sheets: settings, texts, and the calls that lead to Python."""

from .plants import BOOK, Plant, Plants, changed, each_of, in_module, in_sheet, matched, planted, text

SHOWN = r'(name="{}"[^/]*?) state="veryHidden"'
VIEW = "<workbookView "

PLANTS: Plants = [
    ("no settings", changed(BOOK, 'name="xlwings.conf"', 'name="xlwings.con"'), "no sheet xlwings.conf"),
    ("no texts", changed(BOOK, 'name="jixiao.texts"', 'name="jixiao.text"'), "no sheet jixiao.texts"),
    ("settings in view", matched(BOOK, SHOWN.format("xlwings.conf"), r"\1"), "sheet xlwings.conf is not hidden"),
    ("texts in view", matched(BOOK, SHOWN.format("jixiao.texts"), r"\1"), "sheet jixiao.texts is not hidden"),
    (
        "no sheet in view",
        matched(BOOK, r'(<sheet name="[^"]*" sheetId="\d+") (r:id)', r'\1 state="hidden" \2', count=0),
        "a workbook must have a sheet in view",
    ),
    ("a hidden sheet in front", changed(BOOK, VIEW, f'{VIEW}activeTab="20" '), "the sheet in front is hidden"),
    ("a setting twice", text("PYTHONPATH", "UDF MODULES"), "UDF MODULES must stand once"),
    ("a setting that is missing", text("LICENSE_KEY", "LICENCE_KEY"), "LICENSE_KEY must stand once"),
    (
        "a setting without a name",
        in_sheet("shtConf", '<row r="3".*?</row>', '<row r="3"/>'),
        "a gap among the settings",
    ),
    ("a gap among the settings", in_sheet("shtConf", '<row r="3".*?</row>', ""), "a gap among the settings"),
    (
        "a Python of no program",
        text(r"%JIXIAO_RUNTIME%\python.exe", "%JIXIAO_RUNTIME%"),
        "INTERPRETER_WIN must be the path",
    ),
    (
        "functions of another module",
        text("jixiao.functions", "jixiao.functions;jixiao.macros"),
        "UDF MODULES must be jixiao.functions, not 'jixiao.functions;jixiao.macros'",
    ),
    ("no service", text("USE UDF SERVER", "USE UDF"), "USE UDF SERVER must be True"),
    ("a console", text("SHOW CONSOLE", "SHOW"), "SHOW CONSOLE must be False"),
    ("a debugger", text("DEBUG UDFS", "DEBUG"), "DEBUG UDFS must be False"),
    ("a folder of somebody else's", text("false", "true"), "ADD_WORKBOOK_TO_PYTHONPATH must be False"),
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
