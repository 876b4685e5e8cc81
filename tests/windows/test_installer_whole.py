"""The installer as it ships, with everything in it: its size, and that what it installs computes where it stands."""

import pytest

from tests.functions.excel import MISSING
from tests.windows.excel import DLL, Excel

MIB = 1024 * 1024


@pytest.fixture
def installer(whole_installer):
    return whole_installer.result()


def test_it_is_small_enough_to_hand_round(installer):
    assert installer.stat().st_size <= 40 * MIB


def test_it_installs_and_computes_for_a_person_whose_name_the_code_page_lacks(installer, rare_pc):
    before = rare_pc.everything()
    assert rare_pc.setup(installer) == 0
    runtime = rare_pc.registry()["Environment"]["JIXIAO_RUNTIME"]
    folder = runtime.rpartition("\\")[0]
    assert sum(map(len, rare_pc.files(folder).values())) <= 200 * MIB
    assert rare_pc.wine.path(rf"{runtime}\{DLL}").exists()
    excel = Excel(rare_pc.wine, changed={"INTERPRETER_WIN": rf"{runtime}\python.exe"})
    try:
        # 业绩 92 × 40 % + 96 × 60 % = 94.40, 履职 42.5 + 26.4 + 18.2 = 87.10, and 3 points more.
        score = excel.formula("JIXIAO_SCORE", (90, 92, 94, 96), (85, 88, 91), 3, MISSING)
    finally:
        excel.close()
    assert score == pytest.approx(95.21)
    rare_pc.uninstall(folder)
    assert rare_pc.everything() == before
