"""Tables and drop-downs as Excel shows them; LibreOffice does neither, so nobody would see it there."""

from collections.abc import Mapping

from addin.lint.book import MAIN, parse, sheets

_TRUE = ("1", "true")


def table_faults(parts: Mapping[str, bytes]) -> list[str]:
    """Striped tables, and drop-downs on a name that let anything pass."""
    found = []
    for path, content in parts.items():
        if path.startswith("xl/tables/"):
            table = parse(content)
            style = table.find(f"{MAIN}tableStyleInfo")
            if style is not None and style.get("showRowStripes") in _TRUE:
                # Excel prints every second row grey, and grey means that the program fills it in.
                found.append(f"table {table.get('displayName')}: its rows are striped")
    for title, sheet in sheets(parts).items():
        for check in sheet.iter(f"{MAIN}dataValidation"):
            source = check.findtext(f"{MAIN}formula1") or ""
            named = check.get("type") == "list" and not source.startswith('"')
            if named and check.get("allowBlank") in _TRUE:
                # With one blank in the list Excel then accepts whatever is typed.
                found.append(f"{title}: the list {source} ignores blanks")
    return found
