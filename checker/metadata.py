"""What head and foot of a document say of it: title, issuer, number, dates, period, place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from checker.document import Document
from checker.document_words import (
    DATE,
    DOC_NUMBER,
    document_words,
    is_document_part,
    is_issue_note,
    is_title_line,
    joined,
)
from checker.expressions import expression
from checker.folding import fold
from checker.lexicon import any_of, lexicon
from checker.model import Metadata, Paragraph, Span
from checker.numerals import number

_DATE_DIGITS = expression(r"(?P<y>20[0-9]{2}|19[0-9]{2})[-./](?P<m>[0-9]{1,2})[-./](?P<d>[0-9]{1,2})")
_PERIOD = expression(r"(?P<from>20[0-9]{2})年?[-至到]{1,2}(?P<to>20[0-9]{2})年?")
_YEAR = expression(r"(?P<year>20[0-9]{2})年(?!代|级)")


def metadata(document: Document) -> Metadata:
    """Return what head and foot of a document say of it."""
    notice = _notice_title(document.front)
    title, span = _plan_title(document, notice)
    issuer, signed = _signature(document, notice)
    foot = [*document.front, *document.closing]
    return Metadata(
        title=title,
        place=_place(title, issuer),
        issuer=issuer,
        doc_number=_doc_number(document),
        period=_period(title or ""),
        signed_date=signed,
        printed_date=next((d for p in foot for d in _printed(p)), None),
        title_span=span,
        notice_title=_of_this_plan(_announced(notice), title),
        notice_span=notice[2],
    )


def notice_title(document: Document) -> str:
    """Return the title of the notice that carries the plan, folded; empty without one."""
    return _notice_title(document.front)[0]


def _notice_title(front: Sequence[Paragraph]) -> tuple[str, str, Span]:
    """Return the notice's title folded and as written, and its place."""
    words = document_words()
    for index, paragraph in enumerate(front):
        if not words.notice.search(paragraph.folded) or len(paragraph.folded) > 120 or "。" in paragraph.folded:
            continue
        first = index
        while first and is_title_line(front[first - 1]) and not _is_notice_head(front[first - 1], front[first]):
            first -= 1
        lines = front[first : index + 1]
        return joined(lines), "".join(p.text for p in lines), Span(lines[0].span.start, lines[-1].span.end)
    return "", "", Span(0, 0)


def _is_notice_head(paragraph: Paragraph, following: Paragraph) -> bool:
    """Say whether a line above the notice's title is not part of it."""
    line = paragraph.folded
    if following.folded.startswith("关于") or line.endswith("关于"):
        return line.endswith("文件") or bool(DOC_NUMBER.search(line))
    return is_document_part(line, following.folded) or bool(document_words().web.search(line))


def _plan_title(document: Document, notice: tuple[str, str, Span]) -> tuple[str | None, Span]:
    if document.title:
        blocks = document.title
        first, last = blocks[0], blocks[-1]
        span = Span(first.paragraph.offset(first.start), last.paragraph.source_span(last.start, last.end).end)
        return "".join(block.text for block in blocks), span
    folded, written, span = notice
    if folded:
        return _announced(notice) or written, span
    if document.body:
        paragraph = document.body[0].paragraph
        return None, Span(paragraph.span.start, paragraph.offset(max(0, len(paragraph.text) - 1)) + 1)
    return None, Span(0, 0)


def _of_this_plan(announced: str | None, title: str | None) -> str | None:
    """Return the title in a notice; of several that one which is most like the plan's.

    A notice for several documents names them in short, without their years: then it says nothing else.
    """
    nouns = any_of(lexicon().documents.plan_nouns)
    several = expression(f"(?<=[\u4e00-\u9fff])(?:{nouns})(?:（[^（）]*）)?[》〉]?(?:和|、|及|以及|等)")
    folded = fold(announced or "")
    if not several.search(folded):
        return announced
    from difflib import SequenceMatcher

    cuts = [0, *(found.end() for found in several.finditer(folded)), len(folded)]
    names = [(announced or "")[start:end].rstrip("和、及以等") for start, end in pairwise(cuts) if end > start]
    own = title or ""
    likest = max(names, key=lambda name: SequenceMatcher(None, name, own).ratio())
    return None if fold(own).startswith(fold(likest)) else likest


def _announced(notice: tuple[str, str, Span]) -> str | None:
    """Return the title that a notice gives the plan: what it says is issued."""
    folded, written, _ = notice
    quoted = expression("印发[《〈](.*)[》〉]的?通知$").search(folded) or expression("印发(.*?)的?通知$").search(folded)
    return written[quoted.start(1) : quoted.end(1)] if quoted else None


