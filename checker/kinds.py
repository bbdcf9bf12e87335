"""The kinds of nodes of a plan that a rule can look at, and the attributes of each.

The attributes of a kind are also the fields of a rule's message and the keys of ``where``.
Source: the table "What a rule can look at" of the design; ``task`` and ``heading`` are views of
sections and measures that rules about actions and about numbering need.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, Literal, NamedTuple, get_args

from checker import formalities
from checker.expressions import expression
from checker.folding import fold, simplified
from checker.lexicon import lexicon, made_of_words
from checker.model import (
    Alignment,
    Clause,
    Comparator,
    CountOf,
    Measure,
    Part,
    Per,
    Plan,
    Prefix,
    Responsibility,
    Role,
    Stage,
    Target,
)
from checker.typesetting import LabelKind, Orientation, SetPart
from checker.view import TITLED, Heading, View, words_of

Shape = Literal["text", "number", "flag", "texts", "date", "node", "nodes"]
"""What an attribute holds: a text, a number, yes or no, several texts, a day, a node, nodes."""

_NUMERALS = expression("[一二三四五六七八九十百]+")
_DIGITS = expression("[0-9]+")
_YEARS = expression("(20[0-9]{2})(?:年|—|-)")
_ENCLOSED = ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
# A metric with fewer characters may be of something else in each paragraph: 产业规模, 覆盖率.
_SAYS_ENOUGH = 8
# With so many deadlines in its clauses a plan has a schedule of a kind.
_MANY = 3
_NEAR = 500
"""A sentence has fewer characters before a target, and behind it."""
_GENERAL_ROLES = ("general_requirements", "objectives")


class Attribute(NamedTuple):
    """One thing that can be asked of a node."""

    shape: Shape
    read: Callable[[Any, View], Any]
    values: tuple[str, ...] = ()
    """The values that it can have, where they are few."""
    kind: str = ""
    """The kind of the node that it leads to."""
    field: str = ""
    """The field of the node's type that holds it, if one does."""


LAYOUT_KINDS = ("page", "setting")
"""The kinds of which a draft in a format without layout has no nodes."""


class Kind(NamedTuple):
    """A kind of node: how to find its nodes in a plan, and what can be asked of one."""

    name: str
    find: Callable[[View], Sequence[Any]]
    attributes: dict[str, Attribute]


def _of(shape: Shape, *names: str, values: Iterable[str] = (), kind: str = "") -> dict[str, Attribute]:
    """Return attributes that are fields of the node under the same name."""
    return {name: Attribute(shape, _field(name), tuple(values), kind, name) for name in names}


def _field(name: str) -> Callable[[Any, View], Any]:
    get = attrgetter(name)
    return lambda node, view: get(node)


def _metadata(shape: Shape, *names: str) -> dict[str, Attribute]:
    return {name: Attribute(shape, _field(f"metadata.{name}")) for name in names}


def _year(index: int) -> Callable[[Plan, View], int | None]:
    return lambda plan, view: plan.metadata.period[index] if plan.metadata.period else None


def _period(plan: Plan, view: View) -> str | None:
    """Return the years of a plan as its title writes them: 2021—2025."""
    first, last = plan.metadata.period or (None, None)
    return None if first is None else str(first) if first == last else f"{first}—{last}"


def _one_year(plan: Plan, view: View) -> bool:
    """Say whether a plan is for one year: 2024年工作方案."""
    period, signed = plan.metadata.period, plan.metadata.signed_date
    if period is not None or signed is None:
        return period is not None and period[0] == period[1]
    # 全年新增…, in a plan that speaks of no later year
    return "全年" in view.whole and all(int(year) <= signed.year for year in _YEARS.findall(view.whole))


def _day(name: str) -> Callable[[Plan, View], str | None]:
    get = attrgetter(f"metadata.{name}")
    return lambda plan, view: get(plan).isoformat() if get(plan) else None


