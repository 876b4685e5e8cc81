"""The default settings and the default standards as data (specification, section 1)."""

from typing import Any

GROUPS = ["班子成员", "部门负责人", "村“一肩挑”"]
DIMENSIONS = ["工作业绩", "担当作为", "工作状态", "协同配合", "遵守纪律"]
GRADES = ["优秀", "良好", "一般", "较差"]  # best first
QUARTERS = ["一季度", "二季度", "三季度", "四季度"]
NO_WORK = "/"
ABSTAINED = "弃权"

# R4: what a word mark means; the points of a meaning are the setting <meaning>折算分.
MARK_WORDS = {
    "优秀": "优秀",
    "优": "优秀",
    "A": "优秀",
    "良好": "良好",
    "良": "良好",
    "B": "良好",
    "一般": "一般",
    "中": "一般",
    "C": "一般",
    "较差": "较差",
    "差": "较差",
    "D": "较差",
}

# Every name of the sheet 参数; "" means: not set (no cap, nobody counted, no tie-breaker).
SETTINGS = {
    "年度": "2024",
    "单位名称": "",
    "前三季度权重": "0.4",
    "第四季度权重": "0.6",
    "业绩评价权重": "0.7",
    "履职评价权重": "0.3",
    "班子成员权重": "0.5",
    "部门负责人权重": "0.3",
    "村“一肩挑”权重": "0.2",
    "工作业绩权重": "0.2",
    "担当作为权重": "0.2",
    "工作状态权重": "0.2",
    "协同配合权重": "0.2",
    "遵守纪律权重": "0.2",
    "优秀折算分": "100",
    "良好折算分": "80",
    "一般折算分": "60",
    "较差折算分": "40",
    "完成率上限": "1",
    "季度得分上限": "",
    "无任务季度": "按有任务季度平均",
    "第四季度取数": "四季度完成率",
    "最高最低各去掉票数": "0",
    "去掉最高最低起算票数": "5",
    "最少票数": "1",
    "班子成员应测人数": "",
    "部门负责人应测人数": "",
    "村“一肩挑”应测人数": "",
    "缺项处理": "暂不计分",
    "加分上限": "",
    "减分上限": "",
    "取整方式": "逐步取整",
    "小数位数": "2",
    "并列名次": "跳号",
    "并列排序": "",
    "优秀比例": "0.3",
    "良好比例": "0.6",
    "一般比例": "0.1",
    "名额取整": "四舍五入",
    "较差分数线": "60",
    "连续末位年数": "2",
    "优先评优名次": "3",
    "公示工作日": "3",
    "单项认定提醒线": "10",
    "评价系数提醒下限": "0.8",
    "评价系数提醒上限": "1.2",
    "出勤率提醒线": "0.9",
}

# The words a setting knows, the default first.
WORDS = {
    "无任务季度": ["按有任务季度平均", "暂不计分"],
    "第四季度取数": ["四季度完成率", "年终完成率"],
    "缺项处理": ["暂不计分", "按其余权重折算"],
    "取整方式": ["逐步取整", "仅最后取整"],
    "并列名次": ["跳号", "连号"],
    "名额取整": ["四舍五入", "以内", "最大余数"],
}

# Settings that are text, and settings that are whole numbers; all others are exact numbers.
TEXTS = ["单位名称", "并列排序"]
WHOLE = ["年度", "最高最低各去掉票数", "去掉最高最低起算票数", "最少票数", "小数位数", "连续末位年数", "优先评优名次"]

# Settings that must add up to 100 %.
SHARES = [
    ["前三季度权重", "第四季度权重"],
    ["业绩评价权重", "履职评价权重"],
    [group + "权重" for group in GROUPS],
    [dimension + "权重" for dimension in DIMENSIONS],
    ["优秀比例", "良好比例", "一般比例"],
]

# R10: the figures of 考核结果 that can break a tie.
FIGURES = [
    "一季度得分",
    "二季度得分",
    "三季度得分",
    "四季度得分",
    "业绩评价得分",
    "班子成员评价",
    "部门负责人评价",
    "村“一肩挑”评价",
    "履职评价得分",
    "加分",
    "减分",
    "加减得分",
]

RESULT_KEYS = ["名次", "科室", *FIGURES, "考核得分", "等次"]

# R8: 类别 that score only for the year itself.
THIS_YEAR_ONLY = ["招商项目", "表彰"]

STANDARD_KEYS = [
    "类别",
    "方向",
    "级别",
    "计分方式",
    "分值",
    "最低分",
    "最高分",
    "同一工作只计一次",
    "类别上限",
    "递减比例",
    "等次封顶",
    "启用",
]


def standard(name: tuple[str, str, str], method: str, points: str, once: str) -> dict[str, Any]:
    """One default row of 加减分标准, named by its 方向, 类别 and 级别; the points of a 区间 are its two ends."""
    row = dict.fromkeys(STANDARD_KEYS, "")
    row["方向"], row["类别"], row["级别"] = name
    row["计分方式"], row["同一工作只计一次"] = method, once
    if method == "区间":
        row["最低分"], row["最高分"] = points.split("-")
    else:
        row["分值"] = points
    return row


# R6 and R7, the highest level of a 类别 first.
STANDARDS = [
    standard(("加", "招商项目", ""), "固定", "5", "是"),
    standard(("加", "表彰", "国家级"), "固定", "5", "是"),
    standard(("加", "表彰", "市级"), "固定", "3", "是"),
    standard(("加", "表彰", "县级"), "固定", "2", "是"),
    standard(("加", "典型推广", "国家级"), "区间", "2-5", "是"),
    standard(("加", "典型推广", "市级"), "区间", "2-5", "是"),
    standard(("加", "典型推广", "县级"), "区间", "2-5", "是"),
    standard(("加", "信息采用", ""), "固定", "2", "否"),
    standard(("加", "突出贡献", ""), "认定", "", "否"),
    standard(("加", "其他加分", ""), "认定", "", "否"),
    standard(("减", "通报批评", "中央、国家部委"), "固定", "3", "是"),
    standard(("减", "通报批评", "市委、市政府"), "固定", "3", "是"),
    standard(("减", "通报批评", "县委、县政府"), "固定", "2", "是"),
    standard(("减", "媒体曝光", ""), "固定", "3", "是"),
    standard(("减", "廉政违纪", ""), "认定", "", "是"),
    standard(("减", "安全生产事故", ""), "认定", "", "是"),
    standard(("减", "重大工作失误", ""), "认定", "", "是"),
]
