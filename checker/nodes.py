"""What a rule can look at: the kinds of nodes of a plan, and the attributes of each.

The attributes of a kind are also the fields of a rule's message and the keys of ``where``.
Source: the table "What a rule can look at" of the design; ``task`` and ``heading`` are views of
sections and measures that rules about actions and about numbering need.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from msgspec import Struct

from checker import formalities
from checker.expressions import expression
from checker.folding import fold, simplified
from checker.formalities import Attachment, Break, Day, DocNumber, Residue, Stretch
from checker.lexicon import lexicon, made_of_words
from checker.model import (
    Bilingual,
    Citation,
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
    Section,
    Span,
    Stage,
    StatedCount,
    Target,
    Unit,
)
from checker.patterns import stretches_with
from checker.reading import sentences

if TYPE_CHECKING:
    from checker.organs import Known

Shape = Literal["text", "number", "flag", "texts", "date", "node", "nodes"]
"""What an attribute holds: a text, a number, yes or no, several texts, a day, a node, nodes."""

LabelKind = Literal["chapter", "part", "article", "first", "second", "third", "fourth", "fifth", "other"]
"""The kinds of numbers: 第一章, 第一节, 第一条, 一、 （一） 1. （1） ①"""

_NUMERALS = expression("[一二三四五六七八九十百]+")
_DIGITS = expression("[0-9]+")
_YEARS = expression("(20[0-9]{2})(?:年|—|-)")
_ENCLOSED = ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩")
_TITLED = expression("[^，。；：]{2,30}。[^（〔]")
_APPROVED = expression("(?:现将|^)《(?P<title>[^《》]{4,80})》(?:已经|业经|经|印发)")
_TOWNS = expression("[乡镇](?:[（(][^（）()]{1,8}[）)])?(?:人民)?政府|乡镇|镇街|镇村|各[乡镇]")
# What may stand in front of a metric, or in it, without saying what it is of.
_SAYS_NOTHING = expression("[我本全]?[省市县区州镇乡]|全民|总体|[的了我全有]|基本|力争|总数|总量|数量|人数|达到")


# A metric with fewer characters may be of something else in each paragraph: 产业规模, 覆盖率.
_SAYS_ENOUGH = 8
# With so many deadlines in its clauses a plan has a schedule of a kind.
_MANY = 3
_GENERAL_ROLES = ("general_requirements", "objectives")

# ------------------------------------------------------------------- nodes made of others


class Task(Struct, frozen=True):
    """An action or project: a section with that role, or a measure straight under its group."""

    title: str | None
    role: str
    section: Section
    span: Span


class Heading(Struct, frozen=True):
    """Anything with a number in front: a section, or a measure that has a label."""

    label: str
    kind: LabelKind
    level: int
    ordinal: int
    title: str | None
    span: Span
    section: Section
    """The section itself; for a measure the one that it stands in."""
    parent: Section | None
    measure: Measure | None = None


class NamedUnit(Struct, frozen=True):
    """A unit, and the clause that names it; None for a unit of the roster."""

    name: str
    part: Part
    span: Span
    written: str
    section: Section | None
    prefix: Prefix
    known: Known
    """What is known of the name, beside the plan's others and the register of organs."""
    clause: Clause | None = None

    @property
    def identity(self) -> str:
        """The name by which the plan calls this unit most often."""
        return self.known.identity

    @property
    def spelling(self) -> str:
        """The name, with the level that it lacks if the plan has it with that."""
        return self.known.spelling

    @property
    def meant(self) -> str | None:
        """What the name is a slip of."""
        return self.known.meant

    @property
    def now(self) -> str | None:
        """What the unit is called today, where this is a name of before a reform."""
        return self.known.now

    @property
    def general(self) -> bool:
        """True for no particular unit: 各乡镇, 有关部门, 县直各单位."""
        return self.known.general


class Roster(Struct, frozen=True):
    """The units of the leadership group."""

    units: tuple[Unit, ...]
    span: Span
    section: Section | None


