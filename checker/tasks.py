"""The task list of a plan: each measure with the units that answer for it, and each unit with its measures."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from msgspec import Struct

from checker.model import Clause, Measure, Per, Place, Plan, Responsibility, Role, Section, Span
from checker.places import excerpt, section_label

_TASKS: tuple[Role, ...] = ("actions", "action", "projects", "project")


class Promise(Struct, frozen=True):
    """A target that stands in a measure."""

    quote: str
    year: int | None
    per: Per | None
    line: int


class Task(Struct, frozen=True):
    """One row of the task list: a measure, or a clause that no measure's row tells of.

    Such a clause answers for a whole section, or stands in an annex beside a measure that has a clause of its own.
    """

    number: int
    """Running through all files of a run, from 1."""
    kind: Literal["measure", "clause"]
    section: str | None
    """The id of the section; None only for a clause that stands in none."""
    section_label: str | None
    """The section as people name it: 二（一）场地行动."""
    action: str | None
    """The title of the action or project that it stands under; None straight under a group of tasks."""
    label: str | None
    """The measure's number in the draft: 1."""
    measure: str | None
    """The measure's title; None where it has none, and for a clause of a whole section."""
    excerpt: str
    """The first words of the measure, of a clause those of the clause."""
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    supporters: tuple[str, ...]
    responsibility: Responsibility
    """Whose the units are: the measure's ``own``, the ``section``'s, ``mixed`` (leads of the section), or ``none``."""
    readable: bool
    """False where a clause that it answers by could not be read to its end: units may be missing."""
    targets: tuple[Promise, ...]
    deadline: str | None
    """Of its own clauses, else of its section's; several with ； between."""
    line: int
    at: Place | None
    """Where people find it in a format that shows them no lines."""

    @property
    def name(self) -> str:
        """What to call it: its title; its first words; for a clause of a section the section."""
        if self.measure is None and self.kind == "clause" and self.section_label is not None:
            return self.section_label
        return self.measure or self.excerpt

    @property
    def place(self) -> str:
        """Its numbers as people say them, 二（一）1, with the title of a section that is not the action itself."""
        section = self.section_label or ""
        if self.action and section.endswith(self.action):
            section = section.removesuffix(self.action).rstrip("、.．")
        return section + (self.label or "").rstrip("、.．﹒ ")


class Duties(Struct, frozen=True):
    """What one unit has to do, by the numbers of the tasks; a unit under two names is two."""

    unit: str
    leads: tuple[int, ...]
    responsible: tuple[int, ...]
    supports: tuple[int, ...]

    @property
    def tasks(self) -> int:
        """How many tasks name it, each counted once."""
        return len({*self.leads, *self.responsible, *self.supports})


class PlanTasks(Struct, frozen=True):
    """The task list of one plan, in document order."""

    title: str | None
    tasks: tuple[Task, ...]


class FileTasks(Struct, frozen=True):
    """The task lists of one file: of its plan, and of the second and later plans in it."""

    path: str
    error: str | None = None
    """Why the file could not be read; then it has no plans."""
    plans: tuple[PlanTasks, ...] = ()
    units: tuple[Duties, ...] = ()
    """Those who lead most first, then in the order of the file."""

    @property
    def tasks(self) -> list[Task]:
        """The tasks of all its plans."""
        return [task for plan in self.plans for task in plan.tasks]


def file_tasks(plan: Plan, path: str, first: int = 1) -> FileTasks:
    """Return the task lists of a file whose plan is ``plan``; ``first`` is the number of its first task."""
    made: list[PlanTasks] = []
    for one in (plan, *plan.plans):
        tasks = tuple(_tasks(one, first))
        made.append(PlanTasks(one.metadata.title, tasks))
        first += len(tasks)
    return FileTasks(path, None, tuple(made), duties(task for one in made for task in one.tasks))


def duties(tasks: Iterable[Task]) -> tuple[Duties, ...]:
    """Return what each unit has to do; those who lead most first, then as they come."""
    found: dict[str, tuple[list[int], list[int], list[int]]] = {}
    for task in tasks:
        for part, units in enumerate((task.leads, task.responsible, task.supporters)):
            for unit in units:
                found.setdefault(unit, ([], [], []))[part].append(task.number)
    made = [Duties(unit, tuple(led), tuple(own), tuple(helped)) for unit, (led, own, helped) in found.items()]
    return tuple(sorted(made, key=lambda one: -len(one.leads)))


