"""Every sample lies beside the report that is expected of it: ``pytest --rewrite-samples``, then read the diff."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from checker.testing import assert_same_report

FOLDER = Path(__file__).resolve().parent.parent / "samples" / "drafts"
EXPECTED = ".expected"
DRAFTS = sorted(path.name for path in FOLDER.iterdir() if path.is_file() and not path.name.endswith(EXPECTED))


@pytest.mark.parametrize("name", DRAFTS)
def test_a_sample_gets_its_expected_report(name: str, request: pytest.FixtureRequest) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checker", "check", "--no-cache", "--format", "concise", "--fail-on", "never", name],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    expected = FOLDER / f"{Path(name).stem}{EXPECTED}"
    assert_same_report(done.stdout, expected, rewrite=request.config.getoption("--rewrite-samples"))


def test_there_is_no_expected_report_without_its_draft() -> None:
    assert len({Path(name).stem for name in DRAFTS}) == len(DRAFTS) >= 10
    reports = {path.name.removesuffix(EXPECTED) for path in FOLDER.glob(f"*{EXPECTED}")}
    assert reports == {Path(name).stem for name in DRAFTS}


def test_the_folder_as_a_whole_gets_the_reports_of_all_samples() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "checker", "check", "--no-cache", "--format", "concise", "."],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    expected = [
        f"./{line}"
        for name in DRAFTS
        for line in (FOLDER / f"{Path(name).stem}{EXPECTED}").read_text(encoding="utf-8").splitlines()
    ]
    assert (done.stdout.splitlines(), done.stderr, done.returncode) == (expected, "", 1)
