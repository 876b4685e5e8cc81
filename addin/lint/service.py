"""The hidden sheets behind the macros: settings and calls that lead to Python, and every text a macro asks for."""

import re
from collections.abc import Mapping

from addin.build.service import CONF_SHEET, TEXT_SHEET
from addin.lint.book import rows_of_texts, shared_texts, sheets
from addin.lint.conf import call_faults, conf_faults, view_faults

_ASKED = re.compile(r'"((?:message|cell|file|seen)\.\w+|title)"')
_FUNCTION = re.compile(r"^(?:Public )?Function (JIXIAO_\w+)\(([^)]*)\)", re.MULTILINE)


def service_faults(parts: Mapping[str, bytes], project: Mapping[str, str]) -> list[str]:
    """Settings and texts that are missing, stand twice, or that nobody asks for."""
    found, texts = sheets(parts), shared_texts(parts)
    missing = [f"there is no sheet {name}" for name in (CONF_SHEET, TEXT_SHEET) if name not in found]
    if missing:
        return missing
    faults = [*view_faults(parts), *conf_faults(parts, project), *call_faults(project)]
    rows = {row[0]: row[1:] for row in rows_of_texts(found[TEXT_SHEET], texts) if row}
    source = "\n".join(project.values())
    functions = {f"help.{name}": len(parameters.split(",")) for name, parameters in _FUNCTION.findall(source)}
    wanted = set(_ASKED.findall(source)) | functions.keys()
    faults += [f"no text for {key}" for key in sorted(wanted - rows.keys())]
    faults += [f"nobody asks for the text {key}" for key in sorted(rows.keys() - wanted)]
    return faults + [
        f"{key} explains {len(rows[key]) - 1} of {count} arguments"
        for key, count in functions.items()
        if key in rows and len(rows[key]) - 1 != count
    ]
