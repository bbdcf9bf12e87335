"""The bundled rules do what their own examples promise."""

from __future__ import annotations

import re

import pytest

from checker.engine import Selection, check_plan
from checker.host import host
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.rule_files import Example
from checker.rule_reading import load
from checker.rulebook import Rule

RULEBOOK = load(host().rule_folders, host().checks)
SEVERITIES = {
    "plan/lead-unit": "error",
    "plan/unit-repeated": "warning",
    "plan/clause-wording": "warning",
    "plan/clause-punctuation": "info",
    "plan/clause-form": "warning",
    "plan/target": "error",
    "plan/target-year": "warning",
    "plan/stages": "warning",
    "plan/stage-period": "warning",
    "plan/stages-cover-period": "warning",
    "plan/stages-order": "info",
    "plan/required-sections": "warning",
    "plan/numbering": "error",
    "plan/numbering-style": "warning",
    "plan/heading-punctuation": "info",
    "plan/heading-repeats-parent": "warning",
    "plan/stated-count": "error",
    "plan/measures": "warning",
    "plan/measure-title": "info",
    "plan/short-title": "warning",
    "plan/title-agrees": "warning",
    "plan/period-agrees": "warning",
    "science-literacy/required-actions": "error",
    "science-literacy/required-projects": "warning",
    "science-literacy/literacy-target": "error",
}

each_rule = pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.id)


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.id}: {example.why or number}")
        for rule in RULEBOOK.rules
        for number, example in enumerate(getattr(rule.definition.examples, kind))
    ]


def lines(example: Example, rule: Rule) -> list[int]:
    """Return the lines at which a rule, run alone, reports an example."""
    report = check_plan(parse_text(from_string(example.plan)), "example.txt", RULEBOOK, Selection((rule.id,)))
    assert [outcome.rule for outcome in report.rules] == [rule.id]
    assert report.rules[0].outcome != "not-evaluated", report.rules[0].reason
    return [violation.line for violation in report.violations]


def test_rule_files_have_no_mistakes() -> None:
    assert RULEBOOK.problems == ()


def test_ids_and_severities_are_those_of_the_design() -> None:
    assert {rule.id: rule.definition.severity for rule in RULEBOOK.rules} == SEVERITIES
    assert [pack.name for pack in RULEBOOK.packs] == ["plan", "science-literacy"]


@pytest.mark.parametrize(("rule", "example"), examples("good"))
def test_good_examples_stay_silent(rule: Rule, example: Example) -> None:
    assert lines(example, rule) == []


@pytest.mark.parametrize(("rule", "example"), examples("bad"))
def test_bad_examples_are_reported_at_exactly_their_lines(rule: Rule, example: Example) -> None:
    assert example.at, "a bad example says where it is reported"
    assert lines(example, rule) == list(example.at)


@each_rule
def test_a_rule_brings_two_good_and_two_bad_examples(rule: Rule) -> None:
    given = rule.definition.examples
    assert len(given.good) >= 2
    assert len(given.bad) >= 2
    assert all(example.why for example in given.good[1:]), "a near miss says why it is none"
    assert not any(example.at for example in given.good), "nothing is reported in a good example"


@each_rule
def test_a_rule_speaks_both_languages(rule: Rule) -> None:
    for words in (rule.definition.title_en, rule.definition.message_en):
        assert words
        assert not re.search("[\u4e00-\u9fff]", words)
    for words in (rule.definition.title, rule.definition.message):
        assert re.search("[\u4e00-\u9fff]", words)
    assert rule.title("en") == rule.definition.title_en
    assert rule.message("en") == rule.definition.message_en


@each_rule
def test_messages_are_filled_in_completely(rule: Rule) -> None:
    for language in ("zh", "en"):
        for example in rule.definition.examples.bad:
            plan = parse_text(from_string(example.plan))
            for violation in check_plan(plan, "", RULEBOOK, Selection((rule.id,)), language).violations:
                assert not re.search("[{}]|None|“”|: $", violation.message)


@pytest.mark.parametrize("pack", RULEBOOK.packs, ids=lambda pack: pack.name)
def test_a_pack_has_a_title_in_both_languages_and_a_version(pack: object) -> None:
    definition = pack.definition  # type: ignore[attr-defined]
    assert definition.title
    assert definition.title_en
    assert re.fullmatch(r"\d+\.\d+\.\d+", definition.version)
