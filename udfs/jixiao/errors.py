"""What can go wrong for a person: one base class, a few kinds.

Each carries one Chinese sentence that says where, what is wrong and what to do. Everything technical stays on
`__cause__` and goes to the log.
"""


class JixiaoError(Exception):
    """Base of every failure that staff are told about; `str(error)` is the Chinese sentence they read."""


class WorkbookError(JixiaoError):
    """The file cannot be used as an appraisal workbook: unreadable, damaged, or without its required sheets."""


class SaveError(JixiaoError):
    """The result could not be put on disk; the file that was there is still whole."""


class CallError(JixiaoError):
    """The call itself makes no sense: a wrong option, a path that does not exist."""


class OfficeError(JixiaoError):
    """LibreOffice cannot be started or reached, stopped answering, or went away."""
