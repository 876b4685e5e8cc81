"""Long columns to call the functions with, as cells hold them: tests count what a row costs, benchmarks/ time it."""

from collections.abc import Callable
from datetime import datetime, timedelta

Rows = tuple[tuple[object, ...], ...]

ROWS = 1_000
QUARTERS = tuple((90.5 + row % 7, 91.25, 92.0, 80.0 + row % 11) for row in range(ROWS))
GROUPS = tuple((88.0, 90.5 - row % 5, 91.0) for row in range(ROWS))
NET = tuple((row % 3 - 0.5,) for row in range(ROWS))
IDLE = tuple(("/", *row[1:]) if place % 5 == 0 else row for place, row in enumerate(QUARTERS))
TYPED = tuple(tuple(map(str, row)) for row in QUARTERS)
DAYS = tuple((datetime.fromisoformat("2022-01-03") + timedelta(days=row),) for row in range(ROWS))
SCORES = tuple((60 + row * 7919 % 4000 / 100,) for row in range(ROWS))
HEADER = ("科室", "类别", "事项", "同一事项编号", "级别", "分值", "日期", "认定依据")
ENTRIES = tuple(
    (f"科室{row // 3}", "表彰", f"事{row}", f"号{row // 2}", "县级", None, None, "1号") for row in range(ROWS)
)
DEPARTMENTS = tuple((f"科室{row}",) for row in range(ROWS // 3))

# Functions that take a column and give a column.
COLUMNS: dict[str, tuple[str, tuple[Rows, ...]]] = {
    "score": ("JIXIAO_SCORE", (QUARTERS, GROUPS, NET)),
    "performance": ("JIXIAO_PERFORMANCE", (QUARTERS,)),
    "review": ("JIXIAO_REVIEW", (GROUPS,)),
    "explain": ("JIXIAO_EXPLAIN", (QUARTERS, GROUPS, NET)),
    "notice end": ("JIXIAO_NOTICE_END", (DAYS,)),
    "rank": ("JIXIAO_RANK", (SCORES,)),
    "grade": ("JIXIAO_GRADE", (SCORES,)),
    "score of idle quarters": ("JIXIAO_SCORE", (IDLE, GROUPS, NET)),
    "explain idle quarters": ("JIXIAO_EXPLAIN", (IDLE, GROUPS, NET)),
    "score of numbers as text": ("JIXIAO_SCORE", (TYPED, GROUPS, NET)),
}

# What a row gets from the whole list: alone it is =INDEX(JIXIAO_RANK(the list),k), the whole list again for every row.
WHOLE: dict[str, tuple[str, Callable[[int], tuple[Rows, ...]]]] = {
    "rank": ("JIXIAO_RANK", lambda rows: (SCORES[:rows],)),
    "grade": ("JIXIAO_GRADE", lambda rows: (SCORES[:rows],)),
    "dedup": ("JIXIAO_DEDUP", lambda rows: ((HEADER, *ENTRIES[:rows]),)),
    "points": ("JIXIAO_POINTS", lambda rows: ((HEADER, *ENTRIES[:rows]), DEPARTMENTS[: rows // 3])),
}