class View:
    """The nodes of one plan, each kind found once, and what links them downward."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def children(self) -> dict[int, list[Section]]:
        """The sections straight under a section, by its ``id()``."""
        found: dict[int, list[Section]] = {}
        for section in self.plan.sections:
            if section.parent is not None:
                found.setdefault(id(section.parent), []).append(section)
        return found

    @cached_property
    def measures(self) -> dict[int, list[Measure]]:
        """The measures of a section and of those below it, by its ``id()``; an action that is itself one has none.

        Unless its only paragraph begins with a title, as a measure does: it is one measure, bold or not, beside
        actions that have several.
        """
        found: dict[int, list[Measure]] = {}
        whole: list[Measure] = []
        for measure in self.plan.measures:
            if measure.span != measure.section.span:
                for section in measure.section.path:
                    found.setdefault(id(section), []).append(measure)
            elif _TITLED.match(fold(measure.section.text)):
                whole.append(measure)
        divided = set(found)
        for measure in whole:
            # Where no action is divided, none of them is one measure more than the others.
            beside = self.children.get(id(measure.section.parent), [])
            if sum(id(section) in divided for section in beside) * 2 >= len(beside):
                for section in measure.section.path:
                    found.setdefault(id(section), []).append(measure)
        return found

    @cached_property
    def targets_by_words(self) -> dict[str, list[Target]]:
        """The targets by the characters of what they are of."""
        found: dict[str, list[Target]] = {}
        for target in self.plan.targets:
            found.setdefault(_words_of(target), []).append(target)
        return found

    @cached_property
    def deadlines(self) -> dict[int, str]:
        """The deadlines of measures, else of the sections around them, that clauses name; by the ``id()`` of each."""
        return {id(c.measure or c.section): c.deadline for c in self.plan.clauses if c.deadline}

    def deadline_of(self, target: Target) -> str | None:
        """Return the deadline of the measure, or of the sections, that a target stands in."""
        if not self.deadlines or target.section is None:
            return None
        at = bisect_right(self._measure_starts, target.span.start) - 1
        around: list[object] = [*target.section.path]
        if at >= 0 and self.plan.measures[at].section is target.section:
            around.append(self.plan.measures[at])
        return next((found for one in reversed(around) if (found := self.deadlines.get(id(one)))), None)

    @cached_property
    def _measure_starts(self) -> list[int]:
        return [measure.span.start for measure in self.plan.measures]

    @cached_property
    def tasks(self) -> list[Task]:
        """Actions and projects."""
        sections = [Task(s.title, s.role, s, s.span) for s in self.plan.sections if s.role in ("action", "project")]
        straight = [
            Task(m.title, m.section.role.removesuffix("s"), m.section, m.span)
            for m in self.plan.measures
            if m.section.role in ("actions", "projects")
        ]
        return sorted(sections + straight, key=lambda task: task.span)

    @cached_property
    def headings(self) -> list[Heading]:
        """Everything with a number, in document order."""
        from checker.outline import ordinal

        levels = {label_kind(s.label): s.level for s in self.plan.sections}
        found = [
            Heading(s.label, label_kind(s.label), s.level, s.ordinal, s.title, s.span, s, s.parent)
            for s in self.plan.sections
        ]
        for m in self.plan.measures:
            if m.label and m.span != m.section.span:
                kind = label_kind(m.label)
                level = levels.get(kind, m.section.level + 1)
                number = ordinal(fold(m.label))
                found.append(Heading(m.label, kind, level, number, m.title, m.span, m.section, m.section, m))
        return sorted(found, key=lambda heading: heading.span)

    @cached_property
    def run_in(self) -> set[tuple[int, int]]:
        """Parent and level of the headings of which one at least runs into its text: （一）指导思想。以……"""
        return {(id(heading.parent), heading.level) for heading in self.headings if self._rest(heading) is None}

    @cached_property
    def units(self) -> list[NamedUnit]:
        """The units of all clauses, then those of the roster."""
        from checker.organs import known_names

        meta = self.plan.metadata
        year = meta.signed_date.year if meta.signed_date else meta.period[0] if meta.period else None
        written = [(unit, clause.section, clause) for clause in self.plan.clauses for unit in clause.units]
        everywhere = [*written, *((unit, unit.section, None) for unit in self.plan.roster)]
        known = known_names([unit.name for unit, _, _ in everywhere], meta.place or "", year)
        return [
            NamedUnit(unit.name, unit.part, unit.span, unit.written, section, unit.prefix, known[unit.name], clause)
            for unit, section, clause in everywhere
        ]

    @cached_property
    def whole(self) -> str:
        """All of the plan's text, a paragraph to a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def approved_title(self) -> str | None:
        """The title that the text of the notice gives the plan: 《…》已经县政府同意; None if it is not one."""
        head = [
            paragraph
            for paragraph in self.paragraphs
            if paragraph.section is None and paragraph.span.start < self.plan.metadata.title_span.start
        ]
        titles = [found["title"] for paragraph in head for found in _APPROVED.finditer(paragraph.text)]
        return titles[0] if len(titles) == 1 else None

    @cached_property
    def lines(self) -> tuple[str, list[int], dict[int, int]]:
        """The texts of all paragraphs in simplified characters, one to a line; where each begins; and its number,
        by the ``id()`` of the paragraph."""
        starts = list(accumulate((len(node.text) + 1 for node in self.paragraphs), initial=0))
        numbers = {id(node): number for number, node in enumerate(self.paragraphs)}
        return simplified(self.whole), starts, numbers

    def plain(self, node: Any, field: str) -> str | None:
        """Return a text attribute of a node in simplified characters, as patterns are searched for."""
        if field in ("text", "written") and isinstance(node, Stretch):
            text, starts, numbers = self.lines
            if (number := numbers.get(id(node))) is not None:
                if field == "written":
                    return self._source[node.span.start : node.span.end]
                return text[starts[number] : starts[number + 1] - 1]
        given = value(node, field, self.plan)
        return None if given is None else simplified(given)

    def with_match(
        self, nodes: Sequence[Any], pattern: str | re.Pattern[str], field: str = "text", folded: bool = False
    ) -> Sequence[Any]:
        """Return the nodes in whose text a pattern may match: paragraphs are searched all at once.

        A pattern of a rule is a text; one of plancheck's own, which asks nothing of other lines, is compiled.
        ``folded`` is for one that is searched for in the folded text.
        """
        if field not in ("text", "written") or not nodes or not isinstance(nodes[0], Stretch):
            return nodes
        text, starts, numbers = self.lines
        if field == "written":
            text, starts = self._written
        if folded:
            text = self._folded if field == "text" else fold(text)
        stretches: Iterable[tuple[int, int]] | None
        if isinstance(pattern, str):
            stretches = stretches_with(pattern, text, of_one_line=field == "text")
        else:
            stretches = (found.span() for found in pattern.finditer(text))
        if id(nodes[0]) not in numbers or stretches is None:
            return nodes
        found: set[int] = set()
        for start, end in stretches:
            found.update(range(max(0, bisect_right(starts, start) - 1), bisect_right(starts, end)))
        return [node for node in nodes if numbers[id(node)] in found] if found else ()

    @cached_property
    def _folded(self) -> str:
        simple = self.lines[0]
        # Where nothing was simplified, the reader has folded it already.
        return "\n".join(node.folded for node in self.paragraphs) if simple == self.whole else fold(simple)

    @cached_property
    def _source(self) -> str:
        """The whole file in simplified characters."""
        return simplified(self.plan.text.source)

    @cached_property
    def _written(self) -> tuple[str, list[int]]:
        """The paragraphs as they stand in the file, in simplified characters, one behind another; where each begins.

        Not the file itself: before a paragraph stand marks and white space that are none of it.
        """
        written = [self._source[node.span.start : node.span.end] for node in self.paragraphs]
        return "\n".join(written), list(accumulate((len(one) + 1 for one in written), initial=0))

    @cached_property
    def days(self) -> list[Day]:
        """Every date that is written out to the day, or with year and month."""
        return list(formalities.days(self.paragraphs))

    @cached_property
    def doc_numbers(self) -> list[DocNumber]:
        """Every document number, the plan's own and cited ones."""
        return list(formalities.doc_numbers(self.paragraphs))

    @cached_property
    def attachments(self) -> list[Attachment]:
        """Every place where an attachment is mentioned, listed or attached."""
        return list(formalities.attachments(self.paragraphs))

    @cached_property
    def breaks(self) -> list[Break]:
        """Every place where a page or line break has cut a paragraph in two."""
        return list(formalities.breaks(self.plan, self.paragraphs))

    @cached_property
    def residues(self) -> list[Residue]:
        """What a page left behind: its number, the words of a web page around the text."""
        return list(formalities.residues(self.plan, self.paragraphs))

    @cached_property
    def rosters(self) -> list[Roster]:
        """The roster, if there is one."""
        units = self.plan.roster
        return [Roster(units, units[0].span, units[0].section)] if units else []

    @cached_property
    def paragraphs(self) -> list[Stretch]:
        """All paragraphs with the section that each stands in."""
        extent = self.plan.extent
        return [
            Stretch(p.text, p.source_span(0, len(p.text)), self._section_at(p.offset(0)), p, 0)
            for p in self.plan.text.paragraphs
            if p.text and not p.layout and extent.start <= p.span.start < extent.end
        ]

    @cached_property
    def sentences(self) -> list[Stretch]:
        """All sentences; a semicolon ends one too."""
        return [
            Stretch(
                whole.text[start:end], whole.paragraph.source_span(start, end), whole.section, whole.paragraph, start
            )
            for whole in self.paragraphs
            for start, end in sentences(fold(whole.text))
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [section.span.start for section in self.plan.sections]

    def _section_at(self, offset: int) -> Section | None:
        """Return the section that the character at ``offset`` stands in; none in notice, title and foot."""
        number = bisect_right(self._starts, offset) - 1
        return self.plan.sections[number] if number >= 0 and offset < self.plan.closing else None

    def ending(self, heading: Heading) -> str | None:
        """Return the mark that ends a heading which stands alone: ``。``, or nothing.

        None where it runs into its text, or one beside it does: then it ends as that one has to.
        """
        beside = (id(heading.parent), heading.level)
        if beside in self.run_in:
            return None
        below = self.children.get(id(heading.section)) or self.measures.get(id(heading.section))
        if heading.measure is None and not heading.section.text and not below:
            return None  # an item of a list, with nothing below it
        rest = self._rest(heading)
        # 甲；乙；丙。: a full stop closes a list.
        last, before = self._before_last[beside]
        return "；" if rest == "。" and last is heading and before == "；" else rest

    @cached_property
    def _before_last(self) -> dict[tuple[int, int], tuple[Heading, str | None]]:
        """By parent and level, the last heading, and the mark behind the one before it."""
        found: dict[tuple[int, int], tuple[Heading, str | None]] = {}
        marks: dict[tuple[int, int], str | None] = {}
        for heading in self.headings:
            beside = (id(heading.parent), heading.level)
            found[beside] = (heading, marks.get(beside))
            marks[beside] = self._rest(heading)
        return found

    def _rest(self, heading: Heading) -> str | None:
        """Return what stands behind a heading in its paragraph: a mark, or nothing; None if it is text."""
        if heading.span not in self._rests:
            self._rests[heading.span] = self._found_rest(heading)
        return self._rests[heading.span]

    @cached_property
    def _rests(self) -> dict[Span, str | None]:
        return {}

    def _found_rest(self, heading: Heading) -> str | None:
        paragraph = self.plan.text.paragraph(heading.span.start)
        rest = paragraph.text[paragraph.index(max(heading.span.start, heading.span.end - 1)) + 1 :].strip()
        return rest if len(rest) <= 1 else None


def label_kind(label: str) -> LabelKind:
    """Return which kind of number a label is."""
    from checker.outline import labels

    found = labels().match(fold(label))
    return found[0].lower() if found and found[0] != "BULLET" else "other"  # type: ignore[return-value]


def view(plan: Plan) -> View:
    """Return the view of a plan; it is made once and kept with the plan."""
    kept: dict[str, View] = plan.__dict__
    if "view" not in kept:
        kept["view"] = View(plan)
    return kept["view"]


# ------------------------------------------------------------------------------ the kinds


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
    return stage.label or re.split("[,，：:]", stage.quote)[0][:16]


def _level(plan: Plan, view: View) -> str | None:
    """Return the level of the plan's government: 市, 县, 区; a 街道 is its last word."""
    place = plan.metadata.place
    return None if not place else "街道" if place.endswith("街道") else place[-1]


def _genre(plan: Plan, view: View) -> str:
    """Return what the title calls the plan: 实施方案, 若干措施; the first of these where it has no title."""
    nouns = lexicon().documents.plan_nouns
    title = expression("（[^（）]*）$").sub("", fold(plan.metadata.title or ""))
    return next((noun for noun in nouns if title.endswith(noun)), nouns[0])


def _due(target: Target, view: View) -> int | None:
    """Return the year of a target; where it names none, the plan's last."""
    period = view.plan.metadata.period
    return target.year if target.year is not None else period[1] if period else None


def _words_of(target: Target) -> str:
    """Return the characters of what a target is of, whatever their order: 公民科学素质比例, 具备科学素质的公民比例."""
    return "".join(sorted(set(_SAYS_NOTHING.sub("", simplified(fold(target.metric))))))


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
    words = _words_of(target)
    alike = view.targets_by_words[words]
    if not 4 <= len(words) < _SAYS_ENOUGH or len(alike) < 2:
        return words
    general = any(one.section is None or one.section.role in _GENERAL_ROLES for one in alike)
    if general and len({one.value for one in alike}) < 3:
        return words
    return f"{words}@{view.plan.text.paragraph(target.span.start).span.start}"


def _around(target: Target, view: View) -> str:
    """Return the sentence that a target stands in, up to a full stop on both sides."""
    paragraph = view.plan.text.paragraph(target.span.start)
    at = paragraph.index(target.span.start)
    end = paragraph.folded.find("。", at)
    return paragraph.folded[paragraph.folded.rfind("。", 0, at) + 1 : end if end >= 0 else None]


def _item(clause: Clause, view: View) -> str | None:
    """Return how the item begins that a clause in brackets closes: numbered, or with a title only."""
    if clause.form != "bracket":
        return None
    from checker.outline import labels

    paragraph = view.plan.text.paragraph(clause.span.start)
    if labels().match(paragraph.folded):
        return "numbered"
    return "unnumbered" if _TITLED.match(paragraph.folded) else None


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
                "has_towns": Attribute("flag", lambda plan, view: _TOWNS.search(view.whole) is not None),
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
    )
}

