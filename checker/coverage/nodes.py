"""What of a plan is compared: its actions, projects, measures and targets, each with all that stands below it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from checker.coverage.model import Kind, Node
from checker.expressions import expression
from checker.folding import compared
from checker.lexicon import any_of, lexicon, made_of_words
from checker.model import Clause, Plan

_KINDS: dict[str, Kind] = {"action": "action", "project": "project", "actions": "action", "projects": "project"}
_BEGINNING = 24
"""How many characters of its text stand for the title that a measure has not."""


def plans_of(plan: Plan) -> Iterator[Plan]:
    """Yield a plan and the others of its file, in order: what one file holds is compared as a whole."""
    yield plan
    for other in plan.plans:
        yield from plans_of(other)


def tasks(plan: Plan) -> list[Node]:
    """Return actions, projects and measures of a plan, and of all others in its file, in document order."""
    return [node for one in plans_of(plan) for node in _tasks_of(one)]


def targets(plan: Plan) -> list[Node]:
    """Return the targets of a plan, and of all others in its file, in document order."""
    return [
        Node("target", one.quote, "", one.span, part, one.section, target=one)
        for part in plans_of(plan)
        for one in part.targets
    ]


def homes(targets: Sequence[Node], tasks: Sequence[Node]) -> list[int | None]:
    """Return for each target the index of the task that it stands in; None for one of the plan's aims."""
    starts = [task.span.start for task in tasks]
    found: list[int | None] = []
    for target in targets:
        index = bisect_right(starts, target.span.start) - 1
        around = target.section.path if target.section else ()
        found.append(index if index >= 0 and any(one is tasks[index].section for one in around) else None)
    return found


def _tasks_of(plan: Plan) -> list[Node]:
    texts = _texts(plan)
    below = {id(section): [texts[section.span.start]] for section in plan.sections}
    holding: set[int] = set()
    found: list[Node] = []
    for measure in plan.measures:
        if measure.span.start == measure.section.span.start:
            continue  # an action without measures of its own is one: it is compared as the action
        text = texts[measure.span.start]
        title = measure.title or text[:_BEGINNING]
        found.append(Node("measure", title, text, measure.span, plan, measure.section, titled=bool(measure.title)))
        holding.add(id(measure.section))
        for around in measure.section.path:
            below[id(around)].append(f"{measure.title or ''}{text}")
    for section in plan.sections:
        kind = _KINDS.get(section.role)
        is_group = section.role in ("actions", "projects")
        if kind and section.title and not (is_group and (id(section) not in holding or _is_general(section.title))):
            found.append(Node(kind, section.title, "".join(below[id(section)]), section.span, plan, section))
    return sorted(found, key=lambda node: (node.span, node.kind == "measure"))


def _texts(plan: Plan) -> dict[int, str]:
    """Return what stands under each section and measure, by where it begins, without its responsibility clauses.

    Those name units, which are others at every level.
    """
    texts = {measure.span.start: measure.text for measure in plan.measures}
    texts |= {section.span.start: section.text for section in plan.sections}
    clauses = sorted(plan.clauses, key=lambda clause: clause.span)
    starts = [clause.span.start for clause in clauses]
    for start, after in pairwise([*sorted(texts), len(plan.text.source)]):
        for clause in clauses[bisect_left(starts, start) : bisect_left(starts, after)]:
            texts[start] = _without(clause, texts[start])
    return texts


def _without(clause: Clause, text: str) -> str:
    if clause.text in text:
        return text.replace(clause.text, "", 1)
    pieces = clause.text.split()
    if all(piece in text for piece in pieces):  # lines of their own, which the text has joined
        for piece in pieces:
            text = text.replace(piece, "", 1)
    return text


def _is_general(title: str) -> bool:
    """Say whether a group's title names no particular task: 重点任务, 实施五大提升行动."""
    return not _general().sub("", compared(title))


@made_of_words()
def _general() -> re.Pattern[str]:
    words = lexicon()
    return expression("|".join((any_of(words.roles.tasks), *words.roles.generic, *words.coverage.generic)))
