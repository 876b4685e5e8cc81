"""The handbook as pages that open on any PC: just as much Markdown as our own documents use."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(<?([^)>]*)>?\)")
_CODE = re.compile(r"`([^`]+)`")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITEM = re.compile(r"(?:-|\d+\.) (.*)")
_RULE = re.compile(r"\|(?: *:?-+:? *\|)+")
_PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.7 "Microsoft YaHei",sans-serif;max-width:52em;margin:2em auto;padding:0 1em}}
table{{border-collapse:collapse}}th,td{{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}}
th{{background:#eef2f7}}img{{max-width:100%;border:1px solid #ddd}}
code,pre{{background:#f3f3f3;font-family:Consolas,monospace}}
pre{{padding:.6em;white-space:pre-wrap}}</style></head>
<body>
{body}
</body></html>
"""


class ManualError(Exception):
    """A page that leads to something the installer does not bring."""


def write_manual(docs: Path, pages: tuple[str, ...], target: Path) -> None:
    """Write each page of `docs` as HTML into `target`, with its pictures.

    A link to a page that is not among them loses its address: on the PC it would lead nowhere.

    Raises:
        ManualError: a picture that does not exist.
    """
    for page in pages:
        text = (docs / page).read_text(encoding="utf-8")
        shown = target / Path(page).with_suffix(".html")
        shown.parent.mkdir(parents=True, exist_ok=True)
        shown.write_text(_page(text, pages), encoding="utf-8")
        for picture, _, address in _LINK.findall(text):
            if picture:
                _copy(docs / address, target / address)


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        raise ManualError(f"no picture {source}")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())


def _page(text: str, pages: tuple[str, ...]) -> str:
    title = text.splitlines()[0].removeprefix("# ")
    body = "\n".join(_block(block, pages) for block in _blocks(text))
    return _PAGE.format(title=html.escape(title), body=body)


def _blocks(text: str) -> Iterator[list[str]]:
    """Runs of lines with an empty line between; a fenced run keeps its empty lines."""
    block: list[str] = []
    fenced = False
    for line in text.splitlines():
        fence = line.startswith("```")
        if block and not fenced and (fence or not line.strip() or line.startswith("#")):
            yield block
            block = []
        if line.strip() or fenced:
            block.append(line)
        if fence:
            fenced = not fenced
        if block and not fenced and (fence or line.startswith("#")):
            yield block
            block = []
    if block:
        yield block


def _block(lines: list[str], pages: tuple[str, ...]) -> str:
    first = lines[0]
    if first.startswith("```"):
        return "<pre>" + html.escape("\n".join(lines[1:-1])) + "</pre>"
    if first.startswith("#"):
        level = len(first) - len(first.lstrip("#"))
        return f"<h{level}>{_inline(first[level:].strip(), pages)}</h{level}>"
    if len(lines) > 1 and _RULE.fullmatch(lines[1].strip()):
        rows = [_row(lines[0], "th", pages), *(_row(line, "td", pages) for line in lines[2:])]
        return "<table>" + "\n".join(rows) + "</table>"
    if _ITEM.match(first):
        return _list(lines, pages)
    return "<p>" + "\n".join(_inline(line, pages) for line in lines) + "</p>"


def _row(line: str, tag: str, pages: tuple[str, ...]) -> str:
    cells = line.strip().strip("|").split("|")
    return "<tr>" + "".join(f"<{tag}>{_inline(cell.strip(), pages)}</{tag}>" for cell in cells) + "</tr>"


def _list(lines: list[str], pages: tuple[str, ...]) -> str:
    items: list[str] = []
    for line in lines:
        item = _ITEM.match(line)
        if item:
            items.append(_inline(item[1], pages))
        else:
            items[-1] += "\n" + _inline(line.strip(), pages)
    tag = "ul" if lines[0].startswith("- ") else "ol"
    return f"<{tag}>" + "\n".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"


def _inline(text: str, pages: tuple[str, ...]) -> str:
    parts = _CODE.split(text)  # every second one stood between backticks, and nothing in it is marked up
    for place, part in enumerate(parts):
        shown = html.escape(part, quote=False)
        if place % 2:
            parts[place] = f"<code>{shown}</code>"
        else:
            parts[place] = _BOLD.sub(r"<b>\1</b>", _LINK.sub(lambda link: _link(link, pages), shown))
    return "".join(parts)


def _link(link: re.Match[str], pages: tuple[str, ...]) -> str:
    picture, words, address = link.groups()
    if picture:
        return f'<img src="{html.escape(address)}" alt="{words}">'
    page, _, _ = address.partition("#")
    if page in pages:
        return f'<a href="{html.escape(str(Path(page).with_suffix(".html")))}">{words}</a>'
    return words
