"""What looks odd is told as 提示 at its cell, its near miss is not, and no figure or exit code ever depends on it."""

import json
import random
from datetime import date

import pytest

from benchmarks.rules import make_inputs
from jixiao.cli import main
from jixiao.findings import Severity
from jixiao.findings.catalogue import CATALOGUE
from jixiao.policy.resolve import default_policy
from jixiao.rules.appraisal import appraise
from jixiao.rules.issuers import CITY, COUNTY, NATION, PROVINCE, TOWN, level_rank
from jixiao.rules.likeness import alike, earlier_candidates, plain_text
from jixiao.rules.suspicions import suspicions
from tests.checks.plant import ERROR, HINT, WARNING, Found, check_findings, planted, scored
from tests.frames import inputs_of, policy_of
from tests.reference.years import random_year
from tests.steps import steps
from tests.test_settings import settings
from tests.workbooks import fill_year

T, P, H = "任务台账", "加减分", "历年结果"
SUSPICIONS = ("B16", "B18", "B19", "B20", "B21", "H06", "P21", "P22", "T17", "T18", "T19", "T20")


def rates(*values: object, row: int = 4) -> dict[str, object]:
    return {f"{T}!{column}{row}": value for column, value in zip("DEFG", values, strict=False)}


def cumulative(*said: str) -> tuple[Found, ...]:
    return (Found(HINT, T, "D4", ("累计", *said)),)


LEDGER = [
    ("cumulative", rates(0.25, 0.5, 0.75, 1), cumulative("25%、50%、75%、100%")),
    ("cumulative-within-a-point", rates(0.24, 0.51, 0.76, 0.99), cumulative()),
    ("cumulative-as-text", rates("25%", "５０％", "75%", "100%"), cumulative()),
    ("no-work-in-the-fourth", rates(0.25, 0.5, 0.75, "/"), None),
    ("two-quarters-are-too-few", rates(0.25, 0.5, None, None), None),
    ("like-steps-from-forty", rates(0.4, 0.6, 0.8, 1), cumulative()),
    ("like-steps-from-ten", rates(0.1, 0.4, 0.7, 1), cumulative()),
    ("two-points-off-in-like-steps", rates(0.26, 0.52, 0.76, 1), cumulative()),
    ("unlike-steps", rates(0.25, 0.5, 0.77, 1), ()),
    ("like-steps-from-above-forty", rates(0.43, 0.62, 0.81, 1), ()),
    ("like-steps-not-to-100", rates(0.2, 0.4, 0.6, 0.8), ()),
    ("steps-three-points-apart", rates(0.1, 0.4, 0.715, 1), ()),
    ("falling", rates(1, 0.75, 0.5, 0.25), ()),
    ("a-quarter-without-work", rates("/", 0.5, 0.75, 1), ()),
    ("the-same-low-rate", rates(0.25, 0.25, 0.25, 0.25), ()),
    ("all-full-in-the-fourth-only", rates(0.9, row=7), ()),
    ("everything-full", rates(1, row=7) | {f"{T}!G7": 1}, (Found(HINT, T, "D7", ("民政办", "4 个", "100%")),)),
    ("all-but-one-full", rates(1, row=7) | {f"{T}!G7": 0.99}, ()),
    ("full-but-for-another-task", rates(0.9, 0.9, 0.9, 0.9, row=8) | rates(1, 1, 1, 1, row=9), ()),
    ("full-but-only-three", rates(1, row=7) | {f"{T}!F7": "/", f"{T}!G7": 1}, None),
    (
        "one-area-used",
        {f"{T}!L4": "安全生产", f"{T}!L5": "党建引领、项目建设"},
        (Found(HINT, T, "L3", ("信访维稳、违建治理、农村改厕、扶贫助困", "三")),),
    ),
    (
        "one-area-left",
        {f"{T}!L4": "安全生产、党建引领、项目建设、信访维稳", f"{T}!L5": "违建治理、农村改厕"},
        (Found(HINT, T, "L3", "重点领域：扶贫助困（"),),
    ),
    (
        "every-area-used",
        {f"{T}!L4": "安全生产、党建引领，项目 建设;信访维稳", f"{T}!L5": "违建治理、农村改厕、扶贫助困"},
        (),
    ),
    ("no-area-is-a-slash", {f"{T}!L4": "/", f"{T}!L5": "无"}, ()),
    (
        "another-towns-area",
        {f"{T}!L5": "文旅融合", f"{T}!L7": "文旅融合"},
        (Found(HINT, T, "L5", ("文旅融合", "5、7")),),
    ),
    ("a-source-of-the-plan", {f"{T}!K4": "全镇 中心工作", f"{T}!K5": "县委、县政府年度重点工作"}, ()),
    ("an-unknown-source", {f"{T}!K4": "上级交办"}, (Found(HINT, T, "K4", ("任务来源", "上级交办", "下拉")),)),
    ("an-error-value-is-no-source", {f"{T}!K4": "#REF!"}, None),
]


