"""What a sheet is: its name, its columns and what each of them may hold.

One declaration serves the template builder (columns, drop-downs, hints, widths), the reader's checks and the docs.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

YES_NO = ("是", "否")


class Kind(StrEnum):
    """What a column holds; the builder turns it into formats and drop-downs, the reader into a parser."""

    DEPARTMENT = "科室名称"
    TEXT = "文字"
    NAMES = "姓名"
    NUMBER = "数字"
    RATE = "完成率"
    SHARE = "百分数"
    MARK = "分数或档次"
    DATE = "日期"
    YEAR = "年度"
    WORD = "选项"
    SETTING = "参数值"


class Source(StrEnum):
    """A drop-down whose words come from another sheet."""

    DEPARTMENTS = "科室"
    CATEGORIES = "类别"
    LEVELS = "级别"


class Column(NamedTuple):
    """One column: `key` is its name in code and in frames, `header` the text staff see.

    `required` headers must be there for the sheet to be read. `choices` are the only words allowed (a `Source` takes
    them from another sheet). `output` columns are written by the program alone. `width` is in characters.
    """

    key: str
    header: str
    kind: Kind = Kind.TEXT
    required: bool = False
    help: str = ""
    choices: tuple[str, ...] | Source = ()
    output: bool = False
    width: float = 12


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook.

    `essential`: without it the file cannot be used. `optional`: nothing is said when it is missing. `output`: the
    program clears and rewrites all of it.
    `table` is the Excel table's name in the template. `purpose` is the line under the title.
    """

    key: str
    name: str
    columns: tuple[Column, ...]
    purpose: str
    essential: bool = False
    optional: bool = False
    output: bool = False
    table: str = ""

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """Columns by their key."""
        return {column.key: column for column in self.columns}

    def columns_between(self, first: str, last: str | None = None) -> tuple[str, ...]:
        """The keys of the declared columns from `first` to `last`, or `first` alone."""
        keys = [column.key for column in self.columns]
        return tuple(keys[keys.index(first) : keys.index(last or first) + 1])

    @property
    def required(self) -> tuple[Column, ...]:
        """The columns whose headers make the header row."""
        return tuple(column for column in self.columns if column.required)

    @property
    def inputs(self) -> tuple[Column, ...]:
        """The columns people fill in."""
        return tuple(column for column in self.columns if not column.output)

    @property
    def outputs(self) -> tuple[Column, ...]:
        """The columns the program writes."""
        return tuple(column for column in self.columns if column.output)
