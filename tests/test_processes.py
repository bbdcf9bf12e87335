"""Drafts checked in several processes: the same report, in the same order, and an end whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import Run

from checker import processes
from checker.engine import EVERYTHING, Review, check_file
from checker.problems import Problem

DRAFT = """\
某县全民健身实施方案（2021—2025年）

一、工作目标
到2025年，全县体育场地达到{number}个。
二、主要任务
1.建好场地。新建一批场地。（县体育局牵头）
2.办好第{number}届赛事。每年办赛10场。
三、进度安排
启动阶段。2021年，制定方案。
推进阶段。2022—2025年，全面推进。
四、组织保障
加强组织领导，落实工作经费。
"""


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """Return a folder of thirty drafts and one that cannot be read."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(DRAFT.format(number=number), encoding="utf-8")
    (folder / "13.txt").write_bytes(b"\0" * 100)
    return folder


@pytest.mark.parametrize("form", ["text", "concise", "json"])
@pytest.mark.parametrize("jobs", ["0", "2", "5"])
def test_the_report_is_the_same(plancheck: Run, drafts: Path, form: str, jobs: str) -> None:
    options = ("check", "drafts", "missing.txt", "--format", form, "--no-cache")
    one = plancheck(*options, "--jobs", "1")
    several = plancheck(*options, "--jobs", jobs)
    assert several.stdout == one.stdout
    assert (several.stderr, several.returncode) == (one.stderr, one.returncode)
    assert one.returncode == 2
    assert "方案" in one.stdout or form == "concise"


def test_unchanged_drafts_come_from_the_cache_and_the_others_from_the_processes(plancheck: Run, drafts: Path) -> None:
    first = plancheck("check", "drafts", "--jobs", "2")
    assert plancheck("check", "drafts", "--jobs", "2").stdout == first.stdout
    for name in ("03.txt", "17.txt", "29.txt"):
        (drafts / name).write_text(DRAFT.format(number="100"), encoding="utf-8")
    changed = plancheck("check", "drafts", "--jobs", "2")
    assert changed.stdout == plancheck("check", "drafts", "--jobs", "1", "--no-cache").stdout
    assert changed.stdout != first.stdout


def test_standard_input_is_read_by_the_first_process(plancheck: Run, drafts: Path) -> None:
    done = plancheck("check", "drafts/01.txt", "-", "--jobs", "2", "--format", "concise", stdin=DRAFT.format(number=7))
    assert "-:7:1:" in done.stdout


@pytest.mark.parametrize("jobs", ["-1", "x"])
def test_a_number_that_is_none(plancheck: Run, drafts: Path, jobs: str) -> None:
    assert plancheck("check", "drafts", "--jobs", jobs).returncode == 2


def die(draft: str) -> None:
    if draft.endswith("07.txt"):
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed otherwise")
def test_a_process_that_dies_is_named_and_nothing_hangs(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = sorted(map(str, drafts.glob("*.txt")))
    # The processes are forked from this one, or they would not know of the change.
    if processes.ProcessPoolExecutor(1)._mp_context.get_start_method() != "fork":  # type: ignore[attr-defined]
        pytest.skip("processes begin anew here")
    monkeypatch.setattr(processes, "check_file", lambda draft, review: die(draft) or check_file(draft, review))
    with pytest.raises(Problem) as stopped:
        list(processes.check_in_processes(named, Review(EVERYTHING), 2))
    assert "意外终止" in stopped.value.message.zh
    assert "0" in stopped.value.message.zh.rpartition("：")[2]


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are sent otherwise")
def test_an_interrupt_ends_all_processes_soon(tmp_path: Path, drafts: Path) -> None:
    for number in range(100, 1500):
        (drafts / f"{number}.txt").write_text(DRAFT.format(number=number) * 20, encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "checker", "check", str(drafts), "--jobs", "2", "--no-cache"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    time.sleep(2)
    assert running.poll() is None
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert b"Traceback" not in out + err
    with pytest.raises(ProcessLookupError):
        for _ in range(50):
            os.killpg(running.pid, 0)
            time.sleep(0.1)
