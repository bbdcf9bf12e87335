"""The page of ``plancheck compare``: what became of each violation from one version to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.comparing import Compared, Comparison, DraftPair, State
from checker.model import Severity, Violation
from checker.pages.page import rendered
from checker.pages.words import footer, words
from checker.places import where
from checker.reporters.comparison_words import STATES, notes, path_of, summary
from checker.reporters.words import SEVERITIES, waiver


class Row(Struct, frozen=True):
    """One violation through both versions."""

    number: int
    state: State
    path: str
    where: str
    section: str
    severity: Severity
    message: str
    waived: str
    before: str
    """What was said in the old version, where that was something else; else empty."""
    before_where: str
    basis: str
    rule: str


class Group(Struct, frozen=True):
    """The violations in one state."""

    state: State
    title: str
    rows: tuple[Row, ...]


class Tile(Struct, frozen=True):
    """How many violations are in a state."""

    state: State
    title: str
    number: int
    listed: bool
    """Whether there are any in the page, so that it can be filtered by the state."""


class Choice(Struct, frozen=True):
    """A severity or rule to filter by."""

    value: str
    number: int


def page(comparison: Comparison, shows_waived: bool = False) -> str:
    """Return the page of a comparison, as HTML; accepted violations are listed only where they are asked for."""
    language = comparison.language
    groups = tuple(_groups(comparison, shows_waived))
    rows = [row for group in groups for row in group.rows]
    severities = Counter(row.severity for row in rows)
    rules = Counter(row.rule for row in rows)
    waived = comparison.count("waived")
    return rendered(
        "compare.html",
        language,
        title=words(language)["compare"],
        old=comparison.old,
        new=comparison.new,
        summary=summary(comparison).in_language(language),
        notes=[note.in_language(language) for note in notes(comparison)],
        problems=comparison.problems,
        tiles=[
            Tile(
                state,
                word.in_language(language),
                comparison.count(state),
                any(group.state == state for group in groups),
            )
            for state, word in STATES.items()
            if state != "unknown" or comparison.count(state)
        ],
        groups=groups,
        total=len(rows),
        hidden=0 if shows_waived else waived,
        several=len(comparison.drafts) > 1,
        severities=[Choice(one, severities[one]) for one in SEVERITIES if severities[one]],
        rules=[Choice(rule, number) for rule, number in sorted(rules.items())],
        footer=footer(comparison.version, comparison.packs, comparison.plugins, language),
    )


def _groups(comparison: Comparison, shows_waived: bool) -> Iterator[Group]:
    """Yield the states that there are, with numbers that run through all of them."""
    number = 1
    for state, word in STATES.items():
        if state == "waived" and not shows_waived:
            continue
        found = [(draft, one) for draft in comparison.drafts for one in draft.violations if one.state == state]
        if found:
            rows = tuple(_rows(found, number, comparison.language))
            yield Group(state, word.in_language(comparison.language), rows)
            number += len(rows)


def _rows(found: Sequence[tuple[DraftPair, Compared]], first: int, language: str) -> Iterator[Row]:
    for number, (draft, one) in enumerate(found, start=first):
        violation = one.place
        earlier = _earlier(one)
        yield Row(
            number=number,
            state=one.state,
            path=path_of(draft, one),
            where=where(violation.line, violation.place).in_language(language),
            section=violation.section_label or "",
            severity=violation.severity,
            message=violation.message,
            waived=waiver(violation.waived, language).strip("（）()") if violation.waived else "",
            before=earlier.message if earlier is not None else "",
            before_where=where(earlier.line, earlier.place).in_language(language) if earlier is not None else "",
            basis=violation.basis or "",
            rule=violation.rule,
        )


def _earlier(one: Compared) -> Violation | None:
    """Return the old version's violation where the new one's says something else."""
    if one.old is None or one.new is None or one.old.message == one.new.message:
        return None
    return one.old
