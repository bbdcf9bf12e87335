"""How a draft is typeset, as rules see it: its pages, and each stretch in one font and size.

Source: GB/T 9704—2012 《党政机关公文格式》, 5 (paper, margins, lines and characters) and 7 (elements).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct

from checker.lexicon import lexicon, made_of_words
from checker.model import Alignment, PageSetup, Plan, Section, Setting, Span

LabelKind = Literal["chapter", "part", "article", "first", "second", "third", "fourth", "fifth", "other"]
"""The kinds of numbers: 第一章, 第一节, 第一条, 一、 （一） 1. （1） ①"""
SetPart = Literal["front", "title", "heading", "body", "table", "note", "closing"]
"""What stands before the title, the title, headings, text, tables, notes and text boxes, the foot."""
Orientation = Literal["portrait", "landscape"]

_MARKS_BEHIND = frozenset("。：:.．")
_BETWEEN_NAMES = str.maketrans("", "", " -_　·")


class Page(Struct, frozen=True):
    """How pages are set up: lengths in millimetres, rounded to tenths; None where the document does not say."""

    width: float
    height: float
    top: float | None
    right: float | None
    bottom: float | None
    left: float | None
    lines: float | None
    characters: float | None
    orientation: Orientation
    page_number: bool | None
    page_number_face: str | None
    page_number_size: float | None
    span: Span
    section: Section | None = None


class SetStretch(Struct, frozen=True, gc=False):
    """A stretch of a line that is set in one font and size."""

    text: str
    part: SetPart
    kind: LabelKind | None
    """Of a heading the kind of its number."""
    level: int | None
    """Of a heading how deep it stands in the outline, from 1."""
    font: str | None
    """As the document names it."""
    face: str | None
    """The face that the font is of, else the font."""
    size: float | None
    """In points."""
    alignment: Alignment | None
    indent: float | None
    begins: bool
    """True at the beginning of a paragraph of the document."""
    span: Span
    section: Section | None

    @property
    def size_name(self) -> str | None:
        """The size as people call it: 三号, else 15.5磅."""
        return None if self.size is None else size_name(self.size)


class Heading(Protocol):
    """What is asked of a heading."""

    @property
    def span(self) -> Span:
        """Label and title."""

    @property
    def kind(self) -> LabelKind:
        """The kind of its number."""

    @property
    def level(self) -> int:
        """How deep it stands in the outline, from 1."""


class _Reach(NamedTuple):
    """A heading with the mark behind it: where it stands, and which it is."""

    start: int
    end: int
    heading: Heading


# ------------------------------------------------------------------------------------ pages


def pages(plan: Plan) -> Iterator[Page]:
    """Yield how the pages of a plan are set up; a set-up that comes again is told once."""
    layout = plan.text.layout
    given = layout.pages if layout is not None else ()
    seen: set[PageSetup] = set()
    for number, setup in enumerate(given):
        end = given[number + 1].start if number + 1 < len(given) else len(plan.text.source)
        start = max(setup.start, plan.extent.start)
        if start >= min(end, plan.extent.end):
            continue
        alike = PageSetup(0, *(getattr(setup, name) for name in PageSetup.__struct_fields__[1:]))
        if alike not in seen:
            seen.add(alike)
            yield _page(setup, _first_line(plan, start))


def _first_line(plan: Plan, start: int) -> Span:
    """Return the first text on pages: the title, if they begin with the plan."""
    title = plan.metadata.title_span
    if start <= plan.extent.start and title.end:
        return title
    paragraphs = plan.text.paragraphs
    first = bisect_right(paragraphs, start, key=lambda paragraph: paragraph.span.end)
    for paragraph in paragraphs[first:]:
        if paragraph.text:
            return paragraph.source_span(0, len(paragraph.text))
    return Span(start, start)


def _page(setup: PageSetup, span: Span) -> Page:
    font = setup.page_number_font
    return Page(
        width=round(setup.width, 1),
        height=round(setup.height, 1),
        top=_tenths(setup.top),
        right=_tenths(setup.right),
        bottom=_tenths(setup.bottom),
        left=_tenths(setup.left),
        lines=_tenths(setup.lines),
        characters=_tenths(setup.characters),
        orientation="landscape" if setup.width > setup.height else "portrait",
        page_number=setup.page_number,
        page_number_face=face(font) if font is not None else None,
        page_number_size=setup.page_number_size,
        span=span,
    )


def _tenths(length: float | None) -> float | None:
    return None if length is None else round(length, 1)


# ----------------------------------------------------------------------------------- settings


def settings(
    plan: Plan, headings: Sequence[Heading], section_at: Callable[[int], Section | None]
) -> Iterator[SetStretch]:
    """Yield the stretches of a plan in one font and size, each in one part; what has no letter or digit is none."""
    layout = plan.text.layout
    if layout is None:
        return
    reaches = [_reach(heading, plan.text.source) for heading in headings]
    edges = sorted({edge for reach in reaches for edge in reach[:2]})
    for setting in layout.settings:
        if not plan.extent.start <= setting.span.start < plan.extent.end:
            continue
        inside = edges[bisect_right(edges, setting.span.start) : bisect_right(edges, setting.span.end - 1)]
        for start, end in pairwise((setting.span.start, *inside, setting.span.end)):
            text = plan.text.source[start:end].strip()
            if any(map(str.isalnum, text)):
                part, heading = _part(setting, start, plan, reaches)
                yield _stretch(setting, text, Span(start, end), part, heading, plan, section_at(start))


def _reach(heading: Heading, source: str) -> _Reach:
    """Return how far a heading reaches: the mark behind it is set like the heading."""
    end = heading.span.end
    return _Reach(heading.span.start, end + (source[end : end + 1] in _MARKS_BEHIND), heading)


def _stretch(
    setting: Setting,
    text: str,
    span: Span,
    part: SetPart,
    heading: Heading | None,
    plan: Plan,
    section: Section | None,
) -> SetStretch:
    return SetStretch(
        text=text,
        part=part,
        kind=heading.kind if heading is not None else None,
        level=heading.level if heading is not None else None,
        font=setting.font,
        face=face(setting.font) if setting.font is not None else None,
        size=setting.size,
        alignment=setting.alignment,
        indent=setting.indent,
        begins=plan.text.position(span.start).column == 1,
        span=span,
        section=section,
    )


def _part(setting: Setting, at: int, plan: Plan, reaches: Sequence[_Reach]) -> tuple[SetPart, Heading | None]:
    """Return what a stretch that begins at ``at`` is of a plan, and which heading."""
    meta, place = plan.metadata, plan.text.place(at)
    if place is not None and place.part != "body":
        return "note", None
    if plan.text.paragraph(at).cells:
        return "table", None
    for title in (meta.title_span, meta.notice_span):
        if title.start <= at < title.end:
            return "title", None
    number = bisect_right(reaches, at, key=lambda reach: reach.start) - 1
    if at < meta.title_span.start or (number < 0 and setting.alignment == "center"):
        return "front", None  # below the title, too: （2026年5月20日通过）
    if at >= plan.closing:
        return "closing", None
    if number >= 0 and at < reaches[number].end:
        return "heading", reaches[number].heading
    return "body", None


# ----------------------------------------------------------------------------- faces and sizes


def face(font: str) -> str:
    """Return the face that a font is of: 仿宋 for 仿宋_GB2312; a font of which nothing is known is its own."""
    name = _plain(font)
    found = [(len(start), one) for start, one in _faces().items() if name.startswith(start)]
    return max(found)[1] if found else font


@made_of_words()
def _faces() -> dict[str, str]:
    """Return the faces by how the names of their fonts begin."""
    return {_plain(font): one.name for one in lexicon().fonts.faces for font in one.fonts}


def _plain(font: str) -> str:
    return font.casefold().translate(_BETWEEN_NAMES)


def size_name(points: float) -> str:
    """Return a size as people call it: 三号 for 16 points, 15.5磅 for one without a name."""
    return next((size.name for size in lexicon().fonts.sizes if size.points == points), f"{points:g}磅")
