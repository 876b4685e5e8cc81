"""Run as a program: open one workbook, read all of it, write to it, and say in one line how that went."""

import resource
import sys
from pathlib import Path

MEMORY = 1 << 30


def main(path: str, out: str) -> None:
    """Print `book` or `refused: <sentence>`; any other failure is a traceback and a non-zero exit."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # Imported under the limit, as a user's process would be.
    from jixiao.engines.file import open_book  # noqa: PLC0415
    from jixiao.errors import JixiaoError  # noqa: PLC0415

    try:
        with open_book(path) as book:
            for sheet in book.sheets:
                used = sheet.used_range
                if used.count <= 5_000_000:
                    used.options(ndim=2, err_to_str=True).value  # noqa: B018
                    used.formula  # noqa: B018
                used.number_format, used.color, used.merge_cells  # noqa: B018
                [table.range.address for table in sheet.tables]
            len(book.names)
            last = book.sheets[len(book.sheets) - 1]
            last.range((used.row + used.shape[0] + 1, 1)).value = "写入"
            book.save(out)
    except JixiaoError as error:
        print("refused:", type(error).__name__, error)
    else:
        Path(out).unlink()
        print("book")


if __name__ == "__main__":
    main(*sys.argv[1:])
