"""What Wine 8 lacks, built with mingw: the complex functions of the C runtime (numpy), one of bcrypt's (pydantic).

The shims go into the Wine prefix and never into the bundle: what ships is tested as it is.
"""

import re
import shutil
import subprocess
from pathlib import Path

COMPILER, DUMP = "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-objdump"
UCRT = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows/ucrtbase.dll")
OVERRIDES = "mscoree,mshtml,winemenubuilder.exe=;ucrtbase,ucrtwine,bcryptprimitives=n,b"

_MARK = b"Wine builtin DLL"
_EXPORT = re.compile(r"^\s*\[\s*\d+\](?: \+base\[\s*\d+\]\s+[0-9a-f]+)? (\S+)$", re.MULTILINE)

# Windows passes a complex number as a struct of two, mingw as one value: each function needs a wrapper.
_PRELUDE = """#include <complex.h>
typedef struct { float re, im; } F;
typedef struct { double re, im; } D;
static inline float complex of_F(F x) { float complex z; __real__ z = x.re; __imag__ z = x.im; return z; }
static inline double complex of_D(D x) { double complex z; __real__ z = x.re; __imag__ z = x.im; return z; }
static inline F to_F(float complex z) { F x = {__real__ z, __imag__ z}; return x; }
static inline D to_D(double complex z) { D x = {__real__ z, __imag__ z}; return x; }
"""
_TO_REAL = ("cabs", "carg", "creal", "cimag")
_TO_COMPLEX = ("ccos", "ccosh", "cexp", "csin", "csinh", "ctan", "ctanh", "clog", "csqrt")
_OF_TWO = ("cpow",)
# The suffix of a name on Windows, the struct, the plain type, the suffix for mingw. A long double is a double there.
_KINDS = (("f", "F", "float", "f"), ("", "D", "double", ""), ("l", "D", "double", ""))

_RANDOM = """#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE into, SIZE_T count) { return RtlGenRandom(into, (ULONG)count); }
"""

_LAUNCHER = """#include <windows.h>
typedef int (*Main)(int, wchar_t **);
int wmain(int count, wchar_t **arguments) {
    HMODULE python = LoadLibraryW(L"python311.dll");
    Main run = python ? (Main)GetProcAddress(python, "Py_Main") : 0;
    return run ? run(count, arguments) : 100;
}
"""


def build_shims(folder: Path) -> list[Path]:
    """The DLLs that a prefix needs in its system32."""
    folder.mkdir(parents=True, exist_ok=True)
    # Wine's own runtime under another name, no longer marked as built in, does all but the complex functions.
    own = bytearray(UCRT.read_bytes())
    mark = own.find(_MARK)
    assert 0 < mark < 0x100, "Wine marks its own DLLs another way"
    own[mark : mark + len(_MARK)] = bytes(len(_MARK))
    (folder / "ucrtwine.dll").write_bytes(own)

    ours, source = _complex_functions()
    exports = set(_EXPORT.findall(_run(DUMP, "-p", str(UCRT))))
    assert len(exports) > 2000, "objdump lists the exports another way"
    lines = [f"  {name}={ours[name]}" for name in sorted(ours)]
    lines += [f'  "{name}"=ucrtwine.{name}' for name in sorted(exports - ours.keys())]
    (folder / "ucrt.def").write_text('LIBRARY "ucrtbase.dll"\nEXPORTS\n' + "\n".join(lines) + "\n")
    _library(folder, "ucrtbase.dll", source, str(folder / "ucrt.def"), "-static-libgcc")
    _library(folder, "bcryptprimitives.dll", _RANDOM, "-ladvapi32")
    return [folder / name for name in ("ucrtwine.dll", "ucrtbase.dll", "bcryptprimitives.dll")]


def build_launcher(target: Path) -> None:
    """A python.exe, which the wheel of the stand-in lacks."""
    source = target.with_suffix(".c")
    source.write_text(_LAUNCHER)
    _run(COMPILER, "-O2", "-s", "-municode", "-o", str(target), str(source))
    source.unlink()


def is_installed() -> bool:
    """Whether the compiler is there."""
    return bool(shutil.which(COMPILER) and shutil.which(DUMP))


def _complex_functions() -> tuple[dict[str, str], str]:
    """Names on Windows with the functions that stand in for them, and their source."""
    ours: dict[str, str] = {}
    source = [_PRELUDE]
    for suffix, struct, plain, gnu in _KINDS:
        for name in _TO_REAL:
            source.append(f"{plain} our_{name}{suffix}({struct} x) {{ return {name}{gnu}(of_{struct}(x)); }}")
        for name in _TO_COMPLEX:
            body = f"return to_{struct}({name}{gnu}(of_{struct}(x)));"
            source.append(f"{struct} our_{name}{suffix}({struct} x) {{ {body} }}")
        for name in _OF_TWO:
            body = f"return to_{struct}({name}{gnu}(of_{struct}(x), of_{struct}(y)));"
            source.append(f"{struct} our_{name}{suffix}({struct} x, {struct} y) {{ {body} }}")
        ours |= {f"{name}{suffix}": f"our_{name}{suffix}" for name in (*_TO_REAL, *_TO_COMPLEX, *_OF_TWO)}
    return ours, "\n".join(source) + "\n"


def _library(folder: Path, name: str, source: str, *more: str) -> None:
    text = (folder / name).with_suffix(".c")
    text.write_text(source)
    _run(COMPILER, "-O2", "-s", "-shared", "-o", str(folder / name), str(text), *more)


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
