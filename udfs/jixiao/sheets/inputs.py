"""The sheets people fill in, as the contract lists them."""

from jixiao.policy.model import FOCUS_AREAS, RATER_GROUPS, TASK_SOURCES
from jixiao.sheets.declare import YES_NO, Column, Kind, Sheet, Source
from jixiao.sheets.followup import FOLLOWUP_SHEETS

METHODS = ("固定", "区间", "认定")

_RATE_HELP = "填百分数，例如 95%；没有安排任务填“/”；还没到填报时间就空着。"


def _department(key: str, header: str, hint: str, *, required: bool = True) -> Column:
    return Column(key, header, Kind.DEPARTMENT, required, hint, Source.DEPARTMENTS, width=14)


SETTINGS = Sheet(
    "settings",
    "参数",
    (
        Column("name", "项目", Kind.TEXT, required=True, help="参数的名称，不要改动。", width=21),
        Column("value", "值", Kind.SETTING, required=True, help="空着就按右边的默认值；要改规则才填。", width=16),
        Column("default", "默认值", Kind.TEXT, help="方案规定的数值，仅供对照。", width=16),
        Column("clause", "对应条款", Kind.TEXT, help="出自方案的哪一条。", width=11),
        Column("note", "说明", Kind.TEXT, help="这个参数管什么。", width=46),
    ),
    "“值”空着就按默认值。改动规则前请先提交党委会审议。",
    table="tblSettings",
)

STANDARDS = Sheet(
    "standards",
    "加减分标准",
    (
        Column("category", "类别", Kind.TEXT, required=True, help="加减分的类别，例如 表彰。", width=16),
        Column(
            "direction",
            "方向",
            Kind.WORD,
            required=True,
            help="加分填“加”，减分填“减”。",
            choices=("加", "减"),
            width=8,
        ),
        Column("level", "级别", Kind.TEXT, required=True, help="同一类别从高到低排列；不分级别的空着。", width=18),
        Column(
            "method",
            "计分方式",
            Kind.WORD,
            required=True,
            help="固定：按分值；区间：在最低分和最高分之间认定；认定：按研究结果。",
            choices=METHODS,
            width=10,
        ),
        Column("points", "分值", Kind.NUMBER, required=True, help="固定计分的分数，填正数。", width=8),
        Column("minimum", "最低分", Kind.NUMBER, help="区间计分的下限。", width=8),
        Column("maximum", "最高分", Kind.NUMBER, help="区间计分的上限。", width=8),
        Column(
            "once",
            "同一工作只计一次",
            Kind.WORD,
            help="“是”：同一事项编号只按最高级别计一次。",
            choices=YES_NO,
            width=9,
        ),
        Column("category_cap", "类别上限", Kind.NUMBER, help="一个科室这一类合计最多多少分；空着不封顶。", width=10),
        Column("taper", "递减比例", Kind.TEXT, help="多项递减，例如 100%,50%,25%；空着不递减。", width=16),
        Column(
            "grade_ceiling",
            "等次封顶",
            Kind.WORD,
            help="有这一行记录的科室等次最高到哪一等；空着不限制。",
            choices=("优秀", "良好", "一般", "较差"),
            width=10,
        ),
        Column("enabled", "启用", Kind.WORD, help="填“否”就停用这一行。", choices=YES_NO, width=8),
        Column("clause", "对应条款", Kind.TEXT, help="出自方案的哪一条。", width=14),
    ),
    "同一类别的级别从高到低排列。要停用某一行，请在“启用”填“否”，不要删行。",
    table="tblStandards",
)

DEPARTMENTS = Sheet(
    "departments",
    "科室",
    (
        Column("name", "科室", Kind.TEXT, required=True, help="科室名称，其他各表都按这个名称填写。", width=20),
        Column(
            "coefficient", "评价系数", Kind.NUMBER, required=True, help="大于 0 的数，例如 1.05；空着按 1。", width=12
        ),
        Column("heads", "负责人", Kind.NAMES, help="科室负责人，多人用顿号隔开；没有填“空缺”。", width=18),
        Column("leaders", "分管领导", Kind.NAMES, help="分管的处级领导，多人用顿号隔开。", width=18),
        Column("former", "曾用名", Kind.NAMES, help="改过名的科室填原来的名称，用顿号隔开。", width=24),
    ),
    "参加考核的科室和评价系数（四(一)，党委会审议后填写）。",
    essential=True,
    table="tblDepartments",
)

TASKS = Sheet(
    "tasks",
    "任务台账",
    (
        _department("department", "科室", "承担任务的科室。"),
        Column("task", "任务", Kind.TEXT, required=True, help="任务内容。", width=24),
        Column("weight", "任务权重", Kind.NUMBER, required=True, help="大于 0 的数，空着按 1；越重要数越大。", width=7),
        Column("rate_1", "一季度完成率", Kind.RATE, required=True, help=_RATE_HELP, width=8.5),
        Column("rate_2", "二季度完成率", Kind.RATE, required=True, help=_RATE_HELP, width=8.5),
        Column("rate_3", "三季度完成率", Kind.RATE, required=True, help=_RATE_HELP, width=8.5),
        Column("rate_4", "四季度完成率", Kind.RATE, required=True, help=_RATE_HELP, width=8.5),
        Column("rate_year", "年终完成率", Kind.RATE, help="参数“第四季度取数”选“年终完成率”时才用。", width=8.5),
        Column("goal", "年度目标", Kind.TEXT, help="全年要达到的目标。", width=20),
        Column("criteria", "评分标准", Kind.TEXT, help="怎样算完成。", width=18),
        Column("origin", "任务来源", Kind.WORD, help="任务从哪里来。", choices=TASK_SOURCES, width=12),
        Column("focus", "重点领域", Kind.WORD, help="属于哪个重点领域；不属于的空着。", choices=FOCUS_AREAS, width=8.5),
        Column("person", "责任人", Kind.TEXT, help="具体负责的人。", width=8),
    ),
    "每项任务一行；每季度末填写这个季度的完成率（四(一)、四(二)1）。没有安排任务填“/”，不要填 0。",
    essential=True,
    table="tblTasks",
)

