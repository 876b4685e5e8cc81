"""The button and the command: what they say, what they leave on disk, and what never gets into a report."""

import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import xlwings as xw

from jixiao import macros
from jixiao.cli import main
from jixiao.doctor import button, checks, report, selftest
from jixiao.doctor.facts import Finding, Verdict
from jixiao.doctor.processor import refused
from jixiao.engines.file import open_book
from tests.workbooks import EXAMPLE

from .pc import EXCEL, FOLDERS, SPOKEN, WORKBOOK, facts, pc

CHINESE_SENTENCE = re.compile(r"[^\n]*[\u4e00-\u9fff][^\n]*。\n")


def spoken_book(full_name: str) -> Any:
    """A book as COM shows it: only what the check may ask; cells there are none."""
    api = SimpleNamespace(
        Name="Microsoft Excel",
        Version="16.0",
        Build=17328.0,
        OperatingSystem="Windows (64-bit) NT 10.00",
        Path=EXCEL.rpartition("\\")[0],
    )
    return SimpleNamespace(app=SimpleNamespace(api=api), api=SimpleNamespace(FullName=full_name))


def test_the_program_is_asked_for_what_only_it_knows() -> None:
    assert button.asked(spoken_book(WORKBOOK)) == (SPOKEN, WORKBOOK)


def test_a_program_that_does_not_answer_is_no_failure(tmp_path: Path) -> None:
    file = shutil.copy(EXAMPLE, tmp_path / "本.xlsm")
    with open_book(Path(file)) as book:
        excel, workbook = button.asked(book)
    assert (excel.name, excel.version, excel.bits) == (None, None, None)
    assert workbook == str(file)


def test_the_button_says_what_to_do_and_leaves_the_report(tmp_path: Path) -> None:
    documents = tmp_path / "文档"
    planted = pc(seconds=None, code_page=1252, registry={FOLDERS: {"personal": str(documents)}})
    sentence = button.diagnose(spoken_book(WORKBOOK), planted)
    target = documents / "绩效考核" / "自检报告.txt"
    assert sentence.startswith("!自检完了：正常 ")
    assert str(target) in sentence
    written = target.read_bytes().decode("utf-8-sig")
    assert target.read_bytes().startswith("\ufeff".encode())
    assert "\r\n" in written
    assert "[错误] 启动计算程序用时：启动不了" in written


def test_the_report_lies_where_the_installer_put_the_workbooks(tmp_path: Path) -> None:
    key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Jixiao"
    button.diagnose(spoken_book(WORKBOOK), pc(registry={key: {"workbooks": str(tmp_path / "别处")}}))
    assert (tmp_path / "别处" / "自检报告.txt").exists()


def test_where_all_is_well_the_message_is_no_warning(tmp_path: Path) -> None:
    sentence = button.diagnose(spoken_book(WORKBOOK), pc(registry={FOLDERS: {"personal": str(tmp_path)}}))
    assert sentence.startswith("自检完了：")


def test_a_report_that_cannot_be_written_there_lies_beside_the_log(tmp_path: Path) -> None:
    blocked = tmp_path / "文档"
    blocked.write_text("a file, not a folder", "utf-8")
    sentence = button.diagnose(spoken_book(WORKBOOK), pc(registry={FOLDERS: {"personal": str(blocked)}}))
    assert (tmp_path / "log" / "自检报告.txt").exists()
    assert str(tmp_path / "log" / "自检报告.txt") in sentence
    (tmp_path / "log" / "自检报告.txt").unlink()
    (tmp_path / "log").rmdir()
    (tmp_path / "log").write_text("a file too", "utf-8")
    sentence = button.diagnose(spoken_book(WORKBOOK), pc(registry={FOLDERS: {"personal": str(blocked)}}))
    assert "请把这个提示截图" in sentence


def test_pressed_on_a_workbook_no_byte_of_it_changes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = Path(shutil.copy(EXAMPLE, tmp_path / "本.xlsm"))
    with open_book(file) as book:
        monkeypatch.setattr(xw.Book, "caller", staticmethod(lambda: book))
        sentence = macros.press("doctor")
        book.save()
    assert "自检完了：" in sentence
    assert file.read_bytes() == EXAMPLE.read_bytes()
    written = (tmp_path / "log" / "自检报告.txt").read_text("utf-8-sig")
    assert not [name for name in ("党建办", "退役军人服务站", "97.62", "本.xlsm", str(tmp_path)) if name in written]


