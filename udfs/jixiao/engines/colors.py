"""Colours as the format writes them: plain, from the old palette, or from the theme with a tint."""

from colorsys import hls_to_rgb, rgb_to_hls

from jixiao.engines.grid import Color
from jixiao.engines.ooxml import Element

# The 64 colours of the old palette, three bytes each.
_INDEXED = bytes.fromhex(
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF "
    "800000 008000 000080 808000 800080 008080 C0C0C0 808080 "
    "9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF "
    "000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF "
    "00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 "
    "3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 "
    "003366 339966 003300 333300 993300 993366 333399 333333",
)
_SYSTEM_WINDOW_TEXT = 64
# A theme lists dark before light; colour references count light before dark.
_THEME_ORDER = (1, 0, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11)


class Palette:
    """Turns colour elements into RGB."""

    def __init__(self, theme: Element | None) -> None:
        """`theme` is the parsed theme part, or None."""
        self._theme = [] if theme is None else _theme_colors(theme)

    def rgb(self, element: Element) -> Color | None:
        """The colour an element such as `fgColor` stands for; None when it stands for none."""
        try:
            return self._read(element)
        except ValueError:
            return None

    def _read(self, element: Element) -> Color | None:
        if (text := element.get("rgb")) is not None:
            base = _parse(text[-6:])
        elif (text := element.get("indexed")) is not None:
            base = _indexed(int(text))
        elif (text := element.get("theme")) is not None and int(text) < len(self._theme):
            base = self._theme[int(text)]
        else:
            return None
        return None if base is None else _tinted(base, float(element.get("tint", "0")))


def _theme_colors(theme: Element) -> list[Color | None]:
    scheme = next(theme.iter("{*}clrScheme"), None)
    if scheme is None:
        return []
    listed: list[Color | None] = []
    for slot in scheme.iterchildren("{*}*"):
        value = next(slot.iterchildren("{*}*"), None)
        text = None if value is None else value.get("lastClr") or value.get("val")
        listed.append(_parse(text or ""))
    return [listed[index] for index in _THEME_ORDER if index < len(listed)]


def _parse(text: str) -> Color | None:
    try:
        return (int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16))
    except ValueError:
        return None


def _indexed(index: int) -> Color:
    if 0 <= index < _SYSTEM_WINDOW_TEXT:
        red, green, blue = _INDEXED[3 * index : 3 * index + 3]
        return red, green, blue
    return (0, 0, 0) if index == _SYSTEM_WINDOW_TEXT else (255, 255, 255)


def _tinted(color: Color, tint: float) -> Color:
    if not tint:
        return color
    hue, light, saturation = rgb_to_hls(*(part / 255 for part in color))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return round(red * 255), round(green * 255), round(blue * 255)
