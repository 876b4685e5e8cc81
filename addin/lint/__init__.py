"""What no schema sees in a finished workbook or add-in: each fault in one line, none when all is well.

Microsoft's validator knows the shape of every part, but not whether a ribbon button calls a macro that exists, the
macros compile, a formula names a sheet that is there and means the same to every program, or a setting leads to our
Python.
"""

import io
import zipfile
from collections.abc import Mapping

from addin.lint.answers import answer_faults
from addin.lint.formulas import formula_faults
from addin.lint.limits import limit_faults
from addin.lint.modules import read_modules
from addin.lint.names import name_faults
from addin.lint.project import documents, project_faults, project_of, standard
from addin.lint.reach import reach_faults
from addin.lint.ribbon import ribbon_faults
from addin.lint.service import service_faults
from addin.lint.tables import table_faults
from addin.lint.unseen import unseen_faults
from addin.lint.vba import vba_faults

Parts = Mapping[str, bytes]


def faults(raw: bytes) -> list[str]:
    """Everything that is wrong with a workbook or add-in file."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    project = project_of(parts)
    found = [*project_faults(parts, project), *name_faults(parts), *formula_faults(parts)]
    found += [*answer_faults(parts), *limit_faults(parts), *table_faults(parts), *unseen_faults(parts)]
    if project is not None:
        own, (modules, unread) = documents(parts), read_modules(project)
        found += [*unread, *vba_faults(modules, own), *reach_faults(modules, standard(parts), project)]
        found += [*ribbon_faults(parts, modules, own), *service_faults(parts, project)]
    return found
