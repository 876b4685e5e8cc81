"""The settings of one year: the defaults, overridden, checked and turned into exact values."""

from fractions import Fraction
from typing import Any

from .defaults import FIGURES, SETTINGS, SHARES, STANDARD_KEYS, STANDARDS, TEXTS, WHOLE, WORDS
from .exact import exact, is_empty, round_half_up


class SettingsError(ValueError):
    """A setting that makes no sense: then nothing is computed."""


def read_settings(year: dict[str, Any]) -> dict[str, Any]:
    """Section 1: an empty or missing setting means its default; numbers become exact, unknown words are refused."""
    raw = dict(SETTINGS)
    for name, value in year.get("参数", {}).items():
        if name not in SETTINGS:
            raise SettingsError(name)
        if not is_empty(value):
            raw[name] = str(value).strip()
    settings = {name: read_setting(name, value) for name, value in raw.items()}
    for names in SHARES:
        if sum(settings[name] for name in names) != 1:
            raise SettingsError(" + ".join(names))
    return settings


def read_setting(name: str, text: str) -> Any:
    """One setting: a word, a text, a list of figures, a whole number, an exact number or None (not set)."""
    if name in WORDS:
        if text not in WORDS[name]:
            raise SettingsError(f"{name}: {text}")
        return text
    if name == "并列排序":
        figures = text.replace("，", "、").replace(",", "、").split("、") if text else []
        if any(figure not in FIGURES for figure in figures):
            raise SettingsError(f"{name}: {text}")
        return figures
    if name in TEXTS:
        return text
    if text == "":
        return None
    try:
        number = exact(text)
    except ValueError as error:
        raise SettingsError(f"{name}: {text}") from error
    if name not in WHOLE:
        return number
    if number.denominator != 1:
        raise SettingsError(f"{name}: {text}")
    return int(number)


def step(value: Fraction, settings: dict[str, Any]) -> Fraction:
    """R9: a posted figure before 考核得分, rounded under 逐步取整 and left alone under 仅最后取整."""
    if settings["取整方式"] == "仅最后取整":
        return value
    return round_half_up(value, settings["小数位数"])


def read_standards(year: dict[str, Any]) -> list[dict[str, Any]]:
    """R6, R7: the rows of 加减分标准 in order; a default row that is missing joins after its default predecessor."""
    rows = [dict.fromkeys(STANDARD_KEYS, "") | row for row in year.get("加减分标准", [])]
    for row in rows:
        for key in STANDARD_KEYS:
            row[key] = "" if is_empty(row[key]) else str(row[key]).strip()
    for index, default in enumerate(STANDARDS):
        if any(same_standard(row, default) for row in rows):
            continue
        place = 0
        for before in STANDARDS[:index]:
            if before["类别"] == default["类别"]:
                place = 1 + next(i for i, row in enumerate(rows) if same_standard(row, before))
        rows.insert(place, dict(default))
    return rows


def same_standard(row: dict[str, Any], other: dict[str, Any]) -> bool:
    """A row of 加减分标准 is named by its 类别 and 级别."""
    return bool(row["类别"] == other["类别"] and row["级别"] == other["级别"])
