"""The command line as a script or a technician meets it: exit codes, streams, files, one sentence when it fails."""

import errno
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jixiao.cli import main
from jixiao.sheets.outputs import RESULTS
from jixiao.terminal import display_width
from tests.workbooks import EXAMPLE, TEMPLATE, set_values

CHINESE_SENTENCE = re.compile(r"[^\n]*[\u4e00-\u9fff][^\n]*。\n")


@pytest.fixture
def example(tmp_path):
    target = tmp_path / "示例 (1).xlsm"
    target.write_bytes(EXAMPLE.read_bytes())
    return target


def spoilt(path: Path) -> Path:
    """The example with one 错误: a completion rate that is no number."""
    book = load_workbook(path, keep_vba=True)
    book["任务台账"]["D4"] = "已完成"
    book.save(path)
    return path


def test_score_in_place_leaves_a_dated_backup(example):
    before = example.read_bytes()
    assert main(["score", str(example)]) == 0
    assert example.read_bytes() != before
    (backup,) = (example.parent / "备份").iterdir()
    assert backup.read_bytes() == before
    assert re.fullmatch(r"示例 \(1\)-\d{8}-\d{6}\.xlsm", backup.name)


def test_score_to_another_file_leaves_the_first_alone(example, tmp_path):
    before = example.read_bytes()
    output = tmp_path / "结果.xlsm"
    assert main(["score", str(example), "-o", str(output)]) == 0
    assert example.read_bytes() == before
    assert load_workbook(output)["考核结果"]["A4"].value == 1
    assert not (tmp_path / "备份").exists()


def test_scoring_again_changes_no_byte(example):
    main(["score", str(example)])
    scored = example.read_bytes()
    assert main(["score", str(example)]) == 0
    assert example.read_bytes() == scored
    assert len(list((example.parent / "备份").iterdir())) == 1


def test_json_alone_on_stdout(example, capfdbinary):
    assert main(["score", str(example), "--json", "-"]) == 0
    answer = json.loads(capfdbinary.readouterr().out.decode("utf-8"))
    assert list(answer) == ["年度", "季度", "结果", "校验"]
    assert list(answer["季度"]) == ["1", "2", "3", "4"]
    assert list(answer["季度"]["1"][0]) == ["名次", "科室", "完成率", "评价系数", "得分"]
    assert all(list(line) == [column.header for column in RESULTS.columns] for line in answer["结果"])
    assert [line["名次"] for line in answer["结果"]] == sorted(line["名次"] for line in answer["结果"])
    assert all(list(line) == ["类型", "代码", "工作表", "单元格", "问题", "建议"] for line in answer["校验"])
    assert {type(line["考核得分"]) for line in answer["结果"]} <= {float, int}


def test_a_json_file_that_cannot_be_written_stays_as_it_was(example, tmp_path, capsys, monkeypatch):
    target = tmp_path / "结果.json"
    target.write_text("{}", "utf-8")
    real = Path.replace

    def replace(path, other):
        if Path(other).suffix == ".json":
            raise OSError(errno.EIO, "broken")
        return real(path, other)

    monkeypatch.setattr(Path, "replace", replace)
    assert main(["score", str(example), "--json", str(target)]) == 2
    assert capsys.readouterr().err == f"工作簿已保存，但 JSON 文件“{target}”没有写成，请换一个文件名。\n"
    assert target.read_text("utf-8") == "{}"
    assert not list(tmp_path.rglob("*.tmp"))


def test_a_read_only_json_file_is_refused_before_anything_is_written(example, tmp_path, capsys):
    target = tmp_path / "结果.json"
    target.write_text("{}", "utf-8")
    target.chmod(0o444)
    before = example.read_bytes()
    assert main(["score", str(example), "--json", str(target)]) == 2
    assert capsys.readouterr().err == f"JSON 文件“{target}”写不了，工作簿没有改动，请换一个文件名。\n"
    assert example.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([example.name, target.name, "log"][:2])