def _tasks(plan: Plan, first: int) -> Iterator[Task]:
    """Yield the tasks of a plan, without its further plans, in document order."""
    by_measure: dict[int, list[Clause]] = {}
    by_section: dict[str, list[Clause]] = {}
    for clause in plan.clauses:
        if clause.measure is not None:
            by_measure.setdefault(id(clause.measure), []).append(clause)
        elif clause.section is not None:
            by_section.setdefault(clause.section.id, []).append(clause)
    told: set[int] = set()
    rows: list[tuple[Span, Measure | Clause, list[Clause]]] = []
    for measure in plan.measures:
        own = by_measure.get(id(measure), [])
        inherited = _nearest(measure.section, by_section)
        told.update(id(clause) for clause in (*own, *inherited) if _tells(measure, clause))
        rows.append((measure.span, measure, [*own, *inherited] if measure.responsibility != "own" else own))
    rows += [(clause.span, clause, [clause]) for clause in plan.clauses if id(clause) not in told]
    rows.sort(key=lambda row: row[0])
    extents = _extents(plan)
    for number, (_, row, clauses) in enumerate(rows, start=first):
        if isinstance(row, Clause):
            yield _of_clause(row, number, plan)
        else:
            deadline = _deadline(by_measure.get(id(row), ())) or _deadline(_nearest(row.section, by_section))
            readable = all(clause.readable for clause in clauses)
            yield _of_measure(row, number, plan, _promises(row, plan, extents), deadline, readable)


def _of_measure(
    measure: Measure, number: int, plan: Plan, targets: tuple[Promise, ...], deadline: str | None, readable: bool
) -> Task:
    section = measure.section
    itself = measure.span == section.span  # an action without measures is one: its number is in its name
    return Task(
        number=number,
        kind="measure",
        section=section.id,
        section_label=section_label(section),
        action=_action(section),
        label=None if itself else measure.label,
        measure=measure.title,
        excerpt=_opening(measure.text),
        leads=measure.leads,
        responsible=measure.responsible,
        supporters=measure.supporters,
        responsibility=measure.responsibility,
        readable=readable,
        targets=targets,
        deadline=deadline,
        line=plan.text.position(measure.span.start).line,
        at=plan.text.place(measure.span.start),
    )


def _of_clause(clause: Clause, number: int, plan: Plan) -> Task:
    section, measure = clause.section, clause.measure
    return Task(
        number=number,
        kind="clause",
        section=section.id if section else None,
        section_label=section_label(section) if section else None,
        action=_action(section) if section else None,
        label=measure.label if measure else None,
        measure=measure.title if measure else None,
        excerpt=_opening(_row_name(clause, plan)),
        leads=clause.leads,
        responsible=clause.responsible,
        supporters=clause.supporters,
        responsibility="own",
        readable=clause.readable,
        targets=(),
        deadline=clause.deadline,
        line=plan.text.position(clause.span.start).line,
        at=plan.text.place(clause.span.start),
    )


def _row_name(clause: Clause, plan: Plan) -> str:
    """Return what a clause is called: of a row of a table the first cell with words, of others all of it."""
    paragraph = plan.text.paragraph(clause.span.start)
    cells = [paragraph.text[start:end] for start, end in paragraph.cells]
    return next((cell for cell in cells if any(map(str.isalpha, cell))), clause.text)


def _opening(words: str) -> str:
    return excerpt(words, Span(0, len(words)), 24)


def _nearest(section: Section, by_section: dict[str, list[Clause]]) -> list[Clause]:
    """Return the clauses of the nearest section around a measure that has any, as measures inherit them."""
    return next((by_section[around.id] for around in section.path if around.id in by_section), [])


def _tells(measure: Measure, clause: Clause) -> bool:
    """Say whether the row of a measure names all units of a clause, and those that lead as leads."""
    named = {*measure.leads, *measure.responsible, *measure.supporters}
    return named.issuperset((*clause.responsible, *clause.supporters)) and {*measure.leads}.issuperset(clause.leads)


def _deadline(clauses: Sequence[Clause]) -> str | None:
    return "；".join(dict.fromkeys(clause.deadline for clause in clauses if clause.deadline)) or None


def _action(section: Section) -> str | None:
    """Return the title of the action or project around a section: what stands below one has its role, too."""
    found = [around for around in section.path if around.role in ("action", "project")]
    return found[-1].title if found else None


def _extents(plan: Plan) -> list[int]:
    """Return where measures and sections begin, and where the last of them ends; offsets in the source."""
    starts = {measure.span.start for measure in plan.measures}
    starts.update(section.span.start for section in plan.sections if not _is_part(section))
    return [*sorted(starts), min(plan.closing, plan.extent.end)]


def _is_part(section: Section) -> bool:
    """Say whether a section is a part of a measure: within tasks only such are for nothing of their own."""
    return section.role == "other" and any(around.role in _TASKS for around in section.path)


def _promises(measure: Measure, plan: Plan, extents: list[int]) -> tuple[Promise, ...]:
    """Return the targets that stand in a measure: before the next measure or section begins."""
    start = measure.span.start
    following = bisect_right(extents, start)
    end = extents[following] if following < len(extents) else start
    first, last = (bisect_left(plan.targets, at, key=lambda target: target.span.start) for at in (start, end))
    at = plan.text.position
    return tuple(
        Promise(target.quote, target.year, target.per, at(target.span.start).line)
        for target in plan.targets[first:last]
    )
