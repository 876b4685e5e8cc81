"""Optional sheets for what follows from the results: persons (R13), holidays and public notices (R14)."""

from jixiao.sheets.declare import YES_NO, Column, Kind, Sheet, Source

NOTICE_KINDS = ("一季度排名", "二季度排名", "三季度排名", "四季度排名", "年度考核结果")

PEOPLE = Sheet(
    "people",
    "人员",
    (
        Column("name", "姓名", Kind.TEXT, required=True, help="一人一行。", width=14),
        Column(
            "department",
            "科室",
            Kind.DEPARTMENT,
            required=True,
            help="所在的科室；处级领导填分管的科室，分管几个就填几行。",
            choices=Source.DEPARTMENTS,
            width=18,
        ),
        Column("post", "职务", Kind.TEXT, help="例如 主任、副镇长。", width=20),
        Column("rank", "职级", Kind.TEXT, help="例如 处级、科级、股级、科员。", width=14),
        Column("head", "科室负责人", Kind.WORD, help="是科室负责人的填“是”。", choices=YES_NO, width=12),
    ),
    "选填。填了以后，“结果运用”按这里列出具体人员（四(三)）；不填就按“科室”表的负责人和分管领导。",
    optional=True,
    table="tblPeople",
)

HOLIDAYS = Sheet(
    "holidays",
    "节假日",
    (
        Column("date", "日期", Kind.DATE, required=True, help="例如 2024-10-1。", width=16),
        Column(
            "kind",
            "放假/上班",
            Kind.WORD,
            required=True,
            help="工作日临时放假填“放假”，周末调成上班填“上班”。",
            choices=("放假", "上班"),
            width=14,
        ),
    ),
    "选填。国务院公布的放假和调休程序已经知道；这里只填与之不同的日子，用来算公示截止日期（四(二)1）。",
    optional=True,
    table="tblHolidays",
)

NOTICES = Sheet(
    "notices",
    "公示",
    (
        Column("subject", "公示内容", Kind.WORD, required=True, help="公示的是什么。", choices=NOTICE_KINDS, width=20),
        Column("posted", "发布日期", Kind.DATE, required=True, help="贴出公示的日期，例如 2024-4-8。", width=16),
        Column("until", "截止日期", Kind.DATE, output=True, help="由程序填写。", width=16),
        Column("note", "算法说明", Kind.TEXT, output=True, help="由程序填写。", width=88),
    ),
    "选填。填发布日期，程序按工作日算出公示到哪一天为止（四(二)1，从发布第二天起算）。",
    optional=True,
    table="tblNotices",
)

FOLLOWUP_SHEETS = (PEOPLE, HOLIDAYS, NOTICES)
