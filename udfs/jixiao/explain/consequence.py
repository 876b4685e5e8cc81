"""事项 and 人员 on 结果运用: what follows for whom, in words (四(三))."""

from jixiao.rules.model import Consequence, Matter

CLAUSE = "四(三)"

_MATTERS = {
    Matter.LEADERS_FIRST: "分管处级领导：平时考核和年终考核优先评为优秀",
    Matter.STAFF_FIRST: "科级及以下人员：平时考核和年终考核优先评为优秀",
    Matter.LEADERS_BARRED: "分管处级领导：由镇党委、纪委负责人约谈，年终考核不得评为优秀",
    Matter.HEADS_BARRED: "科室负责人：由镇党委、纪委负责人约谈，年终考核不得评为优秀",
}
_NAMELESS = "本科室科级及以下人员"


def matter_text(line: Consequence) -> str:
    """事项 of one line."""
    return _MATTERS[line.matter]


def people_text(line: Consequence) -> str:
    """人员 of one line: the names, and who is not among them though he might be looked for there."""
    text = _NAMELESS if line.people is None else "、".join(line.people)
    if line.held_back:
        text += f"（{'、'.join(line.held_back)}不得评优，见最后一名科室）"
    if line.above:
        text += f"（{'、'.join(line.above)}见上一行）"
    return text
