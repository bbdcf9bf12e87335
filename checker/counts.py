"""Numbers in words about the plan itself: 实施5项提升行动, and how many there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.expressions import expression
from checker.lexicon import any_of, lexicon, made_of_words
from checker.model import CountOf, Measure, Role, Section, StatedCount
from checker.numerals import number
from checker.reading import Passage

_GENERAL: tuple[Role, ...] = (
    "general_requirements",
    "guiding_thought",
    "objectives",
    "actions",
    "projects",
    "schedule",
)


@made_of_words()
def pattern() -> re.Pattern[str]:
    """Return the pattern of a stated count: number, measure word, what is counted."""
    words = lexicon().counts
    nouns = "|".join(f"(?P<{of}>{any_of(tuple(nouns))})" for of, nouns in words.of.items())
    return expression(
        # What it begins with first: re passes over all other characters at once.
        rf"(?=[0-9一二两三四五六七八九十])(?<![第0-9.〇一二三四五六七八九十百“])(?P<number>[0-9]{{1,2}}|[一二两三四五六七八九十]{{1,3}})"
        rf"(?:{any_of(words.measure_words)}){words.between}(?:{nouns})(?!日|人员|小组|专班|机制|[一-龥]{{0,3}}(?:以上|次))"
    )


def find(
    passages: Sequence[Passage], sections: Sequence[Section], measures: Sequence[Measure], stages: int
) -> Iterator[StatedCount]:
    """Yield what the general parts, headings and introductions of the plan say of its parts.

    Inside a measure a number is not about the plan: 开展三项专项行动 is work to be done.
    """
    whole = _actual(sections, measures, stages)
    for passage in passages:
        if passage.part in ("front", "title", "closing") or not _is_about_plan(passage):
            continue
        before: re.Match[str] | None = None
        for found in pattern().finditer(passage.folded):
            stated = number(found["number"])
            of: CountOf = found.lastgroup  # type: ignore[assignment]
            readings = [
                *_in_group(passage.section, of, sections, measures),
                *_straight_under(of, measures),
                *_in_plan(sections, found[of], of, whole),
            ]
            below = list(_below(passage.section, found, before, sections, measures))
            readings = [*below, *readings] if before and _stand_together(before, found) else [*readings, *below]
            before = found
            if readings:
                # A group's introduction may count all that the plan has: what agrees is meant.
                of, actual = next((reading for reading in readings if reading[1] == stated), readings[0])
                yield StatedCount(
                    passage.text(found.start(), found.end()),
                    stated,
                    of,
                    actual,
                    passage.span(found.start(), found.end()),
                    passage.section,
                )


def _in_group(
    group: Section | None, of: CountOf, sections: Sequence[Section], measures: Sequence[Measure]
) -> Iterator[tuple[CountOf, int]]:
    """Yield what there is of a kind in the group of tasks that says how many: 本章实施5项行动."""
    if group is None or group.role != of:
        return
    inside = _inside(group, sections)
    own = _actual(
        [section for section in sections if id(section) in inside],
        [measure for measure in measures if id(measure.section) in inside],
        stages=0,
    )
    if own[of]:
        yield of, own[of]
    elif own["measures"]:
        yield "measures", own["measures"]


def _straight_under(of: CountOf, measures: Sequence[Measure]) -> Iterator[tuple[CountOf, int]]:
    """Yield how many tasks stand straight under the groups of one kind: 5项提升行动 beside 5项重点工程."""
    straight = [measure.section.role for measure in measures if measure.section.role in ("actions", "projects")]
    if of in straight and len(set(straight)) > 1:
        yield "measures", straight.count(of)


def _inside(group: Section, sections: Sequence[Section]) -> set[int]:
    """Return a group and the sections below it, by ``id``."""
    inside = {id(group)}
    for section in sections:  # in order: those around it come first
        if id(section.parent) in inside:
            inside.add(id(section))
    return inside


def _below(
    section: Section | None,
    found: re.Match[str],
    before: re.Match[str] | None,
    sections: Sequence[Section],
    measures: Sequence[Measure],
) -> Iterator[tuple[CountOf, int]]:
    """Yield how many measures there are below the actions, where the words may mean those: 落实4项措施."""
    words = lexicon().counts
    noun = found[found.lastgroup or 0]
    if noun not in words.measures and not (
        noun in words.measures_behind and before is not None and _stand_together(before, found)
    ):
        return
    if section is not None and section.role in ("actions", "projects"):
        inside = _inside(section, sections)
        measures = [measure for measure in measures if id(measure.section) in inside]
    if measures:
        yield "measures", len(measures)


def _stand_together(before: re.Match[str], found: re.Match[str]) -> bool:
    """Say whether a sentence counts actions or projects and then something else, which is below them."""
    return (
        before.lastgroup in ("actions", "projects")
        and before[before.lastgroup] != found[found.lastgroup or 0]
        and "。" not in found.string[before.end() : found.start()]
    )


def _in_plan(
    sections: Sequence[Section], noun: str, of: CountOf, whole: dict[CountOf, int]
) -> Iterator[tuple[CountOf, int]]:
    """Yield what the whole plan has of what is counted."""
    if not whole[of] and of in ("actions", "projects"):
        of = "measures"  # tasks straight under their group
    if actual := _groups_named(sections, noun) or whole[of]:
        yield of, actual


def _groups_named(sections: Sequence[Section], noun: str) -> int:
    """Return how many groups of the first level bear the name that is counted: 四大行动 may be 二、 to 五、."""
    groups = [s for s in sections if s.parent is None and s.role in ("actions", "projects")]
    named = sum((section.title or "").endswith(noun[-2:]) for section in groups)
    return named if named >= 2 and named == len(groups) else 0


def _is_about_plan(passage: Passage) -> bool:
    """Say whether a passage speaks of the plan: its head, a group's heading or introduction."""
    if passage.section is None:
        return True
    if passage.branch is not None and passage.part == "text" and passage.branch.heading is not None:
        # The text of a numbered measure stands in the section around it.
        own = passage.branch.heading.paragraph.span
        if not own.start <= passage.section.span.start < own.end + 1:
            return False
    return passage.section.role in _GENERAL


def _actual(sections: Sequence[Section], measures: Sequence[Measure], stages: int) -> dict[CountOf, int]:
    """Return how many actions, projects and stages the plan really has."""
    actions = sum(section.role == "action" for section in sections)
    projects = sum(section.role == "project" for section in sections)
    straight = sum(measure.section.role in ("actions", "projects") for measure in measures)
    return {"actions": actions, "projects": projects, "stages": stages, "measures": straight}
