"""What the READMEs show is so: every command in them is carried out, and what it prints is compared.

- ``sh`` blocks: each line is carried out by the shell and has to end with 0 or 1. A ``text`` block behind one is
  what its last line prints, or a part of it.
- ``console`` blocks: ``$ command``, and below it exactly what it prints; ``……`` alone in a line stands for lines that
  are left out.
- What installs something is left out here: the environment of ``.venv`` has the wheel that tests/environments.py
  makes, and ``.ci/run`` carries out the line that installs what the tests need.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from drafts import BAD, CLEAN
from environments import Environment
from pages import Page

from checker.parser import parse_text
from checker.plain_text import from_string
from checker.word.drafting import drafted

REPOSITORY = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
PAGES = {name: Page(f"../{name}") for name in READMES}
LEFT_OUT = "……\n"
INSTALLS = re.compile(r"python3? -m venv |-m pip install |^pip install |^pre-commit install$|^git clone |^cd ")
TESTS = re.compile(r"-m pytest\b")


class Command(NamedTuple):
    """A command of a README, and what that shows of its output."""

    readme: str
    line: int
    written: str
    shown: str | None
    """None where it shows nothing; the empty text where a command says nothing."""
    whole: bool
    """True where what is shown is all that is printed."""

    @property
    def carried_out(self) -> str:
        """The command without the steps that install something or run these tests."""
        steps = re.split(r"\s*&&\s*", self.written.partition("  #")[0].strip())
        return " && ".join(step for step in steps if not INSTALLS.search(step) and not TESTS.search(step))

    def __str__(self) -> str:
        return f"{self.readme}:{self.line}"


def commands(readme: str) -> Iterator[Command]:
    blocks = PAGES[readme].blocks
    for number, block in enumerate(blocks):
        if block.kind == "sh":
            lines = [
                (block.line + 1 + offset, line)
                for offset, line in enumerate(block.content.splitlines())
                if line.strip() and not line.lstrip().startswith("#")
            ]
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            shown = following.content if following is not None and following.kind == "text" else None
            for line, written in lines[:-1]:
                yield Command(readme, line, written, None, False)
            yield Command(readme, *lines[-1], shown, False)
        elif block.kind == "console":
            for found in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.content, re.MULTILINE):
                line = block.line + 1 + block.content.count("\n", 0, found.start())
                yield Command(readme, line, found[1], found[2], True)


COMMANDS = [command for readme in READMES for command in commands(readme)]
CARRIED_OUT = [command for command in COMMANDS if command.carried_out]


def agrees(printed: str, shown: str, *, whole: bool) -> bool:
    """Say whether lines are what is printed, or what is left of it where they say that lines are left out."""
    parts = shown.split(LEFT_OUT)
    pattern = "(?:.*\n)*?".join(map(re.escape, parts))
    return bool(re.fullmatch(pattern, printed) if whole else re.search(f"^{pattern}", printed, re.MULTILINE))


class Scratch:
    """A folder with what the commands of a README name, and a shell in it."""

    def __init__(self, folder: Path, environment: Environment) -> None:
        self.folder = folder
        (folder / "bin").mkdir()
        command = folder / "bin" / "plancheck"
        command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m checker "$@"\n', encoding="utf-8")
        command.chmod(0o755)
        shutil.copytree(REPOSITORY / "samples", folder / "samples", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / ".venv").symlink_to(environment.folder, target_is_directory=True)

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Carry out a command in the shell; what it prints and what it says are one, as on a terminal."""
        self._provide(shlex.split(command, comments=True))
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env={
                **os.environ,
                "PATH": f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
                "PLANCHECK_CACHE_DIR": str(self.folder / ".cache"),
                "COLUMNS": "100",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )
        print(f"$ {command}\n{done.stdout}\nexit status {done.returncode}")
        return done

    def _provide(self, words: Sequence[str]) -> None:
        """Make the drafts, folders of drafts and packs that a command reads, where they are not there yet."""
        for before, word in zip(("", *words), words, strict=False):
            place = self.folder / word
            if before in ("-o", "--output", "--baseline", ">") or word.startswith("-") or place.exists():
                continue
            if before in ("--rules", "test"):
                place.mkdir()
                (place / "pack.yaml").write_text("title: 县里的规则\nversion: 1.0.0\n", encoding="utf-8")
            elif word.endswith("/"):
                place.mkdir(parents=True)
                second_round = "2" in word  # in which what was wrong has been mended
                (place / "一.txt").write_text(CLEAN if second_round else BAD, encoding="utf-8")
                (place / "二.txt").write_text(CLEAN, encoding="utf-8")
            elif word.endswith((".txt", ".md")):
                place.write_text(BAD, encoding="utf-8")
            elif word.endswith(".docx"):
                place.write_bytes(drafted(parse_text(from_string(BAD))).was)


