"""`python -m addin.build.docs`: writes the pages of docs/ that are made from the program's own data."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from .__main__ import ROOT  # also puts the package on the path, which the pages need


def pages() -> dict[Path, Callable[[], str]]:
    """Every generated page by its place in the checkout, and what writes its text."""
    from .docs_checks import checks_page  # noqa: PLC0415 - after the path is set
    from .docs_rules import rules_page  # noqa: PLC0415 - as above

    return {Path("docs/checks.md"): checks_page, Path("docs/rules.md"): rules_page}


def write_pages(out: Path) -> list[Path]:
    """Write all pages below `out` and say where."""
    written = []
    for place, page in pages().items():
        path = out / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def main() -> int:
    """Write the pages."""
    parser = argparse.ArgumentParser(prog="python -m addin.build.docs", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT, help="folder to write into (default: the checkout)")
    for path in write_pages(parser.parse_args().out):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
