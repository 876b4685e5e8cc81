"""The style table: number formats and fills of cell styles, and new styles derived from old ones."""

from copy import deepcopy

from jixiao.engines import ooxml
from jixiao.engines.colors import Palette
from jixiao.engines.grid import Color
from jixiao.engines.numfmt import BUILTIN, DATE_TIME_ID, GENERAL, SHORT_DATE_ID, shows_date
from jixiao.engines.ooxml import Element, child, children
from jixiao.errors import WorkbookError

_FIRST_CUSTOM_FORMAT = 164
_MAX_STYLES = 65_000
_STANDARD_SIZE = 11.0
_LARGEST_SIZE = 409.0


class StyleTable:
    """The styles of one workbook. `changed` tells whether a style was added since it was read."""

    def __init__(self, root: Element | None, palette: Palette) -> None:
        """`root` is the parsed styles part, or None for a workbook without one."""
        self.root = root
        self.changed = False
        self._palette = palette
        self._formats = dict(BUILTIN)
        self._styles: list[Element] = []
        self._numbers: list[tuple[int, int]] = []
        self._fills: list[Element] = []
        self._texts: list[tuple[bool, float]] = []
        self._derived: dict[tuple[int, str, object], int] = {}
        self._new_fills: dict[Color, int] = {}
        self._dates: dict[int, bool] = {}
        if root is None:
            return
        for element in _items(root, "numFmts", "numFmt"):
            self._formats[int(element.get("numFmtId", "-1"))] = str(element.get("formatCode", GENERAL))
        self._styles = _items(root, "cellXfs", "xf")
        self._numbers = [(int(xf.get("numFmtId", "0")), int(xf.get("fillId", "0"))) for xf in self._styles]
        self._fills = _items(root, "fills", "fill")
        sizes = [_size(font) for font in _items(root, "fonts", "font")]
        self._texts = [_text_look(xf, sizes) for xf in self._styles]

    def number_format(self, style: int) -> str:
        """The number format of a style."""
        return self._formats.get(self._numbers_of(style)[0], GENERAL)

    def shows_date(self, style: int) -> bool:
        """Whether numbers in this style are shown as dates."""
        if style not in self._dates:
            self._dates[style] = shows_date(self.number_format(style))
        return self._dates[style]

    def color(self, style: int) -> Color | None:
        """The fill colour of a style, None for no fill."""
        index = self._numbers_of(style)[1]
        pattern = child(self._fills[index], "patternFill") if 0 <= index < len(self._fills) else None
        if pattern is None or pattern.get("patternType", "none") == "none":
            return None
        solid = pattern.get("patternType") == "solid"
        element = child(pattern, "fgColor" if solid else "bgColor")
        return self._palette.rgb(element) if element is not None else None

    def wraps(self, style: int) -> bool:
        """Whether long texts in this style go on in a new line."""
        return self._text_of(style)[0]

    def font_size(self, style: int) -> float:
        """The font size of a style, in points."""
        return self._text_of(style)[1]

    def with_number_format(self, style: int, number_format: str) -> int:
        """A style like `style` but in another number format, added if there is none yet."""
        if self.number_format(style) == number_format:
            return style
        key = (style, "format", number_format)
        if key not in self._derived:
            identifier = str(self._format_id(number_format))
            self._derived[key] = self._derive(style, {"numFmtId": identifier, "applyNumberFormat": "1"})
        return self._derived[key]

    def with_date(self, style: int, *, with_time: bool) -> int:
        """A style like `style` that shows numbers as dates; the same one if it does already."""
        if self.shows_date(style):
            return style
        return self.with_number_format(style, BUILTIN[DATE_TIME_ID if with_time else SHORT_DATE_ID])

    def with_color(self, style: int, color: Color | None) -> int:
        """A style like `style` but filled with a colour, or with none."""
        if self.color(style) == color:
            return style
        key = (style, "color", color)
        if key not in self._derived:
            fill = "0" if color is None else str(self._fill(color))
            self._derived[key] = self._derive(style, {"fillId": fill, "applyFill": "1"})
        return self._derived[key]

    def _numbers_of(self, style: int) -> tuple[int, int]:
        """Number format and fill of a style; those of plain cells for one that is not there."""
        return self._numbers[style] if 0 <= style < len(self._numbers) else (0, 0)

    def _text_of(self, style: int) -> tuple[bool, float]:
        return self._texts[style] if 0 <= style < len(self._texts) else (False, _STANDARD_SIZE)

    def _format_id(self, number_format: str) -> int:
        for identifier, text in self._formats.items():
            if text == number_format:
                return identifier
        identifier = max(_FIRST_CUSTOM_FORMAT - 1, *self._formats) + 1
        group = self._group("numFmts", first=True)
        element = _append(group, "numFmt")
        element.set("numFmtId", str(identifier))
        element.set("formatCode", number_format)
        self._formats[identifier] = number_format
        return identifier

    def _fill(self, color: Color) -> int:
        if color in self._new_fills:
            return self._new_fills[color]
        fill = _append(self._group("fills"), "fill")
        pattern = _append(fill, "patternFill", counted=False)
        pattern.set("patternType", "solid")
        _append(pattern, "fgColor", counted=False).set("rgb", "FF{:02X}{:02X}{:02X}".format(*color))
        _append(pattern, "bgColor", counted=False).set("indexed", "64")
        self._fills.append(fill)
        self._new_fills[color] = len(self._fills) - 1
        return self._new_fills[color]

    def _derive(self, style: int, attributes: dict[str, str]) -> int:
        group = self._group("cellXfs")
        if not 0 < len(self._styles) < _MAX_STYLES:
            raise WorkbookError(
                "工作簿的样式缺失或太多，不能设置单元格格式，请在 Excel 或 WPS 中清理样式并另存后再试。"
            )
        new = deepcopy(self._styles[style if 0 <= style < len(self._styles) else 0])
        new.tail = None
        for name, value in attributes.items():
            new.set(name, value)
        group.append(new)
        _count(group)
        self._styles.append(new)
        self._numbers.append((int(new.get("numFmtId", "0")), int(new.get("fillId", "0"))))
        self._texts.append(self._text_of(style))
        self.changed = True
        return len(self._styles) - 1

    def _group(self, local: str, *, first: bool = False) -> Element:
        group = None if self.root is None else child(self.root, local)
        if group is None:
            if self.root is None or not first:
                raise WorkbookError("工作簿没有样式表，不能设置单元格格式，请在 Excel 或 WPS 中另存一份再试。")
            group = self.root.makeelement(f"{{{ooxml.namespace(self.root)}}}{local}")
            self.root.insert(0, group)
        return group


def _items(root: Element, group: str, item: str) -> list[Element]:
    parent = child(root, group)
    return [] if parent is None else list(children(parent, item))


def _size(font: Element) -> float:
    element = child(font, "sz")
    size = _STANDARD_SIZE if element is None else float(element.get("val", _STANDARD_SIZE))
    return size if 0 < size <= _LARGEST_SIZE else _STANDARD_SIZE


def _text_look(xf: Element, sizes: list[float]) -> tuple[bool, float]:
    """Whether a style wraps its texts, and their size."""
    alignment, font = child(xf, "alignment"), int(xf.get("fontId", "0"))
    wraps = alignment is not None and alignment.get("wrapText") in ("1", "true")
    return wraps, sizes[font] if 0 <= font < len(sizes) else _STANDARD_SIZE


def _append(parent: Element, local: str, *, counted: bool = True) -> Element:
    element = parent.makeelement(f"{{{ooxml.namespace(parent)}}}{local}")
    parent.append(element)
    if counted:
        _count(parent)
    return element


def _count(group: Element) -> None:
    group.set("count", str(sum(1 for _ in group.iterchildren("{*}*"))))
