"""What is shipped: pinned, licensed, within its size, complete without anything of the PC's, and nothing too much."""

import csv
import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from packaging.requirements import Requirement

from addin.installer import bundle as builder
from addin.installer.libraries import SHIPPED, name_libraries
from addin.installer.wheels import REQUIREMENTS, SITE, BundleError, pinned
from jixiao.doctor.processor import refused
from tests.conftest import ROOT, need
from tests.windows.shims import DUMP
from tests.windows.wine import LOCAL

MOST_MEGABYTES = 200
WINDOWS = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "python_version": "3.11",
    "extra": "",
}

# What is asked for and part of Windows 10 itself; api-ms-win-* stands for parts of its C runtime and kernel.
OF_WINDOWS = {
    "advapi32", "bcrypt", "bcryptprimitives", "cabinet", "comctl32", "comdlg32", "credui", "crypt32", "gdi32",
    "iphlpapi", "kernel32", "ktmw32", "loadperf", "lz32", "mpr", "msi", "msimg32", "msvcrt", "mswsock", "netapi32",
    "ntdll", "ntdsapi", "odbc32", "ole32", "oleacc", "oleaut32", "pdh", "rasapi32", "rpcrt4", "secur32", "sfc",
    "shell32", "urlmon", "user32", "userenv", "uxtheme", "version", "winhttp", "wininet", "winmm", "winspool",
    "ws2_32", "wtsapi32",
}  # fmt: skip
BESIDE_PYTHON = {
    "python.exe", "python311.dll", "python311.zip", "python311._pth", "vcruntime140.dll", "xlwings32.dll",
    "xlwings64.dll", "xlwings32-0.37.8.dll", "xlwings64-0.37.8.dll", "pythoncom311.dll", "pywintypes311.dll",
    "versions.csv", "licences", "Lib",
}  # fmt: skip


OF_XLWINGS = {
    "__init__.py", "__pycache__", "_names.py", "_types.py", "_win32patch.py", "_xlwindows.py", "base_classes.py",
    "com_server.py", "constants.py", "conversion", "expansion.py", "main.py", "py.typed", "udfs.py", "utils.py",
}  # fmt: skip


