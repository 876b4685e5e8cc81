"""Processes of a group, as the system lists them."""

import os
import signal
from pathlib import Path

from tests.waiting import until


def members(group: int) -> list[tuple[int, str]]:
    """Number and name of every living process of a group."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            name, _, rest = (entry / "stat").read_text().partition(" (")[2].rpartition(") ")
        except OSError:
            continue
        state, _, leader, *_ = rest.split()
        if int(leader) == group and state != "Z":
            found.append((int(entry.name), name))
    return found


def send(group: int, what: signal.Signals, *, name: str = "") -> None:
    """A signal to the processes of a group whose name begins so."""
    for pid, called in members(group):
        if called.startswith(name):
            os.kill(pid, what)


def until_gone(group: int) -> None:
    """Until no process of a group lives any more."""
    until(lambda: not members(group), f"of group {group} there still are {members(group)}")
