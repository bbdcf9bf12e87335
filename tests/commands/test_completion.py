"""Completion: what the shells are told, and what they make of it when a person presses the Tab key."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from terminals import typed

from .conftest import Write

Run = Callable[..., Any]
SHELLS = ("bash", "zsh", "fish")
TITLE = "每项措施都要写明牵头单位"
"""What ``plancheck explain plan/lead-unit`` says."""
COMMANDS = [
    *("check", "baseline", "compare", "parse", "tasks", "cover", "rules", "explain", "test"),
    *("new-rule", "new-plugin", "plugins", "init", "schema", "completion"),
]


class Offer(NamedTuple):
    """What plancheck tells a shell."""

    values: list[str]
    files: bool
    """True where the shell is to offer files."""


@pytest.fixture
def offered(plancheck: Run) -> Callable[..., Offer]:
    """Return a function that asks, as bash does, what there is to offer behind words, of which the last is begun."""

    def ask(*words: str, **environment: str) -> Offer:
        asking = {"_PLANCHECK_COMPLETE": "bash_complete", "COMP_CWORD": str(len(words))}
        done = plancheck(**asking, COMP_WORDS="\n".join(("plancheck", *words)), **environment)
        assert done.stderr == ""
        lines = [line.partition(",") for line in done.stdout.splitlines() if line]
        return Offer(
            [value for kind, _, value in lines if kind == "plain"], any(kind == "file" for kind, _, _ in lines)
        )

    return ask


class TestWhatIsOffered:
    def test_commands(self, offered: Callable[..., Offer]) -> None:
        assert offered("").values == COMMANDS
        assert offered("c").values == ["check", "compare", "cover", "completion"]

    def test_options(self, offered: Callable[..., Offer]) -> None:
        assert {"--lang", "--no-plugins", "--version"} <= set(offered("--").values)
        assert offered("check", "draft.txt", "--fo").values == ["--format"]

    def test_choices(self, offered: Callable[..., Offer]) -> None:
        assert offered("check", "--fail-on", "").values == ["error", "warning", "info", "never"]
        assert offered("schema", "lexicon/d").values == ["lexicon/documents"]
        assert offered("completion", "").values == list(SHELLS)

    def test_rules_and_packs(self, offered: Callable[..., Offer]) -> None:
        every = offered("check", "--select", "").values
        assert {"all", "plan", "gongwen", "science-literacy", "plan/lead-unit", "gongwen/dates"} <= set(every)
        assert offered("check", "--ignore", "plan/lead").values == ["plan/lead-unit"]
        assert offered("baseline", "--select", "science-literacy/literacy-f").values == [
            "science-literacy/literacy-floor"
        ]
        assert offered("rules", "--select", "gong").values[0] == "gongwen"
        assert offered("test", "--select", "plan/lead").values == ["plan/lead-unit"]

    def test_the_last_of_a_list(self, offered: Callable[..., Offer]) -> None:
        assert offered("check", "--select", "plan/stages,plan/lead").values == ["plan/stages,plan/lead-unit"]
        more = offered("check", "--select", "gongwen,").values
        assert "gongwen,plan" in more
        assert "gongwen,gongwen" not in more, "it is there already"

    def test_behind_an_equals_sign(self, offered: Callable[..., Offer]) -> None:
        assert offered("check", "--select", "=", "plan/lead").values == ["plan/lead-unit"], "as bash cuts it"
        assert offered("check", "--select", "=").values[0] == "all"

    def test_what_can_be_explained(self, offered: Callable[..., Offer]) -> None:
        assert offered("explain", "plan/lead").values == ["plan/lead-unit"]
        assert offered("explain", "requ").values == ["required"]
        assert offered("explain", "mea").values == ["measure"]

    def test_forms_of_reports(self, offered: Callable[..., Offer]) -> None:
        assert {"text", "concise", "json"} <= set(offered("check", "--format", "").values)

    @pytest.mark.parametrize(
        "words",
        [
            ("check", "dra"),
            ("check", "draft.txt", ""),
            ("check", "--config", ""),
            ("check", "--rules", ""),
            ("check", "-o", ""),
            ("check", "--baseline", ""),
            ("--plugin", ""),
            ("baseline", ""),
            ("compare", "old.txt", ""),
            ("cover", ""),
            ("parse", ""),
            ("tasks", ""),
            ("rules", ""),
            ("test", ""),
            ("new-rule", "--dir", ""),
            ("init", ""),
        ],
        ids=" ".join,
    )
    def test_files(self, offered: Callable[..., Offer], words: tuple[str, ...]) -> None:
        assert offered(*words) == ([], True)

    def test_rules_of_one_s_own(self, offered: Callable[..., Offer], packs: None) -> None:
        assert offered("check", "--rules", "packs", "--select", "trial/v").values == ["trial/vague"]

    def test_what_a_plugin_brings(self, offered: Callable[..., Offer], write: Write) -> None:
        write(
            "more.py",
            "import click\nfrom checker.hookspecs import hookimpl\nfrom checker.reporters import Reporter\n"
            "print('a plugin that talks')\n"
            "@hookimpl\ndef plancheck_reporters():\n    return [Reporter('ledger', lambda report: '')]\n"
            "@hookimpl\ndef plancheck_commands(cli):\n    cli.add_command(click.Command('count', help='Count.'))\n",
        )
        assert offered("--plugin", "more.py", "cou").values == ["count"]
        assert offered("--plugin", "more.py", "check", "--format", "led").values == ["ledger"]


class TestNothingToOffer:
    """A person who presses a key gets no message in the middle of a line."""

    @pytest.mark.parametrize(
        "words",
        [("nonsense", ""), ("check", "--nonsense", ""), ("explain", "nonsense/"), ("--lang", "fr", "check", "")],
    )
    def test_of_what_there_is_not(self, offered: Callable[..., Offer], words: tuple[str, ...]) -> None:
        assert offered(*words).values == []

    @pytest.mark.parametrize("fault", ["1 / 0", "raise SystemExit(5)", "import sys; sys.stderr.write('words')"])
    def test_with_a_plugin_that_has_a_fault(self, offered: Callable[..., Offer], write: Write, fault: str) -> None:
        write("faulty.py", f"{fault}\n")
        assert offered("--plugin", "faulty.py", "check", "--select", "plan/lead").values == ["plan/lead-unit"]

    @pytest.mark.parametrize("asked", ["bash_nonsense", "nonsense_complete", "bash_complete", "bash"])
    def test_for_a_script_that_asks_something_else(self, plancheck: Run, asked: str) -> None:
        done = plancheck(_PLANCHECK_COMPLETE=asked)  # and without the words
        assert (done.stdout.strip(), done.stderr) == ("", "")
        assert done.returncode in (0, 1)


class TestScript:
    @pytest.mark.parametrize("shell", SHELLS)
    @pytest.mark.parametrize(("language", "said"), [("zh", "安装："), ("en", "To install it:")])
    def test_says_how_to_install_it(self, plancheck: Run, shell: str, language: str, said: str) -> None:
        done = plancheck("completion", shell, "--lang", language)
        assert (done.stderr, done.returncode) == ("", 0)
        assert said in done.stdout
        assert f"#   plancheck completion {shell} > " in done.stdout

    def test_of_zsh_begins_as_zsh_wants_it(self, plancheck: Run) -> None:
        assert plancheck("completion", "zsh").stdout.startswith("#compdef plancheck\n# ")

    def test_of_another_shell(self, plancheck: Run) -> None:
        done = plancheck("completion", "tcsh")
        assert done.returncode == 2
        assert "可用的：bash、zsh、fish" in done.stderr


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


@pytest.fixture
def surroundings(tmp_path: Path, plancheck: Run) -> dict[str, str]:
    """Return an environment in which ``plancheck`` is a command, and the scripts of the shells lie beside drafts."""
    for shell in SHELLS:
        (tmp_path / f"script.{shell}").write_text(plancheck("completion", shell).stdout, encoding="utf-8")
    commands = tmp_path / "bin"
    commands.mkdir()
    (commands / "plancheck").write_text(f'#!/bin/sh\nexec {sys.executable} -m checker "$@"\n', encoding="utf-8")
    (commands / "plancheck").chmod(0o755)
    (tmp_path / "only.txt").write_text("某县阅读方案\n", encoding="utf-8")
    return {
        "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "PLANCHECK_CACHE_DIR": str(tmp_path / ".cache"),
        "LC_ALL": "C.UTF-8",
    }


START = {
    "bash": (("bash", "--norc", "--noprofile", "-i"), ". ./script.bash"),
    "zsh": (("zsh", "-f", "-i"), "autoload -Uz compinit; compinit -u; . ./script.zsh"),
    "fish": (("fish", "--no-config", "--interactive"), "source script.fish"),
}


@pytest.mark.parametrize("shell", [pytest.param(shell, marks=needs(shell)) for shell in SHELLS])
class TestInARealShell:
    """What is typed is carried out as the Tab key has completed it."""

    @pytest.fixture
    def press(self, shell: str, tmp_path: Path, surroundings: dict[str, str]) -> Callable[[str], str]:
        how, load = START[shell]
        return lambda line: typed(how, load, line, "exit", cwd=tmp_path, **surroundings)

    def test_a_command(self, press: Callable[[str], str]) -> None:
        assert TITLE in press("plancheck expl\tplan/lead-unit")

    def test_a_rule(self, press: Callable[[str], str]) -> None:
        assert TITLE in press("plancheck explain plan/lead\t")

    def test_a_file_behind_a_list_of_rules(self, press: Callable[[str], str]) -> None:
        shown = press("plancheck check --select plan/stages,plan/lead\t --format conc\t on\t")
        assert "only.txt:1:1: warning plan/stages " in shown
        assert "plan/lead-unit" in shown, "on the line that was typed"

    def test_nothing_is_said_where_there_is_nothing_to_offer(self, press: Callable[[str], str]) -> None:
        shown = press("plancheck nonsense \t")
        assert "Traceback" not in shown
        assert "没有名为“nonsense”的命令" in shown, "when it is carried out"


@needs("fish")
def test_fish_shows_what_a_command_does(tmp_path: Path, surroundings: dict[str, str]) -> None:
    asked = "source script.fish; complete --do-complete 'plancheck comp'"
    done = subprocess.run(
        ["fish", "--no-config", "--command", asked],
        cwd=tmp_path,
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout == (
        "compare\t比较两轮送审稿 / compare two rounds of review\n"
        "completion\t让 shell 补全命令 / completion for bash, zsh and fish\n"
    )