def entry(row: int, text: str, **cells: object) -> dict[str, object]:
    """A row of 财政所 that counts, unless a cell says otherwise."""
    columns = dict(
        zip(("科室", "类别", "事项", "编号", "级别", "分值", "日期", "依据", "单位"), "ABCDEFGHI", strict=True)
    )
    line = {"科室": "财政所", "类别": "招商项目", "事项": text, "日期": date(2024, 6, 1), "依据": "会议纪要3号"} | cells
    return {f"{P}!{columns[header]}{row}": value for header, value in line.items()}


def two(first: str, second: str, **second_cells: object) -> dict[str, object]:
    return entry(10, first) | entry(11, second, **second_cells)


LIKE = (Found(HINT, P, "C11", ("第 10 行", "同一事项编号", "没有都填")),)
COLD = "引进农产品冷链物流项目已开工"

LOOK_ALIKES = [
    ("other-wording", two(COLD, "引进农产品冷链物流项目并已开工"), LIKE),
    ("one-within-the-other", two(COLD, f"{COLD}，资金到位"), LIKE),
    ("punctuation-alone", two(COLD, "引进农产品冷链物流项目，已开工。"), LIKE),
    (
        "two-numbers",
        entry(10, COLD, 编号="K1") | entry(11, f"{COLD}建设", 编号="K2", 依据="会议纪要4号"),
        (Found(HINT, P, "C11", ("第 10 行", "不同")),),
    ),
    (
        "equal-texts-with-two-numbers",
        entry(10, COLD, 编号="K1") | entry(11, COLD, 编号="K2", 依据="会议纪要4号"),
        (Found(HINT, P, "C11"),),
    ),
    ("equal-texts-are-told-once", two(COLD, COLD), (Found(WARNING, P, "C11", "第 10 行"),)),
    (
        "like-one-that-gave-way",
        entry(10, "服装加工电子商务", 编号="K1") | entry(11, COLD, 编号="K1") | entry(12, f"{COLD}建设"),
        (Found(HINT, P, "D11", "只计一次"), Found(HINT, P, "C12", "第 11 行")),
    ),
    ("one-number-missing", two(COLD, f"{COLD}建设", 编号="K2"), LIKE),
    ("the-first-of-two-is-named", two(COLD, "粮食收储") | entry(12, f"{COLD}了"), (Found(HINT, P, "C12", "第 10 行"),)),
    (
        "one-like-neither-before-one-that-is",
        two(COLD, "引进农产品深加工项目") | entry(12, f"{COLD}了"),
        (Found(HINT, P, "C12", "第 10 行"),),
    ),
    (
        "one-number-for-both",
        entry(10, COLD, 编号="K1") | entry(11, f"{COLD}建设", 编号="K1"),
        (Found(HINT, P, "D11", "只计一次"),),
    ),
    ("another-科室", two(COLD, f"{COLD}建设", 科室="综合办"), ()),
    ("another-类别", two(COLD, f"{COLD}建设", 类别="表彰", 级别="县级"), ()),
    ("a-类别-that-counts-each-time", two(COLD, COLD + "建设", 类别="信息采用") | {f"{P}!B10": "信息采用"}, ()),
    ("without-evidence", two(COLD, f"{COLD}建设", 依据=None), None),
    ("first-and-second-lot", two("引进农产品冷链项目第一批", "引进农产品冷链项目第二批"), ()),
    ("other-document", two("云投促〔2024〕12号认定的招商项目", "云投促〔2024〕27号认定的招商项目"), ()),
    ("other-village", two("张家村冷链物流园建设项目开工", "李家村冷链物流园建设项目开工"), ()),
    ("other-person", two("张三同志招引的农产品冷链物流项目", "李四同志招引的农产品冷链物流项目"), ()),
    ("upper-and-lower-half", two("上半年引进农产品冷链物流项目", "下半年引进农产品冷链物流项目"), ()),
    ("a-short-text-within-a-long-one", two("冷链项目", "引进农产品冷链项目已开工"), ()),
    ("little-of-a-long-text", two("农产品冷链项目", "引进农产品冷链项目已开工，资金陆续到位，年内投产"), ()),
    ("too-short-to-tell", two("扶贫款", "扶贫款项"), ()),
    ("two-thirds-in-common", two("引进农产品冷链物流项目", "引进农产品深加工项目"), ()),
    ("half-in-common", two("引进农产品冷链物流项目", "引进服装加工电子商务项目"), ()),
]


