"""docs/checks.md: every code of 校验结果 with its words, sheet by sheet, from the catalogue."""

from string import Formatter

from jixiao.findings.catalogue import CATALOGUE, SUBJECTS
from jixiao.findings.model import Entry

_INTRO = """# 校验代码表

按“校验数据”或“计算得分”以后，发现的问题逐条列在“校验结果”表里。每一条有一个代码，代码的意思和处理办法都在下面。

- **错误**：有关的得分算不出来，或有关的内容没有计入，改正后才算得全。
- **警告**：照常计算，但很可能填错了，请逐条核对。
- **提示**：照常计算，供核对参考；情况属实的不用管。

同一个原因牵连许多单元格的（一列粘贴错了，一张票填得不仔细），只列一条，“共几处”后面写明是哪些单元格；所在的行被隐藏或筛选掉的，也会写明。

｛ ｝里的字，在“校验结果”里换成实际的名称、数值或单元格内容。

代码的首字母表示说的是哪张表；没有列出单元格的，说的是整张表。本页由程序按校验内容生成，请不要手工修改。
"""
_ADVICE_BY_CASE = "按填写的内容，逐条写明应当怎样填"

# What the catalogue's placeholders stand for.
_STANDS_FOR = {
    "above": "起算票数",
    "abstained": "弃权张数",
    "advice": "改正办法",
    "area": "区域",
    "ballot": "票号",
    "ballots": "总张数",
    "by": "行号",
    "cap": "上限",
    "categories": "其他类别",
    "category": "类别",
    "choices": "可以填的内容",
    "clause": "方案条款",
    "code": "代码",
    "consequence": "对得分的影响",
    "count": "数量",
    "day": "日期",
    "days": "天数",
    "decided": "定为什么等次",
    "difference": "不同或没有都填",
    "direction": "高或低",
    "due": "应出勤天数",
    "expected": "应测人数",
    "fewest": "最少票数",
    "first": "行号",
    "gap": "相差分数",
    "group": "测评主体",
    "guess": "是不是名称相近的科室",
    "header": "列名",
    "headers": "缺少的表头",
    "high": "较大的数",
    "issuer": "发文单位",
    "kind": "日期或百分数",
    "least": "最少天数",
    "level": "级别",
    "limit": "提醒线",
    "line": "等次",
    "listed": "人员表里的姓名",
    "low": "较小的数",
    "lowest": "最低的完成率",
    "matter": "编号",
    "meant": "应有的数",
    "median": "中间水平",
    "name": "名称",
    "names": "各个名称",
    "numbers": "票号",
    "one": "另一个编号",
    "other": "另一个名称或编号",
    "people": "科室表里的姓名",
    "person": "姓名",
    "place": "名次",
    "points": "标准分值",
    "present": "实出勤天数",
    "quarter": "季度",
    "rates": "各季度完成率",
    "returned": "收回人数",
    "rows": "行号",
    "sheet": "表名",
    "subject": "公示内容",
    "suggestion": "可能想填的数",
    "total": "合计",
    "trim": "去掉张数",
    "used": "采用的年度",
    "valid": "有效张数",
    "value": "填写的内容",
    "void": "作废张数",
    "year": "年度",
    "years": "年数",
}


def checks_page() -> str:
    """The page's text; KeyError for a code of no known subject or a placeholder nobody has named."""
    parts = [_INTRO]
    for letter, subject in SUBJECTS.items():
        parts.append(f"## {subject}\n")
        parts.append("| 代码 | 类型 | 问题 | 怎么办 |\n|---|---|---|---|")
        codes = sorted(code for code in CATALOGUE if code[0] == letter)
        parts.append("\n".join(_line(code, CATALOGUE[code]) for code in codes) + "\n")
    return "\n".join(parts)


def _line(code: str, entry: Entry) -> str:
    advice = _ADVICE_BY_CASE if entry.advice == "{advice}" else _readable(entry.advice)
    return f"| {code} | {entry.severity} | {_readable(entry.problem)} | {advice} |"


def _readable(sentence: str) -> str:
    """The sentence with its placeholders named as staff call them."""
    pieces = []
    for text, name, _, _ in Formatter().parse(sentence):
        pieces.append(text)
        if name is not None:
            pieces.append(f"｛{_STANDS_FOR[name]}｝")
    return "".join(pieces)
