"""The data that travels: every type that one part hands to the next.

``Text`` is what a reader makes of a file, ``Plan`` what the parser makes of a ``Text``,
``Violation`` what a check finds in a ``Plan``, ``Report`` what a reporter prints. All are
frozen; nothing is filled in later.

Places are counted in two ways. A ``Span`` counts characters of ``Text.source`` from 0; a
``Position`` is what people see: line and column counted from 1, a column being one
Unicode code point.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct

Severity = Literal["error", "warning", "info"]
Role = Literal[
    "general_requirements",
    "guiding_thought",
    "principles",
    "objectives",
    "background",
    "actions",
    "action",
    "projects",
    "project",
    "organisation",
    "leadership",
    "mechanism",
    "safeguards",
    "schedule",
    "other",
]
Responsibility = Literal["own", "section", "mixed", "none"]
Part = Literal["lead", "responsible", "supporter", "roster"]
Prefix = Literal["written", "carried", "assumed", "missing", "none"]
"""Where a unit's level comes from: it stands there, from the name before, from the plan's own level.

Or it is missing where the names beside it have theirs; or the name takes none.
"""
Comparator = Literal["=", ">", ">=", "<", "<="]
Per = Literal["year", "half-year", "quarter", "month", "week", "day", "term"]
CountOf = Literal["actions", "projects", "measures", "stages"]
Pattern = Annotated[str, Meta(extra={"pattern": True})]
"""A regular expression that people write, in a rule or among words; it is tried when their file is read."""
PlacePart = Literal["body", "footnote", "endnote", "text-box"]
Alignment = Literal["left", "center", "right", "justify"]
OutcomeKind = Literal["passed", "failed", "not-applicable", "not-evaluated"]


class Bilingual(NamedTuple):
    """One sentence for people, in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the sentence in ``language`` (``zh`` or ``en``)."""
        return self.en if language == "en" else self.zh


class Position(NamedTuple):
    """Where a person looks: line and column, both counted from 1."""

    line: int
    column: int


class Span(NamedTuple):
    """A stretch of ``Text.source``: first character and the one after the last."""

    start: int
    end: int


# ----------------------------------------------------------------------------- the text


class Paragraph(Struct, frozen=True, gc=False):
    """One paragraph as its author meant it, whatever cut it in two.

    ``text`` has no line breaks, no white space between Chinese characters and no Markdown
    marks; ``folded`` is the same text, character for character, with full-width
    punctuation, half-width digits and letters, one kind of dash and simplified characters.
    """

    span: Span
    """What it covers of the source: the paragraphs of a text cover all of it, once."""
    text: str
    folded: str
    runs: tuple[tuple[int, int], ...]
    """``(index in text, offset in source)`` at the start of each run of adjacent characters."""
    gaps: tuple[tuple[int, int], ...] = ()
    """``(index in text, width in columns)`` wherever white space stood inside a line."""
    bold: tuple[tuple[int, int], ...] = ()
    """Index ranges of ``text`` that were marked bold."""
    cuts: tuple[int, ...] = ()
    """Indexes of ``text`` where a line break was joined."""
    layout: bool = False
    """True for blank lines, page numbers and rules between paragraphs: nothing to read."""
    heading: int = 0
    """How many ``#`` stood before it."""
    cells: tuple[tuple[int, int], ...] = ()
    """Index ranges of ``text`` of the cells, for a row of a table."""
    from_above: tuple[int, ...] = ()
    """Which of the cells, counted from 0, are merged with the one above them, and empty here."""
    note: bool = False
    """True for one of a footnote or endnote: it stands in no section."""

    def offset(self, index: int) -> int:
        """Return the offset in the source of the character at ``index`` of ``text``."""
        if not self.runs:
            return self.span.start
        at, source = self.runs[bisect_right(self.runs, (index, 1 << 62)) - 1]
        return source + index - at

    def source_span(self, start: int, end: int) -> Span:
        """Return the stretch of source from ``text[start]`` to ``text[end - 1]``."""
        runs = self.runs
        if end > start and runs:
            run = bisect_right(runs, (start, 1 << 62)) - 1 if len(runs) > 1 else 0
            if run + 1 == len(runs) or end <= runs[run + 1][0]:  # within one run, as nearly everything is
                at, source = runs[run]
                return Span(source + start - at, source + end - at)
        first = self.offset(start)
        return Span(first, self.offset(end - 1) + 1 if end > start else first)

    def index(self, offset: int) -> int:
        """Return the index in ``text`` of the first character at or behind ``offset`` of the source."""
        if not self.runs:
            return 0
        number = bisect_right(self.runs, offset, key=lambda run: run[1]) - 1
        if number < 0:
            return 0
        at, source = self.runs[number]
        end = self.runs[number + 1][0] if number + 1 < len(self.runs) else len(self.text)
        return min(at + offset - source, end)


