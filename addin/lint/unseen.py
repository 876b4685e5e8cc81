"""What staff should not come upon: helper sheets that two clicks bring back, hundreds of names of formulas."""

from collections.abc import Iterator, Mapping

from addin.build.unseen import is_seen
from addin.lint.book import MAIN, parse, states


def unseen_faults(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Sheets and names that Excel lists though nobody needs them, and names that staff need and do not see."""
    yield from (
        f"sheet {name} is hidden, not very hidden" for name, state in states(parts).items() if state == "hidden"
    )
    for element in parse(parts["xl/workbook.xml"]).iter(f"{MAIN}definedName"):
        name, hidden = str(element.get("name")), element.get("hidden") == "1"
        if hidden and is_seen(name):
            yield f"name {name} is hidden from staff who use it"
        elif not hidden and not is_seen(name):
            yield f"name {name} is in everybody's name box"