def praise(level: str, issuer: str, category: str = "表彰") -> dict[str, object]:
    return entry(10, "先进单位", 类别=category, 级别=level, 单位=issuer)


MISFIT = (Found(HINT, P, "E10", ("级别", "发文单位")),)

ISSUERS = [
    ("county-for-nation", praise("国家级", "云川县人民政府"), MISFIT),
    ("county-for-city", praise("市级", "中共云川县委"), MISFIT),
    ("bare-county-for-city", praise("市级", "县委组织部"), MISFIT),
    ("city-for-county", praise("县级", "市民政局"), MISFIT),
    ("ministry-for-city", praise("市级", "民政部"), MISFIT),
    ("nation-for-city", praise("市级", "国务院办公厅"), MISFIT),
    ("town-for-county", praise("县级", "云溪镇党委"), MISFIT),
    ("county-for-ministries", praise("中央、国家部委", "县政府办公室", "通报批评"), MISFIT),
    ("it-fits", praise("县级", "云川县农业农村局"), ()),
    ("city-fits", praise("市级", "市委宣传部"), ()),
    ("empty", praise("国家级", ""), ()),
    ("no-rank-in-the-name", praise("国家级", "西江日报社"), ()),
    ("a-city-by-name-may-rank-with-counties", praise("县级", "昆川市人民政府"), ()),
    ("a-tax-bureau-of-a-county", praise("县级", "国家税务总局云川县税务局"), ()),
    ("a-tax-bureau-of-a-city", praise("市级", "国家税务总局西江市税务局"), ()),
    ("市监局-is-no-citys", praise("县级", "市监局"), ()),
    ("市场监管局-is-no-citys", praise("县级", "市场监督管理局"), ()),
    ("two-issuers", praise("市级", "县委组织部、市委组织部"), ()),
    ("a-province-where-no-level-is-its", praise("市级", "省政府办公厅"), ()),
    ("a-province-below-its-claim", praise("国家级", "省政府办公厅"), MISFIT),
    (
        "a-category-without-levels",
        praise("国家级", "县委", "媒体曝光"),
        (Found(HINT, P, "E10", ("不分级别", "“国家级”")),),
    ),
]

GONE_YEAR = {f"{H}!{column}{row}": None for row in range(4, 9) for column in "ABCDE"}

HISTORY = [
    (
        "year-not-needed-but-missing",
        GONE_YEAR | settings(连续末位年数=1),
        (Found(HINT, H, "A3", ("2023", "补录")),),
    ),
    ("year-needed-is-told-once", GONE_YEAR, (Found(WARNING, H, "A3", ("2023", "末位")),)),
    (
        "a-sheet-without-headers-is-told-once",
        {f"{H}!A3": "何时"} | settings(连续末位年数=1),
        (Found(ERROR, H, "A1", "表头"),),
    ),
    ("year-not-needed-and-there", settings(连续末位年数=1), ()),
]