def listed(bundle: Path) -> list[dict[str, str]]:
    text = (bundle / builder.VERSIONS).read_text("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def files_of(bundle: Path) -> list[Path]:
    return [file for file in bundle.rglob("*") if file.is_file()]


def test_what_excel_and_python_look_for_stands_beside_python(bundle):
    assert {path.name for path in bundle.iterdir()} >= BESIDE_PYTHON
    lines = (bundle / "python311._pth").read_text("ascii").splitlines()
    for line in lines:
        assert (bundle / line.replace("\\", "/")).exists(), line
    assert "import site" not in lines, "packages of the user's own would be looked at"
    assert not list(bundle.rglob("*.pth"))


def test_every_name_a_workbook_may_ask_for_is_the_shipped_library(bundle):
    version, _ = pinned()["xlwings"]
    for bits in (32, 64):
        current = (bundle / f"xlwings{bits}-{version}.dll").read_bytes()
        for name in (f"xlwings{bits}.dll", *(f"xlwings{bits}-{each}.dll" for each in SHIPPED)):
            assert (bundle / name).read_bytes() == current


def test_the_names_that_workbooks_carry_outlive_their_version(tmp_path):
    """A workbook filled with 0.37.8 asks for that name for good, whatever xlwings is installed by then."""
    assert SHIPPED[0] == "0.37.8", "filled workbooks ask for it"
    for bits in (32, 64):
        (tmp_path / f"xlwings{bits}-0.99.0.dll").write_bytes(b"MZ newer")
    made = name_libraries(tmp_path, "0.99.0", (*SHIPPED, "0.99.0"))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(
        [f"xlwings{bits}{name}.dll" for bits in (32, 64) for name in ("", "-0.37.8", "-0.99.0")], b"MZ newer"
    )
    assert {str(name) for name in made} == {path.name for path in tmp_path.iterdir() if "0.99.0" not in path.name}


def test_a_version_nobody_listed_is_refused(tmp_path):
    with pytest.raises(BundleError, match=r"0\.99\.0 is not in SHIPPED"):
        name_libraries(tmp_path, "0.99.0")
    assert pinned()["xlwings"][0] == SHIPPED[-1]


def test_everything_is_listed_and_within_its_size(bundle):
    *parts, total = listed(bundle)
    files = files_of(bundle)
    own = {"python311._pth": 0, builder.VERSIONS: 0}
    counted = [file for file in files if file.name not in own]
    assert {part["组件"] for part in parts} == {"python", "jixiao", *pinned()}
    assert sum(int(part["文件数"]) for part in parts) == int(total["文件数"]) == len(counted) + 1  # Python's own ._pth
    assert int(total["大小（字节）"]) == sum(file.stat().st_size for file in files if file.name != builder.VERSIONS)
    assert int(total["大小（字节）"]) <= MOST_MEGABYTES * 1_000_000


def test_every_part_brings_its_licence_and_none_forbids(bundle):
    for part in listed(bundle)[:-1]:
        texts = list((bundle / "licences" / f"{part['组件']}-{part['版本']}").rglob("*"))
        assert any(text.is_file() and text.stat().st_size > 500 for text in texts), part
        assert re.search(r"MIT|BSD|PSF|Apache|0BSD|Zlib|CC0", part["许可"]), part
    xlwings = bundle / SITE / "xlwings"
    assert not (xlwings / "pro").exists(), "under another licence"
    assert {path.name for path in xlwings.iterdir()} == OF_XLWINGS, "only what is imported on Windows"
    assert not list(xlwings.glob("xlwingslib*"))


def test_all_is_compiled_and_nothing_tells_where(bundle):
    """Excel starts Python with -B: what is not compiled here is compiled anew at every start."""
    for source in (bundle / SITE).rglob("*.py"):
        compiled = source.parent / "__pycache__" / f"{source.stem}.cpython-311.pyc"
        assert compiled.read_bytes()[4:8] == b"\1\0\0\0", compiled  # by hash, never checked
        assert str(ROOT).encode() not in compiled.read_bytes()
        assert str(bundle).encode() not in compiled.read_bytes()


def test_every_dll_asked_for_is_shipped_or_part_of_windows(bundle):
    """A PC without the redistributable of Visual C++ has to do: Wine brings its own and would not notice."""
    binaries = [file for file in files_of(bundle) if file.suffix in {".pyd", ".dll", ".exe"}]
    shipped = {file.name.lower() for file in binaries}
    missing = set()
    for binary in binaries:
        told = subprocess.run([DUMP, "-p", str(binary)], check=True, capture_output=True, text=True).stdout
        for name in re.findall(r"DLL Name: (\S+)", told):
            wanted = name.lower()
            known = wanted.startswith("api-ms-win-") or PurePosixPath(wanted).stem in OF_WINDOWS
            if not known and wanted not in shipped:
                missing.add((binary.name, wanted))
    assert not missing


def test_nothing_that_nobody_needs(bundle):
    folders = {path.relative_to(bundle).as_posix() for path in (bundle / SITE).rglob("*") if path.is_dir()}
    assert not [name for name in folders if re.search(r"/(tests?|pythonwin|demos?)$", name, re.IGNORECASE)]
    assert not [file.name for file in files_of(bundle) if file.suffix in {".chm", ".lib", ".pyi", ".xlsm", ".xlam"}
                and "jixiao" not in file.parts]  # fmt: skip


def test_what_is_left_of_xlwings_is_all_its_server_needs(installed):
    """Loaded as Excel's service loads it, from the folder that ships."""
    loads = "import xlwings.com_server, xlwings.udfs, xlwings; print(xlwings.serve.__module__, *xlwings.engines)"
    done = installed.run(rf"{LOCAL}\Jixiao\runtime\python.exe", "-B", "-c", loads)
    assert done.stdout.startswith("xlwings.com_server"), done.stderr
    assert "excel" in done.stdout


def test_the_pins_are_those_of_the_constraints_and_nothing_is_missing(bundle):
    """Everything a package asks for on Windows is pinned too, in a version it takes."""
    constraints = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text().splitlines())
    versions = {name: version for name, (version, _) in pinned().items()}
    known = {name.lower().replace("_", "-"): version for name, version in constraints.items()}
    assert {name: version for name, version in versions.items() if known.get(name) != version}.keys() == {"pywin32"}
    for about in (bundle / SITE).glob("*.dist-info/METADATA"):
        for text in re.findall(r"^Requires-Dist: (.+)$", about.read_text("utf-8"), re.MULTILINE):
            asked = Requirement(text)
            if asked.marker is None or asked.marker.evaluate(WINDOWS):
                name = asked.name.lower().replace("_", "-")
                assert asked.specifier.contains(versions[name]), text


def test_the_requirements_name_no_place_to_get_them_from():
    assert "://" not in REQUIREMENTS.read_text("utf-8")


def test_numpy_still_refuses_a_processor_in_the_words_that_are_looked_for(bundle):
    """The self-test tells this refusal from a damaged installation by them."""
    refusal = re.compile(rb"NumPy was built with [^\0]+doesn't support")
    (binary,) = (bundle / SITE / "numpy" / "_core").glob("_multiarray_umath.*.pyd")
    (found,) = refusal.findall(binary.read_bytes())
    assert refused(1, found.decode())


def test_another_python_than_the_pinned_one_is_refused(tmp_path):
    need(sys.version_info[:2] == (3, 11), "Python 3.11, for which the bundle is compiled")
    other = tmp_path / "python-3.11.9-embed-amd64.zip"
    other.write_bytes(b"PK something else")
    with pytest.raises(BundleError, match="is pinned as 009d6bf7"):
        builder.build_bundle(tmp_path / "runtime", other)


def test_a_folder_that_is_no_bundle_is_left_alone(tmp_path):
    need(sys.version_info[:2] == (3, 11), "Python 3.11, for which the bundle is compiled")
    kept = tmp_path / "我的.txt"
    kept.write_text("别删")
    with pytest.raises(BundleError, match="not empty"):
        builder.build_bundle(tmp_path, tmp_path / "python.zip")
    assert kept.exists()
