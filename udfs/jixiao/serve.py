"""The process that Excel starts: `python -B -m jixiao.serve {CLSID}`.

xlwings' own server, which the DLL in Excel waits for. What cannot be loaded ends the process at once, and then the DLL
stops waiting: a part that a virus scanner took away costs seconds, not minutes. Why it ended stands in the log.
"""

import logging
import os
import sys
from typing import Any

from jixiao.log import record_failure
from jixiao.windows import know_all_errors


def main(clsid: str) -> int:
    """Serve under this class id until Excel ends or asks for the end; 1 when the server cannot come up."""
    # One table of numbers at a time: more threads would only cost memory and a slower start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # xlwings prints that it is there when nobody keeps a log, and a process without a console has nowhere to print to.
    logging.getLogger("xlwings").addHandler(logging.NullHandler())
    try:
        import xlwings  # noqa: PLC0415 - what fails here must be told

        from jixiao.macros import load_all  # noqa: PLC0415 - as above

        load_all()
        know_all_errors()
        serve: Any = xlwings.serve  # takes nothing where there is no Windows
        serve(clsid)
    except Exception:  # noqa: BLE001 - nobody sees a trace here
        record_failure("start of the service")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
