"""Number formats of an open document: keys on LibreOffice's side, Excel's codes on ours."""

import re
from functools import partial

from jixiao.engines.calc.unoapi import DATE_OR_TIME, TEXT, TRUTH, Uno, struct
from jixiao.engines.numfmt import GENERAL

_DATE = "yyyy/m/d"
_DATE_TIME = "yyyy/m/d h:mm"
# Quoted text and escaped characters stay; the colours LibreOffice writes in capitals are words in Excel.
_PIECE = re.compile(r'"[^"]*"|\\.|\[(?P<colour>[A-Z]{3,})\]|(?P<date>[YMDHS]+)')


class NumberFormats:
    """The formats of one document, each looked up once: a key always means the same format."""

    def __init__(self, document: Uno) -> None:
        """Nothing is asked before a format is."""
        self._formats = document.getNumberFormats()
        self.date1904 = document.NullDate.Year == 1904
        self._english = struct("lang.Locale", Language="en", Country="US")
        self._kinds: dict[int, int] = {}
        self._codes: dict[int, str] = {}
        self._keys: dict[str, int] = {}

    def kind(self, key: int) -> int:
        """Which kinds of value it shows: LibreOffice's flags."""
        if key not in self._kinds:
            self._kinds[key] = int(self._formats.getByKey(key).Type)
        return self._kinds[key]

    def shows_date(self, key: int) -> bool:
        """Whether a number is shown as a date or a time."""
        return bool(self.kind(key) & DATE_OR_TIME)

    def shows_truth(self, key: int) -> bool:
        """Whether a number is shown as a truth value: LibreOffice keeps these as numbers."""
        return bool(self.kind(key) & TRUTH)

    def is_text(self, key: int) -> bool:
        """Whether what is typed into the cell becomes a text, were it a number."""
        return self.kind(key) == TEXT

    def code(self, key: int) -> str:
        """The format as Excel writes it."""
        if key not in self._codes:
            # A built-in format looks different in every language; in English it is Excel's.
            english = self._formats.getFormatForLocale(key, self._english)
            self._codes[key] = self._excel(str(self._formats.getByKey(english).FormatString), self.kind(key))
        return self._codes[key]

    def key(self, code: str) -> int:
        """The format of Excel's code; ValueError when LibreOffice knows none."""
        if code not in self._keys:
            key = self._formats.queryKey(code, self._english, False)
            if key == -1:
                try:
                    key = self._formats.addNew(code, self._english)
                except Exception as error:
                    raise ValueError(f"LibreOffice cannot read the number format {code!r}") from error
            self._keys[code] = int(key)
        return self._keys[code]

    def date_key(self, *, with_time: bool) -> int:
        """The format a date gets where the cell has none that shows dates."""
        return self.key(_DATE_TIME if with_time else _DATE)

    @property
    def truth_key(self) -> int:
        """The format that shows truth values."""
        return int(self._formats.getStandardFormat(TRUTH, self._english))

    @property
    def general_key(self) -> int:
        """The format of cells that were given none."""
        return self.key(GENERAL)

    def _excel(self, code: str, kind: int) -> str:
        if kind & TRUTH:
            return GENERAL
        return _PIECE.sub(partial(_piece, dates=bool(kind & DATE_OR_TIME)), code)


def _piece(match: re.Match[str], *, dates: bool) -> str:
    if match["colour"] is not None:
        return f"[{match['colour'].capitalize()}]"
    if match["date"] is not None and dates:
        return match["date"].lower()
    return match[0]
