"""What one person types never runs in another's program: not in the workbook, the JSON or the terminal."""

import json
import re
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from tests.checks.plant import town_file
from tests.engines import files
from tests.hostile.warm import Answer, Warm
from tests.hostile.yearbook import sheet_names

# As the file keeps them: _xHHHH_ is how a cell holds a character XML has no place for.
TEXTS = {
    "equals": "=1+1",
    "dde": "=cmd|'/c calc'!A1",
    "link": '=HYPERLINK("http://127.0.0.1/?"&A1,"点我")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "full width": "＝1+1",
    "tab": "\t=1+1",
    "line end": "综合\n=1+1",
    "carriage return": "_x000D_=1+1",
    "NUL": "_x0000_=1+1",
    "NUL within": "综_x0000_合办",
    "apostrophe": "'=1+1",
    "escape": "_x001B_[31;1m红_x001B_]0;标题_x0007_",
    "C1": "综_x009B_31m合办",
    "bidi": "办\u202e合综\u202c",
    "isolates": "\u2066综\u2067合\u2069办\u200f\u200e",
    "html": "<script>alert(1)</script>&amp;]]>",
    "braces": "{value} {0} {name!r} %s %(x)s \\N{DIGIT ONE}",
    "number": "007",
    "date": "3-5",
    "half a pair": "_xD83D_综合办",
    "noncharacter": "综合\ufffd_xFFFE__xFFFF_办",
    "an escape as text": "_x005F_x000D_",
    "long": "长" * 10_000,
    "long formula": "=" + "1+" * 5_000 + "1",
}
FINDINGS, RESULTS = "校验结果", "考核结果"
_ESCAPED = re.compile(r"_x([0-9A-F]{4})_")
_UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def meant(text: str) -> str:
    """The text a reader of the cell gets."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def with_text(path: Path, text: str, places: dict[str, str] | None = None, instead_of: str = "综合办") -> Path:
    """The town with `text` in these cells, by sheet part, or wherever another text stood."""
    contents = files.parts(town_file())
    for part in [part for part in contents if part.startswith("xl/worksheets/sheet")]:
        root = etree.fromstring(contents[part])
        wanted = (places or {}).get(part, "").split()
        for cell in root.iter(f"{{{files.MAIN}}}c"):
            if cell.get("r") in wanted or (places is None and "".join(map(str, cell.itertext())) == instead_of):
                for child in list(cell):
                    cell.remove(child)
                cell.set("t", "inlineStr")
                item = etree.SubElement(etree.SubElement(cell, f"{{{files.MAIN}}}is"), f"{{{files.MAIN}}}t")
                item.text = text
                item.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                wanted = [place for place in wanted if place != cell.get("r")]
        assert not wanted, (part, wanted)
        contents[part] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return files.repack(contents, path)


def formulas(path: Path) -> int:
    """How many formulas there are; every part must be sound XML."""
    found = 0
    for part, content in files.parts(path).items():
        if part.endswith((".xml", ".rels")):
            root = etree.fromstring(content)
            found += sum(1 for _ in root.iter("{*}f")) if "worksheets/sheet" in part else 0
    return found


def texts(path: Path, sheet: str) -> list[tuple[str | None, str]]:
    """Type and text of each cell of a sheet that is not empty."""
    part = next(part for part, name in sheet_names(path).items() if name == sheet)
    cells = etree.fromstring(files.parts(path)[part]).iter("{*}c")
    return [(cell.get("t"), meant("".join(map(str, cell.itertext())))) for cell in cells if len(cell)]


def safe(answer: Answer) -> Answer:
    """Nothing a terminal would obey, in what was shown."""
    answer.well_behaved()
    for shown in (answer.out, answer.err):
        assert all(char.isprintable() or char == "\n" for char in shown), ascii(shown)
        assert all(len(line) < 2_000 for line in shown.splitlines()) or shown.startswith("{")
    return answer


@pytest.mark.parametrize("name", TEXTS)
def test_a_department_by_that_name(warm: Warm, tmp_path: Path, name):
    """Protects the files that results go into: the name stays a text, in every output cell, the JSON, the terminal."""
    path = with_text(tmp_path / "年.xlsm", TEXTS[name])
    before = formulas(path)
    answer = safe(warm.run("score", path, "-o", tmp_path / "屏.xlsm"))
    assert answer.code in {0, 1}
    answer = safe(warm.run("score", path, "--json", "-"))
    result = json.loads(answer.out)["结果"]
    text = meant(TEXTS[name]).strip()
    names = {line["科室"] for line in result}
    assert len(names) == 5
    assert text in names or name == "half a pair"
    assert formulas(path) == before
    cells = [cell for (cell,) in load_workbook(path)["考核结果"]["B4:B8"]]
    assert all(cell.data_type == "s" for cell in cells)
    written = {_ESCAPED.sub(lambda match: chr(int(match[1], 16)), cell.value) for cell in cells}
    assert _UNSHOWN.sub("\ufffd", text) in written or name in {"half a pair", "noncharacter", "an escape as text"}
    assert not any(_UNSHOWN.search(value) for value in written)


SETTINGS = {"xl/worksheets/sheet2.xml": "A5 B7"}  # 参数: a name, a value
ENTRIES = {
    "xl/worksheets/sheet4.xml": "C4 D4",  # 科室: 负责人, 分管领导
    "xl/worksheets/sheet5.xml": "A11 B4",  # 任务台账: 科室, 任务
    "xl/worksheets/sheet6.xml": "A4 B5 C6 D7",  # 履职测评: 票号, 主体, 测评人科室, 被评科室
    "xl/worksheets/sheet7.xml": "A4 B5 C6 D6 E7 H8",  # 加减分: 科室, 类别, 事项, 编号, 级别, 认定依据
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("places", [SETTINGS, ENTRIES], ids=["settings", "entries"])
def test_that_text_everywhere(warm: Warm, tmp_path: Path, name, places):
    """Protects readers of 校验结果: what was typed is quoted as text, short enough to be read."""
    path = with_text(tmp_path / "年.xlsm", TEXTS[name], places)
    before = formulas(path)
    answer = safe(warm.run("check", path, "--json", "-"))
    lines = json.loads(answer.out)["校验"]
    assert len(lines) > (1 if places is SETTINGS else 3)
    assert all(len(line["问题"]) < 400 and "\n" not in line["问题"] for line in lines)
    assert all((line["问题"] + line["建议"]).isprintable() for line in lines)
    safe(warm.run("score", path))
    assert formulas(path) == before
    assert all(kind == "inlineStr" for kind, _ in texts(path, FINDINGS))
    assert not any(_UNSHOWN.search(text) for _, text in texts(path, FINDINGS))


@pytest.mark.parametrize("name", TEXTS)
def test_the_name_of_the_town(warm: Warm, tmp_path: Path, name):
    """Protects titles: 单位名称 stands in front of them, in the sheets and in the terminal."""
    path = with_text(tmp_path / "年.xlsm", TEXTS[name], instead_of="云溪镇")
    before = formulas(path)
    assert safe(warm.run("score", path)).code == 0
    assert formulas(path) == before
    kind, title = texts(path, RESULTS)[0]
    assert kind == "inlineStr"
    assert not _UNSHOWN.search(title)
    if name in {"apostrophe", "equals", "number"}:
        assert title.startswith(TEXTS[name])


def test_departments_of_a_template(warm: Warm, tmp_path: Path):
    """Protects the blank workbook: names from a list somebody sent are texts in it."""
    names = [TEXTS[name] for name in ("dde", "plus", "at")] + ["=办", "＝A1科", "'=1+A1"]
    (tmp_path / "名单.txt").write_text("\n".join(names), "utf-8")
    path = tmp_path / "白.xlsm"
    safe(warm.run("template", "-o", path, "--departments", tmp_path / "名单.txt")).done()
    cells = [cell for (cell,) in load_workbook(path)["科室"][f"A4:A{3 + len(names)}"]]
    assert [cell.value for cell in cells] == names
    assert all(cell.data_type == "s" for cell in cells)