# From any node to the plan that it is in: plan.level.
for _kind in KINDS.values():
    _kind.attributes.setdefault("plan", Attribute("node", lambda node, view: view.plan, kind="plan"))

_BY_TYPE: dict[type, str] = {
    Day: "date",
    DocNumber: "doc_number",
    Attachment: "attachment",
    Break: "break",
    Residue: "residue",
    Plan: "plan",
    Section: "section",
    Heading: "heading",
    Task: "task",
    Measure: "measure",
    Clause: "clause",
    NamedUnit: "unit",
    Target: "target",
    Stage: "stage",
    Citation: "citation",
    StatedCount: "stated_count",
    Roster: "roster",
    Stretch: "paragraph",
}


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


# ---------------------------------------------------------------------- asking the nodes


def kind_of(node: object) -> str:
    """Return the name of the kind of a node."""
    return _BY_TYPE[type(node)]


def nodes_of(plan: Plan, kind: str) -> Sequence[Any]:
    """Return all nodes of a kind in document order."""
    return KINDS[kind].find(view(plan))


def column(nodes: Sequence[Any], path: str, plan: Plan) -> list[Any]:
    """Return the value of a path for each of many nodes of one kind; the rows of ``value``, but sooner."""
    if not nodes:
        return []
    found = KINDS[_BY_TYPE[type(nodes[0])]].attributes.get(path)
    if found is not None and found.field and found.shape not in ("nodes", "texts"):
        return list(map(attrgetter(found.field), nodes))
    read, around = _reads.get((type(nodes[0]), path)) or _reading(type(nodes[0]), path), view(plan)
    return [read(node, around) for node in nodes]


