"""Every code the checks can report: severity, what is wrong, what to do.

The letter names what it is about, see `SUBJECTS`. From 加减分 on they stand in `catalogue_later`.
"""

from jixiao.findings.catalogue_later import LATER
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
    "F15": Entry(
        _WARNING,
        "第 {first} 行到第 {by} 行空着，下面还有内容，照常计入",
        "请核对下面的内容该不该算；该算的请移到上面，挨着填",
    ),
    "F33": Entry(_ERROR, "这一格是{value}，程序读不出里面的内容", "请把内容用文字填在这一格，图片可以放在格子旁边"),
    "F34": Entry(_WARNING, "这一格是图片，不是认定依据，这一项待认定，暂不计分", "请填文号；图片可以放在格子旁边"),
    "F35": Entry(
        _WARNING,
        "工作表“{value}”像是“{sheet}”的副本，程序不读，里面的内容没有计入",
        "要用的请并到“{sheet}”表里；不用的请删除，或另存到别的工作簿",
    ),
    "F36": Entry(
        _WARNING,
        "没有“{header}”这一列，而“{value}”一列填的都是这样的内容，程序没有读",
        "是{header}的，请把表头“{value}”改成“{header}”；不是的不用管",
    ),
    "F37": Entry(
        _HINT,
        "“{value}”这样的行不是登记的内容，没有计入",
        "合计、签名、备注和重复的表头不用管；确实是登记内容的，请填对科室",
    ),
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
    "C31": Entry(
        _WARNING,
        "参数“{name}”的“默认值”一栏写的是“{value}”，不起作用，默认仍是“{meant}”",
        "要改规则请填在左边的“值”一栏，并把“默认值”改回“{meant}”",
    ),
    # 加减分标准
    "S01": Entry(_ERROR, "{header}“{value}”用不了（{clause}）", "{advice}"),
    "S02": Entry(_ERROR, "“{category}”级别“{level}”填了不止一行（{clause}）", "请只留一行"),
    "S03": Entry(_ERROR, "“{category}”各行的{header}不一致（{clause}）", "同一类别的各行请填成一样，或只填一行"),
    "S04": Entry(_HINT, "“{category}”不是方案里的类别，按新增的类别处理", "请核对名称；确实要新增的不用管"),
    "S05": Entry(_ERROR, "“{category}”填了不止一行（{clause}）", "请只留一行；分级别的，每行填上级别"),
    "S06": Entry(_ERROR, "没有填{header}（{clause}）", "{advice}"),
    "S07": Entry(
        _WARNING,
        "“{category}”{level}的分值 {value} 是方案规定（{meant}，{clause}）的两倍以上",
        "请核对是否填错；确实改了规则的，请把“对应条款”改成本单位的文件",
    ),
    "S08": Entry(
        _WARNING,
        "“{category}”{level}的方向是“{value}”，与方案（{clause}）相反",
        "请核对加减方向；确实改了规则的，请把“对应条款”改成本单位的文件",
    ),
    "S09": Entry(
        _WARNING,
        "“{category}”的“{value}”排在“{other}”前面，级别高低倒了",
        "同一工作只计级别最高的一行，请把级别从高到低排列",
    ),
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
    "D10": Entry(
        _WARNING,
        "{name}的曾用名“{value}”也是现在的科室（第 {first} 行），各表里的“{value}”都算在现在的“{value}”名下",
        "填错的请删除这个曾用名；确实用过的，请在各表里把指{name}的改成“{name}”",
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
    "T22": Entry(
        _WARNING,
        "{name}有 {count} 个完成率是 0",
        "没有安排任务请填“/”，没有填报请空着；确实一点也没有完成的不用管",
    ),
    "T23": Entry(
        _WARNING,
        "完成率 {value} 比这项任务其他季度（最低 {lowest}）低得多",
        "请核对是不是漏了一位数；属实的不用管",
    ),
    "T24": Entry(
        _WARNING,
        "{name}的任务“{value}”与第 {by} 行重复，两行都计算",
        "请核对是否重复登记；重复的请删除一行，不同的请写明区别",
    ),
    "T25": Entry(
        _ERROR,
        "{name}的任务权重有的是百分数，有的不是（或空着）",
        "同一科室的任务权重请用一种写法：都填百分数，或都填数字",
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
    "B07": Entry(
        _WARNING,
        "{group}有 {count} 张票是评本科室的（第 {rows} 行），作废（四(二)2）",
        "不用改；测评人科室填错的请改正",
    ),
    "B08": Entry(_ERROR, "{group} {ballot} 号票对{name}打了不止一次，都作废", "请核对原始票的票号，每个科室只留一行"),
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
        "{group} {ballot} 号票有明显偏低的分数：{value}；这个人打分的中间水平是 {median}",
        "请核对原始票{suggestion}；录入无误的照常计分",
    ),
    "B23": Entry(
        _HINT,
        "有 {count} 张票有低于 {low} 分的分数（第 {rows} 行），像是按十分制打的",
        "请核对；按十分制打的，请换算成百分制再录入",
    ),
    "B24": Entry(_ERROR, "没有填被评科室，这张票作废", "请从下拉列表里选被评科室"),
    "B25": Entry(_ERROR, "没有填测评主体，这张票作废", "请补填：班子成员、部门负责人、村“一肩挑”"),
    "B26": Entry(
        _WARNING,
        "{group}收回 {returned} 人的票，{numbers} 号票没有评{names}",
        "请核对是否漏录，票号有没有录错；原始票上确实没有的不用管",
    ),
    "B27": Entry(_WARNING, "{group} {numbers} 号票有 {count} 个科室五项全是 0 分", "请核对原始票；弃权的请填“弃权”"),
    "B28": Entry(
        _WARNING,
        "{group} {numbers} 号票的分数都不超过 10 分，像是按十分制打的",
        "请核对；按十分制打的，请换算成百分制再录入",
    ),
    "B29": Entry(
        _WARNING,
        "{group} {numbers} 号票给各科室打的分一模一样",
        "请核对原始票，是不是同一张票录了两遍；确实是两张票的不用管",
    ),
    "B30": Entry(
        _WARNING,
        "{group}的票号“{one}”和“{other}”很容易看错，现在算两个人的票",
        "是同一个人的，请把票号改成一样；不是的不用管",
    ),
} | LATER
