"""Names: each is one that Excel takes, and stands once however its letters are written."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from openpyxl.utils import column_index_from_string

from addin.lint.book import MAIN, parse

_SHAPE = re.compile(r"(?:[^\W\d]|\\)[\w.?\\]*")
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.IGNORECASE)
_ROW_COLUMN = re.compile(r"R\d*(?:C\d*)?|C\d*", re.IGNORECASE)
_LAST_COLUMN, _LAST_ROW, _LONGEST = 16_384, 1_048_576, 255


def name_faults(parts: Mapping[str, bytes]) -> list[str]:
    """Names over which Excel would offer to repair the file."""
    named = list(_names(parts))
    found = [f"name {name} is none that Excel takes" for _, name in named if not _is_name(name)]
    counted = Counter((scope, name.lower()) for scope, name in named)
    return found + [f"name {name} stands {times} times" for (_, name), times in counted.items() if times > 1]


def _names(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Every name with the sheet it belongs to; tables are named as the workbook's names are."""
    for name in parse(parts["xl/workbook.xml"]).iter(f"{MAIN}definedName"):
        yield str(name.get("localSheetId", "")), str(name.get("name"))
    for path, content in parts.items():
        if path.startswith("xl/tables/"):
            yield "", str(parse(content).get("displayName"))


def _is_name(name: str) -> bool:
    cell = _CELL.fullmatch(name)
    if cell and column_index_from_string(cell[1]) <= _LAST_COLUMN and 1 <= int(cell[2]) <= _LAST_ROW:
        return False
    return bool(_SHAPE.fullmatch(name)) and len(name) <= _LONGEST and not _ROW_COLUMN.fullmatch(name)
