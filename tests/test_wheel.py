"""The built wheel, installed alone in a fresh environment outside the checkout, does the main jobs."""

import subprocess
import sys
import venv
import zipfile

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.glob("jixiao-*.whl")
    return built


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"jixiao"}
    assert {"jixiao/data/template.xlsm", "jixiao/data/example.xlsm", "jixiao/py.typed"} <= set(names)
    assert "jixiao/policy/data/2024.toml" in names
    assert all(name.isascii() for name in names), "non-ASCII names break on some machines"


def test_demo_template_and_score_outside_the_checkout(wheel, tmp_path):
    home = tmp_path / "环境"
    venv.create(home, with_pip=True)
    commands = home / ("Scripts" if sys.platform == "win32" else "bin")
    install = [str(commands / "python"), "-m", "pip", "install", "-q", "-c", str(ROOT / "constraints.txt"), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    work = tmp_path / "工作"
    work.mkdir()

    def run(*arguments: str) -> str:
        command = [str(commands / "jixiao"), *arguments]
        done = subprocess.run(command, check=False, cwd=work, capture_output=True, text=True, encoding="utf-8")
        assert (done.returncode, done.stderr) == (0, ""), arguments
        return done.stdout

    assert run("demo").splitlines()[-1] == "结果已写入：绩效考核-2024示例.xlsm"
    assert "空白.xlsm" in run("template", "-o", "空白.xlsm", "--year", "2025")
    assert "党建办" in run("score", "绩效考核-2024示例.xlsm", "-o", "再算.xlsm")
    assert {path.name for path in work.iterdir()} == {"绩效考核-2024示例.xlsm", "空白.xlsm", "再算.xlsm", "备份"}
