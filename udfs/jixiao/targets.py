"""What a command may write beside a workbook: anything but another workbook."""

from pathlib import Path

from jixiao.errors import CallError

_OF_SPREADSHEETS = frozenset((".xlsm", ".xlsx", ".xlsb", ".xls", ".xlam", ".xltm", ".xltx", ".et", ".ett", ".ods"))


def refuse_workbook(target: Path, what: str, example: str) -> None:
    """Raise CallError where `what` would replace a workbook, as when two options are mixed up."""
    if target.suffix.lower() in _OF_SPREADSHEETS:
        raise CallError(f"{what}不能写成表格文件“{target.name}”，请换一个文件名，例如“{example}”。")
