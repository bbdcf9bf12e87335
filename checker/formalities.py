"""What the form of a document is about: dates, document numbers, attachments, broken paragraphs, what a page left.

Source: GB/T 9704—2012 《党政机关公文格式》, whose elements these are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from checker.expressions import expression
from checker.folding import fold
from checker.lexicon import lexicon
from checker.model import Paragraph, Plan, Section, Span, Text
from checker.numerals import number

Form = Literal["mention", "list", "annex"]
"""An attachment named in a sentence, in the list below the text (附件：1.…), or where it begins itself."""

ResidueKind = Literal["page-number", "web"]


class Stretch(Struct, frozen=True):
    """A paragraph or a sentence: its text, and where each character of it stands."""

    text: str
    span: Span
    section: Section | None
    paragraph: Paragraph
    start: int
    """Index of its first character in the paragraph's text."""

    @property
    def folded(self) -> str:
        """Its text in the folded form."""
        return self.paragraph.folded[self.start : self.start + len(self.text)]

    def written(self, plan: Plan) -> str:
        """Return it as it stands in the file, with its white space, line breaks and marks."""
        return plan.text.source[self.span.start : self.span.end]


class Day(Struct, frozen=True):
    """A date to the day, or to the month with its year."""

    text: str
    year: int | None
    month: int
    day: int | None
    real: bool
    """False for a month or a day that the calendar does not have."""
    span: Span
    section: Section | None


class DocNumber(Struct, frozen=True):
    """A document number as it is written: 国发〔2021〕9号."""

    text: str
    span: Span
    section: Section | None


class Attachment(Struct, frozen=True):
    """A place where an attachment is mentioned, listed or attached."""

    text: str
    form: Form
    number: int | None
    name: str | None
    found: bool
    """For a mention: whether the document lists or holds the attachment."""
    span: Span
    section: Section | None


class Break(Struct, frozen=True):
    """A place where a page or line break cuts a paragraph."""

    before: str
    after: str
    blank: bool
    """True where more than the end of the line stands there: an empty line, a page number."""
    span: Span
    section: Section | None


class Residue(Struct, frozen=True):
    """A paragraph that is none of the document's."""

    text: str
    kind: ResidueKind
    span: Span
    section: Section | None


_DIGITS = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_DAY = expression(
    rf"(?:(?P<y>[0-9]{{4}}|[〇○零一二三四五六七八九]{{4}})年)?(?P<m>{_DIGITS})月(?:(?P<d>{_DIGITS})日)?(?![0-9])"
)
_BEFORE_DAY = expression("[0-9第个每零〇○一二三四五六七八九十]")
_DOC_NUMBER = expression("(?P<year>[〔（](?:(?:19|20)[0-9]{2}|[0-9]{2})年?[〕）])第?[0-9]{1,4}(?P<last>号?)")
# Without 号 it is a number only where a text goes on as behind one.
_BEHIND_NUMBER = expression("(?![\u4e00-\u9fff0-9])|文件")
_CODE = expression("[\u4e00-\u9fff]{1,10}$")
_MENTION = expression(
    r"(?:(?P<see>见|详见|参见)|(?P<by>按照?))?附件(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,2})?"
)
_LISTED = expression(r"^附件(?P<first>[0-9一二三四五六七八九十]{0,2})：(?P<name>.+)$")
_NUMBERED = expression(r"^(?P<number>[0-9]{1,2})[.、](?P<name>.{2,60})$")
_ANNEX = expression(r"^附件(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,2})?[：:]?$")
_PAGE_NUMBER = expression(r"[（〔]?[-·.]*(?:第?[0-9]{1,3}页?)[-·.]*(?:[/，,]?共?[0-9]{1,3}页|/[0-9]{1,3})?[）〕]?")
# A page number that was joined with the text of two pages.
_PAGE_INSIDE = expression("[\u4e00-\u9fff，、]-[0-9]{1,3}-(?=[\u4e00-\u9fff])")
_BLOCK = expression(r"\S(?:.*\S)?", re.DOTALL)
_LINE = expression(r"\S(?:.*\S)?")
_MANY = 4
"""One in so many paragraphs cut by a line end alone: then that is how the text is set, and no defect."""


def days(paragraphs: Sequence[Stretch]) -> Iterator[Day]:
    """Yield the dates of all paragraphs."""
    for place in paragraphs:
        folded = place.paragraph.folded
        if "月" not in folded:
            continue
        for found in _DAY.finditer(folded):
            before = folded[max(0, found.start() - 1) : found.start()]
            if found["y"] is None and (found["d"] is None or _BEFORE_DAY.match(before)):
                continue
            year = number(found["y"]) if found["y"] else None
            month = number(found["m"])
            day = number(found["d"]) if found["d"] else None
            text = place.paragraph.text[found.start() : found.end()]
            span = place.paragraph.source_span(*found.span())
            yield Day(text, year, month, day, _is_real(year, month, day), span, place.section)


def _is_real(year: int | None, month: int, day: int | None) -> bool:
    try:
        date(year or 2000, month, day or 1)  # without its year, a date may be of a leap year
    except ValueError:
        return False
    return day != 0


def doc_numbers(paragraphs: Sequence[Stretch]) -> Iterator[DocNumber]:
    """Yield the document numbers of all paragraphs, well-formed or not."""
    words = lexicon().documents
    not_of_number = expression(f"^.*(?:{'|'.join(words.before_codes)})")
    for place in paragraphs:
        folded = place.paragraph.folded
        if "〔" not in folded and "（" not in folded:
            continue
        for found in _DOC_NUMBER.finditer(folded):
            code = _CODE.search(folded, max(0, found.start() - 10), found.start())
            whole = found["last"] and len(found["year"]) > 4
            if code is None or not (whole or (found["year"][0] == "〔" and code[0].endswith(words.ends_of_codes))):
                continue
            ends = _BEHIND_NUMBER.match(folded, found.end()) or any(at == found.end() for at, _ in place.paragraph.gaps)
            if not found["last"] and not ends:
                continue
            lead = not_of_number.match(code[0])
            start = code.start() + (lead.end() if lead else 0)
            if start == found.start():
                continue
            text = place.paragraph.text[start : found.end()]
            yield DocNumber(text, place.paragraph.source_span(start, found.end()), place.section)


