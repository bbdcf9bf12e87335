"""Defects of responsibility clauses: who leads, who supports, and how it is written."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from checker.model import Clause, Span, Unit
from mutations.defect import Change, Edit, defect, inserted, replaced
from mutations.draft import Draft

LABEL = r"(?:牵头|责任|配合|参与|参加|支持)(?:单位|部门)[:：]"
SUPPORT = ("配合", "参加", "参与")
FEW = 4
"""How many clauses of one kind make a habit from which one departs."""


def readable(draft: Draft) -> Iterator[Clause]:
    """Yield the clauses in running text that are understood."""
    return (one for one in draft.plan.clauses if one.readable and one.form != "table" and one.units)


def of_part(clause: Clause, *parts: str) -> Sequence[Unit]:
    """Return the units of a clause that have one of ``parts``, in the order in which they stand."""
    return sorted((one for one in clause.units if one.part in parts), key=lambda unit: unit.span)


def lead_part(draft: Draft, clause: Clause) -> Span | None:
    """Return what of a clause names its lead, with the word or label that makes it one."""
    leads, rest = of_part(clause, "lead"), of_part(clause, "supporter", "responsible")
    if not leads or not rest or rest[0].span < leads[-1].span:
        return None
    between = draft.source[leads[-1].span.end : rest[0].span.start]
    before = re.search(r"(?:牵头|责任)(?:单位|部门)[:：]\s*$|由$", draft.source[: leads[0].span.start])
    label = re.search(LABEL, between)
    if "牵头" in between:
        start = before.start() if before and before[0] == "由" else leads[0].span.start
        return Span(start, rest[0].span.start)
    if before and before[0] != "由" and label:
        return Span(before.start(), leads[-1].span.end + label.start())
    return None


def pairs(draft: Draft, clause: Clause) -> Iterator[tuple[Unit, Unit]]:
    """Yield the units of a clause that stand side by side with only 、 between them, and are whole names."""
    units = sorted(clause.units, key=lambda unit: unit.span)
    for first, second in itertools.pairwise(units):
        names = draft.written(first.span), draft.written(second.span)
        whole = all(re.search("[局委办部厅会协联]$", name) and name[0] not in "各有相" for name in names)
        if draft.source[first.span.end : second.span.start] == "、" and whole:
            yield first, second


@defect("lead-dropped", "plan/lead-unit", "plan/clause-form")
def lead_dropped(draft: Draft) -> Iterator[Change]:
    for clause, place in draft.own_clauses():
        part = lead_part(draft, clause)
        if part and len(of_part(clause, "responsible")) != 1:  # the only one answers for it all
            yield Change((Edit(*part, ""),), place)


@defect("lead-name-dropped", "plan/clause-form", "plan/lead-unit")
def lead_name_dropped(draft: Draft) -> Iterator[Change]:
    for clause, place in draft.own_clauses():
        leads = of_part(clause, "lead")
        if draft.source.startswith("牵头", leads[-1].span.end):
            yield Change((Edit(leads[0].span.start, leads[-1].span.end, ""),), place)


@defect("clause-dropped", "plan/lead-unit")
def clause_dropped(draft: Draft) -> Iterator[Change]:
    for clause, place in draft.own_clauses():
        span = draft.whole_lines(*clause.span) if clause.form == "line" else clause.span
        yield Change((Edit(*span, ""),), place)


@defect("supporter-listed-twice", "plan/unit-repeated")
def supporter_listed_twice(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        units = of_part(clause, "supporter")
        if len(units) > 1:
            yield Change((Edit(units[-1].span.end, units[-1].span.end, f"、{units[0].name}"),), clause.span)


@defect("lead-also-supporter", "plan/unit-repeated")
def lead_also_supporter(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        leads, units = of_part(clause, "lead"), of_part(clause, "supporter")
        if leads and units:
            yield Change((Edit(units[-1].span.end, units[-1].span.end, f"、{leads[0].name}"),), clause.span)


@defect("unit-listed-twice-side-by-side", "plan/unit-repeated", "gongwen/repeated-word", "gongwen/repeated-phrase")
def unit_listed_twice(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        for unit in clause.units[:1]:
            yield Change((Edit(unit.span.end, unit.span.end, f"、{unit.name}"),), clause.span)


@defect("another-word-for-support", "plan/clause-wording")
def another_word_for_support(draft: Draft) -> Iterator[Change]:
    counts = Counter(word for clause in draft.plan.clauses for word in SUPPORT if word in clause.text)
    usual, number = counts.most_common(1)[0] if counts else ("", 0)
    other = "参加" if usual != "参加" else "配合"
    for clause in readable(draft):
        at = draft.source.rfind(usual, *clause.span)
        if number >= FEW and counts[other] == 0 and usual in clause.text and at >= 0:
            yield Change((Edit(at, at + 2, other),), clause.span)


def _brackets(draft: Draft) -> list[Clause]:
    """Return the clauses in brackets that end a line, none of them followed by a full stop, if there are enough."""
    clauses = [one for one in draft.plan.clauses if one.form == "bracket"]
    if len(clauses) < FEW or any(draft.source.startswith("。", one.span.end) for one in clauses):
        return []
    return [one for one in clauses if draft.source.startswith("\n", one.span.end)]


@defect("full-stop-after-one-bracket", "plan/clause-punctuation")
def full_stop_after_one_bracket(draft: Draft) -> Iterator[Change]:
    for clause in _brackets(draft):
        yield Change((Edit(clause.span.end, clause.span.end, "。"),), clause.span)


@defect("no-full-stop-after-one-bracket", "plan/clause-punctuation")
def no_full_stop_after_one_bracket(draft: Draft) -> Iterator[Change]:
    clauses = _brackets(draft)
    if len(clauses) == sum(one.form == "bracket" for one in draft.plan.clauses):
        for clause in clauses:
            edits = tuple(Edit(one.span.end, one.span.end, "。") for one in clauses if one is not clause)
            yield Change(edits, clause.span)


@defect("separator-doubled", "plan/clause-form", "plan/unit-unknown", "gongwen/repeated-word")
def separator_doubled(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        for first, _ in pairs(draft, clause):
            yield inserted(first.span.end, "、")


@defect("separator-missing", "plan/clause-form", "plan/unit-unknown", "plan/unit-roster", "plan/unit-name")
def separator_missing(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        for first, second in pairs(draft, clause):
            yield Change((Edit(first.span.end, second.span.start, ""),), clause.span)


@defect("two-words-of-lead", "plan/clause-form", "plan/clause-wording")
def two_words_of_lead(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        words = draft.written(clause.span)
        found = re.search("牵头.*?(配合|参加|参与)", words, re.DOTALL)
        if found and clause.form == "bracket" and not re.search("单位[:：]", words):
            yield replaced(Span(clause.span.start + found.start(1), clause.span.start + found.end(1)), "牵头")


@defect("word-of-lead-doubled", "plan/clause-form", "gongwen/repeated-word")
def word_of_lead_doubled(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        at = draft.source.find("牵头", *clause.span)
        if at >= 0:
            yield inserted(at + 2, "牵头")


@defect("word-of-support-missing", "plan/clause-wording", "plan/clause-form")
def word_of_support_missing(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        found = re.search(
            "牵头，.*?(等单位(?:配合|参加|参与)|(?:配合|参加|参与))", draft.written(clause.span), re.DOTALL
        )
        if found:
            yield replaced(Span(clause.span.start + found.start(1), clause.span.start + found.end(1)), "")


@defect("comma-behind-lead-missing", "plan/clause-form", "plan/unit-unknown", "plan/unit-roster")
def comma_behind_lead_missing(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        found = re.search("牵头(，)", draft.written(clause.span))
        if found and of_part(clause, "supporter"):
            yield replaced(Span(clause.span.start + found.start(1), clause.span.start + found.end(1)), "")


@defect("clause-bracket-not-closed", "gongwen/balanced", "plan/clause-form", "plan/lead-unit")
def clause_bracket_not_closed(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        if clause.form == "bracket":
            yield Change((Edit(clause.span.end - 1, clause.span.end, ""),), draft.paragraph(clause.span.start))


@defect("clause-bracket-not-opened", "gongwen/balanced", "plan/clause-form", "plan/lead-unit")
def clause_bracket_not_opened(draft: Draft) -> Iterator[Change]:
    for clause in readable(draft):
        if clause.form == "bracket":
            yield Change((Edit(clause.span.start, clause.span.start + 1, ""),), draft.paragraph(clause.span.start))
