"""The part of `books.py` within a sheet: Range with its fill, links and notes."""

# mypy: ignore-errors
# Runs under Windows only.
import datetime as dt

import winerror
from played import Played, listed
from win32com.server.exception import COMException

_NO_COLOR = -4142


class Collection(Played):
    """What is counted, gone through, and asked for by name or number."""

    def things(self):
        """All of them."""
        raise NotImplementedError

    def get_Count(self):
        return len(self.things())

    def get__NewEnum(self):
        return listed(self.things())

    def get__Default(self, Index):
        things = self.things()
        for number, thing in enumerate(things, 1):
            if Index in {number, thing.get_Name()}:
                return thing
        raise COMException("index out of range", winerror.DISP_E_BADINDEX)

    def get_Item(self, Index):
        return self.get__Default(Index)


class Comments(Collection):
    """The notes of a sheet."""

    IID = "{00024426-0000-0000-C000-000000000046}"

    def __init__(self, worksheet):
        """Of a sheet."""
        self.worksheet = worksheet

    def things(self):
        """All of them."""
        return [Comment(self.worksheet, note) for note in self.worksheet.sheet.notes]


class Comment(Played):
    """A note."""

    IID = "{00024427-0000-0000-C000-000000000046}"

    def __init__(self, worksheet, note):
        """One of our engine's."""
        self.worksheet, self.note = worksheet, note

    def get_Parent(self):
        return Range(self.worksheet, self.note.location)

    def get_Author(self):
        return self.note.author

    def get_Shape(self):
        return Box()

    def do_Text(self, Text=None):
        if Text is not None:
            self.note.text = Text
        return self.note.text

    def do_Delete(self):
        self.note.delete()


class Box(Played):
    """The box of a note, whose size is asked for."""

    IID = "{00024439-0000-0000-C000-000000000046}"

    def put_Width(self, value):
        assert value > 100

    def put_Height(self, value):
        assert value > 10


class Range(Played):
    """A rectangle of cells."""

    IID = "{00020846-0000-0000-C000-000000000046}"

    def __init__(self, worksheet, cells):
        """One of our engine's."""
        self.worksheet, self.cells = worksheet, cells

    def get_Worksheet(self):
        return self.worksheet

    def get_Row(self):
        return self.cells.row

    def get_Column(self):
        return self.cells.column

    def get_Count(self):
        return len(self.cells)

    def get_Rows(self):
        return Rows(self.worksheet, self.cells)

    def get_Columns(self):
        return Columns(self.worksheet, self.cells)

    def get__Default(self, RowIndex, ColumnIndex=None):
        column = None if ColumnIndex is None else int(ColumnIndex)
        return Range(self.worksheet, self.cells(int(RowIndex), column))

    def get_Address(self, RowAbsolute=True, ColumnAbsolute=True, ReferenceStyle=1, External=False):
        """Excel's, in A1 style."""
        assert ReferenceStyle in {None, 1}
        return self.cells.get_address(RowAbsolute is not False, ColumnAbsolute is not False, bool(External))

    def do_GetAddress(self, *given):
        """How pywin32 names Address with arguments, where it has type information."""
        return self.get_Address(*given)

    def get_Value(self):
        value = self.cells.raw_value
        return [[_dated(cell) for cell in row] for row in value] if _is_block(value) else _dated(value)

    def put_Value(self, value):
        """Excel's; an empty text empties a cell."""
        self.worksheet.refuse_writing()
        emptied = (
            [[None if cell == "" else cell for cell in row] for row in value] if _is_block(value) else value or None
        )
        self.cells.raw_value = value if isinstance(value, bool | int | float) else emptied

    def get_Formula(self):
        return self.cells.formula

    def put_Formula(self, value):
        self.worksheet.refuse_writing()
        self.cells.formula = value

    def get_HasArray(self):
        return self.cells.has_array

    def get_NumberFormat(self):
        return self.cells.number_format

    def put_NumberFormat(self, value):
        self.worksheet.refuse_writing()
        self.cells.number_format = value

    def get_MergeCells(self):
        return self.cells.merge_cells

    def get_MergeArea(self):
        return Range(self.worksheet, self.cells.merge_area)

    def get_RowHeight(self):
        return self.cells.row_height

    def put_RowHeight(self, value):
        self.worksheet.refuse_writing()
        self.cells.row_height = value

    def get_Interior(self):
        return Interior(self.cells)

    def do_ClearContents(self):
        self.worksheet.refuse_writing()
        self.cells.clear_contents()

    def do_ClearHyperlinks(self):
        self.worksheet.refuse_writing()
        self.cells.ClearHyperlinks()

    def get_Hyperlinks(self):
        return Hyperlinks(self.cells)

    def get_Comment(self):
        return Comment(self.worksheet, self.cells.note) if self.cells.note else None

    def do_AddComment(self, Text=None):
        self.worksheet.refuse_writing()
        return Comment(self.worksheet, self.cells.add_note(Text))


class Argument(Range):
    """A range that is handed to a function."""

    def typed(self):
        """By its identifier xlwings knows a range."""
        return True


class Rows(Range):
    """A rectangle seen as rows."""

    def get_Count(self):
        return self.cells.shape[0]

    def do_AutoFit(self):
        self.cells.autofit("rows")


class Columns(Range):
    """A rectangle seen as columns."""

    def get_Count(self):
        return self.cells.shape[1]


class Interior(Played):
    """The fill."""

    IID = "{00020870-0000-0000-C000-000000000046}"

    def __init__(self, cells):
        """Of cells."""
        self.cells = cells

    def get_ColorIndex(self):
        """Excel's, as far as there is none or one."""
        return _NO_COLOR if self.cells.color is None else 1

    def put_ColorIndex(self, value):
        """Excel's, as far as it takes the colour away."""
        assert value == _NO_COLOR
        self.cells.color = None

    def get_Color(self):
        """Excel's: red in the lowest byte."""
        red, green, blue = self.cells.color or (255, 255, 255)
        return red | green << 8 | blue << 16

    def put_Color(self, value):
        self.cells.color = int(value)


class Hyperlinks(Played):
    """The links of a range."""

    IID = "{00024430-0000-0000-C000-000000000046}"

    def __init__(self, cells):
        """Of cells."""
        self.cells = cells

    def typed(self):
        """Add is called with names for its arguments."""
        return True

    def do_Add(self, Anchor, Address):
        """Excel's, of whose arguments these are used."""
        return Hyperlink(Anchor.cells, Address)


class Hyperlink(Played):
    """A link, whose text and tip come one after the other."""

    IID = "{00024431-0000-0000-C000-000000000046}"

    def __init__(self, cells, address):
        """From one cell to a place."""
        self.cells, self.address = cells, address
        self.text, self.tip = cells.formula, ""

    def put_TextToDisplay(self, value):
        self.text = value
        self.cells.add_hyperlink(self.address, self.text, self.tip)

    def put_ScreenTip(self, value):
        self.tip = value
        self.cells.add_hyperlink(self.address, self.text, self.tip)


def _dated(value):
    """A date as pywin32 sends it unchanged; one without a zone it would take for local time."""
    return value.replace(tzinfo=dt.UTC) if isinstance(value, dt.datetime) else value


def _is_block(value):
    return isinstance(value, list | tuple)