def test_a_message_fits_into_its_box_and_names_the_worst_first() -> None:
    long = "很长" * 40
    findings = [(f"第 {place} 项", Finding(Verdict.NOTICE, long, "请照办。")) for place in range(9)]
    findings += [("最后一项", Finding(Verdict.WRONG, long, "请照办。"))]
    sentence = report.message(findings, "长" * 259)
    assert len(sentence) <= 1024
    lines = sentence.splitlines()
    assert lines[1].startswith("错误　最后一项")
    assert [line.split("：")[0] for line in lines[2:-2]] == [f"注意　第 {place} 项" for place in range(len(lines) - 4)]
    assert lines[-2] == f"还有 {len(findings) - (len(lines) - 3)} 项，见报告。"


def test_the_report_counts_and_lists_every_check() -> None:
    findings = list(checks.examine(facts(seconds=12)))
    written = report.text(findings, datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
    assert "正常 16 项，注意 1 项，错误 0 项，看不到 0 项" in written
    assert all(f"] {probe.name}：" in written for probe in checks.PROBES)
    assert written.count("怎么办：") == 1


def test_the_command_prints_every_check_and_writes_the_report(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "报告.txt"
    assert main(["doctor", str(EXAMPLE), "--report", str(target)]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert all(f"] {probe.name}：" in shown.out for probe in checks.PROBES)
    assert target.read_text("utf-8-sig").count("\n[") == len(checks.PROBES)
    assert shown.out.splitlines()[-1] == f"报告保存在“{target}”，可以直接发给维护人员。"


def test_something_wrong_is_exit_1_and_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jixiao.doctor.command.Machine", lambda: pc(seconds=None))
    assert main(["doctor"]) == 1
    shown = capsys.readouterr()
    assert f"[{Verdict.WRONG}] 启动计算程序用时" in shown.out
    assert CHINESE_SENTENCE.fullmatch(shown.err)


@pytest.mark.parametrize(
    "call",
    [
        ["doctor", "没有.xlsm"],
        ["doctor", "--report", "没有/报告.txt"],
        ["doctor", "--report", "本年.xlsm"],
        ["doctor", "--self-test", "--report", "报告.txt"],
        ["doctor", "--repair"],
    ],
    ids=" ".join,
)
def test_unusable_calls_are_exit_2(
    call: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("本年.xlsm").write_bytes(b"a year's work")
    assert main(call) == 2
    assert Path("本年.xlsm").read_bytes() == b"a year's work"
    assert CHINESE_SENTENCE.fullmatch(capsys.readouterr().err)


def test_the_command_starts_without_pandas() -> None:
    """It must answer on a PC where pandas is what is broken."""
    asked = "import sys; from jixiao.doctor import command; print(*{'pandas', 'xlwings'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert done.stdout == "\n"


def test_the_self_test_computes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--self-test"]) == 0
    assert capsys.readouterr().out.startswith("自检通过")


def test_a_processor_numpy_refuses_is_told_apart(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """numpy's own words, raised while something else loads it; the installer reads the number."""
    refusal = "NumPy was built with baseline optimizations: \n(X86_V2) but your machine doesn't support:\n(X86_V2)."
    (tmp_path / "jixiao_refused.py").write_text(f"raise RuntimeError({refusal!r})")
    wrapped = "try:\n    import jixiao_refused\nexcept RuntimeError as e:\n    raise ImportError('pandas') from e\n"
    (tmp_path / "jixiao_wrapped.py").write_text(wrapped)
    monkeypatch.syspath_prepend(tmp_path)
    for part in ("jixiao_refused", "jixiao_wrapped"):
        monkeypatch.setattr(selftest, "_PARTS", (part,))
        assert main(["doctor", "--self-test"]) == 10
        shown = capsys.readouterr()
        assert "处理器太旧" in shown.err
        assert CHINESE_SENTENCE.fullmatch(shown.err)
    monkeypatch.setattr(selftest, "Machine", lambda: pc(processor=False))
    with pytest.raises(selftest.ProcessorError, match="处理器太旧"):
        selftest.self_test(windows=True)
    assert refused(1, refusal)
    assert refused(0xC000001D, "")
    assert refused(-1073741795, "")
    assert not refused(1, "No module named numpy")


@pytest.mark.parametrize(
    ("attribute", "value", "says"),
    [
        ("_PARTS", ("xlwings", "jixiao_part_that_is_lost"), "用不了"),
        ("_SCORE", 95.2, "应当是 95.2"),
        ("_EXAMPLE_SCORES", (12, 97.62, 75.57), "示例算出来的得分不对"),
    ],
)
def test_the_self_test_fails_when_something_is_off(
    attribute: str, value: object, says: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selftest, attribute, value)
    assert main(["doctor", "--self-test"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert says in shown.err
    assert CHINESE_SENTENCE.fullmatch(shown.err)
