"""The plan as a tree that a person likes to read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from click import style

from checker.model import Measure, Plan, Section, Span
from checker.places import where
from checker.reporters.words import printable


def plan_tree(plan: Plan, language: str = "zh") -> str:
    """Return sections and measures as they hang together, with roles, units and lines; then the facts."""
    zh = language == "zh"
    meta = plan.metadata
    title = meta.title or ("（没有标题）" if zh else "(no title)")
    lines = [style(printable(title), bold=True)]
    known = [
        meta.doc_number,
        meta.issuer,
        meta.signed_date.isoformat() if meta.signed_date else None,
        "—".join(map(str, meta.period)) if meta.period else None,
    ]
    lines += ["  " + printable("  ".join(word for word in known if word))] if any(known) else []
    lines += _sections(plan, language)
    lines += _facts(plan, language)
    for other in plan.plans:
        lines += ["", plan_tree(other, language).rstrip("\n")]
    return "\n".join(lines) + "\n"


def _sections(plan: Plan, language: str) -> Iterator[str]:
    """Yield a line for each section and measure in document order."""
    entries: list[tuple[Span, Section | Measure]] = [(section.span, section) for section in plan.sections]
    entries += [(measure.span, measure) for measure in plan.measures]
    for span, entry in sorted(entries, key=lambda item: (item[0], isinstance(item[1], Measure))):
        line = _at(plan, span, language)
        if isinstance(entry, Section):
            indent = "  " * (len(entry.path) - 1)
            role = style(f"  {entry.role}", dim=True)
            yield f"{line}  {indent}{printable(entry.label)}{printable(entry.title or '…')}{role}"
        else:
            indent = "  " * len(entry.section.path)
            yield f"{line}  {indent}· {printable(entry.title or entry.text[:16] + '…')}{_units(entry)}"


def _units(measure: Measure) -> str:
    """Return who answers for a measure, shortened: → leads, … responsible units where none leads."""
    first = measure.leads or measure.responsible
    if not first:
        return style("  ✗", fg="red")
    others = len(measure.leads) + len(measure.responsible) + len(measure.supporters) - len(first[:3])
    who = printable("、".join(first[:3]))
    mark = "→" if measure.leads else style("…", fg="yellow")
    return f"  {mark} {who}" + (style(f" +{others}", dim=True) if others else "")


def _at(plan: Plan, span: Span, language: str) -> str:
    """Return the line in which something stands, or where people find it in Word or a PDF."""
    line, place = plan.text.position(span.start).line, plan.text.place(span.start)
    said = f"{line:>5}" if place is None else where(line, place).in_language(language)
    return style(said, dim=True)


def _facts(plan: Plan, language: str) -> Iterator[str]:
    zh, at = language == "zh", partial(_at, plan, language=language)
    if plan.targets:
        yield style("目标" if zh else "targets", bold=True)
        for target in plan.targets:
            when = str(target.year) if target.year else target.per or "—"
            yield f"{at(target.span)}  {printable(target.quote)}  {style(f'[{when}]', dim=True)}"
    if plan.stages:
        yield style("进度阶段" if zh else "stages", bold=True)
        for stage in plan.stages:
            years = "—".join(dict.fromkeys(str(year or "?") for year in (stage.start, stage.end)))
            yield f"{at(stage.span)}  {years}  {printable(stage.label or stage.quote[:20])}"
    if plan.citations:
        yield style("引用文件" if zh else "citations", bold=True)
        for citation in plan.citations:
            yield f"{at(citation.span)}  《{printable(citation.title)}》{printable(citation.number or '')}"
    if plan.roster:
        yield style("领导小组成员" if zh else "roster", bold=True)
        yield "       " + printable("、".join(unit.name for unit in plan.roster))
