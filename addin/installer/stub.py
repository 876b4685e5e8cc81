"""`python stub.py FILE`: NSIS' own words in the program it puts before every installer, in Chinese.

What NSIS says before our script runs, that a download is broken for instance, stands in its compiled stub and in no
language file. makensis hands us the stub while it builds; a text is replaced in place, so it must not be longer.
"""

import sys
from pathlib import Path

WORDS = {
    "unpacking data: %d%%": "正在解压：%d%%",
    "verifying installer: %d%%": "正在核对安装程序：%d%%",
    "Error launching installer": "安装程序打不开，请重新取一份再试。",
    "Installer integrity check has failed. Common causes include\n"
    "incomplete download and damaged media. Contact the\n"
    "installer's author to obtain a new copy.\n\n"
    "More information at:\nhttp://nsis.sf.net/NSIS_Error": "安装程序不完整，可能没有下载完，请重新取一份再试。",
    "Error writing temporary file. Make sure your temp folder is valid.": "临时文件写不进去，请检查磁盘空间后再试。",
    "NSIS Error": "安装出错",
}


class StubError(Exception):
    """A stub that does not hold the words we know: another version of NSIS."""


def translate(stub: bytes) -> bytes:
    """The stub with Chinese words, of the same length.

    Raises:
        StubError: a text is not there, so something in English would be shown.
    """
    for english, chinese in WORDS.items():
        old, new = (f"{text}\0".encode("utf-16-le") for text in (english, chinese))
        if old not in stub:
            raise StubError(f"this NSIS does not say {english!r}; look what it says instead")
        stub = stub.replace(old, new.ljust(len(old), b"\0"))
    return stub


def main() -> int:
    """Translate the stub in place."""
    stub = Path(sys.argv[1])
    stub.write_bytes(translate(stub.read_bytes()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
