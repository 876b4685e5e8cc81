"""Does a level fit the office that issued the document (四(二)3加②③, 减①): told by the words of both.

Place names hold the same words as offices (市场监管局 is no city's, 国家税务总局某县税务局 no ministry), so that a name
with words of two ranks, or of none, says nothing.
"""

import re
from collections.abc import Collection

from jixiao.text import key

NATION, PROVINCE, CITY, COUNTY, TOWN = 5, 4, 3, 2, 1

# What a 级别 of each rank begins with.
_LEVEL_WORDS: dict[int, tuple[str, ...]] = {
    NATION: ("国家", "中央", "全国"),
    PROVINCE: ("省", "自治区"),
    CITY: ("市", "地市"),
    COUNTY: ("县", "区"),
    TOWN: ("镇", "乡", "街道"),
}
_RANGE = re.compile(r"以上|以下|及")

# Offices by rank, highest first, as regular expressions searched for in 发文单位.
_BODIES = "(?:委|政府|人民政府|人大|政协|纪委|直|级)"
_OFFICE_WORDS: dict[int, tuple[str, ...]] = {
    NATION: (
        "^(?:中共)?中央(?!大街|广场|路)",
        "^国务院",
        "^国家(?!级)",
        "^全国",
        "^中华人民共和国",
        "^最高人民",
        "^(?:民政|农业农村|应急管理|财政|教育|公安|司法|自然资源|生态环境|住房城乡建设|交通运输|水利|商务)部",
        "^(?:文化和旅游|退役军人事务|人力资源社会保障|人力资源和社会保障|工业和信息化|科学技术|科技)部",
    ),
    PROVINCE: (f"省{_BODIES}", f"自治区{_BODIES}", "^省[^道庄]"),
    CITY: (f"市{_BODIES}", "^市(?!场|监|容|民中心|区|郊|政[^府协])"),
    COUNTY: ("(?<!市)县", f"(?<![社治发园新景小校片市])区{_BODIES}"),
    TOWN: ("[镇乡](?:党委|委|政府|人民政府|人大|纪委)", "街道(?:办|党工委)"),
}
_OFFICES = {rank: re.compile("|".join(words)) for rank, words in _OFFICE_WORDS.items()}
# A place below the office's own rank in the name: a branch there or a second office, of a rank nobody can tell.
_BELOW = {
    NATION: re.compile("[省市县区州旗盟镇乡]"),
    PROVINCE: re.compile("(?<!自治)[市县区镇乡]"),
    CITY: re.compile("[县区镇乡](?!村)"),
    COUNTY: re.compile("[镇乡](?!村)"),
    TOWN: re.compile("$^"),
}
_CITY_ITSELF = re.compile("^(?:中共)?市")


def level_rank(level: str) -> int | None:
    """The rank a 级别 names, or None where its words tell none."""
    text = key(level)
    if _RANGE.search(text):
        return None
    return next((rank for rank, words in _LEVEL_WORDS.items() if text.startswith(words)), None)


def issuer_ranks(issuer: str) -> frozenset[int]:
    """The ranks an office may be of; empty where its name does not tell.

    A city named by its own name may be one at the rank of a county.
    """
    text = key(issuer)
    highest = next((rank for rank, words in _OFFICES.items() if words.search(text)), None)
    if highest is None or _BELOW[highest].search(text):
        return frozenset()
    if highest == CITY and not _CITY_ITSELF.search(text):
        return frozenset((CITY, COUNTY))
    return frozenset((highest,))


def misfits(level: str, issuer: str, levels: Collection[str]) -> bool:
    """Whether an issuer is clearly of another rank than the level written.

    `levels` are those of the category. An issuer above a level is no misfit where the category has no level for it.
    """
    rank, ranks = level_rank(level), issuer_ranks(issuer)
    if rank is None or not ranks or rank in ranks:
        return False
    offered = {level_rank(other) for other in levels}
    return not ranks.isdisjoint(offered) or max(ranks) < rank
