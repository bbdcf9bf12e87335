"""Defects of headings and their numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from checker.model import Section, Span
from mutations.defect import Change, Edit, defect, replaced
from mutations.draft import Draft
from mutations.numbers import NUMERAL, chinese, renumbered

FEW = 3
"""How many headings of one kind make a habit from which one departs."""
NUMBERING = ("plan/numbering",)


class Numbered:
    """A number that stands before a heading or a measure, in a row of such numbers."""

    def __init__(self, span: Span, ordinal: int, place: Span) -> None:
        self.span, self.ordinal, self.place = span, ordinal, place


def rows(draft: Draft) -> Iterator[list[Numbered]]:
    """Yield each row of numbers: the sections of one parent, the measures of one section."""
    plan = draft.plan
    wrong = {one.line for one in draft.report.violations if one.rule in (*NUMBERING, "plan/numbering-style")}
    seen: set[Span] = set()
    for section in plan.sections:
        if section.span not in seen:
            siblings = draft.siblings(section)
            seen.update(one.span for one in siblings)
            row = [
                Numbered(Span(one.span.start, one.span.start + len(one.label)), one.ordinal, one.span)
                for one in siblings
                if draft.source.startswith(one.label, one.span.start)
            ]
            yield row
    for section in plan.sections:
        row = []
        for one in plan.measures:
            if one.section is section and one.label and draft.source.startswith(one.label, one.span.start):
                found = NUMERAL.search(one.label)
                if found and found[0].isascii():
                    span = Span(one.span.start, one.span.start + len(one.label))
                    row.append(Numbered(span, int(found[0]), one.span))
        if not any(draft.line(one.span.start) in wrong for one in row):
            yield row


def right_rows(draft: Draft, few: int = FEW) -> Iterator[list[Numbered]]:
    """Yield the rows that count 1, 2, 3 …, of at least ``few`` numbers."""
    for row in rows(draft):
        standing = all(draft.begins_line(one.span.start) for one in row)  # a number in a line may be no heading
        if standing and len(row) >= few and [one.ordinal for one in row] == list(range(1, len(row) + 1)):
            yield row


def with_label(draft: Draft, one: Numbered, label: str, following: Numbered | None = None) -> Change:
    """Return the change of a number, which is seen there or at the next number."""
    return Change((Edit(*one.span, label),), Span(one.span.start, (following or one).span.end))


@defect("number-skipped", *NUMBERING)
def number_skipped(draft: Draft) -> Iterator[Change]:
    for row in right_rows(draft):
        yield with_label(draft, row[-1], renumbered(draft.written(row[-1].span), row[-1].ordinal + 1))


@defect("number-skipped-in-the-middle", *NUMBERING)
def number_skipped_in_the_middle(draft: Draft) -> Iterator[Change]:
    for row in right_rows(draft):
        edits = tuple(Edit(*one.span, renumbered(draft.written(one.span), one.ordinal + 1)) for one in row[1:])
        yield Change(edits, row[1].span)


@defect("number-repeated", *NUMBERING)
def number_repeated(draft: Draft) -> Iterator[Change]:
    for row in right_rows(draft):
        for before, one, after in zip(row[:-1], row[1:], [*row[2:], None], strict=True):
            yield with_label(draft, one, renumbered(draft.written(one.span), before.ordinal), after)


@defect("numbers-swapped", *NUMBERING)
def numbers_swapped(draft: Draft) -> Iterator[Change]:
    for row in right_rows(draft):
        for before, one in itertools.pairwise(row):
            words = draft.written(before.span), draft.written(one.span)
            yield Change((Edit(*before.span, words[1]), Edit(*one.span, words[0])), anywhere=True)


@defect("number-lost", *NUMBERING, "plan/stated-count", "plan/measures", "plan/numbering-style")
def number_lost(draft: Draft) -> Iterator[Change]:
    for row in right_rows(draft):
        for one in row[1:-1]:
            yield Change((Edit(*one.span, ""),), anywhere=True)


OTHER_STYLES = (
    (r"（[一二三四五六七八九十]+）", lambda number: f"({number})"),
    (r"\([一二三四五六七八九十]+\)", lambda number: f"（{number}）"),
    (r"\d+[.．]", lambda number: f"{number}、"),
    (r"[一二三四五六七八九十]+、", lambda number: f"{number}、"),
)


@defect("number-in-another-style", "plan/numbering-style", *NUMBERING)
def number_in_another_style(draft: Draft) -> Iterator[Change]:
    for row in right_rows(draft):
        for one in row[1:]:
            for style, other in OTHER_STYLES:
                if re.fullmatch(style, draft.written(one.span).strip()):
                    yield with_label(draft, one, other(one.ordinal))


@defect("number-with-another-mark", "plan/numbering-style", *NUMBERING)
def number_with_another_mark(draft: Draft) -> Iterator[Change]:
    for row in right_rows(draft):
        for one in row[1:]:
            label = draft.written(one.span).strip()
            if re.fullmatch("[一二三四五六七八九十]+、", label):
                yield with_label(draft, one, label[:-1] + "．")
            elif re.fullmatch("（.+）", label):
                yield with_label(draft, one, label + "、")


@defect("number-of-the-level-above", *NUMBERING)
def number_of_the_level_above(draft: Draft) -> Iterator[Change]:
    for section in draft.plan.sections:
        beside = draft.siblings(section)
        follows = section.parent is not None and section.ordinal == section.parent.ordinal + 1
        if section in beside[1:-1] and re.fullmatch("（[一二三四五六七八九十]+）", section.label) and not follows:
            label = Span(section.span.start, section.span.start + len(section.label))
            if draft.written(label) == section.label and draft.begins_line(label.start):
                yield Change((Edit(*label, f"{chinese(section.ordinal)}、"),), anywhere=True)


def standing_alone(draft: Draft, level: int) -> list[Section]:
    """Return the headings of a level that are paragraphs of their own, without a mark at the end."""
    return [
        one
        for one in draft.plan.sections
        if one.level == level
        and draft.paragraph(one.span.start).end in (one.span.end, one.span.end + 2)
        and draft.written(one.span)[-1] not in "。：；，、！"
        and one.title
    ]


def _with_mark(draft: Draft, mark: str) -> Iterator[Change]:
    for level in (1, 2):
        headings = standing_alone(draft, level)
        if len(headings) >= FEW and len(headings) == sum(one.level == level for one in draft.plan.sections):
            for one in headings:
                yield Change((Edit(one.span.end, one.span.end, mark),), one.span)


@defect("full-stop-behind-one-heading", "plan/heading-punctuation")
def full_stop_behind_one_heading(draft: Draft) -> Iterator[Change]:
    return _with_mark(draft, "。")


@defect("colon-behind-one-heading", "plan/heading-punctuation")
def colon_behind_one_heading(draft: Draft) -> Iterator[Change]:
    return _with_mark(draft, "：")


@defect("heading-repeats-the-one-above", "plan/heading-repeats-parent")
def heading_repeats_the_one_above(draft: Draft) -> Iterator[Change]:
    for one in draft.plan.sections:
        above = one.parent.title if one.parent else None
        if one.title and above and above != one.title and draft.written(one.span).endswith(one.title):
            yield replaced(Span(one.span.end - len(one.title), one.span.end), above)


@defect("stated-count-changed", "plan/stated-count")
def stated_count_changed(draft: Draft) -> Iterator[Change]:
    for one in draft.plan.stated_counts:
        found = NUMERAL.search(draft.source, *one.span)
        if found and one.stated == one.actual:
            yield replaced(Span(*found.span()), renumbered(found[0], one.stated + 1))


def without(draft: Draft, *gone: Section) -> Change:
    """Return the removal of sections with all that stands under them; those behind are numbered anew."""
    edits = [Edit(*draft.block(one), "") for one in gone]
    for rank, one in enumerate(beside := draft.siblings(gone[0])):
        earlier = sum(other in gone for other in beside[:rank])
        if one not in gone and earlier and one.ordinal > earlier and not one.label.startswith("第"):
            label = Span(one.span.start, one.span.start + len(one.label))
            edits.append(Edit(*label, renumbered(draft.written(label), one.ordinal - earlier)))
    return Change(tuple(sorted(edits)), anywhere=True)


PARTS = {
    "aims": ("general_requirements", "guiding_thought", "principles", "objectives"),
    "tasks": ("actions", "projects"),
    "organisation": ("organisation", "leadership", "mechanism", "safeguards"),
}


def _part(draft: Draft, part: str) -> Iterator[Change]:
    chapters = [one for one in draft.plan.sections if one.level == 1 and not one.label.startswith("第")]
    gone = [
        one
        for one in chapters
        if one.role in PARTS[part]
        or (
            one.role in ("other", "background")
            and any(other.parent == one and other.role in PARTS[part] for other in draft.plan.sections)
        )
    ]
    if gone and len(gone) < len(chapters):
        yield without(draft, *gone)


@defect("aims-removed", "plan/required-sections", "plan/target", "science-literacy/literacy-target")
def aims_removed(draft: Draft) -> Iterator[Change]:
    return _part(draft, "aims")


@defect("tasks-removed", "plan/required-sections", "plan/stated-count", "science-literacy/required-actions")
def tasks_removed(draft: Draft) -> Iterator[Change]:
    return _part(draft, "tasks")


@defect("organisation-removed", "plan/required-sections")
def organisation_removed(draft: Draft) -> Iterator[Change]:
    return _part(draft, "organisation")