@pytest.mark.parametrize(
    ("cells", "found"),
    [pytest.param(*case, id=name) for name, *case in (*LEDGER, *LOOK_ALIKES, *ISSUERS, *HISTORY)],
)
def test_what_looks_odd_is_told_at_its_cell_and_a_near_miss_is_not(cells, found, tmp_path):
    lines = scored(planted(tmp_path / "town.xlsm", cells))["校验"]
    if found is None:  # something else is wrong: it alone is said
        assert not [line for line in lines if line["代码"] in SUSPICIONS]
    else:
        check_findings(lines, found)


def test_three_quarters_of_cumulative_rates_are_told_before_the_year_is_over(tmp_path):
    cells = rates(0.25, 0.5, 0.75) | {f"{T}!G{row}": None for row in range(4, 12)}
    lines = scored(planted(tmp_path / "town.xlsm", cells))["校验"]
    assert [line["单元格"] for line in lines if line["代码"] == "T17"] == ["D4"]


@pytest.mark.parametrize(
    ("level", "rank"),
    [
        *(("国家级", NATION), ("中央、国家部委", NATION), ("省级", PROVINCE), ("自治区级", PROVINCE), ("市级", CITY)),
        *(("市委、市政府", CITY), ("县委、县政府", COUNTY), ("区级", COUNTY), ("镇级", TOWN), ("乡镇", TOWN)),
        *(("市级以上", None), ("县级及市级", None), ("一等奖", None), ("", None)),
    ],
)
def test_the_rank_of_a_level(level, rank):
    assert level_rank(level) == rank


COLD_STORE = "引进农产品冷链物流项目已开工建设完"
LONG = "".join(random.Random(1).choices(COLD_STORE, k=200))
PAIRS = [
    pytest.param("引进AB公司投资项目落地", "引进AC公司投资项目落地", False, id="capitals-tell"),
    pytest.param("扶贫款已发放", "扶贫款已发放了", True, id="six-characters-are-enough"),
    pytest.param("项目已经开工", "乡里的农产品项目已经开工", True, id="half-of-the-longer"),
    pytest.param("项目已经开工", "乡里的农产品有项目已经开工", False, id="less-than-half"),
    pytest.param(COLD_STORE + "看听说", COLD_STORE + "吃喝玩", True, id="exactly-85-per-cent"),
    pytest.param(COLD_STORE + "看听说唱", COLD_STORE + "吃喝玩乐", False, id="less-than-85-per-cent"),
    pytest.param(LONG, LONG[:99] + "听" + LONG[100:], True, id="one-of-200-characters"),
    pytest.param("修建张村道路硬化工程项目", "修建李村道路硬化工程项目", False, id="another-name-before-村"),
    pytest.param("冷链物流园建设已经开工", "冷链物流产业园建设已经开工", True, id="a-word-put-in-is-no-other-name"),
    pytest.param("推进环保整治村容工作完成", "推进环境整治村容工作完成", True, id="a-name-is-two-characters-long"),
]


@pytest.mark.parametrize(("one", "other", "like"), PAIRS)
def test_which_texts_read_alike(one, other, like):
    assert alike(plain_text(one), plain_text(other)) is alike(plain_text(other), plain_text(one)) is like


@pytest.mark.parametrize(
    ("texts", "candidates"),
    [
        pytest.param(["甲乙丙丁戊", "己乙丙丁庚"], [(1, [0])], id="three-in-the-middle"),
        pytest.param(["甲乙丙丁戊", "己庚丙丁戊"], [(1, [0])], id="the-last-three"),
        pytest.param(["甲乙丙丁戊", "己庚辛丁戊"], [], id="only-two"),
        pytest.param(["甲乙丙丁戊己庚", "辛壬癸子丑寅卯"], [], id="none"),
    ],
)
def test_texts_with_three_characters_in_common_are_compared(texts, candidates):
    assert list(earlier_candidates(texts)) == candidates


