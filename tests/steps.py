"""What work costs, counted: the interpreter's own steps, the same on every machine however busy it is.

What one call does within C is one step, so a sort or a search in pandas counts as little: loops over rows are what
this sees.
"""

import gc
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(work: Callable[[], object]) -> int:
    """How many instructions of Python `work` runs."""
    count = 0

    def watch(frame: FrameType, event: str, _given: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return watch

    before = sys.gettrace()
    gc.disable()  # what others left to be collected is not this work's
    sys.settrace(watch)
    try:
        work()
    finally:
        sys.settrace(before)
        gc.enable()
    return count
