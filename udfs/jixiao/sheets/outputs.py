"""The sheets the program writes, as the contract lists them."""

from jixiao.sheets.declare import Column, Kind, Sheet


def _number(key: str, header: str, width: float = 10) -> Column:
    return Column(key, header, Kind.NUMBER, required=True, output=True, width=width)


def _text(key: str, header: str, width: float) -> Column:
    return Column(key, header, Kind.TEXT, required=True, output=True, width=width)


FINDINGS = Sheet(
    "findings",
    "校验结果",
    (
        _text("severity", "类型", 6),
        _text("code", "代码", 6),
        _text("sheet", "工作表", 10),
        _text("cell", "单元格", 9),
        _text("problem", "问题", 62),
        _text("advice", "建议", 44),
    ),
    "错误必须改；警告请核实；提示供参考。改好后重新点“校验数据”。",
    output=True,
)

# Header of the hidden column of 校验结果 that says type and place of each line in one text, for the colours.
PLACES = "着色用"

QUARTERS = Sheet(
    "quarters",
    "季度得分",
    (
        _number("place", "名次", 4.1),
        _text("department", "科室", 13),
        Column("rate", "完成率", Kind.RATE, required=True, output=True, width=6.8),
        _number("coefficient", "评价系数", 5),
        _number("score", "得分", 5.5),
    ),
    "每季度一块，从左到右是一至四季度（四(二)1）。",
    output=True,
)

RESULTS = Sheet(
    "results",
    "考核结果",
    (
        _number("place", "名次", 4.3),
        _text("department", "科室", 13),
        _number("quarter_1", "一季度得分", 6.6),
        _number("quarter_2", "二季度得分", 6.6),
        _number("quarter_3", "三季度得分", 6.6),
        _number("quarter_4", "四季度得分", 6.6),
        _number("performance", "业绩评价得分", 7.4),
        _number("leaders", "班子成员评价", 7.4),
        _number("heads", "部门负责人评价", 8.7),
        _number("villages", "村“一肩挑”评价", 8.7),
        _number("review", "履职评价得分", 7.4),
        _number("bonus", "加分", 4.8),
        _number("penalty", "减分", 4.8),
        _number("net", "加减得分", 7.4),
        _number("score", "考核得分", 7.4),
        _text("grade", "等次", 4.8),
        _text("note", "说明", 31),
    ),
    "考核得分＝业绩评价得分×业绩权重＋履职评价得分×履职权重＋加分－减分（四(二)4）。",
    output=True,
)

CONSEQUENCES = Sheet(
    "consequences",
    "结果运用",
    (
        _text("department", "科室", 16),
        _number("place", "名次", 8),
        _text("matter", "事项", 54),
        _text("person", "人员", 36),
        _text("clause", "对应条款", 14),
    ),
    "按四(三)列出，供党委会研究；不代替组织决定。",
    output=True,
)

OVERVIEW = Sheet(
    "overview",
    "考核一览",
    (
        _number("place", "名次", 4.3),
        _text("department", "科室", 13),
        _number("quarter_1", "一季度", 5.6),
        _number("quarter_2", "二季度", 5.6),
        _number("quarter_3", "三季度", 5.6),
        _number("quarter_4", "四季度", 5.6),
        _number("performance", "业绩部分", 7),
        _number("review", "履职部分", 7),
        _number("net", "加减得分", 7),
        _number("score", "考核得分", 7),
        _text("grade", "等次", 4.8),
        _number("last_place", "上年名次", 5),
        _text("move", "升降", 5),
    ),
    "业绩、履职部分＝得分×权重，加上加减得分后四舍五入即考核得分（四(二)4）。",
    output=True,
)

EXPLANATION = Sheet(
    "explanation",
    "得分说明",
    (
        _text("department", "科室", 13),
        _text("figure", "项目", 14),
        _number("value", "数值", 6.5),
        _text("formula", "算式", 50),
        _text("source", "来源", 26),
        _text("link", "转到", 18),
        _text("clause", "对应条款", 9),
        _text("excluded", "没有计入的和原因", 26),
    ),
    "“≈”后面是四舍五入以后的数；“来源”是这个数用到的单元格。",
    output=True,
)

OUTPUT_SHEETS = (FINDINGS, QUARTERS, RESULTS, OVERVIEW, EXPLANATION, CONSEQUENCES)
