"""What of a plan is compared: its actions, projects, measures and targets, each with all that stands below it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

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
    clauses = _clauses(plan)
    below = {id(section): [_without_clauses(section.text, clauses.get(id(section), ()))] for section in plan.sections}
    holding: set[int] = set()
    found: list[Node] = []
    for measure in plan.measures:
        if measure.span.start == measure.section.span.start:
            continue  # an action without measures of its own is one: it is compared as the action
        text = _without_clauses(measure.text, clauses.get(id(measure.section), ()))
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


def _clauses(plan: Plan) -> dict[int, list[Clause]]:
    """Return the clauses by the identity of the section that they stand in: their units are others at every level."""
    found: dict[int, list[Clause]] = {}
    for clause in plan.clauses:
        found.setdefault(id(clause.section), []).append(clause)
    return found


def _without_clauses(text: str, clauses: Sequence[Clause]) -> str:
    for clause in clauses:
        pieces = clause.text.split()
        if clause.text in text:
            text = text.replace(clause.text, "", 1)
        elif all(piece in text for piece in pieces):  # lines of their own, which the text has joined
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