class Comment(Struct, frozen=True):
    """What a draft says to plancheck: ``<!-- plancheck: ignore plan/lead-unit: reason -->``."""

    span: Span
    lines: tuple[int, int]
    """The first and last line of the paragraph for which it holds."""
    rules: tuple[str, ...]
    """Ids of rules, or names of packs."""
    reason: str
    """Empty where none is given: then it holds for nothing."""


class Place(Struct, frozen=True, omit_defaults=True):
    """Where a person finds a line of a draft whose format shows no lines of a file; all is counted from 1.

    In Word the paragraph, or the table with row and cell, or the paragraph of a note or text box; in a PDF
    the page and the line on it.
    """

    part: PlacePart = "body"
    number: int = 0
    """Which footnote, endnote or text box of the document."""
    paragraph: int = 0
    """Which paragraph of the part outside of tables; empty ones count too."""
    table: int = 0
    row: int = 0
    cell: int = 0
    page: int = 0
    line: int = 0
    """Which line of the page."""


class Line(Struct, frozen=True):
    """A line as the reader of a format with marks of its own hands it over, see ``checker.lines.from_lines``."""

    text: str
    """Without line ends."""
    places: tuple[tuple[int, Place], ...] = ()
    """``(index in text, place)``: where people find it from that character on; the first at 0."""
    bold: tuple[tuple[int, int], ...] = ()
    """Index ranges of ``text`` that are bold."""
    cells: tuple[tuple[int, int], ...] = ()
    """Index ranges of ``text`` of the cells, for a row of a table."""
    from_above: tuple[int, ...] = ()
    """Which of the cells, counted from 0, are merged with the one above them, and empty here."""
    heading: int = 0
    """The level of a heading that is marked as one, from 1; 0 for none."""
    apart: bool = False
    """True for one that does not go on with the line before, whatever that ends with: a note, a text box."""
    continues: bool = False
    """True for one that goes on with the line before, whatever that ends with; ``apart`` is stronger."""
    layout: bool = False
    """True for a page number, a running header and the like: nothing to read."""
    note: bool = False
    """True for one of a footnote or endnote: it stands in no section."""


class PageSetup(Struct, frozen=True):
    """How pages are set up, from one line of the draft on. Lengths are in millimetres."""

    start: int
    """The offset in the source of the first character on these pages."""
    width: float
    height: float
    top: float | None = None
    right: float | None = None
    bottom: float | None = None
    left: float | None = None
    """The margins, between the edge of the paper and the text; None where they cannot be told."""
    lines: float | None = None
    """How many lines a full page has; None where the document does not say so."""
    characters: float | None = None
    """How many characters a full line has."""
    page_number: bool | None = None
    """Whether pages bear a number; None where that cannot be told."""
    page_number_font: str | None = None
    page_number_size: float | None = None
    """In points."""


class Setting(Struct, frozen=True, gc=False):
    """How a stretch of a line is set: one font, one size."""

    span: Span
    font: str | None = None
    """The font of its Chinese characters, by the name that the document gives it; None where it names none."""
    size: float | None = None
    """In points."""
    alignment: Alignment | None = None
    """Of its paragraph."""
    indent: float | None = None
    """How far the first line of its paragraph is indented, in characters of its size."""


class Layout(Struct, frozen=True):
    """How a draft is laid out, for a format that says so."""

    pages: tuple[PageSetup, ...] = ()
    """In order; each holds until the next."""
    settings: tuple[Setting, ...] = ()
    """In order, of all that is text of the draft."""


