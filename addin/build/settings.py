"""The sheet 参数: every setting of the rules in order, its value empty, its default, clause and meaning beside it."""

from collections.abc import Sequence
from itertools import pairwise

from xlsxwriter.worksheet import Worksheet

from jixiao.policy.book import Setting
from jixiao.sheets.inputs import SETTINGS

from . import styles
from .checks import Check, hint, whole, words
from .inputs import Row, write_value
from .layout import FIRST_ROW, INPUT_ROWS, TITLE_ROW
from .styles import Styles

_NUMBER_HINTS = {
    "year": "填四位数字，例如 2024。",
    "share": "填百分数，例如 40%；0.4 也可以。",
    "mark": "填 0 到 100 的数。",
    "cap_share": "填百分数，例如 100%。",
    "cap": "填数字；空着不封顶。",
    "count": "填 0 或正整数。",
    "positive": "填正整数。",
    "headcount": "填人数；空着不核对。",
    "places": "填整数。",
    "order": "几项之间用顿号隔开；可填：",
}


def setting_rows(settings: Sequence[Setting], values: dict[str, object]) -> list[Row]:
    """Rows of 参数; `values` are what a filled example sets."""
    return [
        {
            "name": each.name,
            "value": values.get(each.name),
            "default": each.default,
            "clause": each.clause,
            "note": each.help,
        }
        for each in settings
    ]


def finish_settings(target: Worksheet, style: Styles, settings: Sequence[Setting], rows: Sequence[Row]) -> None:
    """Tint the rows by clause, mark the cells to fill in, and give each value its own check."""
    keys = [column.key for column in SETTINGS.columns]
    value_place = keys.index("value")
    groups = _groups([each.clause for each in settings])
    for offset, row in enumerate(rows):
        fresh = offset == 0 or groups[offset] != groups[offset - 1]
        for place, key in enumerate(keys):
            fill = styles.CREAM if key == "value" else ("#FFFFFF", styles.PALE_SKY)[groups[offset] % 2]
            properties: dict[str, object] = {
                "text_wrap": True,
                "bg_color": fill,
                "border": 1,
                "border_color": "#D0D0D0",
                "align": "left" if key in {"name", "note"} else "center",
                "bold": key == "value",
            }
            if fresh:
                properties |= {"top": 2, "top_color": "#8EA9C8"}
            if key != "value":  # the value keeps the general format, so that 40% typed there becomes a number
                properties["num_format"] = "@"
            write_value(target, FIRST_ROW + offset, place, row[key], style.of(**properties))
        check = _check(settings[offset])
        target.data_validation(FIRST_ROW + offset, value_place, FIRST_ROW + offset, value_place, check)
    _finish_below(target, len(settings), value_place)
    _remind(target, style, settings)


def _groups(clauses: Sequence[str]) -> list[int]:
    """Numbers that change where the clause does, so that neighbours of one clause share a tint."""
    numbers = [0]
    for before, after in pairwise(clauses):
        numbers.append(numbers[-1] + (before != after))
    return numbers


def _check(setting: Setting) -> Check:
    kind, choices = setting.kind, setting.choices
    extra = _NUMBER_HINTS.get(kind, "")
    match kind:
        case "choice":
            check = words(choices)
        case "year":
            check = whole(2000, 2100, "年度填四位数字，例如 2024。请核对是否填对。")
        case "share" | "cap_share":
            check = _between(0, 1 if kind == "share" else 10, "比例填百分数，例如 40%。请核对是否填对。")
        case "mark":
            check = _between(0, 100, "请填 0 到 100 的数。请核对是否填对。")
        case "cap":
            check = _between(0, 10_000, "请填数字；不封顶就空着。请核对是否填对。")
        case "count" | "places":
            check = whole(0, 1000, "请填 0 或正整数。请核对是否填对。")
        case "positive" | "headcount":
            check = whole(1, 100_000, "请填正整数。请核对是否填对。")
        case _:
            check = {"validate": "any"}
    if kind == "order":
        extra += "、".join(choices) + "。"
    default = f"默认 {setting.default}。" if setting.default else "默认不设。"
    return hint(check, setting.name, f"{setting.help}{extra}空着按默认值：{default}"[:255])


def _between(low: float, high: float, message: str) -> Check:
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        "error_type": "warning",
        "error_message": message,
    }


def _finish_below(target: Worksheet, count: int, place: int) -> None:
    column = SETTINGS.by_key["value"]
    check = hint({"validate": "any"}, column.header, column.help)
    target.data_validation(FIRST_ROW + count, place, FIRST_ROW + INPUT_ROWS - 1, place, check)


def _remind(target: Worksheet, style: Styles, settings: Sequence[Setting]) -> None:
    """A note and two orange cells until year and unit name are filled in; both vanish by themselves."""
    places = [offset for offset, each in enumerate(settings) if each.name in {"年度", "单位名称"}]
    cells = [f"$B${FIRST_ROW + 1 + offset}" for offset in places]
    for offset, cell in zip(places, cells, strict=True):
        rule = {"type": "formula", "criteria": f'={cell}=""', "format": style.rule(bg_color=styles.AMBER)}
        target.conditional_format(FIRST_ROW + offset, 1, FIRST_ROW + offset, 1, rule)
    note = "★ 新的一年，请先填写橙色的两格：年度、单位名称"
    target.write_string(TITLE_ROW, 3, note, style.of(font_size=11, bold=True, font_color="#C55A11"))
    filled = ",".join(f'{cell}<>""' for cell in cells)
    rule = {"type": "formula", "criteria": f"=AND({filled})", "format": style.rule(font_color="#FFFFFF")}
    target.conditional_format(TITLE_ROW, 3, TITLE_ROW, 3, rule)