def attachments(paragraphs: Sequence[Stretch]) -> Iterator[Attachment]:
    """Yield the places of attachments in order; a mention knows whether its attachment is there."""
    if not any("附件" in place.paragraph.folded for place in paragraphs):
        return
    places = list(_attachment_places(paragraphs))
    there = {place.number for place in places if place.form != "mention"}
    for place in places:
        if place.form != "mention":
            yield place
        else:
            # 附件 alone is any of them; 附件1 may be the only one, which bears no number.
            found = (
                bool(there) if place.number is None else place.number in there or (place.number == 1 and None in there)
            )
            yield Attachment(place.text, place.form, place.number, None, found, place.span, place.section)


def _attachment_places(paragraphs: Sequence[Stretch]) -> Iterator[Attachment]:
    in_list = False
    for place in paragraphs:
        folded = place.paragraph.folded
        listed = _LISTED.match(folded)
        follows = _NUMBERED.match(folded) if in_list else None
        if listed or follows:
            yield _listed(place, listed, follows)
            in_list = True
            continue
        in_list = False
        if "附件" not in folded:
            continue
        if annex := _ANNEX.match(folded):
            given = number(annex["number"]) if annex["number"] else None
            yield Attachment(place.text, "annex", given, None, True, place.span, place.section)
            continue
        for found in _MENTION.finditer(folded):
            if found["see"] or found["number"]:
                start = max(found.start(), found.end("see"), found.end("by"))
                text = place.paragraph.text[start : found.end()]
                given = number(found["number"]) if found["number"] else None
                span = place.paragraph.source_span(start, found.end())
                yield Attachment(text, "mention", given, None, False, span, place.section)


def _listed(place: Stretch, first: re.Match[str] | None, follows: re.Match[str] | None) -> Attachment:
    """Return an entry of the list of attachments: 附件：1.任务分工表, and 2.指标表 below it."""
    given: int | None = None
    start = 0
    if first is not None:
        start = first.start("name")
        given = number(first["first"]) if first["first"] else None
        follows = _NUMBERED.match(first["name"])
    if follows is not None:
        given = int(follows["number"])
        start += follows.start("name")
    name = place.paragraph.text[start:]
    return Attachment(place.text, "list", given, name, True, place.span, place.section)


def breaks(plan: Plan, paragraphs: Sequence[Stretch]) -> Iterator[Break]:
    """Yield the places where paragraphs are cut; a plan that is set in short lines throughout is not cut by them."""
    cut = [(place, index) for place in paragraphs for index in place.paragraph.cuts]
    found = [_break(plan, place, index) for place, index in cut]
    plain = [one for one in found if not one.blank]
    short_lines = len(plain) * _MANY > len(paragraphs)
    yield from (one for one in found if one.blank or not short_lines)


def _break(plan: Plan, place: Stretch, index: int) -> Break:
    paragraph = place.paragraph
    last, first = paragraph.offset(index - 1), paragraph.offset(index)
    between = _between(plan.text, last + 1, first)
    blank = between.count("\n") + between.count("\r") - between.count("\r\n") > 1 or bool(
        between.strip(" \t\r\n　*#>-")
    )
    return Break(
        paragraph.text[max(0, index - 8) : index],
        paragraph.text[index : index + 8],
        blank,
        Span(last, last + 1),
        place.section,
    )


def _between(text: Text, start: int, end: int) -> str:
    """Return the source from ``start`` to ``end`` without page numbers and running headers that its format tells."""
    inside = [span for span in text.furniture if span.start < end and span.end > start] if text.furniture else []
    kept, at = [], start
    for span in inside:
        kept.append(text.source[at : span.start])
        at = max(at, span.end)
    return "".join([*kept, text.source[at:end]])


def residues(plan: Plan, paragraphs: Sequence[Stretch]) -> Iterator[Residue]:
    """Yield page numbers that stand between the paragraphs, and lines of a web page."""
    source, extent = plan.text.source, plan.extent
    for paragraph in plan.text.paragraphs:
        if not paragraph.layout or not extent.start <= paragraph.span.start <= extent.end:
            continue
        left = _page_numbers(source, paragraph.span, _BLOCK) or _page_numbers(source, paragraph.span, _LINE)
        yield from (one for one in left if not plan.text.is_furniture(one.span.start))
    words_of_web = [word for word in lexicon().documents.web_words if word in source]
    for place in paragraphs:
        for inside in _PAGE_INSIDE.finditer(place.paragraph.folded) if "-" in place.paragraph.folded else ():
            span = place.paragraph.source_span(inside.start() + 1, inside.end())
            yield Residue(place.text[inside.start() + 1 : inside.end()], "page-number", span, place.section)
        if words_of_web and len(place.text) <= 60 and any(word in place.text for word in words_of_web):
            yield Residue(place.text, "web", place.span, place.section)


def _page_numbers(source: str, within: Span, pattern: re.Pattern[str]) -> list[Residue]:
    """Return the matches of a pattern that are page numbers: one on several lines, or one below another."""
    found = [(left, "".join(left[0].split())) for left in pattern.finditer(source, *within)]
    return [
        Residue(words, "page-number", Span(*left.span()), None)
        for left, words in found
        if _PAGE_NUMBER.fullmatch(fold(words))
    ]
