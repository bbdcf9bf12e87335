"""Defects of targets: the number, the year, two numbers for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.model import Span, Target
from checker.nodes import value as asked
from mutations.defect import Change, Edit, defect, removed
from mutations.draft import Draft

VALUE = r"\d+(?:\.\d+)?"
YEAR = re.compile(r"(?:到|至)?(20\d\d)年(?:底|末)?(?:前|，|,)*")
LITERACY = ("science-literacy/literacy-target",)


def value(draft: Draft, target: Target) -> Span | None:
    """Return where the digits of a target stand."""
    found = list(re.finditer(VALUE, draft.written(target.span)))
    if not found:
        return None
    return Span(target.span.start + found[-1].start(), target.span.start + found[-1].end())


def literacy(draft: Draft) -> Iterator[tuple[Target, Span]]:
    """Yield the target for the share of citizens with science literacy, and its digits."""
    for target in draft.plan.targets:
        digits = value(draft, target)
        if draft.about_science_literacy and "科学素质" in target.metric and target.unit == "%" and digits:
            yield target, digits


def year_before(draft: Draft, target: Target) -> Span | None:
    """Return the only year that stands before a target in its paragraph."""
    start = draft.paragraph(target.span.start).start
    found = list(YEAR.finditer(draft.source, start, target.span.start))
    if "十四五" in draft.source[start : target.span.start] or len(found) != 1:
        return None
    return Span(*found[0].span()) if int(found[0][1]) == target.year else None


@defect("literacy-number-removed", *LITERACY)
def literacy_number_removed(draft: Draft) -> Iterator[Change]:
    for target, digits in literacy(draft):
        yield removed(Span(digits.start, target.span.end))


@defect("literacy-target-removed", *LITERACY)
def literacy_target_removed(draft: Draft) -> Iterator[Change]:
    for target, _ in literacy(draft):
        yield removed(Span(target.span.start, target.span.end + 1))


@defect("literacy-percent-sign-removed", *LITERACY)
def literacy_percent_sign_removed(draft: Draft) -> Iterator[Change]:
    for _, digits in literacy(draft):
        yield removed(Span(digits.end, digits.end + 1))


@defect("literacy-target-for-an-earlier-year", *LITERACY)
def literacy_target_for_an_earlier_year(draft: Draft) -> Iterator[Change]:
    for target, _ in literacy(draft):
        span = year_before(draft, target)
        if span:
            words = draft.written(span).replace(str(target.year), str((target.year or 0) - 2))
            yield Change((Edit(*span, words),), anywhere=True)


@defect("all-numbers-of-targets-removed", "plan/target", *LITERACY)
def all_numbers_of_targets_removed(draft: Draft) -> Iterator[Change]:
    spans = {value(draft, target) for target in draft.plan.targets}
    edits = {Edit(span.start, span.end, "若干") for span in spans if span}
    if edits and None not in spans:  # 每季度调度一次 has no digits
        yield Change(tuple(sorted(edits)), anywhere=True)


@defect("year-of-a-target-removed", "plan/target-year", *LITERACY)
def year_of_a_target_removed(draft: Draft) -> Iterator[Change]:
    for target in draft.plan.targets:
        span = year_before(draft, target)
        # 4月底前 says when, in a plan of one year.
        if span and target.per is None and not re.match("[0-9]{1,2}月", draft.source[span.end : span.end + 3]):
            yield Change((Edit(*span, ""),), draft.paragraph(span.start))


@defect("each-year-of-a-target-removed", "plan/target-year")
def each_year_of_a_target_removed(draft: Draft) -> Iterator[Change]:
    for target in draft.plan.targets:
        at = draft.source.find("每年", *target.span)
        paragraph = draft.paragraph(target.span.start)
        if (
            target.per == "year"
            and at >= 0
            and value(draft, target)
            and asked(target, "deadline", draft.plan) is None
            and not re.search(r"20\d\d年", draft.written(paragraph))
        ):
            yield Change((Edit(at, at + 2, ""),), paragraph)


def stated_again(draft: Draft, target: Target, digits: Span) -> Change:
    """Return the change that states a target in another paragraph, with another value."""
    other = f"{target.value + 2:g}"
    words = draft.source[target.span.start : digits.start] + other + draft.source[digits.end : target.span.end]
    year = "" if target.per else f"到{target.year}年，"
    others = [one for one in draft.body() if not one.span.start <= target.span.start < one.span.end]
    end = draft.paragraph(others[-1].span.start).end if others else draft.paragraph(target.span.start).end
    return Change((Edit(end, end, f"{year}{words}。"),), anywhere=True)


@defect("two-values-for-one-target", "plan/target-conflict")
def two_values_for_one_target(draft: Draft) -> Iterator[Change]:
    for target in draft.plan.targets:
        digits = value(draft, target)
        if digits and (target.year or target.per) and "\n" not in draft.written(target.span):
            yield stated_again(draft, target, digits)


@defect("two-values-for-the-literacy-target", "plan/target-conflict")
def two_values_for_the_literacy_target(draft: Draft) -> Iterator[Change]:
    for target, digits in literacy(draft):
        yield stated_again(draft, target, digits)
