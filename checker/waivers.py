"""Waivers: violations that a person accepts, in a configuration or in a comment of the draft.

What is wrong with waivers is reported like any violation: ``waivers/unused``, ``waivers/expired``,
``waivers/reasonless`` and ``waivers/unknown``, at the comment, or at the line of the configuration.
``--ignore waivers`` leaves them out.
"""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from checker.cache import digest
from checker.configuration import Configuration, Waiver, matches
from checker.folding import compared
from checker.model import Bilingual, Comment, Edit, FileReport, Found, Outcome, Plan, Severity, Span, Violation, Waived
from checker.nodes import section_of, span_of
from checker.violations import measure_at, violation_at

PACK = "waivers"
_UNUSED = Bilingual("豁免没有用到：{0}", "this waiver is of no use: {0}")
_EXPIRED = Bilingual("豁免已于 {1} 到期：{0}", "this waiver has expired on {1}: {0}")
_REASONLESS = Bilingual(
    "豁免没有写明原因，不生效：在规则后面写“：原因”", "a waiver without a reason does not hold: add ': reason'"
)
_UNKNOWN = Bilingual("豁免里没有这条规则或这个规则包：{0}", "this waiver names no rule and no pack: {0}")


def covers(rule: str, violation: Violation) -> bool:
    """Say whether a waiver of a rule, or of a pack, is one of a violation's rule."""
    return _is_of_rule(rule, violation.rule)


def _is_of_rule(name: str, rule: str) -> bool:
    return rule == name or rule.startswith(f"{name}/")


# ------------------------------------------------------------------ comments in a draft


def held_apart(found: Found, rule: str, nodes: Sequence[Any], plan: Plan, waivers: Sequence[Waiver]) -> Iterator[Found]:
    """Yield a finding of many places as several: what one comment or waiver accepts apart from what it does not.

    ``nodes`` are those that the rule looked at, ``waivers`` those of a configuration that name sections or measures.
    A finding about one thing, as a unit with two names, stays as it is. Fields that say what stands at the place
    say what stands at the place of each.
    """
    holds = _Holds(rule, nodes, plan, waivers) if found.others and not found.about else None
    if holds is None or holds.nothing:
        yield found
        return
    parts: dict[int, list[Span]] = {}
    for span in dict.fromkeys((found.span, *found.others)):
        parts.setdefault(holds.number(span), []).append(span)
    edits: dict[int, list[Edit]] = {}
    for edit in found.edits:
        edits.setdefault(holds.number(edit.span), []).append(edit)
    words = plan.text.source[slice(*found.span)]
    for number, (first, *others) in parts.items():
        here = plan.text.source[slice(*first)]
        fields = {name: here if said == words else said for name, said in found.fields.items()}
        is_first = first == found.span
        yield replace(
            found,
            span=first,
            others=tuple(others),
            fields=fields,
            node=found.node if is_first else holds.node(first) or found.node,
            fix=found.fix if is_first else None,
            edits=tuple(edits.get(number, ())),
        )


class _Holds:
    """What accepts violations of a rule in places of a plan: comments first, then waivers of the configuration."""

    def __init__(self, rule: str, nodes: Sequence[Any], plan: Plan, waivers: Sequence[Waiver]) -> None:
        self._plan = plan
        comments = [one for one in plan.text.comments if any(_is_of_rule(name, rule) for name in one.rules)]
        self._by_line = {
            line: number
            for number, one in reversed(list(enumerate(comments)))
            for line in range(one.lines[0], one.lines[1] + 1)
        }
        self._waivers = [one for one in waivers if _is_of_rule(one.rule, rule)]
        self.nothing = not (comments or self._waivers)
        self._nodes = [] if self.nothing else sorted(nodes, key=lambda node: span_of(node).start)

    def node(self, span: Span) -> Any | None:
        """Return the node in which a place is."""
        number = bisect_right(self._nodes, span.start, key=lambda node: span_of(node).start) - 1
        return self._nodes[number] if number >= 0 and span.start < span_of(self._nodes[number]).end else None

    def number(self, span: Span) -> int:
        """Return which of them holds for a place: 0 for none."""
        line = self._plan.text.position(span.start).line
        if line in self._by_line:
            return self._by_line[line] + 1
        if not self._waivers:
            return 0
        node = self.node(span)
        section = section_of(node) if node is not None else None
        measure = measure_at(self._plan, span.start)
        for number, waiver in enumerate(self._waivers, start=1):
            if _names(waiver, section.id if section else "", measure or ""):
                return -number
        return 0


def by_comments(report: FileReport, plan: Plan, known: Sequence[str], language: str, speaks: bool) -> FileReport:
    """Return a report after the comments of its draft: what they accept is waived, what is wrong with them is reported.

    ``known`` are the names of all rules and packs; ``speaks`` is false where what is wrong with waivers is left out.
    """
    used: set[tuple[Comment, str]] = set()
    violations: list[Violation] = []
    for violation in report.violations:
        for comment in plan.text.comments:
            rule = next((rule for rule in comment.rules if covers(rule, violation)), None)
            if rule and comment.reason and comment.lines[0] <= violation.line <= comment.lines[1]:
                used.add((comment, rule))
                violation = replace(violation, waived=Waived("comment", comment.reason))
                break
        violations.append(violation)
    if speaks:
        for comment in plan.text.comments:
            violations += _wrong_with(comment, plan, report, used, known, language)
    violations.sort(key=lambda one: (one.line, one.column, one.rule))
    return replace(report, violations=tuple(violations))


