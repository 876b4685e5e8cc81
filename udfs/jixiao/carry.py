"""年度结转: what a year hands on to the next, and the next year's workbook filled with it.

科室, 人员, the settings and 历年结果 go over, on request the tasks without their rates; everything else starts blank.
This year's own results join 历年结果, computed afresh from the entries: what stands on 考核结果 may be older.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import NamedTuple

import xlwings as xw

from jixiao.errors import CallError, SaveError, WorkbookError
from jixiao.newrules import own_against, settings_against, show_rules, standards_for
from jixiao.packaged import TEMPLATE, packaged
from jixiao.policy.book import rule_book, rule_books
from jixiao.policy.values import YEARS, RefusedValueError, parse
from jixiao.rules.model import Appraisal
from jixiao.sheets.declare import Kind
from jixiao.sheets.fill import Typed, fill_rows, fill_settings
from jixiao.sheets.followup import PEOPLE
from jixiao.sheets.inputs import ATTENDANCE, DEPARTMENTS, HISTORY, SETTINGS, STANDARDS, TASKS
from jixiao.sheets.locate import column_letters, find_header, own_sheet
from jixiao.sheets.outputs import RESULTS
from jixiao.sheets.present import Line, posted
from jixiao.sheets.probe import percent_rows
from jixiao.sheets.read import Entries, RawSheet
from jixiao.text import Unreadable, cell_text, is_blank, key, number, year_number

_LISTED = 8  # places or names in one sentence


class Carried(NamedTuple):
    """What the year after `year` takes over.

    `rows` are those of a sheet by its key, their cells by column key, as people typed them. `settings` are the filled
    values of 参数 by name, `formats` the number formats of those shown as percentages. `notices` are sentences for the
    clerk: what was not taken over and why.
    """

    year: int
    settings: Typed
    formats: Mapping[str, str]
    rows: Mapping[str, Sequence[Typed]]
    notices: tuple[str, ...]


def require_year(year: int) -> None:
    """Raise CallError for a year that no workbook can have."""
    if year not in YEARS:
        raise CallError(f"年度 {year} 不对，请填 {YEARS.start} 到 {YEARS.stop - 1} 之间的四位数字。")


def take_over(
    book: xw.Book, entries: Entries, appraisal: Appraisal | None, errors: int, *, tasks: bool = False
) -> Carried:
    """What stands in `book` for the next year; `appraisal` is this year's, None when nothing could be computed.

    `errors` are the 错误 found in it; `tasks`: they go over too, without rates. Raises WorkbookError when nobody can
    know which year it is.
    """
    sheets = entries.sheets
    year = _year(sheets[SETTINGS.key])
    notices: list[str] = []
    settings, formats = _settings(book, sheets[SETTINGS.key], notices)
    results = _results(appraisal)
    history = _history(sheets[HISTORY.key], year, results, errors, notices)
    notices += _differences(_shown_results(book), results)
    for declared in (STANDARDS, HISTORY, PEOPLE):
        if declared.key in entries.unreadable:
            notices.append(f"“{declared.name}”表找不到表头，里面的内容没有结转，请在新工作簿里补填。")
    whole = (STANDARDS, DEPARTMENTS, HISTORY, PEOPLE, *([TASKS] if tasks else []))
    places = [place for sheet in whole for place in _unreadable(sheets[sheet.key])]
    if places:
        notices.append(f"{_list(places)}读不出来（错误值、合并单元格或没有结果的公式），没有结转，请在新工作簿里补填。")
    notices += _against_new_rules(sheets[SETTINGS.key], settings, sheets[STANDARDS.key], year)
    departments = _rows(sheets[DEPARTMENTS.key])
    names = {key(row["name"]): row["name"] for row in departments if not is_blank(row["name"])}
    rows: dict[str, list[Typed]] = {
        STANDARDS.key: _rows(sheets[STANDARDS.key]),
        DEPARTMENTS.key: departments,
        ATTENDANCE.key: [{"department": name} for name in names.values()],
        HISTORY.key: history,
        PEOPLE.key: _rows(sheets[PEOPLE.key]),
        TASKS.key: _rows(sheets[TASKS.key]) if tasks else [],
    }
    return Carried(year, settings, formats, rows, tuple(notices))


def fill_next_year(book: xw.Book, carried: Carried, year: int) -> None:
    """Fill a blank template with what is carried over, as the workbook of `year` with the rules of that year."""
    show_rules(book, year)
    fill_settings(book, {**carried.settings, "年度": year}, carried.formats)
    standards = standards_for(carried.rows[STANDARDS.key], rule_book(carried.year), rule_book(year))
    carried_rows = {**carried.rows, STANDARDS.key: standards}
    for declared in (STANDARDS, DEPARTMENTS, TASKS, ATTENDANCE, HISTORY, PEOPLE):
        rows = carried_rows[declared.key]
        if rows:  # else the template's own rows, which are the defaults, or none
            fill_rows(book, declared, rows)


def open_next_year(book: xw.Book, carried: Carried) -> tuple[xw.Book, int]:
    """The next year's workbook, written beside `book` and left open, and its year.

    It gets its name only when it is whole. Raises CallError for a year that cannot be, SaveError when there is no
    folder to write it to, WorkbookError when a file of its name is there or open already.
    """
    year = carried.year + 1
    require_year(year)
    here = Path(book.fullname)
    target = here.with_name(f"绩效考核-{year}.xlsm")
    if not here.is_file():
        raise SaveError("这个工作簿还没有保存在本机的文件夹里，请先保存再结转。")
    if target.exists() or target.name.casefold() in {other.name.casefold() for other in book.app.books}:
        raise WorkbookError(f"“{target.name}”已经有了，没有覆盖，请先关闭并移走它再结转。")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, packaged(TEMPLATE) as template:
        made = book.app.books.open(copyfile(template, Path(folder) / target.name))
        try:
            fill_next_year(made, carried, year)
            # A file remembers how its Excel calculated, and a whole session follows the first file it opens.
            book.app.calculation = "automatic"
            made.save(str(target))
        except BaseException:
            made.close()
            raise
    return made, year


def _year(settings: RawSheet) -> int:
    setting = rule_books()[-1].named("year")
    for name, value in zip(settings.column("name"), settings.column("value"), strict=True):
        if key(name) == key(setting.name) and not is_blank(value):
            try:
                return int(str(parse(setting, value)))
            except RefusedValueError:
                break
    raise WorkbookError("上一年工作簿的“参数”表里，年度没有填或填得不对，请先改好再结转。")


def _settings(book: xw.Book, raw: RawSheet, notices: list[str]) -> tuple[Typed, dict[str, str]]:
    """The filled values by name, and the formats of percentages; what cannot go over is said."""
    rules = rule_books()[-1]
    year = rules.named("year")
    values: dict[str, object] = {}
    rows: dict[str, int] = {}
    lost: list[str] = []
    for row, name, value in zip(raw.rows, raw.column("name"), raw.column("value"), strict=True):
        setting = rules.setting(name)
        if is_blank(value) or setting is year:
            continue
        if setting is None or setting.name in values or isinstance(value, Unreadable):
            lost.append(cell_text(name) or f"第 {row} 行")
        else:
            values[setting.name], rows[setting.name] = value, row
    if lost:
        notices.append(f"参数{_list(lost)}没有结转（名称不认识、重复或值读不出来），请在新工作簿里核对。")
    return values, _percent_formats(book, raw, rows)


def _against_new_rules(settings: RawSheet, values: Typed, standards: RawSheet, year: int) -> list[str]:
    """What is to be said where the next year's rules change something that the town had changed before."""
    old, new = rule_book(year), rule_book(year + 1)
    if old is new:
        return []
    names = set(map(key, settings_against(values, old, new)))
    cells = [
        _cell(settings, "value", row)
        for row, name in zip(settings.rows, settings.column("name"), strict=True)
        if key(name) in names
    ]
    cells += [_cell(standards, "category", standards.rows[at]) for at in own_against(_rows(standards), old, new)]
    if not cells:
        return []
    return [f"新一年的规则改了{_list(cells)}，这里是本镇自己填的，仍按本镇的结转，请核对。"]


