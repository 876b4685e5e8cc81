"""The command line's door: `jixiao score|check|template|demo|doctor`.

Exit 0: no 错误. 1: done, with 错误 rows. 2: the file or the call cannot be used: one Chinese sentence, nothing written.
"""

import argparse
import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from jixiao import __version__, streams
from jixiao.errors import CallError, JixiaoError

UNUSABLE = 2


class _Parser(argparse.ArgumentParser):
    """argparse with one complaint, a Chinese sentence."""

    def error(self, message: str) -> NoReturn:
        raise CallError("命令写法不对，请用“jixiao --help”查看用法。") from argparse.ArgumentError(None, message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; every failure is one Chinese sentence on stderr."""
    streams.make_ready()
    try:
        options = _parser().parse_args(arguments)
        run: Callable[[argparse.Namespace], int] = options.run
        with _without_collector():
            return run(options)
    except JixiaoError as error:
        _say(str(error))
    except KeyboardInterrupt:
        _say("已中止，工作簿文件是完整的（原来的，或已算好的）。")
    except MemoryError:
        _say("内存不足，没有算完，工作簿文件没有损坏，请关闭其他程序后再试。")
    except Exception:  # noqa: BLE001 - the last door: staff read one sentence, the log keeps the trace
        from jixiao.log import record_failure, whom_to_ask  # noqa: PLC0415 - only when something broke

        path = record_failure("command failed")
        _say(f"程序内部出错，没有算完，工作簿文件没有损坏，请{whom_to_ask(path)}。")
    return UNUSABLE


def run() -> None:
    """The console command: `main`, then out at once.

    All files are written and closed by then; taking the interpreter apart would be a fifth of a short run.
    """
    try:
        code = main()
    except SystemExit as end:  # --help and --version
        code = int(end.code or 0)
    streams.finish()
    os._exit(code)


@contextmanager
def _without_collector() -> Iterator[None]:
    """A county's cells are millions of objects without cycles: looking for cycles among them is a fifth of the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _say(sentence: str) -> None:
    from jixiao.text import one_line  # noqa: PLC0415 - only when something is to be said

    streams.tell(one_line(sentence))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="jixiao", description="镇内部绩效考核计分工具", add_help=False, usage="jixiao 命令 …")
    _help(parser)
    parser.add_argument("--version", action="version", version=f"jixiao {__version__}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="", required=True)

    command = _command(commands, "score", "计算得分并写回工作簿，原来的留一份在“备份”文件夹", _score)
    command.add_argument("file", metavar="工作簿", type=Path, help="要计算的工作簿（.xlsm 或 .xlsx）")
    command.add_argument("-o", dest="output", metavar="文件", type=Path, help="写到另一个文件，原文件不动")
    command.add_argument("--json", metavar="文件", help="结果另存为 JSON；“-”表示输出到屏幕")

    command = _command(commands, "check", "校验数据，写“校验结果”表，给要核对的单元格上色、加批注", _check)
    command.add_argument("file", metavar="工作簿", type=Path, help="要校验的工作簿（.xlsm 或 .xlsx）")
    command.add_argument("--json", metavar="文件", help="结果另存为 JSON；“-”表示输出到屏幕")

    command = _command(commands, "template", "生成空白工作簿，或从上一年结转", _template)
    command.add_argument("-o", dest="output", metavar="文件", type=Path, required=True, help="写到哪个文件")
    command.add_argument("--year", metavar="年度", type=int, help="考核年度，例如 2025")
    command.add_argument("--departments", metavar="名单", type=Path, help="科室名单，文本文件，每行一个")
    command.add_argument(
        "--from",
        dest="last_year",
        metavar="工作簿",
        type=Path,
        help="上一年的工作簿：科室、人员、参数、加减分标准、历年结果带到新的一年",
    )
    command.add_argument("--tasks", action="store_true", help="结转时任务台账的任务也带过去，不带完成率")

    _command(commands, "demo", "把示例复制到当前文件夹，计算并显示", _demo)

    command = _command(commands, "doctor", "自检：看这台电脑上什么会妨碍计算，每一项怎么办", _doctor)
    command.add_argument("file", metavar="工作簿", type=Path, nargs="?", help="打不开或点不动的工作簿（可以不写）")
    command.add_argument("--report", metavar="文件", type=Path, help="另存为文本文件，可以发给维护人员")
    command.add_argument("--self-test", action="store_true", help="只试算一遍，看安装的程序能不能用")
    return parser


def _command(
    commands: "argparse._SubParsersAction[_Parser]", name: str, text: str, run: Callable[[argparse.Namespace], int]
) -> _Parser:
    command = commands.add_parser(name, help=text, description=text, add_help=False)
    command.set_defaults(run=run)
    _help(command)
    return command


def _help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help="显示用法")


# The commands load pandas and xlwings: only when there is work for them.


def _score(options: argparse.Namespace) -> int:
    from jixiao import commands  # noqa: PLC0415 - see above

    return commands.score(options.file, options.output, options.json)


def _check(options: argparse.Namespace) -> int:
    from jixiao import commands  # noqa: PLC0415 - see above

    return commands.check(options.file, options.json)


def _template(options: argparse.Namespace) -> int:
    from jixiao import commands  # noqa: PLC0415 - see above

    return commands.template(options.output, options.year, options.departments, options.last_year, tasks=options.tasks)


def _demo(_: argparse.Namespace) -> int:
    from jixiao import commands  # noqa: PLC0415 - see above

    return commands.demo()


def _doctor(options: argparse.Namespace) -> int:
    from jixiao.doctor import command  # noqa: PLC0415 - see above

    if options.self_test and options.report is not None:
        raise CallError("“--self-test”只试算一遍，不写报告，请去掉“--report”。")
    return command.self_test() if options.self_test else command.examine(options.file, options.report)
