"""`python -m addin.build`: builds template, example and add-in into the checkout, or elsewhere with --out."""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "udfs"))  # so that the build runs from a checkout that is not installed

TEMPLATE = (Path("workbook/绩效考核.xlsm"), Path("udfs/jixiao/data/template.xlsm"))
ADDIN = (Path("addin/绩效考核.xlam"),)
EXAMPLE = (Path("workbook/示例/绩效考核-2024示例.xlsm"), Path("udfs/jixiao/data/example.xlsm"))


def build(out: Path) -> list[Path]:
    """Write all workbooks below `out` and say where."""
    from .book import blank_rows, make_addin, make_book  # noqa: PLC0415 - after the path is set
    from .example import load_example  # noqa: PLC0415 - as above

    written = []
    made = ((make_book(blank_rows()), TEMPLATE), (make_book(load_example()), EXAMPLE), (make_addin(), ADDIN))
    for content, places in made:
        for place in places:
            path = out / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
    return written


def main() -> int:
    """Run the build."""
    parser = argparse.ArgumentParser(prog="python -m addin.build", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT, help="folder to build into (default: the checkout)")
    for path in build(parser.parse_args().out):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
