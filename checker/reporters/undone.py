"""What could not be done with a draft, for all reports alike: nothing is skipped in silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.model import Bilingual, FileReport, Outcome
from checker.reporters.words import printable


class Undone(NamedTuple):
    """One thing that could not be done."""

    message: str
    """In one line, without what commands a terminal."""
    rule: str | None = None
    """The rule that was not evaluated; None where it is about the draft as a whole."""


def undone(file: FileReport, language: str) -> Iterator[Undone]:
    """Yield why a draft could not be read, which rules were not evaluated, and what went wrong with plugins."""
    if file.error is not None:
        yield Undone(not_checked(file.error, language))
    for outcome in file.rules:
        if outcome.outcome == "not-evaluated":
            yield Undone(not_evaluated(outcome, language), outcome.rule)
    for problem in file.problems:
        yield Undone(printable(problem))


def not_checked(error: str, language: str) -> str:
    """Return the sentence on a draft that cannot be read."""
    reason = printable(error)
    return Bilingual(f"无法检查：{reason}", f"not checked: {reason}").in_language(language)


def not_evaluated(outcome: Outcome, language: str) -> str:
    """Return the sentence on a rule that was not evaluated."""
    rule, reason = printable(outcome.rule), printable(outcome.reason or "")
    zh = f"规则 {rule} 未能执行" + (f"：{reason}" if reason else "")
    return Bilingual(zh, f"rule {rule} was not evaluated" + (f": {reason}" if reason else "")).in_language(language)