def _percent_formats(book: xw.Book, raw: RawSheet, rows: Mapping[str, int]) -> dict[str, str]:
    place = raw.layout.column("value") if raw.layout else None
    if raw.name is None or place is None or not rows:
        return {}
    sheet = book.sheets[raw.name]
    shown = percent_rows(sheet, place, min(rows.values()), max(rows.values()))
    return {name: str(sheet.range((row, place)).number_format) for name, row in rows.items() if row in shown}


def _rows(raw: RawSheet) -> list[Typed]:
    """The rows as typed, without rates, which are this year's; a cell nobody can read is left empty."""
    columns = {column.key: raw.column(column.key) for column in raw.sheet.inputs if column.kind is not Kind.RATE}
    return [
        {name: None if isinstance(cells[index], Unreadable) else cells[index] for name, cells in columns.items()}
        for index in range(len(raw.rows))
    ]


def _unreadable(raw: RawSheet) -> list[str]:
    """The cells that cannot go over, such as 科室 C5."""
    if raw.layout is None:
        return []
    return [
        _cell(raw, name, row)
        for name, cells in raw.cells.items()
        if raw.sheet.by_key[name].kind is not Kind.RATE
        for row, cell in zip(raw.rows, cells, strict=True)
        if isinstance(cell, Unreadable)
    ]


