"""The door behind the ribbon: a button's name in, one sentence for the person who pressed it out.

A sentence about something that went wrong begins with `!`; VBA shows it with another sign and without the mark.
"""

from collections.abc import Callable, Mapping

import xlwings as xw

from jixiao.errors import JixiaoError
from jixiao.log import record_failure, whom_to_ask
from jixiao.windows import caller_let_go

_Action = Callable[[xw.Book], str]
_GUIDE = "使用说明"


@xw.func
@xw.arg("action")
def press(action):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - xlwings takes annotations for converters
    """Run a button on the workbook in front."""
    with caller_let_go():
        return answer(action, xw.Book.caller)


def answer(action: str, find_book: Callable[[], xw.Book]) -> str:
    """Run a button on a workbook. Nothing escapes: every failure is a sentence, its details are logged."""
    return told(action, lambda: ACTIONS[action](find_book()))


def told(action: str, act: Callable[[], str]) -> str:
    """What a button's work answers, or the sentence about its failure."""
    try:
        return act()
    except JixiaoError as error:
        return f"!{error}"
    except Exception:  # noqa: BLE001 - a trace means nothing to staff
        place = record_failure(f"button {action}")
        return f"!程序内部出错，没有做完，请不要保存，关闭后重新打开再试；还不行就{whom_to_ask(place)}。"


def _check(book: xw.Book) -> str:
    from jixiao import buttons  # noqa: PLC0415 - a button loads what it needs; warming up loads all

    outcome = buttons.check(book)
    _show(book, "校验结果")
    return f"校验完了：{_counts(outcome.lines)}。逐条列在“校验结果”表里。"


def _score(book: xw.Book) -> str:
    from jixiao import buttons  # noqa: PLC0415 - as above

    outcome = buttons.score(book)
    quarterly = outcome.waiting and bool(outcome.ranked)
    _show(book, "校验结果" if outcome.errors else "季度得分" if quarterly else "考核结果")
    counted = _counts(outcome.lines)
    if outcome.scored is None:
        return f"!没有计算：{counted}，请按“校验结果”表改正后再算。"
    if outcome.errors:
        return f"!能算的都算了，但{counted}，请按“校验结果”表改正后再算一次。"
    if quarterly:
        names = "、".join(outcome.ranked)
        return f"{names}已经排名，见“季度得分”；全年的要等各项填齐，缺什么见“考核结果”的“说明”：{counted}。"
    if outcome.waiting:
        return f"能算的都算了，还不到排名的时候：{counted}，见“考核结果”和“校验结果”。"
    return f"{len(outcome.scored.results)} 个科室的得分、名次和等次都算好了：{counted}。请核对“考核结果”后保存。"


def _explain(book: xw.Book) -> str:
    from jixiao import buttons  # noqa: PLC0415 - as above

    outcome = buttons.explain(book)
    if outcome.scored is None:
        return "!没有写：现在的数据还算不了得分，请先点“校验数据”，按“校验结果”表改正。"
    _show(book, "得分说明")
    return ""


def _simulate(book: xw.Book) -> str:
    from jixiao import buttons  # noqa: PLC0415 - as above

    outcome = buttons.simulate(book)
    _show(book, "模拟测算")
    return outcome.message


def _next_year(book: xw.Book) -> str:
    from jixiao import buttons  # noqa: PLC0415 - as above

    made = buttons.next_year(book)
    sentences = (f"已在同一文件夹生成 {made.year} 年的工作簿“{made.path.name}”。", *made.notices)
    return "\n".join(sentences)


def _guide(book: xw.Book) -> str:
    if _GUIDE not in [sheet.name for sheet in book.sheets]:
        return "!这个工作簿里没有“使用说明”表，请打开绩效考核工作簿再点。"
    if not _show(book, _GUIDE):
        return f"!“{_GUIDE}”表被隐藏了，请右击任一工作表标签，点“取消隐藏”。"
    return ""


def _doctor(book: xw.Book) -> str:
    from jixiao.doctor import button  # noqa: PLC0415 - as above

    return button.diagnose(book)


def _warm(_: xw.Book) -> str:
    load_all()
    return ""


def load_all() -> None:
    """Load everything a button or function needs, so that the first one does not have to."""
    from jixiao import buttons, carry, functions, simulation  # noqa: F401, PLC0415 - loading them is the point
    from jixiao.formulas import notices, points, ranks, scores  # noqa: F401, PLC0415 - as above


def _show(book: xw.Book, name: str) -> bool:
    """Bring a sheet to the front, and whether it is there; one that staff hid stays hidden.

    The sheet alone: xlwings would bring Excel's window to the front as well, and calls it a fault where it cannot.
    """
    for sheet in book.sheets:
        if sheet.name == name and sheet.visible:
            sheet.impl.activate()
            return True
    return False


def _counts(lines: list[dict[str, float | int | str | None]]) -> str:
    kinds = [line["类型"] for line in lines]
    return "，".join(f"{kind} {kinds.count(kind)} 条" for kind in ("错误", "警告", "提示"))


ACTIONS: Mapping[str, _Action] = {
    "check": _check,
    "score": _score,
    "explain": _explain,
    "simulate": _simulate,
    "next_year": _next_year,
    "guide": _guide,
    "doctor": _doctor,
    "warm": _warm,
}
