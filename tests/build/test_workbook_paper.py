"""How large the print is: what hangs on a wall or lies before a meeting must be readable without a glass."""

import re
import subprocess
from pathlib import Path

import pytest

from jixiao.cli import main

from .workbook_files import EXAMPLE, TEMPLATE

# Points of the smallest Chinese text below the title. LibreOffice's fonts here have wider figures than 宋体, so its
# columns are wider and its print is about a seventh smaller than Excel's.
SMALLEST = {
    "科室季度得分": 8.0,
    "科室绩效考核结果": 8.0,
    "绩效考核一览": 8.0,
    "科室得分说明": 7.0,
    "绩效考核·任务台账": 7.0,
    "绩效考核·加减分": 7.0,
    "校验结果": 8.0,
    "公式复核": 6.6,
    "绩效考核·参数": 6.9,
    "绩效考核·模拟测算": 7.0,
}
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([\u4e00-\u9fff]{2,})</word>')
ANY = re.compile(r"<word [^>]*>(.*?)</word>")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, soffice: str) -> Path:
    """A folder with the scored example and the blank workbook as LibreOffice prints them."""
    folder = tmp_path_factory.mktemp("paper")
    book, blank = folder / "example.xlsm", folder / "blank.xlsm"
    book.write_bytes(EXAMPLE.read_bytes())
    blank.write_bytes(TEMPLATE.read_bytes())
    assert main(["score", str(book)]) in {0, 1}
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(book), str(blank)]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    return folder


@pytest.fixture(scope="module")
def paper(printed: Path) -> list[str]:
    """The example's pages."""
    return words(printed / "example.pdf")


@pytest.fixture(scope="module")
def blank(printed: Path) -> list[str]:
    """The blank workbook's pages."""
    return words(printed / "blank.pdf")


def words(pdf: Path) -> list[str]:
    """pdftotext's words with their boxes, page by page."""
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, text=True)
    return done.stdout.split("<page ")[1:]


def sizes(page: str) -> list[float]:
    """Font sizes: a Chinese character is as wide as its font is high. The footer is the same on every page."""
    found = [(float(right) - float(left), text) for left, right, text in WORD.findall(page)]
    return [round(width / len(text), 1) for width, text in found]


@pytest.mark.parametrize("title", SMALLEST)
def test_print_is_large_enough(paper: list[str], title: str) -> None:
    """Whoever widens a column makes the whole page smaller."""
    heads = ((page, ANY.findall(page)[0]) for page in paper)
    page = next(page for page, head in heads if head.endswith(title) or head.startswith(f"{title}："))
    assert min(sizes(page)) >= SMALLEST[title]


def test_blank_people_are_one_page(blank: list[str]) -> None:
    """Ruled rows alone fill no second page."""
    assert sum({"姓名", "职级"} <= set(ANY.findall(page)) for page in blank) == 1
