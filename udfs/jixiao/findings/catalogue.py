"""Every code the checks can report: severity, what is wrong, what to do.

The letter names what it is about, see `SUBJECTS`.
"""

from jixiao.findings.model import Entry, Severity

_ERROR, _WARNING, _HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

SUBJECTS = {
    "F": "工作簿",
    "C": "参数",
    "S": "加减分标准",
    "D": "科室",
    "T": "任务台账",
    "B": "履职测评",
    "P": "加减分",
    "A": "考勤",
    "H": "历年结果",
    "E": "人员",
    "J": "节假日",
    "G": "公示",
    "R": "结果",
}

CATALOGUE: dict[str, Entry] = {
    # 工作簿
    "F01": Entry(_HINT, "工作簿里没有“{sheet}”表", "不需要时不用管，程序按默认处理；需要时从空白模板复制这张表"),
    "F02": Entry(_ERROR, "这张表有内容，但前10行里找不到表头：{headers}", "请改回模板原来的表头文字，再重新计算"),
    "F03": Entry(_ERROR, "表头“{header}”出现了不止一次", "请只留一列，把多余的列改名或删除"),
    "F04": Entry(_ERROR, "单元格是错误值 {value}", "请改正公式，或直接填写内容"),
    "F05": Entry(_ERROR, "单元格里的公式还没有算出结果", "请用 Excel 打开并保存一次，或直接填写内容"),
    "F06": Entry(_ERROR, "表格里有合并单元格 {area}", "请取消合并，并在每一行都填写内容"),
    "F07": Entry(_HINT, "这一行只填了科室，没有其他内容，未计入", "请补填，或清空这一行"),
    "F08": Entry(_ERROR, "有两张表都叫“{sheet}”（忽略空格和全半角）", "请只留一张，把另一张改名"),
    "F10": Entry(_HINT, "这张表没有“{header}”这一列，这一列的结果没有写出来", "需要时请从空白模板复制这一列的表头"),
    "F11": Entry(_ERROR, "还有 {count} 处同样的问题（代码 {code}）没有列出", "请先改正已列出的，再校验一次"),
    "F12": Entry(_WARNING, "还有 {count} 处同样的问题（代码 {code}）没有列出", "请先改正已列出的，再校验一次"),
    "F13": Entry(_HINT, "还有 {count} 处同样的问题（代码 {code}）没有列出", "请先改正已列出的，再校验一次"),
    # 参数
    "C01": Entry(_WARNING, "没有“{name}”这个参数，这一行没有起作用", "请核对名称，或删除这一行"),
    "C02": Entry(_ERROR, "参数“{name}”（{clause}）不能是“{value}”", "{advice}"),
    "C03": Entry(_ERROR, "参数“{name}”（{clause}）填了不止一行", "请只留一行"),
    "C04": Entry(_ERROR, "{names}相加是 {total}（{clause}），应当是 100%", "请修改这几个参数，使它们相加等于 100%"),
    "C05": Entry(_HINT, "没有填写年度，按 {year} 年计算", "请在“值”一栏填写考核年度"),
    "C06": Entry(
        _WARNING, "程序里没有 {year} 年的规则，按 {used} 年的规则计算", "请核对年度；规则不同时请逐项填写参数"
    ),
    "C07": Entry(
        _WARNING,
        "设了最高最低各去掉 {trim} 张、超过 {above} 张才去掉（{clause}），票少时会一张不剩；这时程序一张也不去掉",
        "“去掉最高最低起算票数”请至少填成“最高最低各去掉票数”的两倍",
    ),
    "C09": Entry(_HINT, "公示 {days} 个工作日，少于方案要求的 {least} 个（{clause}）", "请核对；空着就按方案的要求"),
    "C10": Entry(_HINT, "没有填写单位名称，各张结果表的标题会印成“{value}”", "请在“值”一栏填写单位名称"),
    "C11": Entry(_WARNING, "这一行没有填项目，没有起作用", "请补填项目名称，或清空这一行"),
    # 加减分标准
    "S01": Entry(_ERROR, "{header}“{value}”用不了（{clause}）", "{advice}"),
    "S02": Entry(_ERROR, "“{category}”级别“{level}”填了不止一行（{clause}）", "请只留一行"),
    "S03": Entry(_ERROR, "“{category}”各行的{header}不一致（{clause}）", "同一类别的各行请填成一样，或只填一行"),
    "S04": Entry(_HINT, "“{category}”不是方案里的类别，按新增的类别处理", "请核对名称；确实要新增的不用管"),
    "S05": Entry(_ERROR, "“{category}”填了不止一行（{clause}）", "请只留一行；分级别的，每行填上级别"),
    "S06": Entry(_ERROR, "没有填{header}（{clause}）", "{advice}"),
    # 科室
    "D01": Entry(
        _ERROR, "科室“{name}”重复列出，第 {first} 行已有", "请删除重复的一行；两行的评价系数不同时，先确认用哪一个"
    ),
    "D02": Entry(_ERROR, "评价系数“{value}”不是大于 0 的数", "请填写大于 0 的数，例如 1.05；不调整时填 1"),
    "D03": Entry(_ERROR, "这一行没有科室名称", "请补填科室名称，或清空这一行"),
    "D04": Entry(
        _ERROR, "科室“{name}”在任务台账里没有任务，业绩评价算不出来", "请在任务台账里补填任务，或从科室表里删除"
    ),
    "D05": Entry(_ERROR, "科室表里一个科室也没有", "请先填写各科室名称"),
    "D06": Entry(_HINT, "科室“{name}”没有填评价系数，按 1 计算", "请核对后补填"),
    "D07": Entry(_ERROR, "曾用名“{name}”同时写在第 {rows} 行，不知道是哪个科室", "请只在一个科室保留这个曾用名"),
    "D08": Entry(_WARNING, "{name}的评价系数 {value} 不在常见的 {low} 到 {high} 之间", "{advice}"),
    "D09": Entry(
        _WARNING,
        "科室表里的“{name}”在任务台账里没有任务，而“{value}”用了 {count} 次，是不是写错了",
        "写错的请在科室表里改正；改过名的，请把另一个名称填在“曾用名”",
    ),
    # 任务台账
    "T01": Entry(_ERROR, "“{value}”不是科室表里的科室，这一行没有计入", "{guess}请从下拉列表里选科室"),
    "T02": Entry(_ERROR, "这一行没有填科室，没有计入", "请补填科室，或清空这一行"),
    "T03": Entry(_ERROR, "任务权重“{value}”不是大于 0 的数", "请填写大于 0 的数，不加权时填 1"),
    "T04": Entry(_ERROR, "完成率“{value}”不是数", "{advice}"),
    "T05": Entry(_ERROR, "完成率 {value} 大于 1、小于 2，分不清是百分之几", "请写成百分数，例如 {low} 或 {high}"),
    "T06": Entry(_HINT, "完成率填的是 {value}，按 {meant} 计算", "请核对；建议直接填写 {meant}"),
    "T07": Entry(_ERROR, "完成率 {value} 超过了上限 {cap}", "{advice}"),
    "T08": Entry(_ERROR, "完成率 {value} 是负数", "请填写 0% 到 100% 之间的数"),
    "T09": Entry(_WARNING, "完成率只有 {value}，是不是想填 {meant}", "请核对；百分比单元格里输入 100 才是 100%"),
    "T10": Entry(_ERROR, "{quarter}完成率没有填写，{name}这个季度的得分算不出来", "请填写完成率；没有安排任务时填“/”"),
    "T11": Entry(_HINT, "{quarter}完成率还没有人填写，这个季度暂不计算", "到填报的时候再填，现在不用管"),
    "T12": Entry(_HINT, "{name}{quarter}没有安排任务，业绩评价取其他季度的平均", "请核对；有任务时请填写完成率"),
    "T13": Entry(_ERROR, "{name}{quarter}没有安排任务，业绩评价算不出来", "请至少安排一项任务并填写完成率"),
    "T14": Entry(_WARNING, "这一行没有写任务内容", "请补填任务"),
    "T15": Entry(_HINT, "任务台账还没有填写任务", "请按科室逐行填写任务"),
    "T16": Entry(
        _ERROR,
        "参数“第四季度取数”（{clause}）选了年终完成率，任务台账却没有“年终完成率”这一列",
        "请补上这一列，或把这个参数改回四季度完成率",
    ),
    "T17": Entry(
        _HINT,
        "各季度完成率依次是 {rates}，像是全年的累计进度",
        "完成率请填本季度任务完成了多少；不是累计数的不用管",
    ),
    "T18": Entry(_HINT, "{name}填的 {count} 个完成率全是 100%", "请核对有没有佐证材料；情况属实的不用管"),
    "T19": Entry(_HINT, "还没有任务的重点领域：{names}（三）", "请核对是否漏填“重点领域”；确实没有安排的不用管"),
    "T20": Entry(_HINT, "{header}“{value}”不是下拉列表里的选项（第 {rows} 行）", "请从下拉列表里选；不影响计分"),
    "T21": Entry(
        _HINT,
        "任务权重 {value} 是{name}其他任务中间水平（{meant}）的 {count} 倍以上",
        "请核对是否多填了位数；确实这样定的不用管",
    ),
    # 履职测评
    "B01": Entry(_ERROR, "“{value}”不是科室表里的科室，这张票作废", "{guess}请从下拉列表里选被评科室"),
    "B02": Entry(
        _ERROR, "测评主体“{value}”不在三类测评主体之内，这张票作废", "只能填：班子成员、部门负责人、村“一肩挑”"
    ),
    "B03": Entry(_ERROR, "没有填票号，这张票作废", "请补填票号；同一人评的各个科室填同一个票号"),
    "B04": Entry(_ERROR, "“{value}”不是分数也不是等次，这张票作废", "请填 0 到 100 的分数，或优秀、良好、一般、较差"),
    "B05": Entry(_ERROR, "分数 {value} 不在 0 到 100 之间，这张票作废", "请按原始票改正"),
    "B06": Entry(_ERROR, "五个方面没有填全，这张票作废", "请按原始票补填；整票弃权时五项都空着或都填“弃权”"),
    "B07": Entry(_ERROR, "这张票是{name}评本科室的，作废（四(二)2）", "请核对测评人科室；确实是本科室的，请删除这一行"),
    "B08": Entry(
        _ERROR, "{group} {ballot} 号票对{name}打了不止一次，都作废", "请核对原始票，只留一行（另见第 {others} 行）"
    ),
    "B09": Entry(
        _ERROR,
        "测评人科室“{value}”不是科室表里的科室，无法核对是否给本科室打分，这张票作废",
        "{guess}请从下拉列表里选测评人科室",
    ),
    "B10": Entry(
        _WARNING,
        "有 {count} 张部门负责人的票没有填测评人科室（第 {rows} 行），无法核对是否给本科室打分",
        "请补填测评人科室",
    ),
    "B11": Entry(_ERROR, "{name}的{group}有效票 {valid} 张，不足 {fewest} 张，履职评价算不出来", "请补录或更正测评票"),
    "B12": Entry(_HINT, "履职测评还没有录票，履职评价暂不计算", "年底测评后再录入，现在不用管"),
    "B13": Entry(_HINT, "{group}有 {count} 张票弃权（第 {rows} 行），不计入平均", "请核对原始票"),
    "B14": Entry(
        _HINT,
        "测评人科室“{value}”不是科室表里的科室（第 {rows} 行）",
        "{guess}请核对；班子成员和村“一肩挑”这一栏可以空着",
    ),
    "B15": Entry(
        _WARNING,
        "{name}的{group}有效票 {valid} 张，不足 {fewest} 张，按其余测评主体的权重折算",
        "请核对是否漏录；确实没有的不用管",
    ),
    "B16": Entry(
        _HINT,
        "{group}应测 {expected} 人，只收回 {returned} 人的票；共 {ballots} 张（一人评一个科室算一张），"
        "有效 {valid} 张，弃权 {abstained} 张，作废 {void} 张",
        "请核对是否有漏录的票",
    ),
    "B17": Entry(_ERROR, "分数填成了百分数 {value}%，这张票作废", "请填 {value}，不要带百分号，并把单元格改成常规格式"),
    "B18": Entry(
        _HINT,
        "{group}应测 {expected} 人，却收回 {returned} 人的票；共 {ballots} 张（一人评一个科室算一张），"
        "有效 {valid} 张，弃权 {abstained} 张，作废 {void} 张",
        "请核对票号和测评主体是否录错；人数变了的，请修改参数里的应测人数",
    ),
    "B19": Entry(
        _HINT, "{group} {ballot} 号票给所评的 {count} 个科室全打了满分（五(三)）", "请核对原始票；录入无误的照常计分"
    ),
    "B20": Entry(
        _HINT,
        "{group} {ballot} 号票给所评的 {count} 个科室打的分完全一样（五(三)）",
        "请核对原始票；录入无误的照常计分",
    ),
    "B21": Entry(
        _HINT,
        "{group} {ballot} 号票打的分平均比这一组的中间水平{direction} {gap} 分（五(三)）",
        "请核对原始票；录入无误的照常计分",
    ),
    "B22": Entry(
        _HINT,
        "{group} {ballot} 号票有低于 {low} 分的分数：{value}",
        "请核对原始票，是不是想填 {meant}；录入无误的照常计分",
    ),
    "B23": Entry(
        _HINT,
        "有 {count} 张票有低于 {low} 分的分数（第 {rows} 行），像是按十分制打的",
        "请核对；按十分制打的，请换算成百分制再录入",
    ),
    "B24": Entry(_ERROR, "没有填被评科室，这张票作废", "请从下拉列表里选被评科室"),
    "B25": Entry(_ERROR, "没有填测评主体，这张票作废", "请补填：班子成员、部门负责人、村“一肩挑”"),
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
    "P10": Entry(_HINT, "{name}的这一项日期 {value} 不在 {year} 年内，仍然计分", "请核对是否应计入本年度"),
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
    # 考勤
    "A01": Entry(_ERROR, "“{value}”不是科室表里的科室，这一行没有计入", "{guess}请从下拉列表里选科室"),
    "A02": Entry(_ERROR, "科室“{name}”重复列出，第 {first} 行已有，减分算不出来", "请合并成一行"),
    "A03": Entry(_ERROR, "{header}“{value}”不是数{consequence}", "请填写数字"),
    "A04": Entry(_ERROR, "{header} {value} 是负数{consequence}", "请填写正数，减分由程序去减"),
    "A05": Entry(_ERROR, "实出勤 {present} 天大于应出勤 {due} 天", "请核对两个天数"),
    "A06": Entry(_ERROR, "这一行没有填科室，没有计入", "请补填科室，或清空这一行"),
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
}