def _wrong_with(
    comment: Comment,
    plan: Plan,
    report: FileReport,
    used: set[tuple[Comment, str]],
    known: Sequence[str],
    language: str,
) -> Iterator[Violation]:
    def said(what: str, message: Bilingual, *words: str, severity: Severity = "warning") -> Violation:
        filled = message.in_language(language).format(*words)
        return violation_at(plan, comment.span, f"{PACK}/{what}", filled, severity=severity)

    if not comment.reason:
        yield said("reasonless", _REASONLESS)
        return
    for rule in comment.rules or ("",):
        if rule not in known:
            yield said("unknown", _UNKNOWN, rule)
        elif (comment, rule) not in used and was_run(rule, report.rules):
            yield said("unused", _UNUSED, rule)


def was_run(rule: str, outcomes: Sequence[Outcome]) -> bool:
    """Say whether a rule, or one of a pack, was evaluated: of one that was not, nobody knows what it would say."""
    return any(
        outcome.outcome in ("passed", "failed") and (outcome.rule == rule or outcome.rule.startswith(f"{rule}/"))
        for outcome in outcomes
    )


# ------------------------------------------------------------ waivers of a configuration


class Ledger:
    """The waivers of a configuration, and which of them drafts have needed."""

    def __init__(self, configuration: Configuration, today: date) -> None:
        self.configuration, self._today = configuration, today
        self._used: set[int] = set()
        self._due: set[int] = set()
        """Those of which a draft that they are for was checked with their rule."""

    def accept(self, report: FileReport, draft: str) -> FileReport:
        """Return the report of a draft with what the waivers accept."""
        here = [
            (number, waiver)
            for number, waiver in enumerate(self.configuration.waivers)
            if not waiver.patterns or matches(waiver.folder, waiver.patterns, draft)
        ]
        for number, waiver in here:
            if waiver.patterns and was_run(waiver.rule, report.rules):
                self._due.add(number)
        if not here or not report.violations:
            return report
        return replace(report, violations=tuple(self._accepted(violation, here) for violation in report.violations))

    def _accepted(self, violation: Violation, here: Sequence[tuple[int, Waiver]]) -> Violation:
        if violation.waived is not None:
            return violation
        for number, waiver in here:
            if _is_of(waiver, violation) and not self._has_expired(waiver):
                self._used.add(number)
                return replace(violation, waived=Waived("configuration", waiver.reason, waiver.by, waiver.until))
        return violation

    def _has_expired(self, waiver: Waiver) -> bool:
        return waiver.until is not None and waiver.until < self._today

    def wrong(self, paths: Sequence[str], reports: Sequence[FileReport], language: str) -> Iterator[FileReport]:
        """Yield a report on each configuration file with waivers that have expired or are of no use.

        One that is for no draft in particular is of no use only where all drafts that it could be for were checked.
        """
        folder = os.path.realpath(self.configuration.folder)
        whole = any(
            os.path.isdir(path) and f"{folder}{os.sep}".startswith(os.path.realpath(path).rstrip(os.sep) + os.sep)
            for path in paths
        )
        found: dict[str, list[Violation]] = {}
        for number, waiver in enumerate(self.configuration.waivers):
            due = number in self._due or (
                whole and not waiver.patterns and any(was_run(waiver.rule, report.rules) for report in reports)
            )
            name = " ".join(word for word in (waiver.rule, waiver.section, waiver.measure) if word)
            if self._has_expired(waiver):
                message = _EXPIRED.in_language(language).format(name, waiver.until)
                found.setdefault(waiver.path, []).append(_at_line(waiver, "expired", message))
            elif number not in self._used and due:
                message = _UNUSED.in_language(language).format(name)
                found.setdefault(waiver.path, []).append(_at_line(waiver, "unused", message))
        for path, violations in found.items():
            yield FileReport(_relative(path), "yaml", "utf-8", None, tuple(violations), is_draft=False)


def _is_of(waiver: Waiver, violation: Violation) -> bool:
    if not covers(waiver.rule, violation):
        return False
    return _names(waiver, violation.section or "", violation.measure or "")


def _names(waiver: Waiver, section: str, measure: str) -> bool:
    if waiver.section is not None and not (section == waiver.section or section.startswith(f"{waiver.section}.")):
        return False
    return waiver.measure is None or compared(waiver.measure) == compared(measure)


def _at_line(waiver: Waiver, what: str, message: str) -> Violation:
    words = _line(waiver.path, waiver.line)
    column = len(words) - len(words.lstrip()) + 1
    rule = f"{PACK}/{what}"
    place = "\0".join((rule, waiver.rule, waiver.section or "", waiver.measure or "", *waiver.patterns))
    return Violation(
        rule=rule,
        severity="warning",
        message=message,
        line=waiver.line,
        column=column,
        end_line=waiver.line,
        end_column=len(words) + 1,
        section=None,
        section_label=None,
        node="waiver",
        excerpt=words.strip()[:60],
        source_line=words,
        count=1,
        lines=(waiver.line,),
        fix=None,
        basis=None,
        fingerprint=digest(place.encode()).hex()[:16],
    )


def _line(path: str, number: int) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().splitlines()[number - 1]
    except (OSError, ValueError, IndexError):
        return ""


def _relative(path: str) -> str:
    here = os.path.relpath(path)
    return path if here.startswith(os.pardir) else here
