"""One LibreOffice for many workbooks: opens, recalculates hard, reads; own profile, private pipe, always stopped."""

import json
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jixiao.sheets.recheck import RECHECK_SHEET

SYSTEM_PYTHON = "/usr/bin/python3"
_WORKER = Path(__file__).with_name("worker.py")

Rows = list[list[Any]]
Step = tuple[str, str, object, object]
Cells = Mapping[str, object]  # what is typed over, such as {"科室!B4": 1.2}


class Office:
    """A headless LibreOffice and the worker that talks to it."""

    def __init__(self, soffice: str) -> None:
        """Start both."""
        self._profile = tempfile.mkdtemp(prefix="jixiao-lo-")
        pipe = f"jixiao{uuid.uuid4().hex}"
        flags = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
        command = [soffice, f"-env:UserInstallation=file://{self._profile}", *flags, f"--accept=pipe,name={pipe};urp;"]
        self._office = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        # The worker must not see this environment's packages.
        clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
        self._worker = subprocess.Popen(
            [SYSTEM_PYTHON, str(_WORKER), pipe],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=clean | {"PYTHONIOENCODING": "utf-8"},
        )

    def pages(
        self, file: Path, variants: Sequence[Cells] = ({},), *, sheet: str = RECHECK_SHEET, hard: bool = True
    ) -> list[Rows]:
        """What a sheet shows with each set of cells typed over, calculated whole at first (`hard`) or not."""
        return self._ask({"file": str(file), "sheet": sheet, "hard": hard, "variants": list(variants)})

    def reshaped(self, file: Path, steps: Sequence[Step], *, sheet: str = RECHECK_SHEET) -> list[Rows]:
        """What a sheet shows after each change of rows and columns, made one after the other."""
        return self._ask({"file": str(file), "sheet": sheet, "hard": True, "reshape": list(steps)})

    def play(self, file: Path, steps: Sequence[Sequence[object]]) -> list[Any]:
        """What each step answers, one after the other, with macros allowed: see `worker.played`."""
        return self._ask({"file": str(file), "play": [list(step) for step in steps]})

    def _ask(self, order: Mapping[str, object]) -> list[Any]:
        assert self._worker.stdin
        assert self._worker.stdout
        self._worker.stdin.write(json.dumps(order) + "\n")
        self._worker.stdin.flush()
        given: dict[str, Any] = json.loads(self._worker.stdout.readline())
        assert "error" not in given, given["error"]
        answered: list[Any] = given["pages"]
        return answered

    def close(self) -> None:
        """Stop both, whatever state they are in."""
        for process in (self._worker, self._office):
            with suppress(ProcessLookupError):
                if process is self._office:
                    os.killpg(process.pid, 15)
                else:
                    process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self._profile, ignore_errors=True)