def _signature(document: Document, notice: tuple[str, str, Span]) -> tuple[str | None, date | None]:
    """Return who signed and when: in the notice, else at the foot, else under the title."""
    words = document_words()
    issuer: str | None = None
    signed: date | None = None
    places = [document.front, document.closing, [b.paragraph for b in document.body[:3]]]
    for paragraphs in places:
        for index, paragraph in enumerate(paragraphs):
            line = paragraph.folded.strip("（）")
            noted = is_issue_note(paragraph.folded)
            found = words.signature.match(line) or (words.date.search(line) if noted else None)
            if not found or paragraph.folded.endswith(("印发", "发布")):
                continue
            signed = _date(found)
            above = paragraphs[index - 1].folded if index else ""
            before = line[: found.start("y")]
            named = before if words.issuer.match(before) else above if words.issuer.match(above) else None
            issuer = named or issuer
        if signed:
            break
    if signed is None:
        signed = _web_date(document.front)
    if issuer is None and notice[0]:
        head = expression("(.{2,30}?)(?:关于|印发)").match(notice[0])
        issuer = head[1] if head else None
    if issuer is None:
        head_line = next(
            (p.folded for p in document.front if p.folded.endswith("文件") and words.issuer.match(p.folded)), None
        )
        issuer = head_line.removesuffix("文件") if head_line else None
    return issuer, signed


def _web_date(front: Sequence[Paragraph]) -> date | None:
    label = expression(f"(?:{lexicon().documents.web_labels['date']})：?")
    for paragraph in front:
        if found := label.search(paragraph.folded):
            rest = paragraph.folded[found.end() : found.end() + 16]
            dated = document_words().date.match(rest) or _DATE_DIGITS.match(rest)
            if dated:
                return _date(dated)
    return None


def _date(found: re.Match[str]) -> date | None:
    """Return the date that was matched, None for one that does not exist."""
    try:
        return date(number(found["y"]), number(found["m"]), number(found["d"]))
    except ValueError:
        return None


def _printed(paragraph: Paragraph) -> list[date]:
    found = expression(DATE + "印发").search(paragraph.folded)
    day = _date(found) if found else None
    return [day] if day else []


def _doc_number(document: Document) -> str | None:
    """Return the document's own number: on a line of its own at the head, or in a web page's table."""
    head = [*document.front, *(block.paragraph for block in document.title)]
    for paragraph in head:
        found = DOC_NUMBER.fullmatch(paragraph.folded)
        if found:
            return paragraph.text[found.start() : found.end()]
    for paragraph in [block.paragraph for block in document.body[:3]]:
        if found := DOC_NUMBER.fullmatch(paragraph.folded):
            return paragraph.text
    label = expression(f"(?:{lexicon().documents.web_labels['number']})：?")
    for paragraph in head:
        labelled = label.search(paragraph.folded)
        if labelled and (found := DOC_NUMBER.match(paragraph.folded, labelled.end())):
            return paragraph.text[found.start() : found.end()]
    for paragraph in head:
        found = DOC_NUMBER.search(paragraph.folded)
        if found and len(paragraph.folded) <= 60 and "《" not in paragraph.folded and "。" not in paragraph.folded:
            return paragraph.text[found.start("number") : found.end("number")]
    return None


def _period(title: str) -> tuple[int, int] | None:
    folded = fold(title)
    if found := _PERIOD.search(folded):
        return int(found["from"]), int(found["to"])
    for name, (first, last) in lexicon().documents.five_year_plans.items():
        if name in folded:
            return first, last
    if found := _YEAR.search(folded):
        return int(found["year"]), int(found["year"])
    return None


_PLACE = expression(r"[\u4e00-\u9fff]{2,}?(?:自治区|自治州|自治县|省|市|县|区|州|盟|旗|镇|乡|街道)")


# In 某市云山区全民… the place is 某市云山区; not so in 某市农村县域…, 某市老旧小区….
_INNER_PLACE = expression(r"[\u4e00-\u9fff]{2,3}?[区县](?![域块级乡镇城直委])")
# In 某省云山市全民… it is 某省云山市; not so in 某省城市更新…, 某省县域经济….
_PLACE_IN_PROVINCE = expression(
    r"(?![各全])[\u4e00-\u9fff]{2,3}?(?:自治州|自治县|[市州县区])(?![域块级乡镇城直委场容民])"
)
_PROVINCES = ("省", "自治区")


def _no_place() -> re.Pattern[str]:
    return expression(any_of(lexicon().units.no_place))


def _place(title: str | None, issuer: str | None) -> str | None:
    """Return the place whose plan it is: what the issuer governs, else how the title begins."""
    found = expression(r"(?:中共)?(.+?)(?:人民政府|委员会|委办公室|政府|全民)").match(issuer or "")
    if found and found[1][-1] in "省市县区州盟旗镇乡道":
        return found[1]
    for words in (title, issuer):
        if words and (found := expression("(?:关于印发|中共|关于)*").match(words)):
            place = _PLACE.match(words, found.end())
            if place:
                return _with_inner(place[0], words, place.end())
    return None


def _with_inner(place: str, words: str, end: int) -> str:
    """Return a place with those inside of it that follow in a title: a city of the province, a county of the city."""
    for outer, pattern in ((_PROVINCES, _PLACE_IN_PROVINCE), (("市", "州"), _INNER_PLACE)):
        inner = pattern.match(words, end) if place.endswith(outer) else None
        if inner and not _no_place().search(inner[0]):
            place, end = place + inner[0], inner.end()
    return place