def measure_name(measure: Measure) -> str:
    """Return the title of a measure, else the words with which it begins."""
    return measure.title or f"{measure.label or ''}{measure.text[:16]}…"


def stage_name(stage: Stage) -> str:
    """Return the label of a stage, else the words with which it begins."""
    return stage.label or expression("[,，：:]").split(stage.quote)[0][:16]


def _level(plan: Plan, view: View) -> str | None:
    """Return the level of the plan's government: 市, 县, 区; a 街道 is its last word."""
    place = plan.metadata.place
    return None if not place else "街道" if place.endswith("街道") else place[-1]


def _has_towns(plan: Plan, view: View) -> bool:
    """Say whether a plan speaks of towns, of which there are then some."""
    return expression("|".join(lexicon().units.towns)).search(view.whole) is not None


def _genre(plan: Plan, view: View) -> str:
    """Return what the title calls the plan: 实施方案, 若干措施; the first of these where it has no title."""
    nouns = lexicon().documents.plan_nouns
    title = expression("（[^（）]*）$").sub("", fold(plan.metadata.title or ""))
    return next((noun for noun in nouns if title.endswith(noun)), nouns[0])


def _due(target: Target, view: View) -> int | None:
    """Return the year of a target; where it names none, the plan's last."""
    period = view.plan.metadata.period
    return target.year if target.year is not None else period[1] if period else None


def _part_of_others(clause: Clause, view: View) -> str | None:
    """Return the word that says what the units behind the lead do: 配合, 参加, 责任单位; None if there is none."""
    found = _part_word().search(simplified(clause.text).partition("牵头")[2])
    return found[0] if found else None


@made_of_words()
def _part_word() -> re.Pattern[str]:
    verbs, labels = lexicon().clauses.verbs, lexicon().clauses.labels
    return expression("|".join((*verbs.supporter, *verbs.responsible, *labels.supporter, *labels.responsible)))


def _subject(target: Target, view: View) -> str:
    """Return what a target is of, with its paragraph where its few words are of something else in each.

    产业规模 is of the industry that its paragraph is about; of the plan, where the objectives speak of it, too.
    """
    words = words_of(target)
    alike = view.targets_by_words[words]
    if not 4 <= len(words) < _SAYS_ENOUGH or len(alike) < 2:
        return words
    general = any(one.section is None or one.section.role in _GENERAL_ROLES for one in alike)
    if general and len({one.value for one in alike}) < 3:
        return words
    return f"{words}@{view.plan.text.paragraph(target.span.start).span.start}"


def _around(target: Target, view: View) -> str:
    """Return the sentence that a target stands in, up to a full stop on both sides; of a very long one what is near."""
    paragraph = view.plan.text.paragraph(target.span.start)
    at = paragraph.index(target.span.start)
    first, last = max(0, at - _NEAR), at + _NEAR
    start = paragraph.folded.rfind("。", first, at) + 1
    end = paragraph.folded.find("。", at, last)
    return paragraph.folded[start or first : end if end >= 0 else last]


def _item(clause: Clause, view: View) -> str | None:
    """Return how the item begins that a clause in brackets closes: numbered, or with a title only."""
    if clause.form != "bracket":
        return None
    from checker.outline import labels

    paragraph = view.plan.text.paragraph(clause.span.start)
    if labels().match(paragraph.folded):
        return "numbered"
    return "unnumbered" if TITLED.match(paragraph.folded) else None


def _style(heading: Heading) -> str:
    """Return how a number is written, whatever the number: （三） is （一）, 12. is 1."""
    label = fold(heading.label).strip()
    label = _DIGITS.sub("1", _NUMERALS.sub("一", label))
    return "".join(next((row[0] for row in _ENCLOSED if char in row), char) for char in label)


def _behind(clause: Clause, view: View) -> str | None:
    """Return the mark right behind a clause in brackets: ``。``, or nothing."""
    if clause.form != "bracket":
        return None
    behind = view.plan.text.source[clause.span.end : clause.span.end + 1]
    return behind if behind in "。.；;，," else ""


