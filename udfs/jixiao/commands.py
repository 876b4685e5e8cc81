"""What the commands do: a button pressed on a workbook file, and its outcome told in a terminal or as JSON."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import xlwings as xw

from jixiao import buttons
from jixiao.buttons import Outcome, Progress
from jixiao.engines.file import open_book
from jixiao.engines.save import saved_last, staged
from jixiao.errors import CallError, SaveError
from jixiao.report import findings_report, results_report
from jixiao.sheets.present import as_json
from jixiao.streams import deliver, hint, show, tell
from jixiao.targets import refuse_workbook
from jixiao.text import one_line

DONE, WITH_ERRORS = 0, 1
SCREEN = "-"
_LONGEST_NAME = 40
SUFFIXES = (".xlsm", ".xlsx")


def score(file: Path, output: Path | None, json_target: str | None) -> int:
    """计算得分 on a workbook file, in place or to `output`."""
    outcome = _press(buttons.score, file, output, json_target)
    if json_target != SCREEN:
        show(results_report(outcome, output or file))
    return _close(outcome, output or file)


def check(file: Path, json_target: str | None) -> int:
    """校验数据 on a workbook file, in place: only 校验结果 is written."""
    outcome = _press(buttons.check, file, None, json_target)
    if json_target != SCREEN:
        show(findings_report(outcome, file))
    return _close(outcome, file)


def template(
    output: Path, year: int | None, departments: Path | None, last_year: Path | None, *, tasks: bool = False
) -> int:
    """A blank workbook, or the one that follows `last_year`'s (年度结转), on request with its `tasks`."""
    from jixiao.namelist import read_names  # noqa: PLC0415 - scoring needs none of it
    from jixiao.template import write_template  # noqa: PLC0415 - as above

    _check_target(output, ".xlsm")
    if last_year is not None:
        if departments is not None:
            raise CallError("“--from”已经带来了上一年的科室，请不要同时写“--departments”。")
        return _next_year(last_year, output, year, tasks=tasks)
    if tasks:
        raise CallError("“--tasks”是结转上一年的任务，要和“--from 上一年工作簿”一起写。")
    told = _replaced(output)
    listed = None if departments is None else read_names(departments)
    write_template(output, year, None if listed is None else listed.names)
    if listed is not None:
        told += "\n" + one_line(f"科室 {len(listed.names)} 个：{'、'.join(listed.names)}")
    show(one_line(f"已生成空白工作簿：{output}") + told)
    for notice in () if listed is None else listed.notices:
        tell(one_line(notice))
    return DONE


def _replaced(output: Path) -> str:
    """What is said besides when a new workbook takes the place of a file, asked before it does."""
    return f"\n原来的“{one_line(output.name)}”已留在“备份”文件夹。" if output.exists() else ""


def _next_year(last_year: Path, output: Path, year: int | None, *, tasks: bool) -> int:
    """What was not taken over is said on stderr, sentence by sentence; the workbook is made all the same, exit 0."""
    from jixiao.carry import require_year  # noqa: PLC0415 - as above
    from jixiao.template import write_next_year  # noqa: PLC0415 - as above

    if output.resolve() == last_year.resolve():
        raise CallError("新工作簿不能写在上一年的文件上，请换一个文件名。")
    say = _terminal_progress()
    try:
        with open_book(last_year) as book:
            carried = buttons.carried_from(book, say, tasks=tasks)
        year = carried.year + 1 if year is None else year
        require_year(year)
        if year <= carried.year:
            raise CallError(f"上一年的工作簿是 {carried.year} 年度的，新工作簿的年度应当在它之后。")
        say("正在生成新一年的工作簿")
        told = _replaced(output)
        write_next_year(output, carried, year)
    finally:
        say("")
    show(one_line(f"已生成 {year} 年度工作簿：{output}") + told)
    for notice in carried.notices:
        tell(one_line(notice))
    return DONE


