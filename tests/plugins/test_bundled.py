"""What is bundled comes through the hooks too: any part of it can be taken away, and the rest works."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts import BAD

from checker.engine import Review, check_paths
from checker.host import BUNDLED, Host
from checker.model import Report


def report(tmp_path: Path, *without: str) -> tuple[Report, Review]:
    """Return the report on a draft with one violation, with all bundled plugins but some."""
    (tmp_path / "draft.txt").write_text(BAD, encoding="utf-8")
    some = Host((), False, [name for name in BUNDLED if name not in without])
    review = Review(plugins=some)
    return check_paths([str(tmp_path / "draft.txt")], review), review


READERS = ("readers", "word", "pdf", "web", "office")
"""Each format is a plugin of its own."""


def test_there_are_nine() -> None:
    assert ("packs", "checks", *READERS, "reporters", "commands") == BUNDLED
    assert [plugin.origin for plugin in Host().bundled] == [f"checker.plugins.{name}" for name in BUNDLED]


def test_with_all_of_them_the_violation_is_found(tmp_path: Path) -> None:
    found, review = report(tmp_path)
    assert [one.rule for one in found.files[0].violations] == ["plan/lead-unit"]
    assert review.problems == ()


def test_without_packs_there_are_no_rules_and_drafts_are_read(tmp_path: Path) -> None:
    found, review = report(tmp_path, "packs")
    assert (found.files[0].error, found.files[0].rules, review.rulebook.packs) == (None, (), ())


def test_without_check_types_every_rule_says_that_it_could_not_be_evaluated(tmp_path: Path) -> None:
    found, review = report(tmp_path, "checks")
    outcomes = {outcome.outcome for outcome in found.files[0].rules}
    assert outcomes == {"not-evaluated"}
    assert len(found.files[0].rules) == 70
    assert "没有名为“required”的检查类型" in "".join(problem.zh for problem in review.problems)


def test_without_readers_no_draft_can_be_read_and_that_is_said(tmp_path: Path) -> None:
    found, review = report(tmp_path, "readers")  # the others read other formats
    assert found.files[0].error == "没有能读这种文件的读取器"
    assert review.problems == ()


@pytest.mark.parametrize("name", ["reporters", "commands"])
def test_without_reporters_or_commands_drafts_are_checked(tmp_path: Path, name: str) -> None:
    found, review = report(tmp_path, name)
    assert [one.rule for one in found.files[0].violations] == ["plan/lead-unit"]
    assert {"reporters": review.host.reporters, "commands": review.host.own_commands}[name] == {}


@pytest.mark.parametrize("name", BUNDLED)
def test_each_gives_what_the_others_do_not(name: str) -> None:
    everything, rest = Host((), False), Host((), False, [one for one in BUNDLED if one != name])
    if name in READERS:
        kept = {suffix for reader in rest.readers for suffix in reader.suffixes}
        assert kept < {suffix for reader in everything.readers for suffix in reader.suffixes}
        return
    of = {
        "packs": lambda host: host.rule_places,
        "checks": lambda host: host.checks,
        "reporters": lambda host: host.reporters,
        "commands": lambda host: host.own_commands,
    }
    for part, given in of.items():
        assert bool(given(everything))
        assert bool(given(rest)) is (part != name)
