"""What the drop-downs offer when the words come from another sheet: defined names.

科室 stand once each on their sheet, so their name is that column down to its last entry. Categories and levels repeat
on 加减分标准, Excel 2016 and LibreOffice 7.4 have no UNIQUE, and a drop-down needs a range: a hidden sheet numbers the
first row of every distinct word and lists the words in that order, with plain formulas that follow what staff add.
"""

from collections.abc import Sequence

from xlsxwriter import Workbook

from jixiao.sheets.declare import Sheet, Source
from jixiao.sheets.inputs import DEPARTMENTS, STANDARDS

from .layout import FIRST_ROW

LIST_SHEET = "下拉选项"
LIST_ROWS = 200  # rows of 科室 and 加减分标准 the drop-downs look at
NAMES = {Source.DEPARTMENTS: "科室名单", Source.CATEGORIES: "类别名单", Source.LEVELS: "级别名单"}
_DISTINCT = {Source.CATEGORIES: "category", Source.LEVELS: "level"}
_TOP, _LAST = FIRST_ROW + 1, FIRST_ROW + LIST_ROWS


def letter(index: int) -> str:
    """Column letters of a zero-based index below 26; no sheet here is wider."""
    return chr(ord("A") + index)


def letter_of(sheet: Sheet, key: str) -> str:
    """Column letter of a declared column."""
    return letter([column.key for column in sheet.columns].index(key))


def write_lists(book: Workbook, standards: Sequence[dict[str, object]]) -> None:
    """Define the names and write the hidden sheet; `standards` are the rows now there, for the cached values."""
    names = f"{DEPARTMENTS.name}!${letter_of(DEPARTMENTS, 'name')}$"
    area = f"{names}{_TOP}:{names.partition('!')[2]}{_LAST}"
    last = f'SUMPRODUCT(MAX(({area}<>"")*(ROW({area})-{FIRST_ROW})))'
    book.define_name(NAMES[Source.DEPARTMENTS], f"={names}{_TOP}:INDEX({area},MAX(1,{last}))")

    sheet = book.add_worksheet(LIST_SHEET)
    sheet.set_vba_name("shtLists")
    for place, (source, key) in enumerate(_DISTINCT.items()):
        number, words = letter(2 * place), letter(2 * place + 1)
        sheet.write_row(0, 2 * place, ("序号", NAMES[source]))
        sheet.set_column(2 * place + 1, 2 * place + 1, 24)
        ranks, listed = _distinct([str(row.get(key) or "") for row in standards])
        for offset in range(LIST_ROWS):
            sheet.write_formula(offset + 1, 2 * place, _rank_formula(key, number, offset), None, ranks[offset])
            sheet.write_formula(offset + 1, 2 * place + 1, _word_formula(key, number), None, listed[offset])
        count = f"MAX(1,MAX({LIST_SHEET}!${number}$2:${number}${LIST_ROWS + 1}))"
        start = f"{LIST_SHEET}!${words}$2"
        book.define_name(NAMES[source], f"={start}:INDEX({start}:${words}${LIST_ROWS + 1},{count})")
    sheet.hide()


def _rank_formula(key: str, number: str, offset: int) -> str:
    """The rank of a word at its first row that is not switched off, else empty.

    SUMPRODUCT compares exactly; COUNTIF would take * and ? in a word as wildcards.
    """
    sheet, row = STANDARDS.name, _TOP + offset
    word, switch = letter_of(STANDARDS, key), letter_of(STANDARDS, "enabled")
    same = f"{sheet}!${word}${_TOP}:${word}{row}={sheet}!${word}{row}"
    on = f'{sheet}!${switch}${_TOP}:${switch}{row}<>"否"'
    first = f'AND({sheet}!${word}{row}<>"",{sheet}!${switch}{row}<>"否",SUMPRODUCT(({same})*({on}))=1)'
    return f'=IF({first},MAX({number}$1:{number}{offset + 1})+1,"")'


def _word_formula(key: str, number: str) -> str:
    """The word whose rank is this row's."""
    word = letter_of(STANDARDS, key)
    words = f"{STANDARDS.name}!${word}${_TOP}:${word}${_LAST}"
    return f'=IFERROR(INDEX({words},MATCH(ROW()-1,${number}$2:${number}${LIST_ROWS + 1},0)),"")'


def _distinct(words: Sequence[str]) -> tuple[list[int | str], list[str]]:
    """What the two formulas of every row give for these words."""
    listed = list(dict.fromkeys(word for word in words if word))
    ranks: list[int | str] = [""] * LIST_ROWS
    for rank, word in enumerate(listed, start=1):
        ranks[words.index(word)] = rank
    return ranks, listed + [""] * (LIST_ROWS - len(listed))
