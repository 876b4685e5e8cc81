"""The installer's question: does what was installed compute? Needs neither Excel nor a workbook of anybody's."""

import importlib
import tempfile
from pathlib import Path

from jixiao.doctor import processor
from jixiao.doctor.machine import Machine
from jixiao.errors import JixiaoError
from jixiao.log import record_failure

_PARTS = ("xlwings", "pandas", "lxml.etree", "chinese_calendar")
_WINDOWS_PARTS = ("pythoncom", "win32com.client", "xlwings.com_server", "xlwings.udfs")

# Worked by hand: 业绩 92 × 40 % + 96 × 60 % = 94.40, 履职 42.5 + 26.4 + 18.2 = 87.10, and 3 points more.
_QUARTERS, _REVIEWS, _POINTS, _SCORE = [[90.0, 92.0, 94.0, 96.0]], [[85.0, 88.0, 91.0]], [[3.0]], 95.21
# The packaged example: how many 科室, the highest and the lowest 考核得分.
_EXAMPLE_SCORES = (12, 97.62, 75.58)
_PROCESSOR = f"{processor.TOO_OLD}，{processor.REPAIR}"
_REPAIR = "请重新运行安装程序；还不行就联系维护人员。"


class SelfTestError(JixiaoError):
    """What was installed does not work."""


class ProcessorError(SelfTestError):
    """It cannot work on this PC, whatever is installed."""


def self_test(*, windows: bool) -> str:
    """Load the parts, compute one known score by a function and the example by 计算得分; say that it went well.

    Raises SelfTestError, one sentence, at the first thing that does not work.
    """
    if windows and not Machine().computes():  # asked first: numpy may end the whole Python
        raise ProcessorError(_PROCESSOR)
    for part in (*_PARTS, *(_WINDOWS_PARTS if windows else ())):
        _load(part)
    _compute_one()
    _score_example()
    return f"自检通过：各部件都能用，示例的 {_EXAMPLE_SCORES[0]} 个科室都算对了。"


def _load(part: str) -> None:
    try:
        importlib.import_module(part)
    except Exception as error:  # whatever a damaged file raises
        record_failure(f"self-test: {part}")
        if processor.to_blame(error):
            raise ProcessorError(_PROCESSOR) from error
        raise SelfTestError(f"自检没有通过：计算程序里的“{part}”用不了，{_REPAIR}") from error


def _compute_one() -> None:
    from jixiao.functions import JIXIAO_SCORE  # noqa: PLC0415 - only once its parts are known to load

    if (found := JIXIAO_SCORE(_QUARTERS, _REVIEWS, _POINTS)) != _SCORE:
        raise SelfTestError(f"自检没有通过：公式算出的是 {found}，应当是 {_SCORE}，{_REPAIR}")


def _score_example() -> None:
    from jixiao import buttons, template  # noqa: PLC0415 - as above
    from jixiao.engines.file import open_book  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory(prefix="jixiao-") as folder:
        file = Path(folder) / template.EXAMPLE_NAME
        template.write_example(file)
        with open_book(file) as book:
            buttons.score(book)
            book.save()
        with open_book(file) as book:
            found = _scores(book.sheets["考核结果"].used_range.value)
    if found != _EXAMPLE_SCORES:
        raise SelfTestError(f"自检没有通过：示例算出来的得分不对，{_REPAIR}")


def _scores(rows: list[list[object]]) -> tuple[int, float, float]:
    """How many figures stand under 考核得分 of a saved 考核结果, the highest and the lowest."""
    top, column = next((place, row.index("考核得分")) for place, row in enumerate(rows) if "考核得分" in row)
    scores = [value for row in rows[top + 1 :] if isinstance(value := row[column], float)]
    return len(scores), max(scores, default=0.0), min(scores, default=0.0)
