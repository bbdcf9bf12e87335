"""A plan as rules see it: what its nodes are made of, each found once, and what links them downward.

:class:`View` is the one place where a plan is asked for more than it holds: the headings of all kinds, the units of
all clauses beside what is known of their names, the paragraphs that a pattern may match.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from checker import formalities, typesetting
from checker.expressions import expression
from checker.folding import fold, simplified
from checker.formalities import Attachment, Break, Day, DocNumber, Residue, Stretch
from checker.lexicon import lexicon
from checker.model import Clause, Measure, Part, Plan, Prefix, Section, Span, Target, Unit
from checker.patterns import lines_touched, lines_with
from checker.reading import sentences
from checker.typesetting import LabelKind, Page, SetStretch

if TYPE_CHECKING:
    from checker.organs import Known

TITLED = expression("[^，。；：]{2,30}。[^（〔]")
_APPROVED = expression("(?:现将|^)《(?P<title>[^《》]{4,80})》(?:已经|业经|经|印发)")


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
            elif TITLED.match(fold(measure.section.text)):
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
            found.setdefault(words_of(target), []).append(target)
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

    def simple(self, node: Stretch, field: str) -> str | None:
        """Return the text of a paragraph in simplified characters; None if the stretch is no whole paragraph."""
        text, starts, numbers = self.lines
        if (number := numbers.get(id(node))) is None:
            return None
        if field == "written":
            return self._source[node.span.start : node.span.end]
        return text[starts[number] : starts[number + 1] - 1]

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
        if id(nodes[0]) not in numbers:
            return nodes
        if isinstance(pattern, str):
            found = lines_with(pattern, text, starts, of_one_line=field == "text")
        else:
            found = lines_touched(pattern.finditer(text), starts)
        if found is None:
            return nodes
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
    def pages(self) -> list[Page]:
        """How pages are set up, each setting once; none for a format without layout."""
        return list(typesetting.pages(self.plan))

    @cached_property
    def settings(self) -> list[SetStretch]:
        """Every stretch in one font and size, cut where headings end; none for a format without layout."""
        return list(typesetting.settings(self.plan, self.headings, self._section_at))

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


def words_of(target: Target) -> str:
    """Return the characters of what a target is of, whatever their order: 公民科学素质比例, 具备科学素质的公民比例."""
    says_nothing = expression("|".join(lexicon().quantities.says_nothing))
    return "".join(sorted(set(says_nothing.sub("", simplified(fold(target.metric))))))


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