def test_looking_for_like_texts_compares_each_with_few_others():
    """Thousands of rows in one 类别 must not be compared in pairs."""
    texts = [f"引进农产品冷链物流项目{place % 7}号地块" for place in range(3000)]
    candidates = [others for _, others in earlier_candidates(texts)]
    assert len(candidates) > 2900
    assert max(map(len, candidates)) <= 8
    assert all(max(others) < place for place, others in earlier_candidates(texts))


def test_suspicions_cost_little_beside_the_rules():
    """Protects a county's many ballots: what looks odd is found in fewer steps than the figures take."""
    inputs, policy = make_inputs(15_000), default_policy()
    appraisal = appraise(inputs, policy)

    def suspect():
        return list(suspicions(inputs, appraisal))

    suspect()  # what only the first time does is not counted
    assert steps(suspect) < steps(lambda: appraise(inputs, policy))


def test_suspicions_are_told_softly():
    assert {CATALOGUE[code].severity for code in SUSPICIONS} == {Severity.HINT}


def suspicious(year, rng):
    """The year with every text that only suspicions read."""
    matters = [COLD, f"{COLD}建设", "养老服务先进集体", "养老服务工作先进集体"]
    for task in year["任务台账"]:
        task |= {"任务来源": rng.choice(["全镇中心工作", "上级交办"]), "重点领域": rng.choice(["安全生产", "其他"])}
    for row in year["加减分"]:
        row |= {"发文单位": rng.choice(["县委", "市政府", "国务院", "镇党委"]), "事项": rng.choice(matters)}
    return year


def test_no_figure_place_or_grade_depends_on_a_suspicion():
    seen = set()
    for seed in range(40):
        plain = random_year(random.Random(seed), settings=bool(seed % 2))
        policy = policy_of(plain)
        before = appraise(inputs_of(plain, policy), policy)
        odd = inputs_of(suspicious(plain, random.Random(seed)), policy)
        after = appraise(odd, policy)
        assert after.results == before.results, seed
        assert (after.quarters, after.consequences) == (before.quarters, before.consequences), seed
        seen |= {finding.code for finding in suspicions(odd, after)}
    assert seen >= {"P21", "P22", "T19", "T20"}, "the years must exercise the suspicions"


def test_a_year_that_is_odd_in_every_way_is_scored_without_an_error(tmp_path):
    """Exit 0, whatever is suspected."""
    names = ("综合办", "党建办", "民政办", "财政所")
    year = {
        "参数": {"年度": 2024, "连续末位年数": 1, "班子成员应测人数": 7, "部门负责人应测人数": 2},
        "科室": [{"科室": name, "评价系数": 1} for name in names],
        "任务台账": [
            {"科室": name, "任务": "办文", "任务权重": "1", "完成率": list(rate), "任务来源": "交办", "重点领域": area}
            for name, rate, area in zip(
                names,
                (
                    ("0.25", "0.5", "0.75", "1"),
                    ("1", "1", "1", "1"),
                    ("0.9", "0.9", "0.9", "0.9"),
                    ("1", "1", "1", "1"),
                ),
                ("党建引领", None, None, None),
                strict=True,
            )
        ],
        "履职测评": [
            {"票号": number, "测评主体": group, "测评人科室": own, "被评科室": name, "分": [mark] * 5}
            for group, voters in (
                ("班子成员", [(1, None, "90"), (2, None, "91"), (3, None, "89"), (4, None, "100"), (5, None, "40")]),
                ("部门负责人", [(at, own, str(80 + at)) for at, own in enumerate(names)]),
                ("村“一肩挑”", [(1, None, "80")]),
            )
            for number, own, mark in voters
            for name in names
            if own != name
        ],
        "加减分": [
            {"科室": "综合办", "类别": "表彰", "事项": text, "级别": "国家级", "日期": "2024-05-01"}
            | {"认定依据": "云发1号", "发文单位": "县委"}
            for text in (COLD, f"{COLD}建设")
        ],
    }
    file, answer = fill_year(tmp_path / "town.xlsm", year), tmp_path / "answer.json"
    assert main(["score", str(file), "--json", str(answer)]) == 0
    told = json.loads(answer.read_text("utf-8"))
    assert {line["代码"] for line in told["校验"]} >= set(SUSPICIONS)
    assert all(line["名次"] for line in told["结果"])
