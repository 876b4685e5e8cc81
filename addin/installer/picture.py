"""The picture beside the first and the last page: a bar chart, drawn here so that nobody else's picture is shipped."""

import struct

WIDTH, HEIGHT = 164, 314
_SKY, _BAR, _LINE = (0x1F, 0x4E, 0x79), (0xFF, 0xFF, 0xFF), (0x9D, 0xC3, 0xE6)
_BARS = (62, 96, 130, 80, 112)
_BASE, _LEFT, _BAR_WIDTH, _GAP = 230, 27, 16, 8


def side_picture() -> bytes:
    """A 24-bit BMP of the size NSIS wants."""
    rows = []
    for down in range(HEIGHT):
        row = b"".join(bytes(reversed(_colour(across, down))) for across in range(WIDTH))
        rows.append(row.ljust((WIDTH * 3 + 3) // 4 * 4, b"\0"))
    pixels = b"".join(reversed(rows))  # a BMP begins at the bottom
    head = struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 24, 0, len(pixels), 2835, 2835, 0, 0)
    return struct.pack("<2sIHHI", b"BM", 14 + len(head) + len(pixels), 0, 0, 14 + len(head)) + head + pixels


def _colour(across: int, down: int) -> tuple[int, int, int]:
    bar, inside = divmod(across - _LEFT, _BAR_WIDTH + _GAP)
    if 0 <= bar < len(_BARS) and inside < _BAR_WIDTH and _BASE - _BARS[bar] <= down < _BASE:
        return _BAR
    if _BASE <= down < _BASE + 2 and _LEFT - 8 <= across < WIDTH - _LEFT + 8:
        return _LINE
    return _SKY
