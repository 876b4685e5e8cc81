"""Each program computes the same year in a process of its own: `python -m benchmarks.contenders NAME WORKBOOK`.

Prints JSON: `load` (reading the file), `compute` (all figures), in seconds, and the scores by department.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.formulas_book import SCORE_COLUMN

if TYPE_CHECKING:
    import pandas as pd

Answer = dict[str, object]


def jixiao(path: Path) -> Answer:
    """Our own rules over the entries, checks included."""
    from jixiao.engines.file import open_book
    from jixiao.rules.appraisal import appraise
    from jixiao.rules.suspicions import suspicions
    from jixiao.sheets.checked import check_entries
    from jixiao.sheets.read import read_entries

    started = time.perf_counter()
    with open_book(path) as book:
        entries = read_entries(book)
    loaded = time.perf_counter()
    checked = check_entries(entries)
    if checked.inputs is None or checked.policy is None:
        raise SystemExit("the workbook cannot be computed")
    appraisal = appraise(checked.inputs, checked.policy)
    list(suspicions(checked.inputs, appraisal))
    computed = time.perf_counter()
    scores = {result.name: None if result.score is None else float(result.score) for result in appraisal.results}
    return {"load": loaded - started, "compute": computed - loaded, "scores": scores}


def pandas(path: Path) -> Answer:
    """The plain program one would write in an afternoon: pandas in floats, no checks but the ballots that are void."""
    import pandas as pd

    started = time.perf_counter()
    sheets = pd.read_excel(path, sheet_name=None, engine="calamine", dtype={"票号": str})
    loaded = time.perf_counter()
    departments = sheets["科室"].set_index("科室")["评价系数"]
    tasks = sheets["任务台账"]
    quarters = {}
    for name in ("一季度", "二季度", "三季度", "四季度"):
        weighted = (tasks[f"{name}完成率"] * tasks["任务权重"]).groupby(tasks["科室"]).sum()
        weights = tasks["任务权重"].groupby(tasks["科室"]).sum()
        quarters[name] = (100 * departments * weighted / weights).round(2)
    early = (quarters["一季度"] + quarters["二季度"] + quarters["三季度"]) / 3
    performance = (early * 0.4 + quarters["四季度"] * 0.6).round(2)
    review = plain_review(sheets["履职测评"])
    score = (performance * 0.7 + review * 0.3).round(2)
    score.rank(method="min", ascending=False)
    computed = time.perf_counter()
    return {"load": loaded - started, "compute": computed - loaded, "scores": score.to_dict()}


def plain_review(ballots: "pd.DataFrame") -> "pd.Series":
    """履职评价 by department in floats: void ballots dropped, means by group, weighted."""
    marks = ballots[["工作业绩", "担当作为", "工作状态", "协同配合", "遵守纪律"]]
    whole = marks.notna().all(axis=1) & (marks >= 0).all(axis=1) & (marks <= 100).all(axis=1)
    once = ~ballots.duplicated(["测评主体", "票号", "被评科室"], keep=False)
    valid = whole & once & (ballots["测评人科室"] != ballots["被评科室"])
    means = marks[valid].mean(axis=1).groupby([ballots["被评科室"], ballots["测评主体"]]).mean().unstack().round(2)
    return (means["班子成员"] * 0.5 + means["部门负责人"] * 0.3 + means["村“一肩挑”"] * 0.2).round(2)


def formualizer(path: Path) -> Answer:
    """The Rust engine of that name on the native formulas."""
    import formualizer as engine

    started = time.perf_counter()
    book = engine.load_workbook(str(path))
    loaded = time.perf_counter()
    book.evaluate_all()
    computed = time.perf_counter()
    scores = _scores(lambda row, column: book.get_value("结果", row + 1, column + 1))
    return {"load": loaded - started, "compute": computed - loaded, "scores": scores}


def ironcalc(path: Path) -> Answer:
    """The Rust engine of that name on the native formulas."""
    import ironcalc as engine

    started = time.perf_counter()
    model = engine.load_from_xlsx(str(path), "en", "UTC", "en")
    loaded = time.perf_counter()
    model.evaluate()
    computed = time.perf_counter()

    def value(row: int, column: int) -> object:
        text = model.get_formatted_cell_value(0, row + 1, column + 1)
        return text if column == 0 else float(text) if text else None

    return {"load": loaded - started, "compute": computed - loaded, "scores": _scores(value)}


def formulas(path: Path) -> Answer:
    """The Python engine of that name on the native formulas."""
    import formulas as engine

    started = time.perf_counter()
    model = engine.ExcelModel().loads(str(path)).finish()
    loaded = time.perf_counter()
    solution = model.calculate()
    computed = time.perf_counter()

    def value(row: int, column: int) -> object:
        cell = solution.get(f"'[{path.name}]结果'!{chr(ord('A') + column)}{row + 1}")
        return None if cell is None else cell.value[0, 0]

    return {"load": loaded - started, "compute": computed - loaded, "scores": _scores(value)}


def _scores(value: Callable[[int, int], object]) -> dict[str, float]:
    scores: dict[str, float] = {}
    row = 0
    while name := value(row, 0):
        scores[str(name)] = float(str(value(row, SCORE_COLUMN)))
        row += 1
    return scores


CONTENDERS: dict[str, Callable[[Path], Answer]] = {
    "jixiao": jixiao,
    "pandas": pandas,
    "formualizer": formualizer,
    "ironcalc": ironcalc,
    "formulas": formulas,
}

if __name__ == "__main__":
    print(json.dumps(CONTENDERS[sys.argv[1]](Path(sys.argv[2]))))
