"""The rules' settings as one value. Every number the rules use comes from here, none from code.

Nothing is checked here: cells are refused where they are parsed (`values`, `standards`), before they get this far.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Grade = Literal["优秀", "良好", "一般", "较差"]
Direction = Literal["加", "减"]

GRADES: tuple[Grade, ...] = ("优秀", "良好", "一般", "较差")
RATER_GROUPS = ("班子成员", "部门负责人", "村“一肩挑”")
DIMENSIONS = ("工作业绩", "担当作为", "工作状态", "协同配合", "遵守纪律")
QUARTERS = ("一季度", "二季度", "三季度", "四季度")
TASK_SOURCES = ("县委、县政府年度重点工作", "全镇中心工作", "科室职能分工")
FOCUS_AREAS = ("党建引领", "项目建设", "信访维稳", "违建治理", "安全生产", "农村改厕", "扶贫助困")


@dataclass(frozen=True, kw_only=True)
class Standard:
    """One row of 加减分标准: what a bonus or penalty of a category and level is worth (四(二)3).

    `points` serves 固定; `minimum` and `maximum` serve 区间. `within_year` marks the clauses that count only events
    of the appraisal year. `taper`, `category_cap` and `once` are the same in every level of a category.
    """

    category: str
    direction: Direction
    level: str = ""
    method: Literal["固定", "区间", "认定"]
    points: Fraction | None = None
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    once: bool
    within_year: bool = False
    category_cap: Fraction | None = None
    taper: tuple[Fraction, ...] = ()
    grade_ceiling: Grade | None = None
    enabled: bool = True
    clause: str = ""


@dataclass(frozen=True, kw_only=True)
class Policy:
    """All settings of one year's rules; shares are fractions of 1, marks and scores are points.

    The fields' meaning, default and clause stand in `data/2024.toml`, whose `settings` name them one by one.
    """

    year: int
    unit_name: str
    first_three_weight: Fraction
    fourth_weight: Fraction
    performance_weight: Fraction
    review_weight: Fraction
    leaders_weight: Fraction
    heads_weight: Fraction
    villages_weight: Fraction
    achievement_weight: Fraction
    initiative_weight: Fraction
    attitude_weight: Fraction
    cooperation_weight: Fraction
    discipline_weight: Fraction
    excellent_mark: Fraction
    good_mark: Fraction
    fair_mark: Fraction
    poor_mark: Fraction
    rate_cap: Fraction | None
    quarter_cap: Fraction | None
    idle_quarter: Literal["按有任务季度平均", "暂不计分"]
    fourth_source: Literal["四季度完成率", "年终完成率"]
    trim: int
    trim_above: int
    fewest_ballots: int
    leaders_expected: int | None
    heads_expected: int | None
    villages_expected: int | None
    missing_group: Literal["暂不计分", "按其余权重折算"]
    bonus_cap: Fraction | None
    penalty_cap: Fraction | None
    rounding: Literal["逐步取整", "仅最后取整"]
    places: int
    tie_places: Literal["跳号", "连号"]
    tie_breakers: tuple[str, ...]
    excellent_share: Fraction
    good_share: Fraction
    fair_share: Fraction
    seat_rounding: Literal["四舍五入", "以内", "最大余数"]
    poor_line: Fraction
    last_years: int
    priority_places: int
    notice_days: int
    decided_reminder: Fraction
    coefficient_low: Fraction
    coefficient_high: Fraction
    attendance_reminder: Fraction
    standards: tuple[Standard, ...]

    @property
    def group_weights(self) -> tuple[Fraction, Fraction, Fraction]:
        """Weights of the three rater groups, in the order of `RATER_GROUPS`."""
        return self.leaders_weight, self.heads_weight, self.villages_weight

    @property
    def dimension_weights(self) -> tuple[Fraction, ...]:
        """Weights of a ballot's five dimensions, in the order of `DIMENSIONS`."""
        return (
            self.achievement_weight,
            self.initiative_weight,
            self.attitude_weight,
            self.cooperation_weight,
            self.discipline_weight,
        )

    @property
    def word_marks(self) -> dict[Grade, Fraction]:
        """Points that a word on a ballot stands for (四(二)2)."""
        return dict(zip(GRADES, (self.excellent_mark, self.good_mark, self.fair_mark, self.poor_mark), strict=True))
