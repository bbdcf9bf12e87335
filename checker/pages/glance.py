"""A plan at a glance: who leads what, how much each unit has to do, its stages in time, its targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.model import Bilingual, Comparator, Per, Plan, Stage, Target
from checker.pages.words import Line, line_at
from checker.places import where
from checker.tasks import PlanTasks, Task, duties

LEADS_SHOWN = 14
"""How many lead units have a column of their own: more do not fit a page of paper."""
_WIDEST_SCALE = 12
"""From how many years on not every year is written."""


class Unled(Struct, frozen=True):
    """A measure that names no lead unit."""

    name: str
    line: Line


class ActionRow(Struct, frozen=True):
    """An action or project, and how many of its measures each unit leads."""

    title: str
    cells: tuple[int, ...]
    """For each of ``Leadership.units``."""
    others: int
    lacking: int
    """How many of its measures have no lead."""
    measures: int


class Leadership(Struct, frozen=True):
    """Actions and projects by their lead units, those who lead most first."""

    units: tuple[str, ...]
    rows: tuple[ActionRow, ...]
    others: int
    """How many more units lead something."""
    most: int
    """The largest number of a cell."""


class Share(Struct, frozen=True):
    """A part of a bar: where it begins and how wide it is, in percent of the whole."""

    kind: str
    start: float
    width: float
    count: int


class Load(Struct, frozen=True):
    """What one unit has to do."""

    unit: str
    shares: tuple[Share, ...]
    """Of what it leads, answers for and supports."""
    tasks: int
    """Each counted once."""


class StageBar(Struct, frozen=True):
    """A stage on the scale of years; without a year it has no bar."""

    label: str
    when: str | None
    bar: Share | None
    line: Line


class Tick(Struct, frozen=True):
    """A year of the scale, where it begins."""

    year: int
    start: float
    is_labelled: bool


class Timeline(Struct, frozen=True):
    """The stages of a plan on one scale."""

    ticks: tuple[Tick, ...]
    period: Share | None
    period_years: str | None
    stages: tuple[StageBar, ...]


class Figure(Struct, frozen=True):
    """A target as a number to look at."""

    bound: str
    """More or less than it, or empty."""
    value: str
    unit: str
    metric: str
    when: str | None
    """Its year, or how often; None where the plan does not say."""
    quote: str
    line: Line


class Glance(Struct, frozen=True):
    """The pictures of one plan; what it does not have is empty, or None."""

    title: str | None
    measures: int
    shares: tuple[Share, ...]
    """Of the measures: with a lead, with other units only, with none."""
    unled: tuple[Unled, ...]
    leadership: Leadership | None
    loads: tuple[Load, ...]
    timeline: Timeline | None
    figures: tuple[Figure, ...]


def glance(plan: Plan, tasks: PlanTasks, language: str) -> Glance:
    """Return what there is to see of a plan, without the further plans of its file."""
    measures = [task for task in tasks.tasks if task.kind == "measure"]
    return Glance(
        title=plan.metadata.title,
        measures=len(measures),
        shares=_measure_shares(measures),
        unled=tuple(_unled(task, language) for task in measures if not task.leads),
        leadership=leadership(measures),
        loads=loads(tasks.tasks),
        timeline=_timeline(plan, language),
        figures=tuple(_figure(target, plan, language) for target in plan.targets),
    )


def _measure_shares(measures: Sequence[Task]) -> tuple[Share, ...]:
    led = sum(bool(task.leads) for task in measures)
    others = sum(not task.leads and bool(task.responsible or task.supporters) for task in measures)
    counts = {"with_lead": led, "only_others": others, "no_units": len(measures) - led - others}
    return tuple(shares(counts, len(measures)))


def shares(counts: dict[str, int], whole: int) -> Iterator[Share]:
    """Yield parts of a bar side by side, each as wide as its count."""
    start = 0
    for kind, count in counts.items():
        if count:
            yield Share(kind, _percent(start, whole), _percent(count, whole), count)
        start += count


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


# --------------------------------------------------------------------------------- who leads


def leadership(measures: Sequence[Task]) -> Leadership | None:
    """Return the lead units of actions and projects; None where no measure has a lead."""
    leading = Counter(unit for task in measures for unit in dict.fromkeys(task.leads))
    if not leading:
        return None
    units = tuple(unit for unit, _ in leading.most_common(LEADS_SHOWN))
    by_action: dict[str, list[Task]] = {}
    for task in measures:
        by_action.setdefault(task.action or "", []).append(task)
    rows = tuple(_action_row(title, tasks, units) for title, tasks in by_action.items())
    most = max(max((*row.cells, row.others), default=0) for row in rows)
    return Leadership(units, rows, len(leading) - len(units), most)


def _action_row(title: str, tasks: Sequence[Task], units: Sequence[str]) -> ActionRow:
    counts = Counter(unit for task in tasks for unit in dict.fromkeys(task.leads))
    others = sum(any(unit not in units for unit in task.leads) for task in tasks)
    lacking = sum(not task.leads for task in tasks)
    return ActionRow(title, tuple(counts[unit] for unit in units), others, lacking, len(tasks))


def loads(tasks: Sequence[Task]) -> tuple[Load, ...]:
    """Return what each unit has to do, the most loaded first; bars are wide in proportion to the longest."""
    found = sorted(duties(tasks), key=lambda one: (-one.tasks, -len(one.leads)))
    whole = max((len(one.leads) + len(one.responsible) + len(one.supports) for one in found), default=0)
    made = []
    for one in found:
        counts = {"lead": len(one.leads), "responsible": len(one.responsible), "supporting": len(one.supports)}
        made.append(Load(one.unit, tuple(shares(counts, whole)), one.tasks))
    return tuple(made)


def _unled(task: Task, language: str) -> Unled:
    return Unled(task.name, Line(task.line, where(task.line, task.at).in_language(language)))


# ------------------------------------------------------------------------------ stages in time


def _timeline(plan: Plan, language: str) -> Timeline | None:
    """Return the stages on a scale from the first year to the last; None where there are none."""
    if not plan.stages:
        return None
    period = plan.metadata.period
    years = [year for stage in plan.stages for year in (stage.start, stage.end) if year is not None]
    years += period or ()
    if not years:
        return Timeline((), None, None, tuple(_stage(stage, plan, None, language) for stage in plan.stages))
    scale = min(years), max(years) + 1
    step = 1 if scale[1] - scale[0] <= _WIDEST_SCALE else 5
    ticks = tuple(
        Tick(year, _percent(year - scale[0], scale[1] - scale[0]), (year - scale[0]) % step == 0)
        for year in range(*scale)[:200]
    )
    band = _bar("period", period[0], period[1] + 1, scale) if period else None
    written = _years(*period) if period else None
    return Timeline(ticks, band, written, tuple(_stage(stage, plan, scale, language) for stage in plan.stages))


def _stage(stage: Stage, plan: Plan, scale: tuple[int, int] | None, language: str) -> StageBar:
    label = stage.label or stage.quote
    line = line_at(plan.text, stage.span.start, language)
    first, last = stage.start or stage.end, stage.end or stage.start
    if scale is None or first is None or last is None:
        return StageBar(label, None, None, line)
    start = first + ((stage.first_month or 1) - 1) / 12
    end = last + (stage.last_month or 12) / 12
    if stage.closing:
        start = last + 10 / 12  # the end of a year: its last two months
    return StageBar(label, _when(stage, first, last, language), _bar("stage", start, max(end, start), scale), line)


def _bar(kind: str, start: float, end: float, scale: tuple[int, int]) -> Share:
    whole = scale[1] - scale[0]
    return Share(kind, _percent(start - scale[0], whole), max(_percent(end - start, whole), 1.0), 0)


def _when(stage: Stage, first: int, last: int, language: str) -> str:
    """Return when a stage is: 2022年7月—2023年12月; in English 2022-07 to 2023-12."""
    if stage.closing:
        return Bilingual(f"{last}年末", f"end of {last}").in_language(language)
    months = stage.first_month, stage.last_month
    if months == (None, None):
        return Bilingual(f"{_years(first, last)}年", _years(first, last)).in_language(language)
    zh = [f"{year}年{month}月" if month else f"{year}年" for year, month in zip((first, last), months, strict=True)]
    en = [f"{year}-{month:02}" if month else str(year) for year, month in zip((first, last), months, strict=True)]
    return Bilingual("—".join(dict.fromkeys(zh)), " to ".join(dict.fromkeys(en))).in_language(language)


def _years(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}—{last}"


# ------------------------------------------------------------------------------------- targets

_BOUNDS: dict[Comparator, Bilingual] = {
    "=": Bilingual("", ""),
    ">": Bilingual("超过", "over"),
    ">=": Bilingual("不低于", "at least"),
    "<": Bilingual("低于", "under"),
    "<=": Bilingual("不超过", "at most"),
}
_PER: dict[Per, Bilingual] = {
    "year": Bilingual("每年", "every year"),
    "half-year": Bilingual("每半年", "every half-year"),
    "quarter": Bilingual("每季度", "every quarter"),
    "month": Bilingual("每月", "every month"),
    "week": Bilingual("每周", "every week"),
    "day": Bilingual("每天", "every day"),
    "term": Bilingual("每学期", "every term"),
}


def _figure(target: Target, plan: Plan, language: str) -> Figure:
    when = None
    if target.per is not None:
        when = _PER[target.per].in_language(language)
    elif target.year is not None:
        when = Bilingual(f"{target.year}年", str(target.year)).in_language(language)
    return Figure(
        bound=_BOUNDS[target.comparator].in_language(language),
        value=_number(target.value),
        unit=target.unit,
        metric=target.metric or target.quote,
        when=when,
        quote=target.quote,
        line=line_at(plan.text, target.span.start, language),
    )


def _number(value: float) -> str:
    """Return a number as people write it.

    >>> _number(3000.0), _number(14.5)
    ('3000', '14.5')
    """
    return str(int(value)) if value.is_integer() else str(value)