def test_another_workbook_is_not_replaced_by_json(example, tmp_path, capsys):
    other = tmp_path / "去年.XLSM"
    other.write_bytes(b"a year's work")
    before = example.read_bytes()
    assert main(["check", str(example), "--json", str(other)]) == 2
    assert capsys.readouterr().err == "JSON不能写成表格文件“去年.XLSM”，请换一个文件名，例如“结果.json”。\n"
    assert (example.read_bytes(), other.read_bytes()) == (before, b"a year's work")


@pytest.mark.parametrize("option", ["-o", "--json"])
def test_a_name_that_is_too_long_is_a_call_that_cannot_be(example, capsys, option):
    before = example.read_bytes()
    assert main(["score", str(example), option, f"{'长' * 300}.xlsm"]) == 2
    assert "不能作文件名" in capsys.readouterr().err
    assert example.read_bytes() == before


def test_table_has_aligned_columns(example, capsys):
    """A Chinese character is two columns wide: every cell ends where its header ends."""
    main(["score", str(example)])
    lines = capsys.readouterr().out.splitlines()
    rule = next(number for number, line in enumerate(lines) if set(line) == {"-", " "})
    ruler = lines[rule].split("  ")
    for line in lines[rule - 1 : rule + 13]:
        column = 0
        for dashes in ruler[:-1]:
            column += len(dashes)
            cut = next(cut for cut in range(len(line) + 1) if display_width(line[:cut]) >= column)
            assert display_width(line[:cut]) == column
            assert line[cut : cut + 2] == "  "
            column += 2


def test_errors_exit_1_and_say_so_once(example, capsys):
    assert main(["score", str(spoilt(example))]) == 1
    captured = capsys.readouterr()
    assert CHINESE_SENTENCE.fullmatch(captured.err)
    assert "D4" in captured.out
    assert load_workbook(example)["校验结果"]["D4"].value == "D4"


def test_check_writes_only_its_sheet(example):
    spoilt(example)
    before = {sheet.title: cells(sheet) for sheet in load_workbook(example)}
    assert main(["check", str(example)]) == 1
    after = {sheet.title: cells(sheet) for sheet in load_workbook(example)}
    assert {name for name in before if before[name] != after[name]} == {"校验结果"}


def test_impossible_setting_computes_nothing(example, capfdbinary):
    book = load_workbook(example, keep_vba=True)
    set_values(book, {"业绩评价权重": 0.8})
    book.save(example)
    before = {sheet.title: cells(sheet) for sheet in load_workbook(example)}
    assert main(["score", str(example), "--json", "-"]) == 1
    answer = json.loads(capfdbinary.readouterr().out)
    assert answer["结果"] == []
    assert answer["校验"][0]["类型"] == "错误"
    after = {sheet.title: cells(sheet) for sheet in load_workbook(example)}
    assert {name for name in before if before[name] != after[name]} == {"校验结果"}


