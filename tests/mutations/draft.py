"""A plan that defects are put into: its text, what the parser understood of it, and what is reported of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from checker.decoding import decode
from checker.engine import check_plan
from checker.host import host
from checker.model import Clause, FileReport, Measure, Paragraph, Plan, Section, Span
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.rule_reading import load

RULEBOOK = load(host().rule_places, host().checks)
"""The bundled rules, read once for all cases."""
LEVELS = "省市县区州盟旗镇乡"
TASKS = ("actions", "action", "projects", "project")
BODY = 40
"""How many characters make a paragraph that is no heading and no line of a list."""


def report(plan: Plan) -> FileReport:
    """Return what all bundled rules report of ``plan``."""
    return check_plan(plan, "draft", RULEBOOK)


class Draft:
    """One plan and the places in it; spans count characters of ``source``."""

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source

    @classmethod
    def read(cls, path: Path) -> Draft:
        """Return the draft in a text or Markdown file."""
        return cls(path.stem, decode(path.read_bytes())[0].replace("\r\n", "\n"))

    @cached_property
    def plan(self) -> Plan:
        """The plan as the parser understands it."""
        return parse_text(from_string(self.source))

    @cached_property
    def report(self) -> FileReport:
        """What is reported of the draft before anything is done to it."""
        return report(self.plan)

    @property
    def about_science_literacy(self) -> bool:
        """True where the rules of the pack science-literacy apply."""
        return "科学素质" in (self.plan.metadata.title or "")

    @property
    def end(self) -> int:
        """Where the plan itself ends: the foot of the document begins there."""
        return min(self.plan.closing or len(self.source), self.plan.extent.end)

    def line(self, offset: int) -> int:
        """Return the line, from 1, of the character at ``offset``."""
        return self.plan.text.position(offset).line

    def whole_lines(self, start: int, end: int) -> Span:
        """Return the lines that ``start`` to ``end`` touch, with the end of the last one."""
        first = self.source.rfind("\n", 0, start) + 1
        last = self.source.find("\n", max(start, end - 1))
        return Span(first, len(self.source) if last < 0 else last + 1)

    def paragraph(self, offset: int) -> Span:
        """Return the paragraph around ``offset``, without the line break and white space at its ends."""
        span = self.plan.text.paragraph(offset).span
        words = self.source[span.start : span.end]
        return Span(span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip()))

    def block(self, section: Section) -> Span:
        """Return a section with all that stands under it, as whole lines where it begins one."""
        later = [
            one.span.start
            for one in self.plan.sections
            if one.span.start > section.span.start and one.level <= section.level
        ]
        return Span(self.begin(section.span.start), self.begin(min([*later, self.end])))

    def measure_block(self, measure: Measure) -> Span:
        """Return a measure with its text and its clause."""
        starts = (one.span.start for one in (*self.plan.measures, *self.plan.sections))
        later = [start for start in starts if start > measure.span.start]
        return Span(self.begin(measure.span.start), self.begin(min([*later, self.end])))

    def begin(self, offset: int) -> int:
        """Return where the line of ``offset`` begins, if only marks stand before it, else ``offset``."""
        return self.source.rfind("\n", 0, offset) + 1 if self.begins_line(offset) else offset

    def begins_line(self, offset: int) -> bool:
        """Say whether only marks stand before ``offset`` in its line."""
        start = self.source.rfind("\n", 0, offset) + 1
        return re.fullmatch(r"[\s#*>-]*", self.source[start:offset]) is not None

    def siblings(self, section: Section) -> list[Section]:
        """Return the sections beside ``section``, itself included, in order."""
        parent = section.parent and section.parent.span
        return [
            one
            for one in self.plan.sections
            if one.level == section.level and (one.parent and one.parent.span) == parent
        ]

    def body(self) -> Iterator[Paragraph]:
        """Yield the paragraphs of running text of the plan itself."""
        title = self.plan.metadata.title_span.end
        for one in self.plan.text.paragraphs:
            if title <= one.span.start < self.end and not (one.layout or one.cells) and len(one.text) >= BODY:
                yield one

    def in_body(self, pattern: str, clauses: bool = False) -> Iterator[Span]:
        """Yield where ``pattern`` stands in running text, not over a line's end, in clauses only if asked."""
        covered = () if clauses else tuple(one.span for one in self.plan.clauses)
        for paragraph in self.body():
            for found in re.finditer(pattern, paragraph.text):
                span = paragraph.source_span(*found.span())
                if self.source[span.start : span.end] == found[0] and not any(
                    one.start <= span.start < one.end for one in covered
                ):
                    yield span

    def written(self, span: Span) -> str:
        """Return what stands at ``span``."""
        return self.source[span.start : span.end]

    def own_clauses(self) -> Iterator[tuple[Clause, Span]]:
        """Yield the clauses on which the lead of something hangs alone, and the place that has none without them."""
        plan = self.plan
        shared = [one for one in plan.clauses if one.measure is None and one.section and one.leads]
        for clause in plan.clauses:
            if not clause.leads or not clause.readable or clause.form == "table" or clause.section is None:
                continue
            if clause.section.role not in TASKS:
                continue
            around = {id(one) for one in clause.section.path}
            if any(one is not clause and id(one.section) in around for one in shared):
                continue
            if clause.measure is not None:
                if sum(one.measure is clause.measure for one in plan.clauses) == 1:
                    yield clause, self.measure_block(clause.measure)
            elif not any(one.measure and one.measure.section is clause.section and one.leads for one in plan.clauses):
                yield clause, self.block(clause.section)
