"""Texts that say nearly the same: perhaps one work entered twice in other words (四(二)3加②, 减①)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from jixiao.text import key

NEARLY = 0.85  # of their characters in common, in order
_SHORTEST = 6  # characters below which likeness means nothing
_LONGEST = 200  # characters compared
_FEW = 8  # texts remembered for each three characters, and compared with each text
_MARK = re.compile(r"[^\w]|_")
# Words that tell two works apart however alike the rest is: numbers, numerals, letters, parts of the town or year.
_TELLING = re.compile(r"\d+|[a-z]+|[一二三四五六七八九十百千两零〇]+|[上下东西南北前后左右新老甲乙丙丁男女]")
# What stands after a name: another name before it is another place, firm or person.
_AFTER_NAMES = frozenset("村镇乡县市区路街园厂桥河庄屯社组队校站同被获荣")


def plain_text(text: str) -> str:
    """A text as it is compared: without punctuation, blanks and capitals."""
    return _MARK.sub("", key(text[: 2 * _LONGEST])).lower()[:_LONGEST]


def alike(one: str, other: str) -> bool:
    """Whether two plain texts may mean the same: nearly equal, or one within the other, with no telling difference."""
    if one == other:
        return bool(one)
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST or _TELLING.findall(one) != _TELLING.findall(other):
        return False
    if short in long:
        return 2 * len(short) >= len(long)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY and not _other_name(matcher, one)


def _other_name(matcher: SequenceMatcher[str], one: str) -> bool:
    """Whether a piece was replaced where a name stands: 张村道路 and 李村道路 are two works."""
    return any(
        tag == "replace" and bool(_AFTER_NAMES.intersection(one[end - 1 : end + 2]))
        for tag, _, end, _, _ in matcher.get_opcodes()
    )


def earlier_candidates(texts: Sequence[str]) -> Iterable[tuple[int, list[int]]]:
    """For each plain text the few earlier ones it shares most with, earliest first: the only ones worth comparing.

    Each three characters in a row remember the first few texts that hold them, so that time grows with the number of
    texts and not with its square.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        shared: Counter[int] = Counter()
        for piece in {text[at : at + 3] for at in range(len(text) - 2)}:
            holding = holders[piece]
            shared.update(holding)
            if len(holding) < _FEW:
                holding.append(place)
        if shared:
            yield place, sorted(other for other, _ in shared.most_common(_FEW))
