"""What staff have no use for and Excel need not list: the helper sheets, and the names that only formulas use.

A sheet that is hidden the usual way is brought back with two clicks, sorted, and spoilt; very hidden, it takes the
macro editor. Hidden names are missing from the name box, the name manager and what Excel offers while a formula is
typed. Formulas, macros and xlwings find both as before. XlsxWriter cannot hide a name, so the finished part is changed.
"""

import re

from .lists import NAMES

# The lists behind the drop-downs, which staff may want in columns of their own; print areas are Excel's own names.
SEEN = frozenset(NAMES.values())
_SHEET = re.compile(r'(<sheet [^>]*?state=)"hidden"')
_NAME = re.compile(r'<definedName name="([^"]+)"(?![^>]*hidden=)')


def unseen(book: bytes) -> bytes:
    """The workbook part with every hidden sheet very hidden, and every name hidden that staff have no use for."""
    text = _SHEET.sub(r'\1"veryHidden"', book.decode("utf-8"))
    return _NAME.sub(lambda found: found[0] if is_seen(found[1]) else f'{found[0]} hidden="1"', text).encode("utf-8")


def is_seen(name: str) -> bool:
    """Whether a name is one that staff see. Where a filter stands is a name too, which Excel itself hides."""
    return name in SEEN or name.startswith("_xlnm.Print_")