@pytest.fixture(scope="module")
def results(
    environment_with_plancheck: Environment, tmp_path_factory: pytest.TempPathFactory
) -> dict[Command, subprocess.CompletedProcess[str]]:
    """Return what came of each command: those of one README are carried out in its order, in one folder."""
    found: dict[Command, subprocess.CompletedProcess[str]] = {}
    for readme in READMES:
        scratch = Scratch(tmp_path_factory.mktemp("readme"), environment_with_plancheck)
        found |= {command: scratch.run(command.carried_out) for command in CARRIED_OUT if command.readme == readme}
    return found


@pytest.mark.parametrize("command", CARRIED_OUT, ids=str)
def test_a_command_does_what_is_shown(
    command: Command, results: dict[Command, subprocess.CompletedProcess[str]]
) -> None:
    done = results[command]
    print(f"$ {command.carried_out}\n{done.stdout}\nexit status {done.returncode}")
    assert done.returncode in (0, 1), command.written
    assert "Traceback" not in done.stdout
    if command.shown is not None:
        assert agrees(done.stdout, command.shown, whole=command.whole), f"shown:\n{command.shown}"


@pytest.mark.parametrize("readme", READMES)
def test_commands_are_found(readme: str) -> None:
    found = [command for command in COMMANDS if command.readme == readme]
    assert sum(command.carried_out.startswith("plancheck ") for command in found) >= 20
    assert any(command.shown for command in found)
    named = {word for command in found for word in command.carried_out.split()}
    assert {"check", "compare", "tasks", "cover", "explain", "parse"} <= named


def test_both_show_the_same_commands() -> None:
    english, chinese = (
        [re.findall(r"plancheck (?:--\S+ )*([a-z-]+)", one.carried_out) for one in COMMANDS if one.readme == readme]
        for readme in READMES
    )
    assert chinese == english


@pytest.mark.parametrize("readme", READMES)
def test_what_runs_the_tests_is_what_ci_runs(readme: str) -> None:
    (line,) = [command.written for command in COMMANDS if command.readme == readme and TESTS.search(command.written)]
    assert line in (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert "grep -m 1 -F -- '-m pytest' README.md" in (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES)
def test_programs_run(readme: str, tmp_path: Path) -> None:
    programs = [block for block in PAGES[readme].blocks if block.kind == "python"]
    assert programs
    for name in ("draft.txt", "plan.txt"):
        (tmp_path / name).write_text(BAD, encoding="utf-8")
    for block in programs:
        done = subprocess.run(
            [sys.executable, "-c", block.content],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.stderr, done.returncode) == ("", 0)
        assert done.stdout.startswith("8 措施“办好赛事”没有写明牵头单位\n")


@pytest.mark.parametrize("readme", READMES)
def test_hooks_are_there(readme: str) -> None:
    known = {hook["id"] for hook in yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    blocks = [yaml.safe_load(block.content) for block in PAGES[readme].blocks if block.kind == "yaml"]
    used = {hook["id"] for block in blocks if isinstance(block, list) for repo in block for hook in repo["hooks"]}
    assert used
    assert used <= known


@pytest.mark.parametrize("readme", READMES)
def test_the_numbers_of_rules_are_right(readme: str) -> None:
    from checker.engine import Review

    packs = [rule.pack for rule in Review().rulebook.rules]
    rows = dict(re.findall(r"^\| `([\w-]+)` [^|]*\| (\d+) \|", PAGES[readme].text, re.MULTILINE))
    assert {name: int(number) for name, number in rows.items()} == {name: packs.count(name) for name in set(packs)}
    (stated,) = set(re.findall(r"(\d+) (?:rules in three packs|条规则。)", PAGES[readme].text))
    assert int(stated) == len(packs)


class TestComparing:
    """The comparison itself can fail."""

    def test_all_that_is_printed(self) -> None:
        assert agrees("一\n二\n", "一\n二\n", whole=True)
        assert not agrees("一\n二\n", "一\n", whole=True)
        assert not agrees("一\n二\n", "一\n三\n", whole=True)
        assert not agrees("一\n", "", whole=True)

    def test_a_part_of_it(self) -> None:
        assert agrees("一\n二\n三\n", "二\n", whole=False)
        assert not agrees("一二\n", "二\n", whole=False), "whole lines"
        assert not agrees("一\n二\n", "三\n", whole=False)

    def test_lines_that_are_left_out(self) -> None:
        assert agrees("一\n二\n三\n", "一\n……\n三\n", whole=True)
        assert agrees("一\n二\n三\n", "……\n三\n", whole=True)
        assert agrees("一\n二\n三\n", "一\n……\n", whole=True)
        assert not agrees("一\n二\n三\n", "三\n……\n一\n", whole=True)

    def test_steps_that_install_are_left_out(self) -> None:
        line = 'python3 -m venv .venv && .venv/bin/python -m pip install ".[test]" && .venv/bin/plancheck check x  # so'
        assert Command("", 1, line, None, False).carried_out == ".venv/bin/plancheck check x"