class Text(Struct, frozen=True):
    """A draft as read: its characters, and the paragraphs that they make."""

    source: str
    """The characters of the file, for a format of text; else what its reader reads, line by line."""
    paragraphs: tuple[Paragraph, ...]
    line_starts: tuple[int, ...]
    format: str = "txt"
    encoding: str = "utf-8"
    comments: tuple[Comment, ...] = ()
    """What it says to plancheck: none of that is in any paragraph."""
    places: tuple[tuple[int, Place], ...] = ()
    """``(offset in source, place)`` from where on a place holds; empty where people look by line and column."""
    layout: Layout | None = None
    """How it is laid out; None for a format that has no layout."""
    furniture: tuple[Span, ...] = ()
    """What its format tells to stand on the page and not in the text, line by line: page numbers, running headers."""
    problems: tuple[Bilingual, ...] = ()
    """What of the file could not be read, so that it is not checked: a scanned page among others."""

    def is_furniture(self, offset: int) -> bool:
        """Say whether the character at ``offset`` of the source belongs to the page and not to the text."""
        number = bisect_right(self.furniture, offset, key=lambda span: span.start) - 1
        return number >= 0 and offset < self.furniture[number].end

    def position(self, offset: int) -> Position:
        """Return line and column of the character at ``offset`` of the source."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def span(self, placed: Violation | PlacedEdit) -> Span:
        """Return the stretch of source of what was found or is to be mended; of one beyond a line, to its end."""
        return Span(self._offset(placed.line, placed.column), self._offset(placed.end_line, placed.end_column))

    def _offset(self, line: int, column: int) -> int:
        if line > len(self.line_starts):
            return len(self.source)
        return self.line_starts[line - 1] + min(column - 1, len(self.line(line)))

    def place(self, offset: int) -> Place | None:
        """Return where a person finds the character at ``offset``; None where that is its line and column."""
        number = bisect_right(self.places, offset, key=lambda place: place[0]) - 1
        return self.places[number][1] if number >= 0 else None

    def paragraph(self, offset: int) -> Paragraph:
        """Return the paragraph that covers the character at ``offset`` of the source."""
        number = bisect_right(self.paragraphs, offset, key=lambda paragraph: paragraph.span.start) - 1
        return self.paragraphs[max(0, number)]

    def line(self, number: int) -> str:
        """Return the line ``number`` (from 1) of the source, without its end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.source)
        return _line(self.source, start, end)


@lru_cache(maxsize=1)  # a long line with many violations is cut out, and held, once
def _line(source: str, start: int, end: int) -> str:
    return source[start:end].rstrip("\r\n")


# ----------------------------------------------------------------------------- the plan


class Section(Struct, frozen=True):
    """A numbered heading, or a numbered item that is not a measure."""

    id: str
    level: int
    label: str
    ordinal: int
    title: str | None
    role: Role
    span: Span
    """The heading: label and title."""
    text: str
    """What stands under the heading itself, without its subsections."""
    parent: Section | None = None

    @property
    def path(self) -> tuple[Section, ...]:
        """This section and those around it, the innermost first."""
        return (self, *self.parent.path) if self.parent else (self,)


class Clause(Struct, frozen=True):
    """A responsibility clause: who leads, answers for and supports something."""

    text: str
    span: Span
    form: Literal["bracket", "line", "inline", "table"]
    readable: bool
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    supporters: tuple[str, ...]
    deadline: str | None = None
    units: tuple[Unit, ...] = ()
    section: Section | None = None
    measure: Measure | None = None
    """The measure that it belongs to; None for a clause of a whole section."""
    problem: Bilingual | None = None
    """For an unreadable clause: where reading stopped and what was expected there."""
    problem_span: Span | None = None


class Unit(Struct, frozen=True, gc=False):
    """One unit where it is named: in a clause or in the roster of the leadership group."""

    name: str
    """Written out: 区科协、教育局 gives 区科协 and 区教育局."""
    part: Part
    span: Span
    written: str
    """As it stands in the draft."""
    section: Section | None = None
    """Where the roster stands; a unit of a clause stands where the clause does."""
    prefix: Prefix = "none"


