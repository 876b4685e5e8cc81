"""What every xlwings implementation class here shares."""

from typing import Any


class UnsupportedMemberError(NotImplementedError, AttributeError):
    """A member of xlwings that our engines do not offer: a fault in the calling code, not in the workbook."""


class Impl:
    """Base whose unknown members raise a clear error, on reading and on setting."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - never returns
        """Reached for members the class does not have."""
        raise UnsupportedMemberError(f"jixiao's xlwings engines do not offer {type(self).__name__}.{name}")

    def __setattr__(self, name: str, value: object) -> None:
        """Only what the class declares can be set."""
        if not hasattr(type(self), name):
            raise UnsupportedMemberError(f"jixiao's xlwings engines cannot set {type(self).__name__}.{name}")
        object.__setattr__(self, name, value)
