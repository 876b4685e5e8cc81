"""The ribbon tab put into a finished workbook file."""

import io
import zipfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "ribbon" / "customUI14.xml"
PART = "customUI/customUI14.xml"
_RELATION = (
    '<Relationship Id="jxRibbon" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"'
    f' Target="{PART}"/>'
)
_BOOK_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
# Where both files are open, the workbook's tab asks whether to step back.
_STEPS_BACK = b' getVisible="JxTabVisible"'


def with_ribbon(raw: bytes) -> bytes:
    """The same file with the tab in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "_rels/.rels":
                content = content.replace(b"</Relationships>", _RELATION.encode() + b"</Relationships>")
            target.writestr(name, content)
        target.writestr(PART, SOURCE.read_bytes())
    return out.getvalue()


def as_addin(raw: bytes) -> bytes:
    """A workbook file as an add-in: another content type, and a tab that is always in view."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(_BOOK_TYPE, _ADDIN_TYPE)
            elif name == PART:
                content = content.replace(_STEPS_BACK, b"")
            target.writestr(name, content)
    return out.getvalue()
