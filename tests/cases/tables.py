"""Tables as people write them in the case files: a line of headers, then one line each, columns divided by `|`."""

from collections.abc import Sequence

Line = dict[str, str]


def parse(text: str, required: Sequence[str] = ()) -> list[Line]:
    """The lines of a table by header; lines that start with `#` and empty ones are remarks."""
    cells = [
        [cell.strip() for cell in line.split("|")]
        for line in text.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    headers, *lines = cells
    assert set(required) <= set(headers), f"headers {headers}, not {required}"
    for line in lines:
        assert len(line) == len(headers), f"{len(line)} cells, {len(headers)} headers: {line}"
    return [dict(zip(headers, line, strict=True)) for line in lines]
