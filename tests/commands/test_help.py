"""The help pages: an example that works, lines that fit on a terminal, and both languages."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from wcwidth import wcswidth

from checker.cli import plancheck as root
from checker.commands.help_pages import HelpPage
from checker.host import host

Run = Callable[..., Any]
SAMPLES = Path(__file__).resolve().parent.parent.parent / "samples"
NAMES = list(host((), False).own_commands)
OF_PLUGIN = "health-targets"
"""The command of samples/plugin-health."""


@pytest.fixture
def page(plancheck: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that gives the help page of a command, as a terminal of so many columns shows it."""

    def read(*command: str, columns: int = 80) -> str:
        plugin = ("--plugin", "plancheck_health") if command == (OF_PLUGIN,) else ()
        monkeypatch.setenv("PYTHONPATH", str(SAMPLES / "plugin-health"))
        done = plancheck(*plugin, *command, "--help", COLUMNS=str(columns))
        assert (done.stderr, done.returncode) == ("", 0)
        return str(done.stdout)

    return read


def parsed(command: str) -> None:
    """Take a command line apart as plancheck does, without carrying it out; raises what is wrong with it."""
    _, *arguments = shlex.split(command.partition(" > ")[0])
    with root.make_context("plancheck", arguments) as context:
        name, found, rest = root.resolve_command(context, [*context._protected_args, *context.args])
        assert found is not None
        found.make_context(name, rest, parent=context).close()


class TestExamples:
    @pytest.mark.parametrize("name", [(), *((name,) for name in NAMES)], ids=" ".join)
    def test_are_right(self, page: Callable[..., str], name: tuple[str, ...]) -> None:
        examples = re.findall(r"^    (plancheck .*)$", page(*name, columns=100), re.MULTILINE)
        assert any(
            example.startswith(" ".join(("plancheck", *name, ""))) for example in [f"{one} " for one in examples]
        )
        for example in examples:
            parsed(example)

    def test_the_command_of_the_sample_plugin_has_one(self, page: Callable[..., str]) -> None:
        assert page(OF_PLUGIN).partition("例 / example:\n")[2].startswith(f"    plancheck {OF_PLUGIN} ")

    @pytest.mark.parametrize("wrong", ["plancheck check", "plancheck check x --formt json", "plancheck schema plans"])
    def test_one_with_a_mistake_would_be_found(self, wrong: str) -> None:
        with pytest.raises(click.UsageError):
            parsed(wrong)


class TestPages:
    @pytest.mark.parametrize("columns", [80, 100, 200])
    @pytest.mark.parametrize("name", [(), *((name,) for name in NAMES), (OF_PLUGIN,)], ids=" ".join)
    def test_fit_on_the_terminal(self, page: Callable[..., str], name: tuple[str, ...], columns: int) -> None:
        for line in page(*name, columns=columns).splitlines():
            assert wcswidth(line) <= (100 if "    plancheck " in line else min(columns, 100)), line
            assert line.strip()[:1] not in set("，。；：、）"), "a mark is not the first of a line"

    @pytest.mark.parametrize("name", [(), *((name,) for name in NAMES)], ids=" ".join)
    def test_speak_both_languages(self, page: Callable[..., str], name: tuple[str, ...]) -> None:
        text = page(*name, columns=200)
        about, _, options = text.partition("选项 / Options:\n")
        assert about.startswith("用法 / Usage: plancheck")
        for said in re.findall(r"^ +-.*(?:\n {8,}.*)*", options, re.MULTILINE):
            assert re.search("[一-鿿]", said), said
            assert " / " in said or " /\n" in said, said
        assert "Show this message" not in options

    def test_options_stand_in_columns(self, page: Callable[..., str]) -> None:
        for name in NAMES:
            options = page(name, columns=100).partition("选项 / Options:\n")[2].splitlines()
            begins = {len(line) - len(re.sub(r"^  -\S.*?  +|^ +", "", line)) for line in options if "  " in line[4:]}
            assert len(begins) == 1, (name, begins)

    def test_list_every_command_in_the_order_in_which_they_are_used(self, page: Callable[..., str]) -> None:
        listed = page().partition("命令 / Commands:\n")[2]
        assert re.findall(r"^  (\S+)  ", listed, re.MULTILINE) == NAMES

    def test_name_the_variables_that_are_minded(self, page: Callable[..., str]) -> None:
        said = page().partition("环境变量 / environment:\n")[2].partition("\n\n")[0]
        assert re.findall(r"^    (\S+)  ", said, re.MULTILINE) == [
            *("PLANCHECK_LANG", "PLANCHECK_CACHE_DIR", "PLANCHECK_DISABLE_PLUGINS", "NO_COLOR", "FORCE_COLOR")
        ]


class TestWrapping:
    def written(self, text: str) -> str:
        written = HelpPage(width=30)
        written.write_text(text)
        return written.getvalue()

    def test_chinese_is_broken_behind_a_mark(self) -> None:
        assert self.written("写出一条能用的规则，照着改成自己的，不覆盖文件。") == (
            "写出一条能用的规则，\n照着改成自己的，不覆盖文件。\n"
        )

    def test_a_line_of_the_source_leaves_no_blank(self) -> None:
        assert self.written("写出规则，\n照着改。") == "写出规则，照着改。\n"

    def test_two_languages_share_a_line_where_they_fit(self) -> None:
        assert self.written("列出规则 / list the rules") == "列出规则 / list the rules\n"
        assert self.written("列出全部规则包 / list the rules") == "列出全部规则包 /\nlist the rules\n"
        assert self.written("PATH 是文件（一个）/ a file, or -") == "PATH 是文件（一个） /\na file, or -\n"

    def test_a_paragraph_that_is_laid_out_stays_so(self) -> None:
        assert self.written("\b\n0  " + "好" * 20 + "\n1  坏") == "0  " + "好" * 20 + "\n1  坏\n"
