"""The page of ``plancheck check``: drafts with their violations marked, at a glance, their tasks, the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct

from checker.model import Bilingual, FileReport, Outcome, Plan, Report, Severity, Violation
from checker.pages.glance import Glance, glance
from checker.pages.marking import Line, Numbered, is_placed, marked_lines
from checker.pages.page import rendered
from checker.pages.tables import Table, by_task
from checker.pages.words import OUTCOMES, footer, joined, words
from checker.pages.words import Line as NamedLine
from checker.places import where
from checker.reporters.suggestions import suggestion
from checker.reporters.words import SEVERITIES, waiver
from checker.tasks import file_tasks

_LINES = 12
"""How many lines of a violation with many places are named."""
_AROUND = 36
"""How many characters of a line are shown before and behind a place, where the draft itself is not at hand."""


class Excerpt(Struct, frozen=True):
    """The place of a violation in its line, for a page without the draft."""

    before: str
    place: str
    after: str


class Entry(Struct, frozen=True):
    """A violation in the list."""

    number: int
    severity: Severity
    message: str
    rule: str
    rule_title: str
    where: str
    section: str
    lines: tuple[NamedLine, ...]
    """Of several places the lines, not more than are read."""
    count: int
    more_lines: bool
    basis: str
    suggestion: str
    waived: str
    excerpt: Excerpt | None
    """None where the draft has a mark that the entry leads to."""


class Count(Struct, frozen=True):
    """How many violations are to be mended of one severity."""

    severity: Severity
    number: int


class Reason(Struct, frozen=True):
    """Rules of which the same was said."""

    words: str
    rules: tuple[str, ...]


class Failed(Struct, frozen=True):
    """A rule that does not hold."""

    rule: str
    title: str
    violations: int


class Rules(Struct, frozen=True):
    """What came of the rules on one draft."""

    counts: tuple[tuple[str, int], ...]
    """By outcome, those that there are."""
    not_evaluated: tuple[Outcome, ...]
    failed: tuple[Failed, ...]
    not_applicable: tuple[Reason, ...]
    number_not_applicable: int
    passed: tuple[str, ...]


class DraftPart(Struct, frozen=True):
    """All that the page shows of one file."""

    number: int
    path: str
    title: str
    error: str | None
    is_draft: bool
    encoding: str | None
    counts: tuple[Count, ...]
    total: int
    waived: int
    entries: tuple[Entry, ...]
    lines: tuple[Line, ...]
    """Empty where the draft is not at hand."""
    has_text: bool
    glances: tuple[Glance, ...]
    tasks: Table | None
    rules: Rules
    problems: tuple[str, ...]
    verdict: str


class RuleChoice(Struct, frozen=True):
    """A rule to filter by."""

    id: str
    title: str
    number: int


def page(report: Report) -> str:
    """Return the page of a report, as HTML. It shows most where the report holds rules and plans."""
    drafts: list[DraftPart] = []
    first = 1
    for number, file in enumerate(report.files, start=1):
        drafts.append(_draft(number, first, file, report))
        first += len(drafts[-1].entries)
    counts = Counter(entry.severity for draft in drafts for entry in draft.entries)
    title = drafts[0].title if len(drafts) == 1 else words(report.language)["checks"]
    return rendered(
        "check.html",
        report.language,
        title=title,
        drafts=drafts,
        several=len(drafts) > 1,
        severities=[Count(severity, counts[severity]) for severity in SEVERITIES if counts[severity]],
        rules=_choices(drafts, report),
        total=sum(counts.values()),
        verdict=_whole_verdict(drafts, report.language),
        problems=report.problems,
        footer=footer(report.version, report.packs, report.plugins, report.language),
    )


def _choices(drafts: Sequence[DraftPart], report: Report) -> list[RuleChoice]:
    numbers = Counter(entry.rule for draft in drafts for entry in draft.entries)
    return [RuleChoice(rule, _title(rule, report), number) for rule, number in sorted(numbers.items())]


def _title(rule: str, report: Report) -> str:
    known = report.rules.get(rule)
    return known.title if known is not None else ""


# ------------------------------------------------------------------------------------ a draft


def _draft(number: int, first: int, file: FileReport, report: Report) -> DraftPart:
    """Return what is to be shown of a file, whose first violation has the number ``first``."""
    plan = report.plans.get(file.path)
    found = [Numbered(at, violation) for at, violation in enumerate(report.shown(file), start=first)]
    counts = Counter(violation.severity for violation in file.to_mend)
    tasks = file_tasks(plan, file.path) if plan is not None else None
    language = report.language
    return DraftPart(
        number=number,
        path=file.path,
        title=(plan.metadata.title if plan is not None else None) or file.path,
        error=file.error,
        is_draft=file.is_draft,
        encoding=file.encoding if file.encoding not in (None, "utf-8", "utf-8-sig") else None,
        counts=tuple(Count(severity, counts[severity]) for severity in SEVERITIES if counts[severity]),
        total=sum(counts.values()),
        waived=len(file.violations) - len(file.to_mend),
        entries=tuple(_entry(one, plan, report) for one in found),
        lines=marked_lines(plan, found) if plan is not None else (),
        has_text=plan is not None,
        glances=tuple(glance(one, its, language) for one, its in zip((plan, *plan.plans), tasks.plans, strict=True))
        if plan is not None and tasks is not None
        else (),
        tasks=by_task(tasks, language) if tasks is not None and tasks.tasks else None,
        rules=_rules(file.rules, report),
        problems=file.problems,
        verdict=_verdict(file, counts, language),
    )


def _entry(one: Numbered, plan: Plan | None, report: Report) -> Entry:
    number, violation = one
    several = violation.count > 1
    return Entry(
        number=number,
        severity=violation.severity,
        message=violation.message,
        rule=violation.rule,
        rule_title=_title(violation.rule, report),
        where=where(violation.line, violation.place).in_language(report.language),
        section=violation.section_label or "",
        lines=tuple(_lines(violation, report.language))[:_LINES] if several else (),
        count=violation.count,
        more_lines=len(violation.lines) > _LINES,
        basis=violation.basis or "",
        suggestion=suggestion(violation, report),
        waived=waiver(violation.waived, report.language).strip("（）()") if violation.waived else "",
        excerpt=None if plan is not None and is_placed(plan, violation) else _excerpt(violation),
    )


def _lines(violation: Violation, language: str) -> Iterator[NamedLine]:
    for number, place in zip_longest(violation.lines, violation.places):
        yield NamedLine(number, where(number, place).in_language(language))


def _excerpt(violation: Violation) -> Excerpt:
    """Return the place of a violation in its line, with what stands around it."""
    line, start = violation.source_line, violation.column - 1
    end = violation.end_column - 1 if violation.end_line == violation.line else len(line)
    before, place, after = line[:start], line[start:end], line[end:]
    return Excerpt(
        ("…" if len(before) > _AROUND else "") + before[-_AROUND:],
        place if len(place) <= 2 * _AROUND else place[: 2 * _AROUND] + "…",
        after[:_AROUND] + ("…" if len(after) > _AROUND else ""),
    )


def _rules(outcomes: Sequence[Outcome], report: Report) -> Rules:
    numbers = Counter(one.outcome for one in outcomes)
    reasons: dict[str, list[str]] = {}
    for one in outcomes:
        if one.outcome == "not-applicable":
            reasons.setdefault(one.reason or words(report.language)["no_reason"], []).append(one.rule)
    return Rules(
        counts=tuple((kind, numbers[kind]) for kind in OUTCOMES if numbers[kind]),
        not_evaluated=tuple(one for one in outcomes if one.outcome == "not-evaluated"),
        failed=tuple(
            Failed(one.rule, _title(one.rule, report), one.violations) for one in outcomes if one.outcome == "failed"
        ),
        number_not_applicable=numbers["not-applicable"],
        not_applicable=tuple(Reason(reason, tuple(rules)) for reason, rules in reasons.items()),
        passed=tuple(one.rule for one in outcomes if one.outcome == "passed"),
    )


# ------------------------------------------------------------------------------------ verdicts


def _verdict(file: FileReport, counts: Mapping[Severity, int], language: str) -> str:
    """Return one sentence on a draft: nothing found, or how much of what; never that all is well if it is not known."""
    w = words(language)
    if file.error is not None:
        return w["unreadable"]
    undone = sum(one.outcome == "not-evaluated" for one in file.rules)
    if total := sum(counts.values()):
        found = [Bilingual(f"{SEVERITIES[s].zh} {counts[s]}", f"{counts[s]} {SEVERITIES[s].en}") for s in SEVERITIES]
        parts = [one.in_language(language) for one, s in zip(found, SEVERITIES, strict=True) if counts[s]]
        listed = joined(parts, language)
        noun = "violation" if total == 1 else "violations"
        said = Bilingual(f"{total} 个问题：{listed}", f"{total} {noun}: {listed}").in_language(language)
    else:
        said = w["all_waived"] if file.violations else w["clean"]
    if undone:
        said += Bilingual(f"；{undone} 条规则未能执行", f"; {undone} rules were not evaluated").in_language(language)
    if accepted := len(file.violations) - len(file.to_mend):
        said += Bilingual(f"；另有 {accepted} 个已接受", f"; {accepted} more are accepted").in_language(language)
    return said


def _whole_verdict(drafts: Sequence[DraftPart], language: str) -> str:
    """Return one sentence on all drafts."""
    return "".join(part.in_language(language) for part in _counted(drafts))


def _counted(drafts: Sequence[DraftPart]) -> Iterator[Bilingual]:
    read = [draft for draft in drafts if draft.error is None and draft.is_draft]
    total, clean = sum(draft.total for draft in drafts), sum(not draft.total for draft in read)
    yield Bilingual(f"检查了 {len(read)} 份草案，", f"{len(read)} draft{'s' if len(read) != 1 else ''} checked: ")
    if total:
        yield Bilingual(f"{total} 个问题", f"{total} violation{'s' if total != 1 else ''}")
        if clean:
            yield Bilingual(f"；{clean} 份没有问题", f"; {clean} without any")
    else:
        yield Bilingual("没有发现问题", "no violations")
    if unread := sum(draft.error is not None for draft in drafts):
        yield Bilingual(f"；{unread} 份无法检查", f"; {unread} could not be checked")