_MARK_HELP = "0 到 100 的分数，或优秀、良好、一般、较差；整票弃权就五项都空着。"

BALLOTS = Sheet(
    "ballots",
    "履职测评",
    (
        Column("ballot", "票号", Kind.TEXT, required=True, help="票上印的编号；只编号，不写姓名。", width=10),
        Column("group", "测评主体", Kind.WORD, required=True, help="谁投的票。", choices=RATER_GROUPS, width=15),
        _department("rater", "测评人科室", "部门负责人填自己的科室；其他人空着。", required=False),
        _department("department", "被评科室", "给哪个科室打分。"),
        Column("mark_1", "工作业绩", Kind.MARK, required=True, help=_MARK_HELP, width=10),
        Column("mark_2", "担当作为", Kind.MARK, required=True, help=_MARK_HELP, width=10),
        Column("mark_3", "工作状态", Kind.MARK, required=True, help=_MARK_HELP, width=10),
        Column("mark_4", "协同配合", Kind.MARK, required=True, help=_MARK_HELP, width=10),
        Column("mark_5", "遵守纪律", Kind.MARK, required=True, help=_MARK_HELP, width=10),
    ),
    "一张票对一个科室一行（四(二)2）。只登记票号，不登记姓名；不给自己的科室打分。",
    essential=True,
    table="tblBallots",
)

POINTS = Sheet(
    "points",
    "加减分",
    (
        _department("department", "科室", "给哪个科室加分或减分。"),
        Column(
            "category",
            "类别",
            Kind.WORD,
            required=True,
            help="加减分标准里的类别。",
            choices=Source.CATEGORIES,
            width=11,
        ),
        Column("matter_text", "事项", Kind.TEXT, required=True, help="具体是什么事。", width=21),
        Column("matter", "同一事项编号", Kind.TEXT, help="同一项工作填同样的编号，只按最高级别计一次。", width=8),
        Column("level", "级别", Kind.WORD, required=True, help="标准里分级别的才填。", choices=Source.LEVELS, width=9),
        Column("points", "分值", Kind.NUMBER, required=True, help="区间、认定的才填；减分也填正数。", width=6.5),
        Column("date", "日期", Kind.DATE, help="表彰、通报等的日期，例如 2024-3-5。", width=10.5),
        Column("evidence", "认定依据", Kind.TEXT, required=True, help="文号或会议决定；没有依据的暂不计分。", width=17),
        Column("issuer", "发文单位", Kind.TEXT, help="发文的单位。", width=12),
        Column("decision", "党委会研究", Kind.TEXT, help="党委会研究的日期或文号。", width=11),
        Column("share", "计分比例", Kind.SHARE, help="几个科室合办的事项，本科室占多少；空着按 100%。", width=7.5),
        Column("counted", "计分", Kind.NUMBER, output=True, help="由程序填写。", width=7),
        Column("treatment", "处理说明", Kind.TEXT, output=True, help="由程序填写。", width=19.5),
    ),
    "每件事一行（四(二)3）。减分也填正数；没有认定依据的暂不计分。灰色两列由程序填写。",
    table="tblPoints",
)

ATTENDANCE = Sheet(
    "attendance",
    "考勤",
    (
        _department("department", "科室", "每个科室一行。"),
        Column("due", "应出勤天数", Kind.NUMBER, help="全科室人员合计。", width=12),
        Column("present", "实出勤天数", Kind.NUMBER, help="全科室人员合计，不能大于应出勤天数。", width=12),
        Column(
            "deduction", "酌情扣分", Kind.NUMBER, required=True, help="缺勤较多时扣几分，填正数；不扣就空着。", width=10
        ),
        Column("note", "扣分说明", Kind.TEXT, help="为什么扣分。", width=40),
    ),
    "缺勤较多的科室酌情扣分（四(二)3减②）。扣分填正数，不扣的空着。",
    table="tblAttendance",
)

HISTORY = Sheet(
    "history",
    "历年结果",
    (
        Column("year", "年度", Kind.YEAR, required=True, help="四位数字。", width=12),
        Column("department", "科室", Kind.TEXT, required=True, help="当年的名称或现在的名称。", width=22),
        Column("score", "考核得分", Kind.NUMBER, required=True, help="当年的考核得分。", width=14),
        Column("place", "名次", Kind.NUMBER, required=True, help="当年的名次；当年没有参评填“/”。", width=12),
        Column(
            "grade",
            "等次",
            Kind.WORD,
            required=True,
            help="当年的等次。",
            choices=("优秀", "良好", "一般", "较差"),
            width=12,
        ),
    ),
    "往年的结果，用来判断是否连续末位（四(二)5）。请填全当年所有科室。",
    table="tblHistory",
)

INPUT_SHEETS = (
    *(SETTINGS, STANDARDS, DEPARTMENTS, TASKS, BALLOTS, POINTS, ATTENDANCE, HISTORY),
    *FOLLOWUP_SHEETS,
)