def _cell(raw: RawSheet, name: str, row: int) -> str:
    """A cell as it is named in a sentence."""
    place = raw.layout.column(name) if raw.layout else None
    return f"“{raw.sheet.name}”表 {'' if place is None else column_letters(place)}{row}"


def _results(appraisal: Appraisal | None) -> list[Line]:
    """This year's lines of 考核结果 in the order of 科室."""
    if appraisal is None:
        return []
    pairs = zip(appraisal.results, posted(appraisal).results, strict=True)
    return [line for _, line in sorted(pairs, key=lambda pair: pair[0].department)]


def _history(raw: RawSheet, year: int, results: Sequence[Line], errors: int, notices: list[str]) -> list[Typed]:
    """The earlier years' rows and this year's (R12); this year's only when every place is known."""
    earlier = _rows(raw)
    if not results or any(line["名次"] is None for line in results):
        notices.append(f"{year} 年的结果还不完整，没有写进新工作簿的“历年结果”，请算完后补填。")
        return earlier
    kept = [row for row in earlier if year_number(row["year"]) != year]
    if len(kept) < len(earlier):
        notices.append(f"“历年结果”里原有的 {year} 年的行，已换成这次算出的结果，请核对。")
    if errors:
        notices.append(f"上一年的数据里还有 {errors} 处错误没有改，结转的结果可能还要变，请核对。")
    figures = {column.key: column.header for column in HISTORY.columns if column.key != "year"}
    return [*kept, *({"year": year, **{name: line[figures[name]] for name in figures}} for line in results)]


def _differences(shown: Mapping[str, Mapping[str, object]], results: Sequence[Line]) -> list[str]:
    """What is to be said when 考核结果 shows other figures than the entries give."""
    fresh = {key(line["科室"]): line for line in results}
    if not fresh or not shown:
        return []
    differing = [
        cell_text((fresh.get(name) or shown[name])["科室"])
        for name in dict.fromkeys([*fresh, *shown])
        if name not in fresh or name not in shown or not _same(fresh[name], shown[name])
    ]
    if not differing:
        return []
    return [f"“考核结果”表上的数与按现在的数据重新算出的不一样（{_list(differing)}），结转按重新算出的，请核对。"]


def _shown_results(book: xw.Book) -> dict[str, dict[str, object]]:
    """The lines that stand on 考核结果, by 科室; none where it was never written."""
    sheet = own_sheet(book, RESULTS)
    if sheet is None:
        return {}
    block = sheet.range((1, 1), sheet.used_range.last_cell).options(ndim=2, err_to_str=True).value
    layout = find_header(block, RESULTS)
    if layout is None:
        return {}
    lines = (
        {column.header: row[layout.places[column.key][0] - 1] for column in RESULTS.columns}
        for row in block[layout.header_row :]
    )
    return {key(line["科室"]): line for line in lines if not is_blank(line["科室"])}


def _same(fresh: Line, shown: Mapping[str, object]) -> bool:
    """Whether every posted figure is the same; the words of 说明 are none."""
    headers = [column.header for column in RESULTS.columns if column.header not in {"科室", "说明"}]
    return all(_comparable(fresh[header]) == _comparable(shown[header]) for header in headers)


def _comparable(value: object) -> object:
    figure = number(value)
    return key(value) if figure is None else figure


def _list(parts: Sequence[str]) -> str:
    more = f"等 {len(parts)} 处" if len(parts) > _LISTED else ""
    return "、".join(parts[:_LISTED]) + more
