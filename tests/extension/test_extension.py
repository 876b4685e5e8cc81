"""What is in the extension: the ribbon's buttons, every function with its help, nothing that may not be passed on."""

import json
import re
import zipfile

from lxml import etree

from addin.build.oxt.carried import Target
from addin.build.oxt.package import make_extension, own_parts
from jixiao import macros
from tests.functions.excel import info, names
from tests.functions.test_macros import RIBBON
from tests.office.office import SYSTEM_PYTHON

NAME = "{http://openoffice.org/2001/registry}name"
BUTTON = "cn.jixiao.calc.button:"


def items(part, *path):
    """Address and title of the buttons below a node of Addons.xcu."""
    node = etree.fromstring(part)
    for name in path:
        node = next(child for child in node if child.get(NAME) == name)
    return [{prop.get(NAME): prop.findtext("value") for prop in item.findall("prop")} for item in node]


def test_menu_and_toolbar_have_the_ribbons_buttons_and_saving():
    """None is forgotten, only saving is added, and their order is the ribbon's."""
    ribbon = [
        (f"{BUTTON}{button.get('tag') or 'restart'}", button.get("label"))
        for button in etree.parse(RIBBON).iter("{*}button")
    ]
    saving = f"{BUTTON}save", "保存工作簿"
    addons = own_parts()["Addons.xcu"]
    for place in (("OfficeMenuBar", "cn.jixiao.calc", "Submenu"), ("OfficeToolBar", "cn.jixiao.calc")):
        shown = [item for item in items(addons, "AddonUI", *place) if item["URL"] != "private:separator"]
        assert [(item["URL"], item["Title"]) for item in shown] == [*ribbon, saving]
        assert {item["Context"] for item in shown} == {"com.sun.star.sheet.SpreadsheetDocument"}
    actions = {url.removeprefix(BUTTON) for url, _ in ribbon} - {"restart"}
    assert actions == macros.ACTIONS.keys() - {"warm"}


def test_every_function_is_declared_with_excels_help_and_chinese_names():
    parts = own_parts()
    told = json.loads(parts["functions.json"])
    declared = re.findall(r"(JIXIAO_\w+)\(", parts["functions.idl"].decode())
    assert sorted(told) == sorted(declared) == names()
    for name, known in told.items():
        assert known["help"] == info(name)["ret"]["doc"]
        assert [text for _, text in known["arguments"]] == [argument["doc"] for argument in info(name)["args"]]
        assert all(re.fullmatch("[\u4e00-\u9fff]+", shown) for shown, _ in known["arguments"])
        listed = items(
            parts["CalcAddIns.xcu"], "AddInInfo", "cn.jixiao.calc.Functions", "AddInFunctions", name, "Parameters"
        )
        assert [[item["DisplayName"], item["Description"]] for item in listed] == known["arguments"]


def test_it_is_built_alike_everywhere_and_carries_what_it_may(extension, tmp_path):
    again = make_extension(tmp_path, Target.of(SYSTEM_PYTHON))
    with zipfile.ZipFile(extension) as one, zipfile.ZipFile(again) as other:
        assert one.namelist() == other.namelist() == sorted(one.namelist())
        assert all(one.read(name) == other.read(name) for name in one.namelist())
        carried = one.namelist()
    assert not [name for name in carried if "xlwings/pro/" in name or "__pycache__" in name]
    for needed in ("jixiao/data/template.xlsm", "xlwings/__init__.py", "pandas/__init__.py"):
        assert f"python/{needed}" in carried
    licences = {name.split("/")[1] for name in carried if ".dist-info/" in name and "LICEN" in name.upper()}
    assert {name.partition("-")[0] for name in licences} >= {"lxml", "numpy", "pandas", "xlwings"}
