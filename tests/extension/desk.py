"""A document in a window of Calc and the person before it: types, presses, reads; pictures show what was seen."""

import subprocess
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from jixiao.engines.calc.unoapi import properties, url_of
from tests.conftest import ROOT
from tests.extension.installed import Calc, User

PICTURES = ROOT / "build-out" / "steps"  # kept by nobody but whoever wants to look
_RESOLUTION = "70"


class Desk:
    """What a person does at a document, by way of the window's own commands."""

    def __init__(self, calc: Calc, user: User, document: Any) -> None:
        """`document` is open in a window, so that its commands work as from the keyboard."""
        self.calc = calc
        self.user = user
        self.document = document

    def sheet(self, name: str) -> Any:
        """A sheet by name."""
        return self.document.getSheets().getByName(name)

    def turn_to(self, name: str) -> None:
        """Bring a sheet to the front."""
        self.document.getCurrentController().setActiveSheet(self.sheet(name))

    def type(self, sheet: str, address: str, text: str) -> None:
        """Type a text into a cell and press Enter: LibreOffice decides what it is."""
        self._select(sheet, address)
        self._do("EnterString", StringName=text)

    def wipe(self, sheet: str, area: str) -> None:
        """Select cells and press Delete."""
        self._select(sheet, area)
        self._do("ClearContents")

    def press(self, action: str) -> None:
        """A button of the menu."""
        self.calc.press(self.document, action)

    def rows(self, sheet: str, headers: int) -> list[dict[str, Any]]:
        """What stands on a sheet below its row of headers, down to the first row without an entry."""
        cells = self.sheet(sheet).getCellRangeByName(f"A{headers}:R500").getDataArray()
        entries = [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]
        return entries[: next(at for at, entry in enumerate(entries) if set(entry.values()) == {""})]

    def columns(self, sheet: str, headers: int) -> dict[str, str]:
        """The letter of each column by its header."""
        (titles,) = self.sheet(sheet).getCellRangeByName(f"A{headers}:Z{headers}").getDataArray()
        return {title: letter for letter, title in zip(ascii_uppercase, titles, strict=True) if title}

    def front(self) -> str:
        """The name of the sheet in front."""
        return str(self.document.getCurrentController().getActiveSheet().getName())

    def picture(self, name: str, sheet: str) -> Path:
        """A picture of a sheet's first page, as it would be printed."""
        self.turn_to(sheet)
        cursor = self.sheet(sheet).createCursor()
        cursor.gotoEndOfUsedArea(True)
        pdf = self.user.home / "picture.pdf"
        wanted = properties(Selection=cursor)
        data = self.calc.uno.Any("[]com.sun.star.beans.PropertyValue", wanted)
        self.document.storeToURL(url_of(pdf), properties(FilterName="calc_pdf_Export", FilterData=data))
        PICTURES.mkdir(parents=True, exist_ok=True)
        drawn = ("pdftoppm", "-r", _RESOLUTION, "-png", "-singlefile", str(pdf), str(PICTURES / name))
        subprocess.run(drawn, check=True, capture_output=True, timeout=60)
        return PICTURES / f"{name}.png"

    def _select(self, sheet: str, area: str) -> None:
        if self.front() != sheet:
            self.turn_to(sheet)
        self._do("GoToCell", ToPoint=area)

    def _do(self, command: str, **given: object) -> None:
        self.calc.command(self.document, f".uno:{command}", **given)
