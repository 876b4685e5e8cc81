"""The golden case through the front door: typed into the template, scored by the command, read from its JSON."""

import json

from jixiao.cli import main
from tests.reference.golden import golden_year
from tests.workbooks import fill_year


def test_every_expected_figure_place_and_grade(golden, tmp_path):
    file = fill_year(tmp_path / "年终 考核.xlsm", golden_year(golden))
    answer = tmp_path / "answer.json"
    assert main(["score", str(file), "--json", str(answer)]) == 0
    scored = json.loads(answer.read_text("utf-8"))
    assert scored["年度"] == 2024
    assert [line["科室"] for line in scored["结果"]] == [line["科室"] for line in golden["期望"]]
    quarters = ("一季度得分", "二季度得分", "三季度得分", "四季度得分")
    for expected, line in zip(golden["期望"], scored["结果"], strict=True):
        assert [line[quarter] for quarter in quarters] == expected["季度"]
        figures = {name: value for name, value in expected.items() if name != "季度"}
        assert {name: line[name] for name in figures} == figures
