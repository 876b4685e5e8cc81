"""`python -m tests.windows.pictures INSTALLER FOLDER`: pictures of its pages, as 张三 sees them.

For docs/images/setup-*.png take the installer with all that ships, made with `--target amd64-unicode`: sizes and
folders are to be seen in them, and Wine shows no windows of 32-bit programs. They have neither a frame nor Windows' own
font there.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import ROOT
from tests.windows.pc import Pc
from tests.windows.standin import make_standin
from tests.windows.wine import USER, Wine

_ON, _MOMENT, _PATIENCE = 1, 2, 240
# NSIS puts a blank behind the title of the last page.


def main() -> None:
    """Install and uninstall by hand, a picture of each page."""
    installer, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        wine = Wine(Path(work))
        pc = Pc(wine, make_standin(ROOT / "build-out")[0], USER)
        shortcuts = wine.path(pc.menu)
        with pc.seen() as display:
            setup = wine.start([str(installer)])
            _picture(pc, display, "绩效考核 安装", folder / "setup-welcome.png")
            pc.press("绩效考核 安装", _ON)
            _picture(pc, display, "绩效考核 安装", folder / "setup-summary.png")
            pc.press("绩效考核 安装", _ON)
            _wait((shortcuts / "卸载.lnk").exists)
            _picture(pc, display, "绩效考核 安装 ", folder / "setup-finish.png")
            setup.kill()
        with pc.seen() as display:
            remove = wine.start([rf"{pc.local}\uninstall.exe", rf"_?={pc.local}"])
            _picture(pc, display, "绩效考核 卸载", folder / "remove-confirm.png")
            pc.press("绩效考核 卸载", _ON)
            _wait(lambda: not shortcuts.exists())
            _picture(pc, display, "绩效考核 卸载", folder / "remove-finish.png")
            remove.kill()


def _picture(pc: Pc, display: str, title: str, target: Path) -> None:
    pc.press(title)  # wait for it
    time.sleep(_MOMENT)
    environment = pc.wine.environment | {"DISPLAY": display}
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", title],
        check=True,
        env=environment,
        capture_output=True,
        text=True,
    )
    subprocess.run(["import", "-window", found.stdout.split()[0], str(target)], check=True, env=environment)


def _wait(over) -> None:
    end = time.monotonic() + _PATIENCE
    while not over():
        assert time.monotonic() < end, "the program does not come to its end"
        time.sleep(0.5)
    time.sleep(2 * _MOMENT)


if __name__ == "__main__":
    main()
