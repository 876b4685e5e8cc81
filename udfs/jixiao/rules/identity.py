"""同一事项编号 and 票号: when two of them are the same one, and when they only look the same (R6).

The identity decides what counts once; the look-alike keys only decide what is told.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from jixiao.text import key

# Typed without thought, and different all the same: digits that pass for letters in most type faces.
_CONFUSABLE = str.maketrans("OILZSB", "011258")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−─━﹘﹣－⁃"), "-")
_BRACKETS = {
    ord(mark): side for marks, side in (("([{<〔【〖《〈［｛", "("), (")]}>〕】〗》〉］｝", ")")) for mark in marks
}
_STYLES = _DASHES | _BRACKETS
_STYLE = re.compile(r"[-()]+")
_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
# What counts things: where two identifiers differ in these, they are two.
_COUNTING = frozenset("0123456789〇零一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾甲乙丙丁戊己庚辛壬癸")


@lru_cache(maxsize=1 << 14)
def identity(text: str) -> str:
    """The form in which identifiers are one: whatever case, width, blanks, dash and bracket style.

    Leading zeros do not matter where the whole identifier is digits: 01 is 1, ZS01 is not ZS1.
    """
    plain = key(key(text).translate(_STYLES).upper())
    return plain.lstrip("0") or "0" if plain.isascii() and plain.isdigit() else plain


@lru_cache(maxsize=1 << 14)
def look_alike_keys(text: str) -> tuple[str, str]:
    """Two identifiers that are not one look alike where either of these keys is the same.

    The first takes O for 0, l and I for 1, Z for 2, S for 5, B for 8 and leaves out dashes and brackets; the second
    leaves out leading zeros of each number besides.
    """
    plain = identity(text)
    short = _LEADING_ZEROS.sub("", plain)
    first, second = (_STYLE.sub("", form).translate(_CONFUSABLE) for form in (plain, short))
    return first, second


def look_alikes(texts: Iterable[str], *, letters: bool) -> list[tuple[int, int]]:
    """Pairs of places whose identifiers look alike without being one, each later place with the first such earlier.

    `letters`: one letter or Han character more, less or other is a slip too. Empty identifiers are none.
    """
    forms = [identity(text) for text in texts]
    first: dict[str, int] = {}
    holders: dict[str, list[int]] = defaultdict(list)
    pairs = []
    for place, form in enumerate(forms):
        if not form or form in first:
            continue
        first[form] = place
        keys = _keys(form, letters=letters)
        near = sorted({other for name in keys for other in holders[name]})
        alike = next((other for other in near if looks_like(forms[other], form, letters=letters)), None)
        if alike is not None:
            pairs.append((alike, place))
        for name in keys:
            holders[name].append(place)
    return pairs


def looks_like(one: str, other: str, *, letters: bool) -> bool:
    """Whether two identifiers look alike without being one (see `look_alikes`)."""
    one, other = identity(one), identity(other)
    if not one or not other or one == other or _last_letters_differ(one, other):
        return False
    if any(mine == yours for mine, yours in zip(look_alike_keys(one), look_alike_keys(other), strict=True)):
        return True
    return letters and _one_letter_apart(one, other)


def _keys(form: str, *, letters: bool) -> set[str]:
    """Under what an identifier is looked up; what shares none of these cannot look like it."""
    keys = {f"{number}{text}" for number, text in enumerate(look_alike_keys(form))}
    if letters:
        keys.add(f"={form}")
        keys |= {f"={form[:at]}{form[at + 1 :]}" for at in range(len(form))}
    return keys


def _one_letter_apart(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :] and _is_letter(long[at]) and len(short) > 0
    return short[at + 1 :] == long[at + 1 :] and _is_letter(short[at]) and _is_letter(long[at])


def _last_letters_differ(one: str, other: str) -> bool:
    """ZS01a and ZS01b, ZS01 and ZS01a, A and B: a single last letter counts things."""
    stems = [form[:-1] if form[-1].isascii() and form[-1].isalpha() else form for form in (one, other)]
    return stems[0] == stems[1]


def _is_letter(mark: str) -> bool:
    return mark.isalpha() and mark not in _COUNTING
