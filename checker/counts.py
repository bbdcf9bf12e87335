"""Numbers in words about the plan itself: 实施5项提升行动, and how many there are."""

from __future__ import annotations

import re
from collections import Counter
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
    plan = _Parts(sections, measures, stages)
    for passage in passages:
        if passage.part in ("front", "title", "closing") or not _is_about_plan(passage):
            continue
        before: re.Match[str] | None = None
        for found in pattern().finditer(passage.folded):
            stated = number(found["number"])
            of: CountOf = found.lastgroup  # type: ignore[assignment]
            readings = [
                *plan.in_group(passage.section, of),
                *plan.straight_under(of),
                *plan.in_all(found[of], of),
            ]
            below = list(_below(passage.section, found, before, plan))
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


class _Parts:
    """What a plan, and each group of its tasks, has; counted once, however often a text says how many."""

    def __init__(self, sections: Sequence[Section], measures: Sequence[Measure], stages: int) -> None:
        self._sections, self._measures = sections, measures
        self._whole = _actual(sections, measures, stages)
        self._groups = [one for one in sections if one.parent is None and one.role in ("actions", "projects")]
        roles: list[str] = [one.section.role for one in measures]
        self._straight = Counter(role for role in roles if role in ("actions", "projects"))
        self._inside: dict[int, tuple[dict[CountOf, int], int]] = {}

    def in_group(self, group: Section | None, of: CountOf) -> Iterator[tuple[CountOf, int]]:
        """Yield what there is of a kind in the group of tasks that says how many: 本章实施5项行动."""
        if group is None or group.role != of:
            return
        own, _ = self._below(group)
        if own[of]:
            yield of, own[of]
        elif own["measures"]:
            yield "measures", own["measures"]

    def straight_under(self, of: CountOf) -> Iterator[tuple[CountOf, int]]:
        """Yield how many tasks stand straight under the groups of one kind: 5项提升行动 beside 5项重点工程."""
        if (number_of_tasks := self._straight.get(of, 0)) and len(self._straight) > 1:
            yield "measures", number_of_tasks

    def in_all(self, noun: str, of: CountOf) -> Iterator[tuple[CountOf, int]]:
        """Yield what the whole plan has of what is counted."""
        if not self._whole[of] and of in ("actions", "projects"):
            of = "measures"  # tasks straight under their group
        if actual := self._groups_named(noun) or self._whole[of]:
            yield of, actual

    def measures_below(self, section: Section | None) -> int:
        """Return how many measures a group of tasks has, else the plan."""
        if section is not None and section.role in ("actions", "projects"):
            return self._below(section)[1]
        return len(self._measures)

    def _groups_named(self, noun: str) -> int:
        """Return how many groups of the first level bear the name that is counted: 四大行动 may be 二、 to 五、."""
        named = sum((one.title or "").endswith(noun[-2:]) for one in self._groups)
        return named if named >= 2 and named == len(self._groups) else 0

    def _below(self, group: Section) -> tuple[dict[CountOf, int], int]:
        """Return what there is in a group and below it, and the number of its measures."""
        if id(group) not in self._inside:
            inside = {id(group)}
            for section in self._sections:  # in order: those around it come first
                if id(section.parent) in inside:
                    inside.add(id(section))
            measures = [one for one in self._measures if id(one.section) in inside]
            own = _actual([one for one in self._sections if id(one) in inside], measures, stages=0)
            self._inside[id(group)] = own, len(measures)
        return self._inside[id(group)]


def _below(
    section: Section | None, found: re.Match[str], before: re.Match[str] | None, plan: _Parts
) -> Iterator[tuple[CountOf, int]]:
    """Yield how many measures there are below the actions, where the words may mean those: 落实4项措施."""
    words = lexicon().counts
    noun = found[found.lastgroup or 0]
    if noun not in words.measures and not (
        noun in words.measures_behind and before is not None and _stand_together(before, found)
    ):
        return
    if number_of_measures := plan.measures_below(section):
        yield "measures", number_of_measures


def _stand_together(before: re.Match[str], found: re.Match[str]) -> bool:
    """Say whether a sentence counts actions or projects and then something else, which is below them."""
    return (
        before.lastgroup in ("actions", "projects")
        and before[before.lastgroup] != found[found.lastgroup or 0]
        and "。" not in found.string[before.end() : found.start()]
    )


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
