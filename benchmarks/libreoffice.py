"""Run by the system's Python, which has `uno`: open a workbook in LibreOffice and recalculate it, timed.

Usage: python3 libreoffice.py WORKBOOK PROFILE_FOLDER; prints JSON: `start`, `load`, `compute` in seconds, scores.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

SCORE_COLUMN = 11


def connect(pipe: str, patience: float = 60) -> object:
    """The desktop of the office that listens on `pipe`."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    until = time.monotonic() + patience
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def main() -> None:
    """Open, recalculate everything, read the scores back."""
    workbook, profile = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    begun = time.perf_counter()
    pipe = f"jixiao-bench-{profile.name}"
    office = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )
    desktop = connect(pipe)
    try:
        started = time.perf_counter()
        hidden = PropertyValue(Name="Hidden", Value=True)
        document = desktop.loadComponentFromURL(workbook.as_uri(), "_blank", 0, (hidden,))
        loaded = time.perf_counter()
        document.calculateAll()
        computed = time.perf_counter()
        sheet = document.Sheets.getByIndex(0)
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        data = sheet.getCellRangeByPosition(0, 0, SCORE_COLUMN, cursor.RangeAddress.EndRow).getDataArray()
        scores = {row[0]: row[SCORE_COLUMN] for row in data}
        document.close(True)
        answer = {"start": started - begun, "load": loaded - started, "compute": computed - loaded, "scores": scores}
        print(json.dumps(answer))
    finally:
        desktop.terminate()
        office.wait(30)


main()