_Read = Callable[[Any, "View"], Any]
_reads: dict[tuple[type, str], _Read] = {}


def value(node: object, path: str, plan: Plan) -> Any:
    """Return the value of an attribute path of a node: ``year``, ``section.role``.

    None where there is no such thing; a tuple for what holds several.
    """
    read = _reads.get((type(node), path)) or _reading(type(node), path)
    return read(node, view(plan))


def _reading(kind: type, path: str) -> _Read:
    """Return the function that follows a path from nodes of a type; it is made once."""
    first, _, rest = path.partition(".")
    found = KINDS[_BY_TYPE[kind]].attributes[first]
    read = found.read
    if rest:

        def through(node: Any, around: View) -> Any:
            inner = read(node, around)
            return None if inner is None else value(inner, rest, around.plan)

        made: _Read = through
    elif found.shape in ("nodes", "texts"):

        def several(node: Any, around: View) -> Any:
            given = read(node, around)
            return None if given is None else tuple(given)

        made = several
    else:
        made = read
    _reads[kind, path] = made
    return made


def section_of(node: object) -> Section | None:
    """Return the section that a node stands in, or is."""
    if isinstance(node, Section):
        return node
    found: Section | None = getattr(node, "section", None)
    return found


def attribute(kind: str, path: str) -> Attribute | None:
    """Return the attribute that a path leads to; None if it leads nowhere."""
    first, _, rest = path.partition(".")
    found = KINDS[kind].attributes.get(first)
    if found is None or not rest:
        return found
    return attribute(found.kind, rest) if found.shape == "node" else None


