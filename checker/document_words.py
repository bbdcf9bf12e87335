"""Patterns of the parts of a document, made of the words of ``documents.yaml``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from checker.expressions import expression
from checker.lexicon import any_of, lexicon, made_of_words
from checker.model import Paragraph
from checker.outline import labels

DATE = (
    r"(?P<y>[0-9〇零○一二三四五六七八九]{4})年"
    r"(?P<m>[0-9]{1,2}|[一二三四五六七八九十]{1,3})月"
    r"(?P<d>[0-9]{1,2}|[一二三四五六七八九十]{1,3})日?"
)
DOC_NUMBER = expression(r"(?P<number>[\u4e00-\u9fff]{1,12}(?:〔[0-9]{4}〕|（[0-9]{4}）)第?[0-9]{1,5}号)")
_MONTH = expression("[0-9〇零○一二三四五六七八九]{4}年[0-9一二三四五六七八九十]{1,3}月")
PRINTED = expression(DATE + "印发$")


class DocumentWords(Struct, frozen=True):
    """Patterns made of the words of ``documents.yaml``."""

    title: re.Pattern[str]
    plan: re.Pattern[str]
    notice: re.Pattern[str]
    issuer: re.Pattern[str]
    closing: re.Pattern[str]
    web: re.Pattern[str]
    signature: re.Pattern[str]
    run_on_title: re.Pattern[str]
    date: re.Pattern[str]
    issued: re.Pattern[str]


@made_of_words()
def document_words() -> DocumentWords:
    words = lexicon().documents
    nouns = any_of(words.plan_nouns)
    strong = any_of(words.strong_nouns)
    issuers = any_of(words.issuers)
    tail = f"(?:{words.title_tail})*"
    issuing = any_of(words.issuing)
    by = f"[^，。；：（）《》0-9]{{2,40}}(?:{issuers})"
    return DocumentWords(
        title=expression(rf"[^。；]{{2,90}}?(?:{nouns}){tail}$"),
        plan=expression(rf"[^。；]{{2,90}}?(?:{strong}){tail}$"),
        notice=expression(words.notice),
        issuer=expression(rf"[^，。；：、（）《》0-9]{{2,30}}(?:{issuers})(?:文件)?$"),
        closing=expression("|".join(words.closing)),
        web=expression("|".join(words.web_labels.values())),
        signature=expression(rf"(?P<issuer>[^，。；：、（）《》0-9]{{2,30}}(?:{issuers}))?{DATE}(?:印发|发布)?$"),
        run_on_title=expression(
            rf"(?P<title>[^，。；：]{{4,60}}?(?:{strong}){tail})(?=为(?:了|深入|贯彻|全面|进一步|认真|切实|推|加|落|做|扎|持|有|确|加快|规范|提)|根据|按照|依据|深入|全面|近年|一、|第一章)"
        ),
        date=expression(DATE),
        # 2023年3月16日县政府第5次常务会议审议通过; two issuers; an issuer with year and month only
        issued=expression(
            rf"(?:{by})?{DATE}[^，。；-]{{0,24}}(?:{issuing})$|{by}[0-9]{{4}}年[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?(?:{issuing})?$"
        ),
    )


def begins_foot(folded: str) -> bool:
    """Say whether a folded line begins the foot of a document: 抄送, 附件 …"""
    return document_words().closing.match(folded) is not None


_TAIL = expression("（[^（）]{2,30}）$")
_BRACKETED = expression("（[^（）]*）|《[^》]*》|“[^”]*”")
_SENTENCE = expression("[。；：！？]|，.*，")


def is_tail(line: str) -> bool:
    """Say whether a line is in brackets and belongs to the title above: （试行）, （2021—2025年）."""
    return _TAIL.match(line) is not None and not is_issue_note(line)


def is_issue_note(line: str) -> bool:
    """Say whether a line under a title says who issued the plan, and when: （某县人民政府　2023年3月16日）."""
    if not (line.startswith("（") and line.endswith("）")) or len(line) > 60:
        return False
    words = document_words()
    return words.signature.match(line[1:-1]) is not None or words.issued.match(line[1:-1]) is not None


def is_head_line(line: str) -> bool:
    """Say whether a line between title and preamble is neither: an issuer, a date, a number."""
    words = document_words()
    return (
        len(line) <= 60
        and (
            is_issue_note(line) or words.signature.match(line) or words.issuer.match(line) or DOC_NUMBER.fullmatch(line)
        )
        is not None
    )


def is_title_line(paragraph: Paragraph) -> bool:
    """Say whether a paragraph can be a line of a title: short, no sentence, no label."""
    folded = paragraph.folded
    if not 2 <= len(folded) <= 90 or paragraph.cells or labels().match(folded):
        return False
    bare = _BRACKETED.sub("", folded)
    if _SENTENCE.search(bare) or bare.endswith(("，", "、")):
        return False
    return not document_words().web.match(folded) and not folded.startswith("附件") and "〉" not in folded


def is_document_part(line: str, following: str) -> bool:
    """Say whether a short line is something else than a part of the title below it."""
    words = document_words()
    if (words.issuer.match(line) and not following.startswith("关于")) or _MONTH.fullmatch(line):
        return True
    return bool(
        words.signature.match(line)
        or words.date.search(line)
        or DOC_NUMBER.search(line)
        or words.closing.match(line)
        or (is_tail(line) and not following.startswith("（"))
    )


def joined(paragraphs: Sequence[Paragraph]) -> str:
    return "".join(paragraph.folded for paragraph in paragraphs)
