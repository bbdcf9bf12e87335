"""Defects of the schedule: stages that are missing, undated or in the wrong years."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from checker.model import Span, Stage
from checker.nodes import value as asked
from mutations.defect import Change, Edit, defect, removed
from mutations.draft import Draft

PERIOD = re.compile(r"20\d\d\s*年?[\d年月日上中下旬底末初前\s—\-~至到]*(?:期间)?")
BEFORE = r"[\s#*>—-]*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．])?\s*"
"""What stands before a stage that begins a paragraph: marks and a number."""
NEAR = 30
"""How far into a stage its years stand."""


def years(stage: Stage) -> set[int]:
    """Return the years of a stage."""
    return set(range(stage.start, (stage.end or stage.start) + 1)) if stage.start else set()


def period(draft: Draft, stage: Stage) -> Span | None:
    """Return where a stage says its years."""
    found = PERIOD.search(draft.source, stage.span.start, min(stage.span.end, stage.span.start + NEAR))
    return Span(*found.span()) if found and stage.start else None


def all_dated(draft: Draft) -> bool:
    """Say whether the title has years and each stage has them, too, in order and without a gap."""
    wrong = {"plan/stage-period", "plan/stages-cover-period", "plan/stages-order"}
    rules = {one.rule for one in draft.report.violations}
    return draft.plan.metadata.period is not None and bool(draft.plan.stages) and not wrong & rules


def stage_block(draft: Draft, stage: Stage) -> Span:
    """Return all of a stage: the whole paragraph where it has one of its own."""
    paragraph = draft.plan.text.paragraph(stage.span.start).span
    inside = sum(paragraph.start <= one.span.start < paragraph.end for one in draft.plan.stages)
    before = draft.source[paragraph.start : stage.span.start]
    return paragraph if inside == 1 and re.fullmatch(BEFORE, before) else stage.span


@defect("stage-removed", "plan/stages-cover-period")
def stage_removed(draft: Draft) -> Iterator[Change]:
    stages = draft.plan.stages
    span = draft.plan.metadata.period
    if span and all_dated(draft):
        for stage in stages:
            others = set().union(*(years(one) for one in stages if one is not stage))
            if years(stage) & set(range(span[0], span[1] + 1)) - others:
                yield removed(stage_block(draft, stage))


def dates_its_tasks(draft: Draft) -> bool:
    """Say whether the clauses of a plan give deadlines, so that it needs no stages."""
    return bool(asked(draft.plan, "tasks_dated", draft.plan))


@defect("all-stages-removed", "plan/stages")
def all_stages_removed(draft: Draft) -> Iterator[Change]:
    stages = draft.plan.stages
    if stages and not dates_its_tasks(draft):
        yield removed(Span(stage_block(draft, stages[0]).start, stage_block(draft, stages[-1]).end))


@defect("schedule-removed", "plan/stages")
def schedule_removed(draft: Draft) -> Iterator[Change]:
    for section in draft.plan.sections if not dates_its_tasks(draft) else ():
        block = draft.block(section)
        if section.role == "schedule" and all(block.start <= one.span.start < block.end for one in draft.plan.stages):
            yield removed(block)


@defect("year-of-a-stage-removed", "plan/stage-period", "plan/stages-cover-period")
def year_of_a_stage_removed(draft: Draft) -> Iterator[Change]:
    for stage in draft.plan.stages:
        span = period(draft, stage)
        if span and stage.label:
            closes = draft.source.startswith("）", span.end) and draft.source.startswith("（", span.start - 1)
            cut = Span(span.start - 1, span.end + 1) if closes else Span(span.start, span.end)
            if draft.source.startswith("，", cut.end):
                cut = Span(cut.start, cut.end + 1)
            yield removed(cut)


def _in_other_years(draft: Draft, stage: Stage, by: int) -> Change | None:
    span = period(draft, stage)
    if span is None:
        return None
    words = re.sub(r"20\d\d", lambda found: str(int(found[0]) + by), draft.written(span))
    return Change((Edit(*span, words),), anywhere=True)


@defect("stage-before-the-plan-begins", "plan/stages-order", "plan/period-agrees", "plan/stages-cover-period")
def stage_before_the_plan_begins(draft: Draft) -> Iterator[Change]:
    if all_dated(draft):
        for stage in draft.plan.stages[1:]:
            change = _in_other_years(draft, stage, -6)
            if change:
                yield change


@defect("stage-after-the-plan-ends", "plan/period-agrees", "plan/stages-cover-period", "plan/stages-order")
def stage_after_the_plan_ends(draft: Draft) -> Iterator[Change]:
    if all_dated(draft):
        for stage in draft.plan.stages:
            change = _in_other_years(draft, stage, 5)
            if change:
                yield change


@defect("stages-in-the-wrong-order", "plan/stages-order")
def stages_in_the_wrong_order(draft: Draft) -> Iterator[Change]:
    stages = draft.plan.stages
    if all_dated(draft):
        for first, second in itertools.pairwise(stages):
            one, other = period(draft, first), period(draft, second)
            if one and other and first.start != second.start and not second.closing:
                edits = (Edit(*one, draft.written(other)), Edit(*other, draft.written(one)))
                yield Change(edits, anywhere=True)


@defect("years-of-a-stage-reversed", "plan/stages-order", "plan/stage-period", "plan/stages-cover-period")
def years_of_a_stage_reversed(draft: Draft) -> Iterator[Change]:
    for stage in draft.plan.stages:
        span = period(draft, stage)
        found = span and re.fullmatch(r"(20\d\d)([—\-~至]+)(20\d\d)年", draft.written(span))
        if span and found and all_dated(draft):
            yield Change((Edit(*span, f"{found[3]}{found[2]}{found[1]}年"),), anywhere=True)


@defect("gap-between-stages", "plan/stages-cover-period")
def gap_between_stages(draft: Draft) -> Iterator[Change]:
    for stage in draft.plan.stages:
        span = period(draft, stage)
        found = span and re.fullmatch(r"(20\d\d)([—\-~至]+)(20\d\d)年", draft.written(span))
        others = [one for one in draft.plan.stages if one is not stage]
        if span and found and all_dated(draft) and not any(stage.start in years(one) for one in others):
            first = int(found[1]) + 1
            words = f"{first}年" if str(first) == found[3] else f"{first}{found[2]}{found[3]}年"
            yield Change((Edit(*span, words),), anywhere=True)


@defect("stages-overlap", "plan/stages-order")
def stages_overlap(draft: Draft) -> Iterator[Change]:
    for before, stage in zip(draft.plan.stages, draft.plan.stages[1:], strict=False):
        span = period(draft, stage)
        found = span and re.fullmatch(r"(20\d\d)([—\-~至]+)(20\d\d)年", draft.written(span))
        if span and found and all_dated(draft) and before.end and before.first_month is None:
            yield Change((Edit(*span, f"{before.end}{found[2]}{found[3]}年"),), anywhere=True)
