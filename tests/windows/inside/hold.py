"""Runs on the PC: `hold.py FILE SHARING` keeps a file open until the pipe closes; others may do what SHARING says."""

import ctypes
import sys
from ctypes import wintypes

assert sys.platform == "win32"

_READ, _EXISTING = 0x80000000, 3
_SHARING = {"nothing": 0, "reading": 1, "writing": 3}


def main() -> None:
    """Open the file, say so, wait."""
    create = ctypes.windll.kernel32.CreateFileW
    create.restype = wintypes.HANDLE
    create.argtypes = [
        wintypes.LPCWSTR,
        wintypes.DWORD,
        wintypes.DWORD,
        ctypes.c_void_p,
        *[wintypes.DWORD] * 2,
        wintypes.HANDLE,
    ]
    handle = create(sys.argv[1], _READ, _SHARING[sys.argv[2]], None, _EXISTING, 0, None)
    print("open" if handle != wintypes.HANDLE(-1).value else "failed", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main()
