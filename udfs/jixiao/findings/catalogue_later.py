"""Codes of 加减分 and what comes after it; see `catalogue`."""

from jixiao.findings.model import Entry, Severity

_ERROR, _WARNING, _HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

LATER: dict[str, Entry] = {
    # 加减分
    "P01": Entry(_ERROR, "“{value}”不是科室表里的科室，这一行没有计入", "{guess}请从下拉列表里选科室"),
    "P02": Entry(_ERROR, "类别“{value}”不在加减分标准里，{name}的加减分算不出来", "请从下拉列表里选类别"),
    "P03": Entry(_ERROR, "级别“{value}”不在“{category}”的标准里，{name}的加减分算不出来", "只能填：{choices}"),
    "P04": Entry(_ERROR, "“{category}”要填分值，{name}的加减分算不出来", "请按党委会研究的结果填写分值"),
    "P05": Entry(_ERROR, "分值“{value}”不是数，{name}的加减分算不出来", "请填写数字，例如 2.5"),
    "P06": Entry(
        _ERROR, "分值 {value} 不在“{category}”规定的 {low} 到 {high} 分之间，{name}的加减分算不出来", "请改正分值"
    ),
    "P07": Entry(_ERROR, "分值 {value} 不大于 0，{name}的加减分算不出来", "加分、减分都填正数，减分由程序去减"),
    "P08": Entry(_WARNING, "{name}的这一项没有认定依据，作为待认定，暂不计分", "请补填文号或会议决定"),
    "P09": Entry(
        _WARNING,
        "{name}的这一项日期 {value} 不在 {year} 年内，“{category}”不计分",
        "请核对日期；属于其他年度的请删除",
    ),
    "P10": Entry(_WARNING, "{name}的这一项日期 {value} 不在 {year} 年内，仍然计分", "请核对是否应计入本年度"),
    "P11": Entry(_HINT, "{name}的这一项没有填日期，仍然计分", "请补填日期"),
    "P12": Entry(_ERROR, "{name}的这一项日期“{value}”无法识别，{consequence}", "请写成 2024-3-5 这样"),
    "P13": Entry(
        _HINT, "{name}的这一项与第 {by} 行是同一工作，只计一次，本行不计分", "请核对同一事项编号；无误的不用管"
    ),
    "P14": Entry(
        _WARNING,
        "{name}的这一项与第 {by} 行事项相同，但没有填同一事项编号，两行分别计分",
        "是同一工作时请填相同的同一事项编号",
    ),
    "P15": Entry(
        _HINT,
        "{name}的同一事项编号“{matter}”还记在“{categories}”类，两类都扣分",
        "请核对是否应只扣一次；都要扣的不用管",
    ),
    "P16": Entry(_WARNING, "“{category}”{level}已停用，{name}的这一项不计分", "请核对加减分标准的“启用”一栏"),
    "P17": Entry(
        _WARNING,
        "{name}的“{category}”按标准计 {points} 分，填写的分值 {value} 没有采用",
        "这一类不用填分值，请清空；要改分值请改加减分标准",
    ),
    "P18": Entry(_ERROR, "计分比例 {value} 应当大于 0%、不超过 100%，{name}的加减分算不出来", "请填写百分数，例如 50%"),
    "P19": Entry(_ERROR, "这一行没有填科室，没有计入", "请补填科室，或清空这一行"),
    "P20": Entry(_WARNING, "{name}的这一项与第 {by} 行事项相同，两行都计分", "请核对是否重复登记；重复的请删除一行"),
    "P21": Entry(
        _HINT,
        "{name}的这一项与第 {by} 行事项很相近，同一事项编号{difference}，两行各算各的",
        "是同一工作时请填相同的同一事项编号；不是的不用管",
    ),
    "P22": Entry(_HINT, "{name}的级别“{level}”与发文单位“{issuer}”对不上", "请对照文件核对级别和发文单位"),
    "P23": Entry(_ERROR, "没有填类别，{name}的加减分算不出来", "请从下拉列表里选类别"),
    "P24": Entry(_ERROR, "“{category}”没有填级别，{name}的加减分算不出来", "只能填：{choices}"),
    "P25": Entry(
        _HINT,
        "“{category}”不分级别，{name}的这一项填的级别“{level}”没有用到",
        "请核对类别是否选错；没有选错的请清空级别",
    ),
    "P26": Entry(
        _WARNING,
        "{name}“{category}”的同一事项编号“{other}”与第 {by} 行的“{one}”很容易看错，现在算两件事",
        "是同一工作的请把编号改成一样；不是的不用管",
    ),
    "P27": Entry(
        _WARNING,
        "{name}的这一项与{other}第 {by} 行认定依据、事项都相同，两个科室都计满分",
        "几个科室合办的请填“计分比例”；确实各计各的不用管",
    ),
    "P28": Entry(
        _HINT,
        "{name}的认定依据“{value}”在第 {by} 行也用过，同一事项编号不同，各算各的",
        "是同一工作时请填相同的同一事项编号；一份文件定了几件事的不用管",
    ),
    "P29": Entry(
        _WARNING,
        "{name}的认定依据“{value}”是 {year} 年以前的文号",
        "请核对文号的年份；属于以前年度的请删除",
    ),
    "P30": Entry(
        _WARNING,
        "{name}的这一项一次认定 {value} 分，超过提醒线 {limit} 分",
        "请核对是否多填了位数；确实这样认定的不用管",
    ),
    "P31": Entry(
        _WARNING,
        "有 {count} 项加分没有填“党委会研究”（四(二)3）",
        "加分要经党委会研究，请补填会议日期或文号",
    ),
    # 考勤
    "A01": Entry(_ERROR, "“{value}”不是科室表里的科室，这一行没有计入", "{guess}请从下拉列表里选科室"),
    "A02": Entry(_ERROR, "科室“{name}”重复列出，第 {first} 行已有，减分算不出来", "请合并成一行"),
    "A03": Entry(_ERROR, "{header}“{value}”不是数{consequence}", "请填写数字"),
    "A04": Entry(_ERROR, "{header} {value} 是负数{consequence}", "请填写正数，减分由程序去减"),
    "A05": Entry(_ERROR, "实出勤 {present} 天大于应出勤 {due} 天", "请核对两个天数"),
    "A06": Entry(_ERROR, "这一行没有填科室，没有计入", "请补填科室，或清空这一行"),
    "A07": Entry(_WARNING, "考勤表里没有{names}", "请补上；没有缺勤的也请列一行"),
    "A08": Entry(
        _WARNING,
        "{name}出勤率 {value}，低于 {limit}，没有扣分也没有写扣分说明",
        "请填酌情扣分，或在扣分说明里写明为什么不扣",
    ),
    "A09": Entry(_WARNING, "{name}全勤，却扣了 {value} 分", "请核对出勤天数和酌情扣分"),
    "A10": Entry(_WARNING, "{name}扣了 {value} 分，没有写扣分说明", "请补填为什么扣分"),
    "A11": Entry(
        _WARNING,
        "{name}一次酌情扣 {value} 分，超过提醒线 {limit} 分",
        "请核对是否多填了位数；确实这样认定的不用管",
    ),
    # 历年结果
    "H01": Entry(_HINT, "没有 {year} 年的结果，无法判断是否连续 {years} 年末位", "请补填 {year} 年各科室的名次"),
    "H02": Entry(
        _HINT,
        "{year} 年的结果不全（缺{names}），无法判断是否连续 {years} 年末位",
        "请补填；当年没有参评的名次填“/”",
    ),
    "H03": Entry(
        _ERROR,
        "{header}“{value}”无法识别，没有采用",
        "请填数字，例如年度 2023、名次 3、考核得分 91.5；没有参评的名次填“/”",
    ),
    "H04": Entry(_ERROR, "{year} 年“{name}”列了不止一行（第 {rows} 行），这一年没有采用", "请只留一行"),
    "H05": Entry(_WARNING, "{year} 年的名次和考核得分对不上，按名次判断末位", "请核对后改正这一年的名次或得分"),
    "H06": Entry(_HINT, "历年结果里没有 {year} 年", "请补录 {year} 年各科室的结果，便于和上年对照"),
    "H07": Entry(
        _HINT,
        "现在没有这个科室，也不是“曾用名”，而 {year} 年缺{names}",
        "写错的请改正，改过名的请在“科室”表填“曾用名”；已经撤销的不用管",
    ),
    "H08": Entry(_ERROR, "这一行没有填科室，没有采用", "请补填科室，或清空这一行"),
    "H09": Entry(_ERROR, "这一行没有填年度，没有采用", "请补填四位数字的年度，例如 2023，或清空这一行"),
    "H10": Entry(
        _HINT,
        "{year} 年的结果里没有{names}，无法判断是否连续 {years} 年末位",
        "今年新设的科室，请给 {year} 年补一行，名次填“/”；漏录的请补填",
    ),
    "H11": Entry(
        _WARNING,
        "没有 {year} 年的结果，今年最后一名是否连续 {years} 年末位无法判断",
        "请补填 {year} 年各科室的名次",
    ),
    "H12": Entry(
        _WARNING,
        "{year} 年的结果不全（缺{names}），今年最后一名是否连续 {years} 年末位无法判断",
        "请补填；当年没有参评的名次填“/”",
    ),
    "H13": Entry(
        _WARNING,
        "{year} 年的结果里没有{names}，今年最后一名是否连续 {years} 年末位无法判断",
        "今年新设的科室，请给 {year} 年补一行，名次填“/”；漏录的请补填",
    ),
    # 人员
    "E01": Entry(_ERROR, "这一行没有填姓名，没有采用", "请补填姓名，或清空这一行"),
    "E02": Entry(
        _ERROR,
        "“{value}”不是科室表里的科室，这一行没有采用",
        "{guess}请从下拉列表里选科室；分管几个科室就填几行",
    ),
    "E03": Entry(_ERROR, "{name}没有填科室，这一行没有采用", "请补填科室，或清空这一行"),
    "E04": Entry(_HINT, "{name}没有填分管的科室", "没有分管科室的不用管；有的请补填，分管几个就填几行"),
    "E05": Entry(_HINT, "{name}在这个科室已列出（第 {first} 行），结果运用里只列一次", "请删除重复的一行"),
    "E06": Entry(
        _HINT,
        "职级“{value}”看不出是处级还是科级及以下，结果运用不按职级列出这个人",
        "请填 处级、副处级、科级、股级、科员 等",
    ),
    "E07": Entry(_ERROR, "科室负责人“{value}”不认识，没有当作负责人", "只能填：是、否"),
    "E08": Entry(_HINT, "有 {count} 人没有填职级（第 {rows} 行），按科级及以下处理", "请补填；处级领导一定要填"),
    "E09": Entry(_HINT, "{name}同时列为{names}的负责人", "请核对；是同名的两个人时，请在姓名后注明区分"),
    # 节假日
    "J01": Entry(_ERROR, "日期“{value}”无法识别，这一行没有采用", "请写成 2024-10-1 这样，要写年份"),
    "J02": Entry(_ERROR, "“{value}”不认识，不知道这一天是否上班", "只能填：放假、上班"),
    "J03": Entry(_ERROR, "{day} 与第 {first} 行填得不一样，不知道这一天是否上班", "请只留一行"),
    "J04": Entry(_ERROR, "没有填放假还是上班，不知道这一天是否上班", "请补填：放假、上班"),
    "J05": Entry(_ERROR, "没有填日期，这一行没有采用", "请补填日期，写成 2024-10-1 这样，或清空这一行"),
    # 公示
    "G01": Entry(_ERROR, "发布日期“{value}”无法识别，截止日期算不出来", "请写成 2024-4-8 这样，要写年份"),
    "G02": Entry(
        _WARNING,
        "程序里没有 {day} 前后的放假安排，不知道这一天是否上班，截止日期算不出来",
        "请把发布第二天起的每一天（周末也要）填进“节假日”表，或更新程序",
    ),
    "G03": Entry(_HINT, "发布日期 {value} 与 {year} 年度对不上", "请核对日期的年份"),
    "G04": Entry(_HINT, "“{subject}”列了不止一次，第 {first} 行已有", "重新公示的不用管；填错的请改正"),
    "G05": Entry(_HINT, "没有填公示内容", "请从下拉列表里选公示的是什么"),
    # 结果
    "R01": Entry(_HINT, "{names}并列第 {place} 名，正好跨在{line}名额线上，{decided}", "请核对后提交党委会"),
    "R02": Entry(_HINT, "{person}既涉及前几名科室，又涉及最后一名科室，按不得评优处理（四(三)）", "请提交党委会研究"),
    "R03": Entry(_HINT, "{name}的{header}没有填写，结果运用里空着", "请在科室表里补填，空缺的填“空缺”"),
    "R04": Entry(
        _HINT,
        "{person}是{name}的人员，又涉及最后一名科室，按不得评优处理（四(三)）",
        "请提交党委会研究；是同名的两个人时，请在姓名后注明区分",
    ),
    "R05": Entry(_HINT, "“人员”表里没有{name}的科级及以下人员，结果运用没有列出姓名", "请在“人员”表里补填"),
    "R06": Entry(
        _HINT,
        "{name}的{header}，“人员”表里是{people}，“科室”表里是{listed}，结果运用按“人员”表",
        "请核对，两张表填成一样",
    ),
    "R07": Entry(
        _WARNING,
        "{name}的考核得分 {value} 不在 0 到 {high} 分之间",
        "请核对这个科室的评价系数、完成率和加减分；无误的不用管",
    ),
}
