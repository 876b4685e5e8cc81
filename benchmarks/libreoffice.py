"""Run by the system's Python, which has `uno`: open a workbook in LibreOffice and recalculate it, timed.

Usage: python3 -m benchmarks.libreoffice WORKBOOK PROFILE_FOLDER; prints JSON: `start`, `load`, `compute` in seconds,
and the scores.
"""

import json
import sys
import time
from pathlib import Path

from benchmarks.office import HIDDEN, office

SCORE_COLUMN = 11


def main() -> None:
    """Open, recalculate everything, read the scores back."""
    workbook, profile = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    begun = time.perf_counter()
    with office(profile) as desktop:
        started = time.perf_counter()
        document = desktop.loadComponentFromURL(workbook.as_uri(), "_blank", 0, (HIDDEN,))
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


main()
