"""Line breaks that were lost: a whole plan in one line is cut before each label in sequence."""

from __future__ import annotations

from checker.document_words import DOC_NUMBER, document_words
from checker.expressions import expression
from checker.lexicon import lexicon
from checker.model import Paragraph
from checker.numerals import number
from checker.outline import labels
from checker.reflow import divided

_AFTER_SENTENCE = "。；！？）〕：”"
# How the label of a first heading begins: a paragraph without it has lost no line breaks.
_FIRST_LABEL = expression("一[、.]|第0*[一1]")
_FOOT = expression(
    "(?<=[。）])(?:抄送|（此件|附件[0-9一二三]?：|[^，。；：]{0,30}[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:印发)?$)"
)


def with_breaks(paragraph: Paragraph) -> list[Paragraph]:
    """Give a text back the line breaks that it lost: before each label that is in sequence."""
    if len(paragraph.folded) < 60:
        return [paragraph]
    at = _lost_breaks(paragraph)
    if not at:
        return [paragraph]
    pieces: list[Paragraph] = []
    for piece in divided(paragraph, at):
        pieces += _heading_apart(_front_apart(piece))
    return pieces


def _lost_breaks(paragraph: Paragraph) -> list[int]:
    """Return where headings begin inside of a paragraph; nothing unless 一、 and 二、 are there."""
    folded = paragraph.folded
    if not _FIRST_LABEL.search(folded):
        return []
    gaps = {index for index, _ in paragraph.gaps}
    expected = {"FIRST": 1, "CHAPTER": 1, "ARTICLE": 1, "SECOND": 1, "THIRD": 1, "FOURTH": 1}
    below = {
        "CHAPTER": ("FIRST", "SECOND", "THIRD", "FOURTH"),
        "FIRST": ("SECOND", "THIRD", "FOURTH"),
        "SECOND": ("THIRD", "FOURTH"),
        "THIRD": ("FOURTH",),
    }
    found: list[int] = []
    tops = 0
    for kind, start, end in labels().finditer(folded):
        if kind not in expected or ordinal_at(folded, start, end) not in (
            expected[kind],
            1 if kind == "THIRD" else expected[kind],
        ):
            continue
        after = start == 0 or start in gaps or folded[start - 1] in _AFTER_SENTENCE
        in_sequence = ordinal_at(folded, start, end) == expected[kind] and folded[start - 1] not in "第，、的0123456789"
        if not after and not in_sequence:
            continue
        if kind != "FIRST" and kind != "CHAPTER" and kind != "ARTICLE" and not tops:
            continue
        expected[kind] = ordinal_at(folded, start, end) + 1
        for lower in below.get(kind, ()):
            expected[lower] = 1
        tops += kind in ("FIRST", "CHAPTER", "ARTICLE")
        if start:
            found.append(start)
    return found if tops >= 2 else []


def ordinal_at(folded: str, start: int, end: int) -> int:
    """Return the number in the label between ``start`` and ``end``, 0 where there is none."""
    found = expression("[一二三四五六七八九十百]+|[0-9]+").search(folded[start:end])
    return number(found[0]) if found else 0


def _front_apart(paragraph: Paragraph) -> list[Paragraph]:
    """Divide notice, signature, title and preamble that stand in one run before 一、; and a foot."""
    if labels().match(paragraph.folded):
        return _foot_apart(paragraph)
    folded = paragraph.folded
    words = document_words()
    at: set[int] = set()
    gaps = {index for index, _ in paragraph.gaps}
    if (notice := expression("的通知").search(folded[:160])) and notice.end() < len(folded):
        at.add(notice.end())
        if addressee := expression("[^。]{4,80}?：").match(folded, notice.end()):
            at.add(addressee.end())
    if doc_number := DOC_NUMBER.match(folded):
        at.add(doc_number.end())
    for signed in words.date.finditer(folded):
        if signed.end() < len(folded) and folded[signed.end()] not in "，、-至前起印以之":
            at.add(signed.end())
            issuer = expression(r"(?<=。)[^，。；：]{4,30}$").search(folded[: signed.start()])
            if issuer:
                at.add(issuer.start())
    begin = max(at, default=0)
    if title := words.run_on_title.match(folded, begin):
        at.add(title.end())
    at |= {gap for gap in gaps if gap < 120 and folded.count("《", 0, gap) == folded.count("》", 0, gap)}
    cuts = sorted(index for index in at if 0 < index < len(folded))
    return divided(paragraph, cuts) if cuts else [paragraph]


def _foot_apart(paragraph: Paragraph) -> list[Paragraph]:
    """Divide signature, date and copy list from the last sentence of a run-on text."""
    folded = paragraph.folded
    foot = _FOOT.search(folded)
    return divided(paragraph, [foot.start()]) if foot else [paragraph]


def _heading_apart(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Divide a heading from the text that ran into it: 一、总体要求以……为指导."""
    out: list[Paragraph] = []
    for paragraph in paragraphs:
        found = labels().match(paragraph.folded)
        at = _run_in_title(paragraph, found[1]) if found and found[0] in ("FIRST", "SECOND", "CHAPTER") else 0
        out += divided(paragraph, [at]) if 0 < at < len(paragraph.text) else [paragraph]
    return out


def _run_in_title(paragraph: Paragraph, start: int) -> int:
    """Return where the title of a run-on heading ends, 0 where a full stop will tell."""
    folded = paragraph.folded
    words = lexicon().documents
    fixed_titles = "|".join(words.fixed_titles)
    if fixed := expression(f"(?:{fixed_titles})(?=[\u4e00-\u9fff“])(?![和与及、的])").match(folded, start):
        return fixed.end()
    stop = expression("[。，；：]").search(folded, start)
    if stop is None or (stop[0] == "。" and stop.start() - start <= 30):
        return 0
    gap = next((index for index, _ in paragraph.gaps if start + 1 < index < start + 40), 0)
    if gap:
        return gap
    nouns = "|".join((*words.fixed_titles, *words.heading_ends))
    title = expression(rf"[^。，；：]{{0,22}}?(?:{nouns})(?=[\u4e00-\u9fff“])").match(folded, start, start + 40)
    return title.end() if title else 0
