"""``timeline``: stages cover the plan's period, or follow one another in order.

Two stages that share a year overlap, unless the later one stands at the end of the year
(2025年末) or their months say that one ends before the other begins.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from checker.checks import CheckType, Pattern
from checker.expressions import expression
from checker.folding import fold, simplified
from checker.kinds import stage_name
from checker.lexicon import lexicon
from checker.model import Bilingual, Found, Plan, Span, Stage
from checker.nodes import place_in
from checker.patterns import search
from checker.view import view

# What these sections speak of is the plan's own time; a review of the years before has another role.
_FOR_THE_PERIOD = ("general_requirements", "objectives", "actions", "projects", "schedule")


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``timeline`` can be told."""

    require: Annotated[
        Literal["cover", "order", "within"],
        Meta(
            description="cover：覆盖方案的每一年；order：先后有序、不重叠；within：不超出方案的起止年份"
            " / cover: every year of the plan; order: no overlap, none before the one above it;"
            " within: no year outside of the plan's"
        ),
    ]
    closing: Annotated[
        Pattern,
        Meta(description="within：名称匹配的最后阶段可以延到下一年 / a last stage so named may end a year later"),
    ] = "总结|考核|验收|评估|评价"


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield what is wrong with the stages; those without a year are another rule's finding."""
    stages = plan.stages if options.require == "within" else nodes
    dated = [stage for stage in stages if stage.start is not None and stage.end is not None]
    if options.require == "cover":
        yield from _uncovered(dated, nodes, plan)
    elif options.require == "within":
        yield from _outside(dated, options, plan)
    else:
        yield from _out_of_order(dated)


def _uncovered(dated: Sequence[Stage], nodes: Sequence[Stage], plan: Plan) -> Iterator[Found]:
    """What is wrong with stages as a whole is reported at the first stage."""
    period = plan.metadata.period
    if period is None or not dated or len(dated) < len(nodes):
        return
    covered = {year for stage in dated for year in range(stage.start or 0, (stage.end or 0) + 1)}
    missing = [year for year in range(period[0], period[1] + 1) if year not in covered]
    if missing:
        fields = {"missing": "、".join(map(str, missing)), "first": period[0], "last": period[1]}
        yield Found(nodes[0].span, fields, node=nodes[0], about="")


def _outside(dated: Sequence[Stage], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield stages outside of the plan's years, and five-year periods that a heading or a goal wrongly names."""
    if plan.metadata.period is None:
        return
    first, last = plan.metadata.period
    for stage in dated:
        assert stage.start is not None and stage.end is not None
        closes = stage is dated[-1] and search(options.closing, stage_name(stage)) is not None
        if stage.start < first or stage.end > last + closes:
            year = stage.start if stage.start < first else stage.end
            yield Found(
                stage.span, {"label": stage_name(stage), "year": year, "first": first, "last": last}, node=stage
            )
    for words, years, span in _periods_named(plan):
        if years[1] < first or years[0] > last:
            year = years[1] if years[1] < first else years[0]
            yield Found(span, {"label": words, "year": year, "first": first, "last": last})


def _periods_named(plan: Plan) -> Iterator[tuple[str, tuple[int, int], Span]]:
    """Yield the five-year periods (到“十四五”末) that the headings and goals of a plan set for it.

    Elsewhere a plan may well speak of the years before it, or look further ahead.
    """
    periods = lexicon().documents.five_year_plans
    named = '[“"]?(?P<name>' + "|".join(periods) + ')[”"]?(?:时期|期间|期末|末)'
    for section in (section for section in plan.sections if section.role in _FOR_THE_PERIOD):
        for found in expression(named).finditer(fold(section.title or "")):
            yield found[0], periods[found["name"]], section.span
    first, last = plan.metadata.period or (0, 9999)
    for sentence in (*(count.span for count in plan.stated_counts), *((plan.preamble,) if plan.preamble else ())):
        paragraph = plan.text.paragraph(sentence.start)
        for found in expression(named).finditer(paragraph.folded):
            years = periods[found["name"]]
            if years[0] > last or (sentence != plan.preamble and years[1] < first):
                yield found[0], years, paragraph.source_span(*found.span())
    goal = expression(f"(?:到|至|力争在?|确保在?){named}")
    around = view(plan)
    for paragraph in around.with_match(around.paragraphs, goal):
        for found in goal.finditer(simplified(paragraph.text)):
            place = place_in(paragraph, plan, "text", found.start(), found.end()) or paragraph.span
            yield found[0], periods[found["name"]], place


def _out_of_order(dated: Sequence[Stage]) -> Iterator[Found]:
    for index, later in enumerate(dated):
        earlier = next((stage for stage in dated[:index] if _overlap(stage, later)), None)
        if earlier is not None:
            fields: dict[str, object] = {"earlier": stage_name(earlier)}
            yield Found(later.span, fields, others=(earlier.span,), node=later)


def _overlap(earlier: Stage, later: Stage) -> bool:
    assert earlier.end is not None and later.start is not None
    if later.start != earlier.end:
        return later.start < earlier.end
    if later.closing:
        return False
    if earlier.last_month and later.first_month:
        return later.first_month < earlier.last_month
    return True


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if (options.require == "within") != (kind == "plan"):
        zh = "require: within 用于 node: plan，其他的用于 node: stage"
        yield "require", Bilingual(zh, "require: within is for node: plan, the others for node: stage")


def _message_fields(options: Options) -> tuple[tuple[str, ...], bool]:
    fields = {
        "cover": ("missing", "first", "last"),
        "order": ("earlier",),
        "within": ("label", "year", "first", "last"),
    }
    return fields[options.require], options.require != "within"


CHECK = CheckType(
    "timeline",
    Options,
    check,
    Bilingual("进度阶段覆盖期限、先后有序", "stages cover the period and follow in order"),
    nodes=("stage", "plan"),
    fields=("missing", "first", "last", "earlier", "label", "year"),
    message_fields=_message_fields,
    mistakes=_mistakes,
)
