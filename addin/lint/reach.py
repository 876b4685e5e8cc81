"""What anybody could reach through our file, and what a virus scanner would take it for.

A loaded add-in's public functions and declarations can be typed into the cells of every workbook, one without macros
included, and nobody is asked. So there are none but the functions staff type, and nothing in the file starts a program,
touches a file, or writes macros.
"""

import re
from collections.abc import Iterator, Mapping

from addin.lint.modules import Modules

FUNCTIONS = "JxFunctions"  # the one module whose functions are for cells
_OURS = re.compile(r"JIXIAO_[A-Z_]+")
LONGEST = 700  # lines of a file's VBA in all: what a person reads in one sitting
# Every entry of a library, by its library: what starts Python and finds it again.
_ENTRIES = {
    "kernel32": {"LoadLibraryA"},
    "xlwings64.dll": {"XLPyDLLActivateAuto"},
    "xlwings32.dll": {"XLPyDLLActivateAuto"},
}
_DECLARE = re.compile(
    r'^[ \t]*(?:(\w+)[ \t]+)?Declare[ \t]+(?:PtrSafe[ \t]+)?(?:Function|Sub)[ \t]+(\w+)[ \t]+Lib[ \t]+"([^"]*)"'
    r'(?:[ \t]+Alias[ \t]+"([^"]*)")?',
    re.MULTILINE | re.IGNORECASE,
)
_NEVER = re.compile(
    r"cmd\.exe|\b(?:powershell|WScript|Shell|ShellExecute\w*|VBProject|VBComponents|MacScript|AppleScriptTask|CreateObject"
    r"|GetObject|ExecuteExcel4Macro|SendKeys|Kill|FileCopy|MkDir|RmDir|ChDir|ChDrive|Dir|FreeFile|GetAttr|SetAttr"
    r"|FileLen|FileDateTime|Environ|CallByName|Open|Put|Evaluate|FollowHyperlink|AddressOf)\b",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"'[^\r\n]*")
_OFFERED = re.compile(r"^(?!Private|Friend)(?:Public[ \t]+)?(?:Static[ \t]+)?Sub[ \t]+(\w+)\(\)", re.MULTILINE | re.I)


def reachable(modules: Modules, standard: set[str], project: Mapping[str, str]) -> set[str]:
    """Every name that a cell of any workbook can call: public functions, properties and declarations."""
    names = {
        each.name
        for module in standard & modules.keys()
        for each in modules[module].procedures
        if each.public and each.kind != "sub"
    }
    for module in standard:
        names |= {name for scope, name, _, _ in _DECLARE.findall(project[module]) if scope.lower() != "private"}
    return names


def reach_faults(modules: Modules, standard: set[str], project: Mapping[str, str]) -> list[str]:
    """What must not be in a file that every workbook can reach."""
    found = [
        f"any cell could call {name}"
        for name in sorted(reachable(modules, standard, project))
        if not _OURS.fullmatch(name)
    ]
    for name, source in project.items():
        found += _in_source(name, source)
        if name in standard:
            found += [f"Alt+F8 would list {macro}" for macro in _OFFERED.findall(source)]
    length = sum(map(_lines, project.values()))
    return found + ([f"{length} lines of VBA, more than {LONGEST}"] if length > LONGEST else [])


def _in_source(module: str, source: str) -> Iterator[str]:
    code = _COMMENT.sub("", source)
    for _, _, library, alias in _DECLARE.findall(code):
        if alias not in _ENTRIES.get(library.lower(), ()):
            yield f"{module} declares {alias or 'an entry'} of {library}"
    yield from (f"{module} says {word}" for word in sorted(set(_NEVER.findall(_without_declarations(code)))))


def _without_declarations(code: str) -> str:
    return _DECLARE.sub("", code)


def _lines(source: str) -> int:
    """Lines but those the editor does not show."""
    return sum(1 for line in source.splitlines() if line.strip() and not line.startswith("Attribute "))