def path_problem(kind: str, path: str) -> tuple[str, list[str]] | None:
    """Return the first name of ``path`` that ``kind`` does not have and what it has; None if all is well."""
    allowed = sorted(KINDS[kind].attributes)
    first, dot, rest = path.partition(".")
    if first not in allowed:
        return first, allowed
    if not dot:
        return None
    found = KINDS[kind].attributes[first]
    return path_problem(found.kind, rest) if found.shape == "node" else (path, [first])


def place_in(node: Any, plan: Plan, field: str, start: int, end: int) -> Span | None:
    """Return where ``start`` to ``end`` of a text attribute of a node stands; None if that cannot be told."""
    if isinstance(node, Stretch):
        if field == "written":
            first = node.paragraph.offset(node.start)
            return Span(first + start, first + end)
        return node.paragraph.source_span(node.start + start, node.start + end)
    words = value(node, field, plan)
    span = span_of(node)
    paragraph = plan.text.paragraph(span.start)
    at = paragraph.text.find(words, paragraph.index(span.start)) if isinstance(words, str) else -1
    return paragraph.source_span(at + start, at + end) if at >= 0 else None


def span_of(node: Any) -> Span:
    """Return the place of a node: for the plan itself its title."""
    span: Span = node.metadata.title_span if isinstance(node, Plan) else node.span
    return span


def shown(given: Any, language: str) -> str:
    """Return a value as messages show it."""
    if type(given) is str:
        return given
    if given is None:
        return ""
    if isinstance(given, Bilingual):
        return given.in_language(language)
    if isinstance(given, (Section, Heading, Task)):
        return given.title or ""
    if isinstance(given, Plan):
        return given.metadata.title or ""
    if isinstance(given, Measure):
        return measure_name(given)
    if isinstance(given, Clause):
        return given.text
    if isinstance(given, (tuple, list)):
        return ("、" if language == "zh" else ", ").join(shown(one, language) for one in given)
    if isinstance(given, float):
        return f"{given:g}"
    return str(given)
