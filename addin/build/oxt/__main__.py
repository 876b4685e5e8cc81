"""`python -m addin.build.oxt`: the LibreOffice extension, for the Python that LibreOffice runs here or elsewhere.

The libraries it carries come as wheels from the package index pip is set up for, in the versions of constraints.txt.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "udfs"))  # so that the build runs from a checkout that is not installed


def main() -> int:
    """Run the build and say where the extension is."""
    from .carried import Target  # noqa: PLC0415 - after the path is set
    from .package import make_extension  # noqa: PLC0415 - as above

    parser = argparse.ArgumentParser(prog="python -m addin.build.oxt", description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder to build into (default: dist)")
    parser.add_argument(
        "--python", default=Target.python, help="version of LibreOffice's Python (default: %(default)s)"
    )
    parser.add_argument(
        "--platform", default=None, help="a wheel's platform tag, such as win_amd64 (default: this one)"
    )
    asked = parser.parse_args()
    print(make_extension(asked.out, Target(asked.python, asked.platform)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
