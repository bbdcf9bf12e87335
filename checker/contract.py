"""The plan as JSON: the contract of ``plancheck parse FILE --format json``.

Lines and columns count from 1; a column is one Unicode code point.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from checker.model import Comparator, CountOf, Per, Plan, Responsibility, Role, Span, Text


class MetadataJson(Struct):
    """What head and foot of the document say."""

    place: str | None
    issuer: str | None
    doc_number: str | None
    title: str | None
    period: tuple[int, int] | None
    signed_date: date | None
    printed_date: date | None


class SectionJson(Struct):
    """A numbered heading, or a numbered item that is not a measure."""

    id: str
    level: int
    label: str
    ordinal: int
    title: str | None
    line: int
    column: int
    role: Role


class MeasureJson(Struct):
    """A measure and the units that answer for it."""

    section: str
    label: str | None
    title: str | None
    line: int
    column: int
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    supporters: tuple[str, ...]
    responsibility: Responsibility


class ClauseJson(Struct):
    """A responsibility clause; ``problem`` says where reading stopped in one that is not readable."""

    line: int
    column: int
    section: str | None
    measure: str | None
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    supporters: tuple[str, ...]
    deadline: str | None
    text: str
    form: str
    readable: bool
    problem: str | None


class TargetJson(Struct):
    """A number that the plan promises."""

    line: int
    column: int
    quote: str
    metric: str
    comparator: Comparator
    value: float
    unit: str
    year: int | None
    per: Per | None
    section: str | None


class StageJson(Struct, rename={"from_": "from"}):
    """A stage of the schedule; ``from`` and ``to`` are years."""

    line: int
    column: int
    label: str | None
    from_: int | None
    to: int | None
    quote: str


class StatedCountJson(Struct):
    """A number in words about the plan itself."""

    line: int
    column: int
    quote: str
    stated: int
    of: CountOf
    actual: int


class CitationJson(Struct):
    """A document in 《》 at its first place."""

    line: int
    column: int
    title: str
    number: str | None
    alias: str | None


class PlanJson(Struct):
    """A plan. Several plans in one file: the first stands here, the others whole in ``plans``."""

    schema: int
    path: str
    metadata: MetadataJson
    sections: list[SectionJson]
    measures: list[MeasureJson]
    clauses: list[ClauseJson]
    targets: list[TargetJson]
    stages: list[StageJson]
    stated_counts: list[StatedCountJson]
    citations: list[CitationJson]
    roster: list[str]
    plans: list[PlanJson]


def plan_json(plan: Plan, path: str, language: str = "zh") -> PlanJson:
    """Return ``plan`` in the shape of the contract."""
    text, meta = plan.text, plan.metadata
    return PlanJson(
        schema=1,
        path=path,
        metadata=MetadataJson(
            meta.place, meta.issuer, meta.doc_number, meta.title, meta.period, meta.signed_date, meta.printed_date
        ),
        sections=[
            SectionJson(s.id, s.level, s.label, s.ordinal, s.title, *_at(text, s.span), s.role) for s in plan.sections
        ],
        measures=[
            MeasureJson(
                m.section.id,
                m.label,
                m.title,
                *_at(text, m.span),
                m.leads,
                m.responsible,
                m.supporters,
                m.responsibility,
            )
            for m in plan.measures
        ],
        clauses=[
            ClauseJson(
                *_at(text, c.span),
                c.section.id if c.section else None,
                c.measure.title if c.measure else None,
                c.leads,
                c.responsible,
                c.supporters,
                c.deadline,
                c.text,
                c.form,
                c.readable,
                c.problem.in_language(language) if c.problem else None,
            )
            for c in plan.clauses
        ],
        targets=[
            TargetJson(
                *_at(text, t.span),
                t.quote,
                t.metric,
                t.comparator,
                t.value,
                t.unit,
                t.year,
                t.per,
                t.section.id if t.section else None,
            )
            for t in plan.targets
        ],
        stages=[StageJson(*_at(text, s.span), s.label, s.start, s.end, s.quote) for s in plan.stages],
        stated_counts=[
            StatedCountJson(*_at(text, c.span), c.quote, c.stated, c.of, c.actual) for c in plan.stated_counts
        ],
        citations=[CitationJson(*_at(text, c.span), c.title, c.number, c.alias) for c in plan.citations],
        roster=[unit.name for unit in plan.roster],
        plans=[plan_json(other, path, language) for other in plan.plans],
    )


def _at(text: Text, span: Span) -> tuple[int, int]:
    return text.position(span.start)
