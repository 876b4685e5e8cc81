"""The command line in a child that is warm: forked from a process that has everything imported, killed when it hangs.

`Warm` is used by the tests; run as a program, this module is the process the children are forked from.
"""

import contextlib
import io
import json
import os
import re
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
MEMORY = 1 << 30
SENTENCE = re.compile(r"[^\n]*[\u4e00-\u9fff][^\n]*。\n")


@dataclass(frozen=True)
class Answer:
    """How one call ended; `code` is negative for a signal, `log` what went to the log file."""

    code: int
    out: str
    err: str
    log: str
    seconds: float  # on the clock
    work: float  # on the processor, for benchmarks/hostile.py
    peak: int

    def well_behaved(self) -> "Answer":
        """Not hung, within memory, one sentence at most, nothing unforeseen."""
        said = f"{self.code} {self.err} {self.log[-3000:]}"
        assert self.code in {0, 1, 2}, said
        assert not self.log, said
        assert (self.err == "") if self.code == 0 else SENTENCE.fullmatch(self.err), said
        assert "内存不足" not in self.err, said
        assert self.peak < MEMORY, (self.peak, said)
        return self

    def refused(self, *words: str) -> str:
        """Refused in one sentence that holds `words`; returns the sentence."""
        self.well_behaved()
        assert self.code == 2, (self.code, self.out[-2000:])
        assert self.out == ""
        assert all(word in self.err for word in words), (words, self.err)
        return self.err

    def done(self, code: int = 0) -> Any:
        """Done with that exit code; the JSON it printed, if any."""
        self.well_behaved()
        assert self.code == code, (self.code, self.err, self.out[-2000:])
        return json.loads(self.out) if self.out.startswith("{") else None


class Call:
    """A call under way."""

    def __init__(self, warm: "Warm", pid: int, scratch: Path) -> None:
        self.pid = pid
        self._warm, self._scratch = warm, scratch

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self, seconds: float = PATIENCE) -> Answer:
        """Its answer; killed when it hangs."""
        ended = self._warm.ask({"wait": self.pid, "seconds": seconds})
        texts: dict[str, Any] = {}
        for name in ("out", "err", "log"):
            path = self._scratch / name
            texts[name] = path.read_text("utf-8", "backslashreplace") if path.exists() else ""
            path.unlink(missing_ok=True)
        self._scratch.rmdir()
        return Answer(**ended, **texts)


class Warm:
    """Starts calls of `jixiao`, each in a child of its own."""

    def __init__(self) -> None:
        paths = [str(ROOT), *filter(None, sys.path)]
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(paths)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.warm"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment | {"PYTHONUTF8": "1"},
        )
        self._folder = TemporaryDirectory(prefix="jixiao-warm-")
        Path(self._folder.name).chmod(0o777)
        self._number = 0

    def ask(self, request: Mapping[str, object]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def start(
        self, *arguments: object, cwd: Path | None = None, setup: str = "", user: int | None = None, data: int = MEMORY
    ) -> Call:
        """Start a call; `setup` is Python that the child runs first, `user` whom it then becomes."""
        self._number += 1
        scratch = Path(self._folder.name) / str(self._number)
        scratch.mkdir()
        scratch.chmod(0o777)
        request = {
            "arguments": [str(argument) for argument in arguments],
            "scratch": str(scratch),
            "cwd": None if cwd is None else str(cwd),
            "setup": setup,
            "user": user,
            "data": data,
        }
        return Call(self, self.ask(request)["pid"], scratch)

    def run(self, *arguments: object, **options: Any) -> Answer:
        """Run a call to its end."""
        return self.start(*arguments, **options).wait()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        self._folder.cleanup()


def state(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """All files under a folder: what is in them, when they were changed, and their modes."""
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
        for path in folder.rglob("*")
        if path.is_file()
    }


# -- the process the children are forked from


def _serve() -> None:
    import gc  # noqa: PLC0415

    import jixiao.log  # noqa: PLC0415, F401
    from jixiao import clock  # noqa: PLC0415
    from jixiao.cli import main  # noqa: PLC0415
    from jixiao.template import write_example  # noqa: PLC0415

    fixed = clock.now()
    setattr(clock, "now", lambda: fixed)  # noqa: B010 - the same file gives the same bytes, whenever it is scored
    # One call beforehand: whatever is imported late is imported now.
    with TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        example = Path(folder) / "例.xlsm"
        write_example(example)
        assert main(["score", str(example), "--json", f"{folder}/例.json"]) == 0
    gc.collect()
    gc.freeze()
    started: dict[int, float] = {}
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if "wait" in request:
            pid = request["wait"]
            answer = _ended(pid, request["seconds"]) | {"seconds": time.monotonic() - started.pop(pid)}
        else:
            moment = time.monotonic()
            pid = os.fork()
            if pid == 0:
                _child(request, main)
            started[pid] = moment
            answer = {"pid": pid}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


def _ended(pid: int, seconds: float) -> dict[str, float]:
    handle = os.pidfd_open(pid)
    if not select.select([handle], [], [], seconds)[0]:
        os.kill(pid, signal.SIGKILL)
    os.close(handle)
    _, status, usage = os.wait4(pid, 0)
    work = usage.ru_utime + usage.ru_stime
    return {"code": os.waitstatus_to_exitcode(status), "work": work, "peak": usage.ru_maxrss * 1024}


def _child(request: dict[str, Any], main: Any) -> None:
    code = 99
    try:
        scratch = request["scratch"]
        os.environ["JIXIAO_LOG"] = f"{scratch}/log"
        if request["cwd"]:
            os.chdir(request["cwd"])
        for number, name in enumerate(("/dev/null", f"{scratch}/out", f"{scratch}/err")):
            flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT
            opened = os.open(name, flags, 0o666)
            os.dup2(opened, number)
        resource.setrlimit(resource.RLIMIT_DATA, (request["data"], request["data"]))
        if request["user"] is not None:
            os.setgroups([])
            os.setgid(request["user"])
            os.setuid(request["user"])
        exec(request["setup"], {})
        code = main(request["arguments"])
        sys.stdout.flush()
        sys.stderr.flush()
    except SystemExit as stop:
        code = int(stop.code or 0)
    except BaseException:  # noqa: BLE001 - the parent reads the trace as the answer
        import traceback  # noqa: PLC0415

        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve()
