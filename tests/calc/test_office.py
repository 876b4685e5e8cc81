"""A LibreOffice that hangs, dies, is missing or runs already ends in one sentence, and no process is left behind."""

import os
import signal
import subprocess
import sys
import uuid
from contextlib import suppress
from pathlib import Path

import pytest

from jixiao.engines.calc import office as offices
from jixiao.engines.calc.office import OwnOffice, RemoteSession
from jixiao.errors import JixiaoError, OfficeError
from tests.calc.processes import members, send, until_gone
from tests.waiting import until


def ask(office):
    """One question that every living LibreOffice answers."""
    with office.asking():
        return office.desktop.getComponents().hasElements()


@pytest.fixture
def own(soffice):
    """A LibreOffice of the test's own."""
    office = OwnOffice()
    yield office
    office.close()


def test_it_leaves_nothing_behind_when_closed(own):
    folder = Path(own._folder)
    assert folder.is_dir()
    assert not ask(own)
    own.close()
    until_gone(own.pid)
    assert not folder.exists()
    with pytest.raises(OfficeError):
        ask(own)


def test_one_that_hangs_is_ended(own):
    send(own.pid, signal.SIGSTOP, name="soffice.bin")
    own._limit = 4  # it never will, so none need wait the minutes a busy one is given
    with pytest.raises(OfficeError, match="没有反应，已经把它关掉"):
        ask(own)
    until_gone(own.pid)
    with pytest.raises(OfficeError, match="没有反应"):
        ask(own)


def test_one_that_dies_is_said_to_be_gone(own):
    send(own.pid, signal.SIGKILL, name="soffice.bin")
    with pytest.raises(OfficeError, match="已经退出"):
        ask(own)
    own.close()
    until_gone(own.pid)


def test_a_killed_guard_leaves_no_orphan(own):
    os.kill(own.pid, signal.SIGKILL)
    own.close()
    until_gone(own.pid)


def test_two_at_once_do_not_meet(own):
    other = OwnOffice()
    try:
        with own.asking():
            document = own.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, ())
        assert (ask(own), ask(other)) == (True, False)
    finally:
        other.close()
    with own.asking():
        assert document.Sheets.getCount() == 1


def test_a_profile_in_use_is_said(soffice, tmp_path):
    first = OwnOffice(profile=tmp_path)
    try:
        with pytest.raises(OfficeError, match="正开着"):
            OwnOffice(profile=tmp_path)
        assert not ask(first)
    finally:
        first.close()
    until_gone(first.pid)
    assert tmp_path.is_dir(), "a profile that was given stays"


def test_one_that_never_answers_is_ended(soffice, tmp_path, monkeypatch):
    silent = tmp_path / "soffice"
    silent.write_text("#!/bin/sh\nsleep 600\n")
    silent.chmod(0o755)
    started = []
    real = subprocess.Popen

    def noted(*arguments, **options):
        started.append(real(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(offices, "find_soffice", lambda: str(silent))
    monkeypatch.setattr(subprocess, "Popen", noted)
    with pytest.raises(OfficeError, match="启动后没有反应"):
        OwnOffice(start_seconds=1)
    until_gone(started[0].pid)


def test_one_that_ends_at_once_is_said(soffice, tmp_path, monkeypatch):
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(offices, "find_soffice", lambda: str(broken))
    with pytest.raises(OfficeError, match="没有启动起来"):
        OwnOffice()


def test_a_missing_one_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(JixiaoError, match="没有找到 LibreOffice"):
        OwnOffice()


def test_it_ends_with_the_program_that_started_it(soffice):
    script = (
        "import time; from jixiao.engines.calc.office import OwnOffice; print(OwnOffice().pid, flush=True);"
        "time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        group = int(program.stdout.readline())
        assert len(members(group)) > 1
        program.kill()
    until_gone(group)


def test_one_we_did_not_start_is_never_ended(soffice, tmp_path):
    pipe = f"jixiao{uuid.uuid4().hex}"
    flags = ("--headless", "--norestore", "--nologo", "--nodefault", f"--accept=pipe,name={pipe};urp;")
    program = subprocess.Popen([soffice, f"-env:UserInstallation={tmp_path.as_uri()}", *flags], start_new_session=True)
    try:
        until(lambda: reachable(pipe), "nothing listens")
        session = RemoteSession(pipe)
        assert not ask(session)
        session.close()
        assert reachable(pipe), "it lives and answers who asks again"
        session = RemoteSession(pipe)
        send(program.pid, signal.SIGKILL, name="soffice.bin")
        with pytest.raises(OfficeError, match="已经退出"):
            ask(session)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def reachable(pipe):
    try:
        session = RemoteSession(pipe)
    except OfficeError:
        return False
    session.close()
    return True
