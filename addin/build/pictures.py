"""The pictures in the README and the docs, taken of the scored example: `python -m addin.build.pictures`.

Needs LibreOffice, poppler's pdftoppm and pdftotext, and ImageMagick's convert.
"""

import subprocess
import tempfile
from datetime import datetime
from pathlib import Path

from jixiao import clock
from jixiao.cli import main as jixiao
from jixiao.engines.file import open_book
from jixiao.template import EXAMPLE_NAME, write_example

IMAGES = Path(__file__).parents[2] / "docs" / "images"
# What a page of the printed example begins with, and the picture it gives.
PICTURES = {"科室绩效考核结果": "results.png", "绩效考核一览": "overview.png", "科室得分说明": "explanation.png"}
PICKED = ("得分说明", "B2", "民政办")  # one 科室 alone, one whose 没有计入的和原因 says something
RESOLUTION = 110
TAKEN = datetime(2024, 12, 31, 16, 5)  # noqa: DTZ001 - what the pictures' stamp says, whenever they are taken
COLOURS = 96  # enough to look the same, in half the bytes
FOOT = 110  # pixels: the page's footer, which is left out


def pick(workbook: Path) -> None:
    """Pick the 科室 whose figures are explained, as a person would."""
    sheet, cell, department = PICKED
    with open_book(workbook) as book:
        book.sheets[sheet].range(cell).value = department
        book.save()


def print_pdf(workbook: Path, folder: Path) -> Path:
    """Print a workbook to PDF with a LibreOffice of its own profile."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603 - our own file
    return folder / f"{workbook.stem}.pdf"


def page_with(pdf: Path, title: str) -> int:
    """The first page whose text holds `title`."""
    pages = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True, text=True)  # noqa: S603, S607 - as above
    return next(number for number, text in enumerate(pages.stdout.split("\f"), start=1) if title in text)


def main() -> None:
    """Score the example and take every picture of it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    clock.now = lambda: TAKEN
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        workbook = folder / EXAMPLE_NAME
        write_example(workbook)
        pick(workbook)
        jixiao(["score", str(workbook)])
        pdf = print_pdf(workbook, folder)
        for title, name in PICTURES.items():
            page = str(page_with(pdf, title))
            picture = folder / "page"
            shoot = ["pdftoppm", "-png", "-singlefile", "-r", str(RESOLUTION), "-f", page, "-l", page]
            subprocess.run([*shoot, str(pdf), str(picture)], check=True)  # noqa: S603 - as above
            trim = ["convert", f"{picture}.png", "-gravity", "south", "-chop", f"0x{FOOT}", "-trim"]
            frame = ["-strip", "-bordercolor", "white", "-border", "12", "+repage", "+dither", "-colors", str(COLOURS)]
            subprocess.run([*trim, *frame, str(IMAGES / name)], check=True)  # noqa: S603 - as above


if __name__ == "__main__":
    main()
