"""The pictures in the README and the docs, printed from the example: `python -m addin.build.pictures`.

Needs LibreOffice, poppler's pdftoppm and pdftotext, and ImageMagick's convert.
"""

import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlwings as xw

from jixiao import buttons, clock
from jixiao.engines.file import open_book
from jixiao.template import EXAMPLE_NAME, write_example

IMAGES = Path(__file__).parents[2] / "docs" / "images"
RESOLUTION = 110
TAKEN = datetime(2024, 12, 31, 16, 5)  # noqa: DTZ001 - what the pictures' stamp says, whenever they are taken
COLOURS = 96  # enough to look the same, in half the bytes
FOOT = 44  # pixels: the number of the page, which is left out; lines to sign stay
# A profile in which LibreOffice works out every formula of a file it loads, as 公式复核 asks for.
RECALCULATED = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""


def pick(book: xw.Book) -> None:
    """One 科室 alone in 得分说明, one whose 没有计入的和原因 says something; what a weight would change."""
    book.sheets["得分说明"].range("B2").value = "民政办"
    book.sheets["模拟测算"].range("A4").value = [["业绩评价权重", "50%"], ["履职评价权重", "50%"]]
    buttons.score(book)
    buttons.simulate(book)


def slip(book: xw.Book) -> None:
    """Slips a clerk makes: a word for a number, a figure beyond 100 %, a misspelt name, a document left out."""
    ledger, points = book.sheets["任务台账"], book.sheets["加减分"]
    ledger.range("F5").value = "已完成"
    ledger.range("G8").value = 1.2
    ledger.range("A10").value = "党建科"
    points.range("H5").value = None
    buttons.check(book)


@dataclass(frozen=True)
class Picture:
    """A printed page, by what its text begins with, and how many pixels of it from the top; 0 for all of it."""

    name: str
    title: str
    height: int = 0


# What is done to the example first, and the pictures taken then.
PICTURES: dict[Callable[[xw.Book], None], tuple[Picture, ...]] = {
    pick: (
        Picture("guide.png", "绩效考核工作簿使用说明", 620),
        Picture("results.png", "科室绩效考核结果"),
        Picture("overview.png", "绩效考核一览"),
        Picture("explanation.png", "科室得分说明"),
        Picture("recheck.png", "公式复核：不用程序"),
        Picture("simulation.png", "绩效考核·模拟测算"),
        Picture("quarters.png", "科室季度得分"),
        Picture("notices.png", "绩效考核·公示", 420),
    ),
    slip: (Picture("ledger.png", "绩效考核·任务台账", 560), Picture("findings.png", "校验结果")),
}


def print_pdf(workbook: Path, folder: Path) -> Path:
    """Print a workbook to PDF with a LibreOffice of its own profile."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(RECALCULATED, encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603 - our own file
    return folder / f"{workbook.stem}.pdf"


def page_with(pdf: Path, title: str) -> int:
    """The first page whose first lines hold `title`."""
    pages = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True)  # noqa: S603, S607 - as above
    return next(number for number, text in enumerate(pages.stdout.split("\f"), start=1) if title in text[:60])


def take(pdf: Path, picture: Picture, folder: Path) -> None:
    """Turn a page into a picture: without its footer and its margins."""
    page, shot = str(page_with(pdf, picture.title)), folder / "page"
    shoot = ["pdftoppm", "-png", "-singlefile", "-r", str(RESOLUTION), "-f", page, "-l", page]
    subprocess.run([*shoot, str(pdf), str(shot)], check=True)  # noqa: S603 - as above
    trim = ["convert", f"{shot}.png", "-gravity", "south", "-chop", f"0x{FOOT}", "-trim", "+repage"]
    top = ["-gravity", "north", "-crop", f"x{picture.height}+0+0", "+repage"] if picture.height else []
    frame = ["-strip", "-bordercolor", "white", "-border", "12", "+repage", "+dither", "-colors", str(COLOURS)]
    subprocess.run([*trim, *top, *frame, str(IMAGES / picture.name)], check=True)  # noqa: S603 - as above


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    clock.now = lambda: TAKEN
    for prepare, pictures in PICTURES.items():
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary)
            workbook = folder / EXAMPLE_NAME
            write_example(workbook)
            with open_book(workbook) as book:
                prepare(book)
                book.save()
            pdf = print_pdf(workbook, folder)
            for picture in pictures:
                take(pdf, picture, folder)


if __name__ == "__main__":
    main()