class Measure(Struct, frozen=True):
    """The smallest piece of work: its title, its text, and the units that answer for it."""

    title: str | None
    label: str | None
    section: Section
    text: str
    span: Span
    leads: tuple[str, ...]
    responsible: tuple[str, ...]
    supporters: tuple[str, ...]
    responsibility: Responsibility


class Target(Struct, frozen=True):
    """A number that the plan promises."""

    quote: str
    metric: str
    comparator: Comparator
    value: float
    unit: str
    year: int | None
    per: Per | None
    span: Span
    section: Section | None = None


class Stage(Struct, frozen=True):
    """A stage of the schedule: a label, the years it covers, what is done in it."""

    label: str | None
    start: int | None
    end: int | None
    quote: str
    span: Span
    first_month: int | None = None
    last_month: int | None = None
    closing: bool = False
    """True for a stage at the end of its year (2025年末), which may follow another of that year."""
    section: Section | None = None


class Citation(Struct, frozen=True):
    """A document named in 《》, at its first place."""

    title: str
    number: str | None
    alias: str | None
    span: Span
    section: Section | None = None
    issuer: str | None = None
    introduced: bool = True
    """False for a short title (《纲要》) of which nothing says before what it is short for."""


class StatedCount(Struct, frozen=True):
    """A number in words about the plan itself: 实施5项提升行动."""

    quote: str
    stated: int
    of: CountOf
    actual: int
    span: Span
    section: Section | None = None


class Metadata(Struct, frozen=True):
    """What the head and the foot of the document say of it."""

    title: str | None = None
    place: str | None = None
    issuer: str | None = None
    doc_number: str | None = None
    period: tuple[int, int] | None = None
    signed_date: date | None = None
    printed_date: date | None = None
    title_span: Span = Span(0, 0)
    notice_title: str | None = None
    """The title that the notice gives the plan: 关于印发《…》的通知 names it."""
    notice_span: Span = Span(0, 0)


class Plan(Struct, frozen=True, dict=True):
    """A plan as understood, every node with its place in ``text.source``."""

    text: Text
    metadata: Metadata
    sections: tuple[Section, ...] = ()
    measures: tuple[Measure, ...] = ()
    clauses: tuple[Clause, ...] = ()
    targets: tuple[Target, ...] = ()
    stages: tuple[Stage, ...] = ()
    citations: tuple[Citation, ...] = ()
    stated_counts: tuple[StatedCount, ...] = ()
    roster: tuple[Unit, ...] = ()
    preamble: Span | None = None
    """The paragraph that says why and on what basis the plan is made."""
    extent: Span = Span(0, 0)
    """All of it in the source, with the notice that carries it."""
    closing: int = 0
    """Where the foot of the document begins: what stands there is in no section."""
    plans: tuple[Plan, ...] = ()
    """The second and later plans of one file."""


# -------------------------------------------------------------------------- the findings


class Edit(Struct, frozen=True):
    """What should stand at a place instead of what stands there; an empty text takes it away."""

    span: Span
    text: str


class Found(Struct, frozen=True):
    """What a check found at one place; the engine makes a violation of it."""

    span: Span
    fields: dict[str, object] = {}
    """More fields for the rule's message, beside the attributes of the node."""
    others: tuple[Span, ...] = ()
    """More places of the same thing."""
    node: object | None = None
    """The node it was found in, whose attributes the message may name."""
    fix: str | None = None
    """What should stand at ``span`` instead, where there is only one answer."""
    about: str | None = None
    """What it is about, where that does not stand at ``span``, or may stand elsewhere in the next version.

    A missing project, a unit with several places; the empty text for a finding about all of the plan. The
    violation's fingerprint is then made of it, and no longer of section and place.
    """
    edits: tuple[Edit, ...] = ()
    """What mends it in all its places, where there is only one answer; with none, ``fix`` at ``span``.

    Each touches only what changes, and stands within one line.
    """


WaivedBy = Literal["configuration", "comment", "baseline"]