_SECTION = _of("node", "section", kind="section")

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "plan",
            lambda view: [view.plan],
            {
                **_metadata("text", "title", "place", "issuer", "doc_number", "notice_title"),
                "approved_title": Attribute("text", lambda plan, view: view.approved_title),
                "period": Attribute("text", _period),
                "first_year": Attribute("number", _year(0)),
                "last_year": Attribute("number", _year(1)),
                "level": Attribute("text", _level),
                "text": Attribute("text", lambda plan, view: fold(view.whole)),
                "genre": Attribute("text", _genre),
                "grassroots": Attribute("flag", lambda plan, view: _level(plan, view) in ("镇", "乡", "街道")),
                "one_year": Attribute("flag", _one_year),
                "tasks_dated": Attribute("flag", lambda plan, view: len(view.deadlines) >= _MANY),
                "has_towns": Attribute("flag", _has_towns),
                "roster": Attribute("texts", lambda plan, view: tuple(unit.name for unit in plan.roster)),
                "signed_date": Attribute("date", _day("signed_date")),
                "printed_date": Attribute("date", _day("printed_date")),
                "format": Attribute("text", lambda plan, view: plan.text.format),
            },
        ),
        Kind(
            "section",
            lambda view: view.plan.sections,
            {
                **_of("text", "id", "label", "title", "text"),
                **_of("number", "level", "ordinal"),
                **_of("text", "role", values=get_args(Role)),
                **_of("node", "parent", kind="section"),
                "children": Attribute("nodes", lambda section, view: view.children.get(id(section), []), (), "section"),
                "measures": Attribute("nodes", lambda section, view: view.measures.get(id(section), []), (), "measure"),
            },
        ),
        Kind(
            "heading",
            lambda view: view.headings,
            {
                **_of("text", "label", "title"),
                **_of("number", "level", "ordinal"),
                **_SECTION,
                **_of("node", "parent", kind="section"),
                **_of("node", "measure", kind="measure"),
                "ending": Attribute("text", lambda heading, view: view.ending(heading)),
                **_of("text", "kind", values=get_args(LabelKind)),
                "style": Attribute("text", lambda heading, view: _style(heading)),
            },
        ),
        Kind(
            "task",
            lambda view: view.tasks,
            {**_of("text", "title"), **_of("text", "role", values=("action", "project")), **_SECTION},
        ),
        Kind(
            "measure",
            lambda view: view.plan.measures,
            {
                **_of("text", "title", "label", "text"),
                "name": Attribute("text", lambda measure, view: measure_name(measure)),
                **_of("texts", "leads", "responsible", "supporters"),
                **_of("text", "responsibility", values=get_args(Responsibility)),
                **_SECTION,
            },
        ),
        Kind(
            "clause",
            lambda view: view.plan.clauses,
            {
                **_of("text", "text", "deadline"),
                **_of("texts", "leads", "responsible", "supporters"),
                **_of("text", "form", values=("bracket", "line", "inline", "table")),
                **_of("flag", "readable"),
                **_of("text", "problem"),
                **_SECTION,
                **_of("node", "measure", kind="measure"),
                "ending": Attribute("text", lambda clause, view: _behind(clause, view)),
                "item": Attribute("text", _item, ("numbered", "unnumbered")),
                "part_of_others": Attribute("text", _part_of_others),
                "others": Attribute("texts", lambda clause, view: (*clause.responsible, *clause.supporters)),
            },
        ),
        Kind(
            "unit",
            lambda view: view.units,
            {
                **_of("text", "name", "written"),
                **_of("text", "part", values=get_args(Part)),
                **_of("text", "prefix", values=get_args(Prefix)),
                **_of("text", "identity", "spelling", "meant", "now"),
                **_of("flag", "general"),
                **_of("node", "clause", kind="clause"),
                **_SECTION,
            },
        ),
        Kind(
            "target",
            lambda view: view.plan.targets,
            {
                **_of("text", "metric", "unit", "quote"),
                **_of("text", "comparator", values=get_args(Comparator)),
                **_of("number", "value", "year"),
                **_of("text", "per", values=get_args(Per)),
                "due": Attribute("number", _due),
                "subject": Attribute("text", _subject),
                "sentence": Attribute("text", _around),
                "deadline": Attribute("text", lambda target, view: view.deadline_of(target)),
                **_SECTION,
            },
        ),
        Kind(
            "stage",
            lambda view: view.plan.stages,
            {
                "label": Attribute("text", lambda stage, view: stage_name(stage)),
                "from": Attribute("number", _field("start")),
                "to": Attribute("number", _field("end")),
                **_of("text", "quote"),
                **_SECTION,
            },
        ),
        Kind(
            "citation",
            lambda view: view.plan.citations,
            {**_of("text", "title", "number", "issuer", "alias"), **_of("flag", "introduced"), **_SECTION},
        ),
        Kind(
            "stated_count",
            lambda view: view.plan.stated_counts,
            {
                **_of("text", "quote"),
                **_of("number", "stated", "actual"),
                **_of("text", "of", values=get_args(CountOf)),
                **_SECTION,
            },
        ),
        Kind(
            "roster",
            lambda view: view.rosters,
            {"units": Attribute("texts", lambda roster, view: tuple(unit.name for unit in roster.units)), **_SECTION},
        ),
        Kind(
            "date",
            lambda view: view.days,
            {**_of("text", "text"), **_of("number", "year", "month", "day"), **_of("flag", "real"), **_SECTION},
        ),
        Kind("doc_number", lambda view: view.doc_numbers, {**_of("text", "text"), **_SECTION}),
        Kind(
            "attachment",
            lambda view: view.attachments,
            {
                **_of("text", "text", "name"),
                **_of("number", "number"),
                **_of("text", "form", values=get_args(formalities.Form)),
                **_of("flag", "found"),
                **_SECTION,
            },
        ),
        Kind(
            "break",
            lambda view: view.breaks,
            {**_of("text", "before", "after"), **_of("flag", "blank"), **_SECTION},
        ),
        Kind(
            "residue",
            lambda view: view.residues,
            {**_of("text", "text"), **_of("text", "kind", values=get_args(formalities.ResidueKind)), **_SECTION},
        ),
        Kind(
            "paragraph",
            lambda view: view.paragraphs,
            {
                **_of("text", "text"),
                "written": Attribute("text", lambda node, view: node.written(view.plan)),
                **_SECTION,
            },
        ),
        Kind("sentence", lambda view: view.sentences, {**_of("text", "text"), **_SECTION}),
        Kind(
            "page",
            lambda view: view.pages,
            {
                **_of("number", "width", "height"),
                **_of("text", "orientation", values=get_args(Orientation)),
                **_of("number", "top", "right", "bottom", "left", "lines", "characters"),
                **_of("flag", "page_number"),
                **_of("text", "page_number_face"),
                **_of("number", "page_number_size"),
                **_SECTION,
            },
        ),
        Kind(
            "setting",
            lambda view: view.settings,
            {
                **_of("text", "text"),
                **_of("text", "part", values=get_args(SetPart)),
                **_of("text", "kind", values=get_args(LabelKind)),
                **_of("number", "level"),
                **_of("text", "font", "face"),
                **_of("number", "size"),
                **_of("text", "size_name"),
                **_of("text", "alignment", values=get_args(Alignment)),
                **_of("number", "indent"),
                **_of("flag", "begins"),
                **_SECTION,
            },
        ),
    )
}

# From any node to the plan that it is in: plan.level.
for _kind in KINDS.values():
    _kind.attributes.setdefault("plan", Attribute("node", lambda node, view: view.plan, kind="plan"))