def demo() -> int:
    """The example, copied here, scored and shown."""
    from jixiao.template import EXAMPLE_NAME, write_example  # noqa: PLC0415 - as above

    target = Path(EXAMPLE_NAME)
    write_example(target)
    return score(target, None, None)


def _press(
    button: Callable[[xw.Book, Progress], Outcome], file: Path, output: Path | None, json_target: str | None
) -> Outcome:
    if output is not None:
        _check_target(output, file.suffix)
    if json_target not in {None, SCREEN}:
        _check_json_target(Path(str(json_target)), file, output)
    say = _terminal_progress()
    try:
        with open_book(file) as book:
            outcome = button(book, say)
            say("正在保存")
            with _json_beside(json_target, outcome):
                book.save(None if output is None else str(output))
    finally:
        say("")
    return outcome


def _check_target(target: Path, suffix: str) -> None:
    _check_name(target)
    if target.suffix.lower() != suffix.lower() and suffix.lower() in SUFFIXES:
        raise CallError(f"“{target.name}”的扩展名应当是 {suffix}，请改一下要写的文件名。")


def _check_name(target: Path) -> None:
    try:
        target.exists()
    except (OSError, ValueError) as error:
        raise CallError(f"“{one_line(target.name, _LONGEST_NAME)}”不能作文件名，请换一个短一些的名字。") from error


def _check_json_target(target: Path, file: Path, output: Path | None) -> None:
    """Refuse, before anything is written, a JSON file that cannot be."""
    _check_name(target)
    if target.resolve() in {path.resolve() for path in (file, output) if path is not None}:
        raise CallError("JSON 文件名不能与工作簿相同，请换一个文件名。")
    refuse_workbook(target, "JSON", "结果.json")
    if target.is_dir() or not target.name or not target.absolute().parent.is_dir():
        raise CallError(f"JSON 文件“{target}”写不了，请换一个文件夹里的文件名。")


def _json(outcome: Outcome) -> bytes:
    text = json.dumps(as_json(outcome.year, outcome.scored, outcome.lines), ensure_ascii=False)
    if not text.isprintable():  # as \u…: the same JSON, and nothing for a terminal to obey
        text = "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in text)
    return (text + "\n").encode()


@contextmanager
def _json_beside(target: str | None, outcome: Outcome) -> Iterator[None]:
    """The JSON: on the screen when the workbook is ready to be saved; a file, on disk before, gets its name after that.

    So what cannot be written is said while nothing has changed yet.
    """
    if target is None:
        yield
        return
    if target == SCREEN:
        with saved_last(lambda: _show_json(outcome)):
            yield
        return
    with ExitStack() as stack:
        try:
            put = stack.enter_context(staged(Path(str(target)), _json(outcome)))
        except OSError as error:
            raise SaveError(f"JSON 文件“{target}”写不了，工作簿没有改动，请换一个文件名。") from error
        yield
        try:
            put()
        except OSError as error:
            raise SaveError(f"工作簿已保存，但 JSON 文件“{target}”没有写成，请换一个文件名。") from error


def _show_json(outcome: Outcome) -> None:
    try:
        deliver(_json(outcome))
    except (OSError, ValueError) as error:
        raise SaveError("JSON 没有输出到屏幕，工作簿没有改动，请改用“--json 文件名”。") from error


def _close(outcome: Outcome, file: Path) -> int:
    if not outcome.errors:
        return DONE
    done = f"“{file.name}”已处理，有 {outcome.errors} 处错误，请按“校验结果”表逐条改正后再算一次。"
    tell(one_line(done))
    return WITH_ERRORS


def _terminal_progress() -> Progress:
    """Steps on one line of a terminal; silent when stderr is none."""
    terminal = sys.stderr.isatty()

    def say(step: str) -> None:
        if terminal:
            hint(f"\r\x1b[K{step}{'…' if step else ''}")

    return say
