"""What LibreOffice loads, without LibreOffice: what 保存 and the buttons do where the program behind them fails."""

import importlib.util
import json
import shutil
import sys
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from jixiao.calc import buttons
from jixiao.sheets.outputs import RESULTS
from tests.conftest import ROOT

BRIDGE = ROOT / "addin" / "libreoffice" / "component.py"
NO_MATCH = "这个绩效考核扩展不是给这台电脑上的 LibreOffice 用的，请换用对应版本的扩展。"
LOCAL = "file:///home/%E5%B9%B4.xlsm"
# What `component.py` takes from UNO; a name in capitals is a number, any other a type.
UNO = {
    "com.sun.star.awt.MessageBoxButtons": ("BUTTONS_OK",),
    "com.sun.star.awt.MessageBoxType": ("INFOBOX", "WARNINGBOX"),
    "com.sun.star.frame": ("FeatureStateEvent", "XDispatch", "XDispatchProvider", "XDispatchProviderInterceptor"),
    "com.sun.star.lang": ("Locale", "XInitialization", "XServiceInfo", "XServiceName"),
    "com.sun.star.sheet": ("XAddIn",),
    "com.sun.star.task": ("XJob",),
    "jixiaocalc": ("XFunctions",),
    "unohelper": ("Base", "ImplementationHelper"),
}


@pytest.fixture
def bridge(tmp_path, monkeypatch):
    """`component.py` as a module, which notes what it tells and what it leaves to LibreOffice."""
    for folder in ("com", "com.sun", "com.sun.star", "com.sun.star.awt"):
        monkeypatch.setitem(sys.modules, folder, ModuleType(folder))
    for name, members in UNO.items():
        module: Any = ModuleType(name)
        for member in members:
            setattr(module, member, 1 if member.isupper() else type(member, (), {}))
        monkeypatch.setitem(sys.modules, name, module)
    sys.modules["unohelper"].ImplementationHelper.addImplementation = lambda *_: None
    monkeypatch.setattr(sys, "path", [*sys.path])
    (tmp_path / "functions.json").write_text(json.dumps({}), encoding="utf-8")
    spec = importlib.util.spec_from_file_location("bridge", shutil.copy(BRIDGE, tmp_path))
    assert spec is not None
    assert spec.loader is not None
    loaded: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    loaded.happened = []
    loaded.tell = lambda _context, _frame, sentence, _wrong: loaded.happened.append(sentence)
    return loaded


class Document:
    """A document in a window."""

    def __init__(self, *sheets, url=LOCAL, calc=True):
        self.sheets, self.url, self.calc = sheets, url, calc

    def supportsService(self, _name):  # noqa: N802 - UNO's name
        return self.calc

    def getSheets(self):  # noqa: N802 - as above
        return SimpleNamespace(hasByName=self.sheets.__contains__)

    def getURL(self):  # noqa: N802 - as above
        return self.url


def frame_of(document):
    return SimpleNamespace(getController=lambda: SimpleNamespace(getModel=lambda: document))


def saved(bridge, document):
    """What Ctrl+S in a document's window leads to."""
    original = SimpleNamespace(dispatch=lambda _url, _given: bridge.happened.append("LibreOffice saves"))
    bridge.OwnSave(None, frame_of(document), original).dispatch(None, ())
    return bridge.happened


def fails_with(error):
    def fail(*_):
        raise error

    return fail


OURS = Document("参数", RESULTS.name)
WRONG_PYTHON = ImportError("DLL load failed while importing etree")


def test_the_sheet_that_makes_a_workbook_ours_is_the_one_the_program_writes(bridge):
    assert RESULTS.name == bridge.RESULTS


@pytest.mark.parametrize("error", [WRONG_PYTHON, RuntimeError()], ids=["wrong Python", "fault"])
@pytest.mark.parametrize(
    "document", [Document("表"), Document(RESULTS.name, calc=False)], ids=["spreadsheet", "text document"]
)
def test_what_is_not_ours_is_saved_by_libreoffice_whatever_fails(bridge, monkeypatch, document, error):
    monkeypatch.setattr(bridge, "load", fails_with(error))
    assert saved(bridge, document) == ["LibreOffice saves"]


@pytest.mark.parametrize("where", ["load", "call", "fault"])
def test_an_extension_that_cannot_work_says_so_and_keeps_the_excel_file(bridge, monkeypatch, where):
    said = NO_MATCH
    if where == "load":
        monkeypatch.setitem(sys.modules, "jixiao.calc.buttons", None)
    elif where == "call":
        monkeypatch.setattr(buttons, "saved_instead", fails_with(WRONG_PYTHON))
    else:
        monkeypatch.setattr(buttons, "saved_instead", fails_with(RuntimeError("unforeseen")))
        said = bridge.FAULT
    (sentence,) = saved(bridge, OURS)
    assert sentence.startswith("没有保存")
    assert sentence.endswith(said)
    assert sentence.count("。") == 1


@pytest.mark.parametrize("error", [WRONG_PYTHON, RuntimeError("unforeseen")], ids=["wrong Python", "fault"])
def test_a_file_of_libreoffice_s_own_has_nothing_to_lose(bridge, monkeypatch, error):
    monkeypatch.setattr(buttons, "saved_instead", fails_with(error))
    assert saved(bridge, Document(RESULTS.name, url="file:///home/a.ods")) == ["LibreOffice saves"]


@pytest.mark.parametrize(
    ("answer", "happens"),
    [(None, ["LibreOffice saves"]), (("", False), [""]), (("没有保存：……。", True), ["没有保存：……。"])],
)
def test_where_it_works_the_program_decides(bridge, monkeypatch, answer, happens):
    monkeypatch.setattr(buttons, "saved_instead", lambda _context, _document: answer)
    assert saved(bridge, OURS) == happens


def test_a_button_of_an_extension_for_another_python_says_so(bridge, monkeypatch):
    monkeypatch.setattr(buttons, "pressed", fails_with(WRONG_PYTHON))
    pressed = bridge.Buttons(None)
    pressed.initialize((frame_of(OURS),))
    pressed.dispatch(SimpleNamespace(Path="score"), ())
    assert bridge.happened == [NO_MATCH]
