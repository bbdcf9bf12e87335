"""The examples of rules, tried: good ones stay silent, bad ones are reported at exactly their lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from checker.engine import Selection, check_plan
from checker.model import Bilingual, FileReport, Violation
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.rule_files import Example
from checker.rulebook import Rule, Rulebook, made_rule

Verdict = Literal["validated", "reported", "noisy", "missing", "not-evaluated"]

VERDICTS: dict[Verdict, Bilingual] = {
    "validated": Bilingual("好例子没有报告", "validated"),
    "reported": Bilingual("坏例子如期报告", "reported"),
    "noisy": Bilingual("误报", "noisy"),
    "missing": Bilingual("漏报", "missing"),
    "not-evaluated": Bilingual("未能执行", "not evaluated"),
}


class Tried(Struct, frozen=True):
    """What a rule said of one of its examples."""

    rule: Rule
    kind: Literal["good", "bad"]
    number: int
    """Counted from 1 among the good or the bad ones."""
    example: Example
    verdict: Verdict
    missing: tuple[int, ...] = ()
    """Lines at which the rule should have spoken, once for each time."""
    noisy: tuple[Violation, ...] = ()
    """What it said and should not have."""
    reason: str | None = None
    """Why the rule could not be evaluated."""


def tried_examples(rule: Rule, rulebook: Rulebook, language: str = "zh") -> Iterator[Tried]:
    """Yield what a rule says of each of its examples; it runs alone, whether its pack applies or not."""
    examples = rule.definition.examples
    for number, example in enumerate(examples.good, start=1):
        yield _tried(rule, "good", number, example, rulebook, language)
    for number, example in enumerate(examples.bad, start=1):
        yield _tried(rule, "bad", number, example, rulebook, language)


def report_on(rule: Rule, example: Example, rulebook: Rulebook, language: str = "zh") -> FileReport:
    """Return what a rule, run alone, says of one of its examples."""
    if example.options:
        definition = replace(rule.definition, options={**rule.definition.options, **example.options})
        checks = {look.check.name: look.check for look in rule.looks}
        varied = made_rule(rule.id, rule.pack, definition, checks, rule.path)
        rulebook = Rulebook((replace(rulebook.pack(rule.pack), rules=(varied,), changed=()),))
    return check_plan(parse_text(from_string(example.plan)), "example", rulebook, Selection((rule.id,)), language)


def _tried(
    rule: Rule, kind: Literal["good", "bad"], number: int, example: Example, rulebook: Rulebook, language: str
) -> Tried:
    report = report_on(rule, example, rulebook, language)
    outcome = report.rules[0]
    if outcome.outcome == "not-evaluated":
        return Tried(rule, kind, number, example, "not-evaluated", reason=outcome.reason)
    missing = list(example.at)
    noisy: list[Violation] = []
    for violation in report.violations:
        if violation.line in missing:
            missing.remove(violation.line)
        else:
            noisy.append(violation)
    verdict: Verdict = "missing" if missing else "noisy" if noisy else "validated" if kind == "good" else "reported"
    return Tried(rule, kind, number, example, verdict, tuple(missing), tuple(noisy))