@pytest.mark.parametrize(
    "call",
    [
        [],
        ["score"],
        ["publish", "x"],
        ["score", "没有这个文件.xlsm"],
        ["score", "."],
        ["score", "pyproject.toml"],
        ["check", "README.md"],
        ["template"],
        ["template", "-o", "没有这个文件夹/模板.xlsm"],
        ["template", "-o", "模板.xlsx"],
        ["template", "-o", "模板.xlsm", "--year", "24"],
        ["template", "-o", "模板.xlsm", "--year", "二〇二五"],
        ["template", "-o", "模板.xlsm", "--departments", "没有.txt"],
        ["score", str(EXAMPLE), "-o", "没有这个文件夹/结果.xlsm"],
        ["score", str(EXAMPLE), "-o", "结果.txt"],
    ],
    ids=" ".join,
)
def test_unusable_calls_exit_2_with_one_sentence(call, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("text", "utf-8")
    assert main(call) == 2
    captured = capsys.readouterr()
    assert CHINESE_SENTENCE.fullmatch(captured.err)
    assert captured.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["pyproject.toml"]


@pytest.mark.parametrize("sheet", ["科室", "任务台账", "履职测评"])
def test_a_missing_sheet_is_named_and_nothing_written(example, sheet, capsys):
    book = load_workbook(example, keep_vba=True)
    del book[sheet]
    book.save(example)
    before = example.read_bytes()
    assert main(["score", str(example)]) == 2
    assert sheet in capsys.readouterr().err
    assert example.read_bytes() == before


def test_a_fault_of_ours_is_one_sentence_and_goes_to_the_log(example, capsys, monkeypatch, tmp_path):
    def broken(*_):
        raise ZeroDivisionError("a developer's fault")

    monkeypatch.setattr("jixiao.buttons.appraise", broken)
    before = example.read_bytes()
    assert main(["score", str(example)]) == 2
    error = capsys.readouterr().err
    assert CHINESE_SENTENCE.fullmatch(error)
    assert "developer" not in error
    assert "ZeroDivisionError" in (tmp_path / "log" / "jixiao.log").read_text("utf-8")
    assert example.read_bytes() == before


def test_template_for_a_year_and_other_departments(tmp_path, capsys):
    names = tmp_path / "名单.txt"
    names.write_text("\n".join(f"第{number}科" for number in range(1, 16)), "gbk")
    target = tmp_path / "2026.xlsm"
    assert main(["template", "-o", str(target), "--year", "2026", "--departments", str(names)]) == 0
    book = load_workbook(target, keep_vba=True)
    assert [book["科室"].cell(row, 1).value for row in range(4, 20)] == [*names.read_text("gbk").split(), None]
    assert [book["考勤"].cell(row, 1).value for row in range(4, 19)] == names.read_text("gbk").split()
    assert book["科室"].tables["tblDepartments"].ref.endswith("18")
    settings = {row[0].value: row[1].value for row in book["参数"].iter_rows(min_row=4)}
    assert settings["年度"] == 2026
    assert main(["check", str(target)]) == 0, "a blank workbook has nothing wrong in it"


def test_template_without_options_is_the_committed_one(tmp_path):
    target = tmp_path / "空白.xlsm"
    assert main(["template", "-o", str(target)]) == 0
    assert target.read_bytes() == TEMPLATE.read_bytes()


def test_a_workbook_in_its_place_is_kept_and_that_is_said(tmp_path, capsys):
    target = tmp_path / "空白.xlsm"
    assert main(["template", "-o", str(target)]) == 0
    assert "备份" not in capsys.readouterr().out
    filled = load_workbook(target, keep_vba=True)
    filled["任务台账"]["A4"] = "民政办"
    filled.save(target)
    kept = target.read_bytes()
    assert main(["template", "-o", str(target)]) == 0
    assert "原来的“空白.xlsm”已留在“备份”文件夹。" in capsys.readouterr().out
    assert [file.read_bytes() for file in (tmp_path / "备份").iterdir()] == [kept]


def without_last_quarter(target: Path, **other):
    """The example with an empty fourth quarter, and other cells of 任务台账 as given."""
    book = load_workbook(EXAMPLE, keep_vba=True)
    sheet = book["任务台账"]
    column = next(cell.column for cell in sheet[3] if cell.value == "四季度完成率")
    for row in range(4, sheet.max_row + 1):
        sheet.cell(row, column).value = None
    for cell, value in other.items():
        sheet[cell] = value
    book.save(target)
    return target


def test_a_year_without_its_last_quarter_says_that_nobody_is_placed_yet(tmp_path, capsys):
    assert main(["score", str(without_last_quarter(tmp_path / "三个季度.xlsm"))]) == 0
    assert "还不到排名的时候" in capsys.readouterr().out


def test_it_is_not_said_of_a_whole_year_nor_of_one_with_faults(tmp_path, capsys):
    assert main(["score", str(EXAMPLE), "-o", str(tmp_path / "全年.xlsm")]) == 0
    assert main(["score", str(without_last_quarter(tmp_path / "有错.xlsm", D5="很多"))]) == 1
    assert "还不到排名的时候" not in capsys.readouterr().out


def test_demo_ends_with_the_ranking_and_the_file(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "jixiao", "demo"],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "结果已写入：绩效考核-2024示例.xlsm"
    assert "纪委监委" in done.stdout
    assert (tmp_path / "绩效考核-2024示例.xlsm").exists()


def cells(sheet):
    """Constants and formulas as text: openpyxl's array formulas are never equal to each other."""
    filled = (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return {cell.coordinate: getattr(cell.value, "text", cell.value) for cell in filled}
