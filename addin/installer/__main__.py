"""`python -m addin.installer --python ZIP`: everything from the pinned packages to the installer, and what is in it."""

import argparse
import sys
import tempfile
from pathlib import Path

from addin.installer.bundle import PIN, WHEELS, build_bundle
from addin.installer.contents import total
from addin.installer.package import TARGET, InstallerError, make_installer
from addin.installer.wheels import BundleError

ROOT = Path(__file__).resolve().parents[2]
_MIB = 1024 * 1024


def main() -> int:
    """Run the build."""
    parser = argparse.ArgumentParser(prog="python -m addin.installer", description=__doc__)
    parser.add_argument("--python", type=Path, required=True, help="python.org's embeddable zip that python.toml names")
    parser.add_argument("--pin", type=Path, default=PIN, help="another file in the place of python.toml")
    parser.add_argument("--wheels", type=Path, default=WHEELS, help="folder that keeps the wheels from build to build")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder for the installer")
    parser.add_argument(
        "--target", default=TARGET, help="what NSIS compiles for; amd64-unicode shows windows under Wine"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jixiao-runtime-") as folder:
        runtime = Path(folder) / "runtime"
        try:
            build_bundle(runtime, given.python, pin=given.pin, wheels=given.wheels)
            made = make_installer(runtime, given.out, target=given.target)
        except (BundleError, InstallerError) as fault:
            print(fault, file=sys.stderr)
            return 1
    contents = made.with_suffix(".csv")
    print(contents.read_text("utf-8-sig"), end="")
    print(f"{made}: {made.stat().st_size / _MIB:.1f} MiB, installed {total(contents) / _MIB:.1f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
