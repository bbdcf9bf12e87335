"""The progress bar: for a person who waits at a terminal, and for nobody else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from drafts import BAD
from environments import run
from terminals import on_terminal

from checker.commands.progress import Progress, shown_progress
from checker.engine import Review, Selection, check_paths

MANY = 150
CHECK = ("check", "drafts", "--no-cache", "--format", "concise")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with so many drafts that checking them takes longer than a person waits without a word."""
    place = tmp_path_factory.mktemp("many")
    (place / "drafts").mkdir()
    for number in range(MANY):
        measures = "".join(f"{n}.办好赛事{n}。每年办赛{n}场。（县体育局牵头）\n" for n in range(3, 60))
        text = BAD.replace("三、进度", measures + "三、进度")
        (place / "drafts" / f"{number}.txt").write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def in_a_pipe(many: Path) -> subprocess.CompletedProcess[str]:
    """Return what a run does of which nobody looks at the terminal."""
    return run(sys.executable, "-m", "checker", *CHECK, cwd=many)


def counts(shown: str) -> list[tuple[int, int]]:
    """Return ``(done, number)`` of every bar that was drawn."""
    return [(int(done), int(number)) for done, number in re.findall(r" (\d+)/(\d+) ", shown)]


class TestOnATerminal:
    @pytest.mark.parametrize(("jobs", "language", "label"), [("1", "zh", "检查方案 "), ("2", "en", "checking ")])
    def test_it_counts_and_is_gone_at_the_end(
        self, many: Path, in_a_pipe: subprocess.CompletedProcess[str], jobs: str, language: str, label: str
    ) -> None:
        done = on_terminal("--lang", language, *CHECK, "--jobs", jobs, cwd=many)
        drawn = counts(done.shown)
        assert len(drawn) > 1, "it moves"
        assert drawn == sorted(drawn)
        assert {number for _, number in drawn} == {MANY}
        assert label in done.shown
        assert "\x1b" not in done.shown, "no colours"
        assert done.screen == "", "nothing of it stays"
        assert done.status == 1
        if language == "zh":
            assert done.out == in_a_pipe.stdout, "the report is the same as without"

    @pytest.mark.parametrize("command", [("baseline", "drafts"), ("compare", "drafts", "drafts")], ids=str)
    def test_other_commands_that_check_drafts_show_it_too(self, many: Path, command: tuple[str, ...]) -> None:
        done = on_terminal(*command, cwd=many, PLANCHECK_CACHE_DIR=str(many / f".cache-{command[0]}"))
        assert counts(done.shown)
        assert "%" not in done.screen

    def test_what_is_said_beside_the_report_stays_readable(self, many: Path) -> None:
        done = on_terminal(*CHECK, "--exclude", "drafts/1.txt", cwd=many)
        assert {number for _, number in counts(done.shown)} == {MANY - 1}
        assert done.screen == "plancheck: 按 exclude 有 1 份方案没有检查\n"


class TestNobodyIsLooking:
    def test_a_short_run(self, many: Path) -> None:
        assert on_terminal("check", "drafts/1.txt", "drafts/2.txt", cwd=many).shown == ""

    def test_hooks_of_pre_commit(self, many: Path) -> None:
        assert on_terminal(*CHECK, cwd=many, PRE_COMMIT="1").shown == ""

    @pytest.mark.parametrize(("name", "value"), [("CI", "true"), ("TERM", "dumb"), ("TERM", "xterm")])
    def test_a_log_that_looks_like_a_terminal(self, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
        for variable in ("CI", "PRE_COMMIT", "TERM"):
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        with shown_progress("zh") as on_checked:
            assert (on_checked is not None) == (value == "xterm")

    def test_a_pipe(self, in_a_pipe: subprocess.CompletedProcess[str]) -> None:
        assert in_a_pipe.stderr == ""

    def test_nothing_is_imported_for_it(self, many: Path) -> None:
        program = (
            "import sys\nfrom checker.commands.check import command\nfrom checker.cli import main\n"
            "try:\n    main(['check', 'drafts/1.txt'])\nexcept SystemExit:\n    assert 'tqdm' not in sys.modules\n"
        )
        done = run(sys.executable, "-c", program, cwd=many)
        assert (done.returncode, done.stderr) == (0, "")


class TestBar:
    def test_waits_until_a_person_would_wonder(self, capsys: pytest.CaptureFixture[str]) -> None:
        progress = Progress("zh", patience=60)
        progress.on_checked(1, 3)
        progress.close()
        assert capsys.readouterr().err == ""

    def test_does_not_come_for_the_last_draft(self, capsys: pytest.CaptureFixture[str]) -> None:
        progress = Progress("zh", patience=0)
        progress.on_checked(3, 3)
        progress.close()
        assert capsys.readouterr().err == ""


def test_the_engine_tells_of_each_draft_that_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path / "cache"))
    paths = [str(tmp_path / f"{number}.txt") for number in range(3)]
    for number, path in enumerate(paths):
        Path(path).write_text(BAD.replace("某县", f"某{number}县"), encoding="utf-8")
    only = Selection(("plan/lead-unit",))
    check_paths(paths[1:2], Review(only, cached=True))
    told: list[tuple[int, int]] = []
    paths.append(str(tmp_path / "none.txt"))
    check_paths(paths, Review(only, cached=True), on_checked=lambda done, number: told.append((done, number)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)], "what is known and what cannot be read count, too"