class Waived(Struct, frozen=True):
    """Why a violation is accepted: a person has said so, or it was there when a baseline was written."""

    how: WaivedBy
    reason: str | None = None
    """What the person said; None for a baseline."""
    by: str | None = None
    """Who has accepted it, where the waiver says so."""
    until: date | None = None
    """The last day on which the waiver holds; None for one without an end."""


class PlacedEdit(Struct, frozen=True):
    """An edit where people and editors look for it; ``end_column`` is the column after the last."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    """What should stand there instead; empty to take it away."""


class Violation(Struct, frozen=True):
    """One place where a rule does not hold, complete when made: reporters only read it."""

    rule: str
    severity: Severity
    message: str
    line: int
    column: int
    end_line: int
    end_column: int
    section: str | None
    section_label: str | None
    node: str
    excerpt: str
    source_line: str
    count: int
    lines: tuple[int, ...]
    fix: str | None
    """What should stand there instead, where there is only one answer."""
    basis: str | None
    fingerprint: str
    waived: Waived | None = None
    """Why it does not count; None for one that is to be mended."""
    measure: str | None = None
    """The title of the measure in which it is."""
    edits: tuple[PlacedEdit, ...] = ()
    """What ``--fix`` does about it, in all its places; empty where a person has to decide."""
    place: Place | None = None
    """Where people find it in a format that shows them no lines; None where they look by line and column."""
    places: tuple[Place, ...] = ()
    """For each of ``lines`` where people find it; empty where ``place`` is None."""


class Outcome(Struct, frozen=True):
    """What came of one rule on one file."""

    rule: str
    outcome: OutcomeKind
    violations: int = 0
    reason: str | None = None
    seconds: float = 0.0
    """How long the rule took, where a run was asked to say so."""


class FileReport(Struct, frozen=True):
    """All that is to be said of one file."""

    path: str
    format: str | None = None
    encoding: str | None = None
    error: str | None = None
    """Why the file could not be read; then it has no violations and no outcomes."""
    violations: tuple[Violation, ...] = ()
    rules: tuple[Outcome, ...] = ()
    seconds: float = 0.0
    """How long reading and parsing took, where a run was asked to say so."""
    problems: tuple[str, ...] = ()
    """What else went wrong with it: with plugins that have a say on all violations."""

    is_draft: bool = True
    """False for a configuration, of which nothing but its waivers is reported."""

    @property
    def to_mend(self) -> tuple[Violation, ...]:
        """The violations that nobody has accepted."""
        return tuple(violation for violation in self.violations if violation.waived is None)


class RuleSummary(Struct, frozen=True):
    """What reports say of a rule beside its violations, in the language of the report."""

    id: str
    title: str
    severity: Severity
    help: str
    """What to do about it; empty where the rule does not say so."""
    basis: str | None = None


class Report(Struct, frozen=True):
    """The result of a run, as reporters get it."""

    version: str
    packs: dict[str, str]
    files: tuple[FileReport, ...]
    language: str = "zh"
    problems: tuple[str, ...] = ()
    """What is wrong with rules, words, plugins, and names in the selection."""
    plugins: dict[str, str] = {}
    """Name and version of each plugin of a third party that took part."""
    shows_waived: bool = False
    """True where a person wants to see accepted violations, too."""
    shows_summary: bool = True
    """False where a person wants to see violations only."""
    rules: Mapping[str, RuleSummary] = {}
    """The rules of the run by their ids, for a reporter that needs ``rules``."""
    plans: Mapping[str, Plan] = {}
    """The drafts as they were understood, by path, for a reporter that needs ``plans``."""
    drafts: Mapping[str, bytes] = {}
    """What the files of the drafts hold, by path, for a reporter that needs ``drafts``."""
    mended: Mapping[str, str] = {}
    """Of drafts in which ``--fix --revisions`` changes something, by path, the characters that they have then.

    For a reporter that needs ``drafts``: it shows the difference as tracked changes.
    """

    def shown(self, file: FileReport) -> tuple[Violation, ...]:
        """Return the violations of a file that are to be shown."""
        return file.violations if self.shows_waived else file.to_mend
