"""A text to its documents: notice, title, body and foot, and several plans in one file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from checker.lexicon import any_of, lexicon
from checker.model import Metadata, Paragraph, Span
from checker.numerals import number
from checker.outline import Block, labels
from checker.reflow import divided

_DATE = (
    r"(?P<y>[0-9〇零○一二三四五六七八九]{4})年"
    r"(?P<m>[0-9]{1,2}|[一二三四五六七八九十]{1,3})月"
    r"(?P<d>[0-9]{1,2}|[一二三四五六七八九十]{1,3})日?"
)
_DATE_DIGITS = re.compile(r"(?P<y>20[0-9]{2}|19[0-9]{2})[-./](?P<m>[0-9]{1,2})[-./](?P<d>[0-9]{1,2})")
_DOC_NUMBER = re.compile(r"(?P<number>[\u4e00-\u9fff]{1,12}(?:〔[0-9]{4}〕|（[0-9]{4}）)第?[0-9]{1,5}号)")
_PERIOD = re.compile(r"(?P<from>20[0-9]{2})年?[-至到]{1,2}(?P<to>20[0-9]{2})年?")
_YEAR = re.compile(r"(?P<year>20[0-9]{2})年(?!代|级)")
_PRINTED = re.compile(_DATE + "印发$")


@dataclass(slots=True)
class Document:
    """One plan of a file with the notice that carries it, in paragraphs."""

    front: list[Paragraph] = field(default_factory=list)
    title: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    closing: list[Paragraph] = field(default_factory=list)


@dataclass(frozen=True)
class _Words:
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


@lru_cache(maxsize=1)
def _words() -> _Words:
    words = lexicon().documents
    nouns = any_of(words.plan_nouns)
    strong = "|".join(
        re.escape(noun) for noun in ("方案", "计划", "规划", "意见", "要点", "办法", "细则", "纲要", "预案")
    )
    issuers = any_of(words.issuers)
    tail = f"(?:{words.title_tail})*"
    return _Words(
        title=re.compile(rf"[^。；]{{2,90}}?(?:{nouns}){tail}$"),
        plan=re.compile(rf"[^。；]{{2,90}}?(?:{strong}){tail}$"),
        notice=re.compile(words.notice),
        issuer=re.compile(rf"[^，。；：、（）《》0-9]{{2,30}}(?:{issuers})(?:文件)?$"),
        closing=re.compile("|".join(words.closing)),
        web=re.compile("|".join(words.web_labels.values())),
        signature=re.compile(rf"(?P<issuer>[^，。；：、（）《》0-9]{{2,30}}(?:{issuers}))?{_DATE}(?:印发|发布)?$"),
        run_on_title=re.compile(
            rf"(?P<title>[^，。；：]{{4,60}}?(?:{strong}){tail})(?=为(?:了|深入|贯彻|全面|进一步|认真|切实|推|加|落|做|扎|持|有|确|加快|规范|提)|根据|按照|依据|深入|全面|近年|一、|第一章)"
        ),
        date=re.compile(_DATE),
    )


def begins_foot(folded: str) -> bool:
    """Say whether a folded line begins the foot of a document: 抄送, 附件 …"""
    return _words().closing.match(folded) is not None


# ------------------------------------------------------------------------- the documents


def documents(paragraphs: Sequence[Paragraph]) -> list[Document]:
    """Return the plans of a file, in order; at least one, however little there is to read."""
    read = [part for paragraph in paragraphs if not paragraph.layout for part in _with_breaks(paragraph)]
    starts = _title_lines(read)
    found: list[Document] = []
    for number_, (first, last) in enumerate(starts):
        until = starts[number_ + 1][0] if number_ + 1 < len(starts) else len(read)
        front = read[(0 if number_ == 0 else starts[number_ - 1][1]) : first] if number_ == 0 else []
        document = Document(list(front), [_whole(p) for p in read[first:last]])
        _divide(read[last:until], document)
        found.append(document)
    if not found:
        document = Document()
        _divide_untitled(read, document)
        found = [document]
    return found


def _whole(paragraph: Paragraph) -> Block:
    return Block(paragraph, 0, len(paragraph.text))


def _divide(read: Sequence[Paragraph], document: Document) -> None:
    """Put what follows a title into the body, and what follows the last section into the closing."""
    end = _closing_start(read)
    document.body = [_whole(paragraph) for paragraph in read[:end]]
    document.closing = list(read[end:])


def _divide_untitled(read: Sequence[Paragraph], document: Document) -> None:
    """Do the same for a text without a title of its own: a notice that is the plan, a fragment."""
    first = next((i for i, p in enumerate(read) if _is_top_label(p)), None)
    notice = next(
        (
            i
            for i, p in enumerate(read[: first or len(read)])
            if _words().notice.search(p.folded) and len(p.folded) < 120
        ),
        None,
    )
    start = 0 if notice is None else notice + 1
    document.front = list(read[:start])
    _divide(read[start:], document)


def _closing_start(read: Sequence[Paragraph]) -> int:
    """Return the index of the first paragraph of the foot."""
    words = _words()
    last_label = max((i for i, p in enumerate(read) if _is_top_label(p)), default=-1)
    # An annex may have sections of its own: it is the foot all the same.
    for index, paragraph in enumerate(read):
        folded = paragraph.folded
        if index and index > last_label and len(folded) < 80 and _PRINTED.search(folded):
            return index
        opens = words.closing.match(folded) and (index > last_label or re.match("附件[0-9一二三四五]*$", folded))
        if opens and index > 0:
            return _with_signature(read, index)
        if index > last_label and words.signature.match(folded) and len(folded) < 60 and index > 0:
            return _with_signature(read, index)
    return len(read)


def _with_signature(read: Sequence[Paragraph], index: int) -> int:
    """Take the issuer's line above a date into the foot."""
    while index > 1 and _words().issuer.match(read[index - 1].folded) and len(read[index - 1].folded) <= 30:
        if labels().match(read[index - 1].folded):
            break
        index -= 1
    return index


def _is_top_label(paragraph: Paragraph) -> bool:
    found = labels().match(paragraph.folded)
    return found is not None and found[0] in ("FIRST", "CHAPTER")


def _is_first_label(paragraph: Paragraph) -> bool:
    """Say whether the outline of a plan can begin here: 一、 or 第一章, else any first item."""
    found = labels().match(paragraph.folded)
    if found is None or found[0] == "BULLET":
        return False
    label = paragraph.folded[: found[1]]
    return bool(re.match("(?:第?[一1](?:章|部分|编|条|、|\\.)|（一）|一\\.|1[.、])", label))


def _title_lines(read: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Return first and one-after-last index of the lines of each plan's title."""
    first_labels = [i for i, p in enumerate(read) if _is_first_label(p)]
    tops = [i for i in first_labels if _is_top_label(read[i])] or first_labels[:1]
    candidates = _candidates(read)
    titles: list[tuple[int, int]] = []
    notice_items = False
    for number_, top in enumerate(tops):
        since = tops[number_ - 1] if number_ else -1
        between = [c for c in candidates if since < c[0] < top]
        strong = [c for c in between if _words().plan.match(_joined(read[c[0] : c[1]]))]
        if number_ == 0:
            chosen = _best(strong or between, read)
            if chosen:
                titles.append(chosen)
            else:
                notice_items = True
        elif strong:
            chosen = strong[-1]
            if titles and not _is_signed(read[titles[-1][1] : chosen[0]]) and not _annexed(read, chosen):
                continue
            titles.append(chosen)
    if not tops and candidates:
        chosen = _best(candidates, read)
        return [chosen] if chosen else []
    if notice_items and len(titles) > 1:
        return titles
    return titles


def _is_signed(between: Sequence[Paragraph]) -> bool:
    """Say whether the document before has ended: a signature, a copy list, an annex."""
    words = _words()
    return any(
        (len(folded) < 60 and words.signature.match(folded)) or words.closing.match(folded)
        for folded in (paragraph.folded for paragraph in between)
    )


def _annexed(read: Sequence[Paragraph], title: tuple[int, int]) -> bool:
    before = read[title[0] - 1].folded if title[0] else ""
    return bool(re.match("附件", before)) or bool(re.match("附件", read[title[0]].folded))


def _best(candidates: list[tuple[int, int]], read: Sequence[Paragraph]) -> tuple[int, int] | None:
    """Return the title nearest to the body; one that repeats above belongs to a web page."""
    return candidates[-1] if candidates else None


def _candidates(read: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Return the groups of lines that can be the title of a plan."""
    words = _words()
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(read):
        if not _is_title_line(read[index]):
            index += 1
            continue
        last = index
        while last < len(read) and last - index < 6 and _is_title_line(read[last]):
            last += 1
        group = _titles_in(read, index, last, words)
        found += group
        index = last
    return found


def _titles_in(read: Sequence[Paragraph], first: int, last: int, words: _Words) -> list[tuple[int, int]]:
    """Return the plan's title among adjacent short lines, without issuer, date and notice."""
    lines = [read[i].folded for i in range(first, last)]
    notice = max((i for i, line in enumerate(lines) if words.notice.search(line)), default=-1)
    ends = [
        i
        for i, line in enumerate(lines)
        if i > notice and (words.title.match(line) or (_is_tail(line) and i > notice + 1))
    ]
    if not ends:
        return []
    end = ends[-1]
    start = end
    while start > notice + 1 and not _is_document_part(lines[start - 1], following=lines[start]):
        start -= 1
    joined = "".join(lines[start : end + 1])
    return [(first + start, first + end + 1)] if words.title.match(joined) else []


def _is_tail(line: str) -> bool:
    return bool(re.match(r"（[^（）]{2,30}）$", line))


def _is_title_line(paragraph: Paragraph) -> bool:
    """Say whether a paragraph can be a line of a title: short, no sentence, no label."""
    folded = paragraph.folded
    if not 2 <= len(folded) <= 90 or paragraph.cells or labels().match(folded):
        return False
    bare = re.sub("（[^（）]*）|《[^》]*》|“[^”]*”", "", folded)
    if re.search("[。；：！？]|，.*，", bare) or bare.endswith(("，", "、")):
        return False
    return not _words().web.match(folded) and not folded.startswith("附件") and "〉" not in folded


def _is_document_part(line: str, following: str) -> bool:
    """Say whether a short line is something else than a part of the title below it."""
    words = _words()
    if words.issuer.match(line) and not following.startswith("关于"):
        return True
    return bool(
        words.signature.match(line)
        or words.date.search(line)
        or _DOC_NUMBER.search(line)
        or words.closing.match(line)
        or (_is_tail(line) and not following.startswith("（"))
    )


def _joined(paragraphs: Sequence[Paragraph]) -> str:
    return "".join(paragraph.folded for paragraph in paragraphs)


# -------------------------------------------------------------------- lost line breaks

_AFTER_SENTENCE = "。；！？）〕：”"


def _with_breaks(paragraph: Paragraph) -> list[Paragraph]:
    """Give a text back the line breaks that it lost: before each label that is in sequence."""
    if len(paragraph.folded) < 200:
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
    found = re.search("[一二三四五六七八九十百]+|[0-9]+", folded[start:end])
    return number(found[0]) if found else 0


def _front_apart(paragraph: Paragraph) -> list[Paragraph]:
    """Divide notice, signature, title and preamble that stand in one run before 一、; and a foot."""
    if labels().match(paragraph.folded):
        return _foot_apart(paragraph)
    folded = paragraph.folded
    words = _words()
    at: set[int] = set()
    gaps = {index for index, _ in paragraph.gaps}
    if (notice := re.search("的通知", folded[:160])) and notice.end() < len(folded):
        at.add(notice.end())
        if addressee := re.compile("[^。]{4,80}?：").match(folded, notice.end()):
            at.add(addressee.end())
    if doc_number := _DOC_NUMBER.match(folded):
        at.add(doc_number.end())
    for signed in words.date.finditer(folded):
        if signed.end() < len(folded) and folded[signed.end()] not in "，、-至前起印以之":
            at.add(signed.end())
            issuer = re.search(r"(?<=。)[^，。；：]{4,30}$", folded[: signed.start()])
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
    foot = re.search(
        r"(?<=[。）])(?:抄送|（此件|附件[0-9一二三]?：|[^，。；：]{0,30}[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日(?:印发)?$)",
        folded,
    )
    return divided(paragraph, [foot.start()]) if foot else [paragraph]


def _heading_apart(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Divide a heading from the text that ran into it: 一、总体要求以……为指导."""
    out: list[Paragraph] = []
    for paragraph in paragraphs:
        found = labels().match(paragraph.folded)
        at = _run_in_title(paragraph, found[1]) if found and found[0] in ("FIRST", "SECOND", "CHAPTER") else 0
        out += divided(paragraph, [at]) if 0 < at < len(paragraph.text) else [paragraph]
    return out


_FIXED_TITLES = "指导思想|总体要求|总体思路|基本原则|工作原则|(?:总体|主要|工作|发展|行动)?目标(?:任务)?"


def _run_in_title(paragraph: Paragraph, start: int) -> int:
    """Return where the title of a run-on heading ends, 0 where a full stop will tell."""
    folded = paragraph.folded
    if fixed := re.compile(f"(?:{_FIXED_TITLES})(?=[\u4e00-\u9fff“])(?![和与及、的])").match(folded, start):
        return fixed.end()
    stop = re.compile("[。，；：]").search(folded, start)
    if stop is None or (stop[0] == "。" and stop.start() - start <= 30):
        return 0
    gap = next((index for index, _ in paragraph.gaps if start + 1 < index < start + 40), 0)
    if gap:
        return gap
    nouns = (
        f"{_FIXED_TITLES}|(?:主要|重点|工作)任务|(?:重点|重大|主要)工程|"
        "(?:提升|重点|专项)行动|(?:保障|工作|主要|重点)措施|组织(?:实施|领导|保障)|(?:进度|时间|工作)安排|(?:实施|工作)步骤|工作要求|"
        "行动|工程|机制|体系|建设|保障|管理|服务|能力|水平|投入|领导|监督|考核|宣传|队伍|改革|发展|环境"
    )
    title = re.compile(rf"[^。，；：]{{0,22}}?(?:{nouns})(?=[\u4e00-\u9fff“])").match(folded, start, start + 40)
    return title.end() if title else 0


# ------------------------------------------------------------------------- the metadata


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
    )


def notice_title(document: Document) -> str:
    """Return the title of the notice that carries the plan, folded; empty without one."""
    return _notice_title(document.front)[0]


def _notice_title(front: Sequence[Paragraph]) -> tuple[str, str, Span]:
    """Return the notice's title folded and as written, and its place."""
    words = _words()
    for index, paragraph in enumerate(front):
        if not words.notice.search(paragraph.folded) or len(paragraph.folded) > 120 or "。" in paragraph.folded:
            continue
        first = index
        while first and _is_title_line(front[first - 1]) and not _is_notice_head(front[first - 1], front[first]):
            first -= 1
        lines = front[first : index + 1]
        return _joined(lines), "".join(p.text for p in lines), Span(lines[0].span.start, lines[-1].span.end)
    return "", "", Span(0, 0)


def _is_notice_head(paragraph: Paragraph, following: Paragraph) -> bool:
    """Say whether a line above the notice's title is not part of it."""
    line = paragraph.folded
    if following.folded.startswith("关于") or line.endswith("关于"):
        return line.endswith("文件") or bool(_DOC_NUMBER.search(line))
    return _is_document_part(line, following.folded) or bool(_words().web.search(line))


def _plan_title(document: Document, notice: tuple[str, str, Span]) -> tuple[str | None, Span]:
    if document.title:
        blocks = document.title
        first, last = blocks[0], blocks[-1]
        span = Span(first.paragraph.offset(first.start), last.paragraph.source_span(last.start, last.end).end)
        return "".join(block.text for block in blocks), span
    folded, written, span = notice
    if folded:
        quoted = re.search("印发[《〈](.*)[》〉]的?通知$", folded) or re.search("印发(.*?)的?通知$", folded)
        return (written[quoted.start(1) : quoted.end(1)] if quoted else written), span
    if document.body:
        paragraph = document.body[0].paragraph
        return None, Span(paragraph.span.start, paragraph.offset(max(0, len(paragraph.text) - 1)) + 1)
    return None, Span(0, 0)


def _signature(document: Document, notice: tuple[str, str, Span]) -> tuple[str | None, date | None]:
    """Return who signed and when: in the notice, else at the foot, else under the title."""
    words = _words()
    issuer: str | None = None
    signed: date | None = None
    places = [document.front, document.closing, [b.paragraph for b in document.body[:3]]]
    for paragraphs in places:
        for index, paragraph in enumerate(paragraphs):
            found = words.signature.match(paragraph.folded.strip("（）"))
            if not found or paragraph.folded.endswith(("印发", "发布")):
                continue
            signed = _date(found)
            above = paragraphs[index - 1].folded if index else ""
            named = found["issuer"] or (above if words.issuer.match(above) else None)
            issuer = named or issuer
        if signed:
            break
    if signed is None:
        signed = _web_date(document.front)
    if issuer is None and notice[0]:
        head = re.match("(.{2,30}?)(?:关于|印发)", notice[0])
        issuer = head[1] if head else None
    if issuer is None:
        head_line = next(
            (p.folded for p in document.front if p.folded.endswith("文件") and words.issuer.match(p.folded)), None
        )
        issuer = head_line.removesuffix("文件") if head_line else None
    return issuer, signed


def _web_date(front: Sequence[Paragraph]) -> date | None:
    label = re.compile(f"(?:{lexicon().documents.web_labels['date']})：?")
    for paragraph in front:
        if found := label.search(paragraph.folded):
            rest = paragraph.folded[found.end() : found.end() + 16]
            dated = _words().date.match(rest) or _DATE_DIGITS.match(rest)
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
    found = re.search(_DATE + "印发", paragraph.folded)
    day = _date(found) if found else None
    return [day] if day else []


def _doc_number(document: Document) -> str | None:
    """Return the document's own number: on a line of its own at the head, or in a web page's table."""
    head = [*document.front, *(block.paragraph for block in document.title)]
    for paragraph in head:
        found = _DOC_NUMBER.fullmatch(paragraph.folded)
        if found:
            return paragraph.text[found.start() : found.end()]
    for paragraph in [block.paragraph for block in document.body[:3]]:
        if found := _DOC_NUMBER.fullmatch(paragraph.folded):
            return paragraph.text
    label = re.compile(f"(?:{lexicon().documents.web_labels['number']})：?")
    for paragraph in head:
        labelled = label.search(paragraph.folded)
        if labelled and (found := _DOC_NUMBER.match(paragraph.folded, labelled.end())):
            return paragraph.text[found.start() : found.end()]
    for paragraph in head:
        found = _DOC_NUMBER.search(paragraph.folded)
        if found and len(paragraph.folded) <= 60 and "《" not in paragraph.folded and "。" not in paragraph.folded:
            return paragraph.text[found.start("number") : found.end("number")]
    return None


def _period(title: str) -> tuple[int, int] | None:
    from checker.folding import fold

    folded = fold(title)
    if found := _PERIOD.search(folded):
        return int(found["from"]), int(found["to"])
    for name, (first, last) in lexicon().documents.five_year_plans.items():
        if name in folded:
            return first, last
    if found := _YEAR.search(folded):
        return int(found["year"]), int(found["year"])
    return None


_PLACE = re.compile(r"[\u4e00-\u9fff]{2,}?(?:自治区|自治州|自治县|省|市|县|区|州|盟|旗|镇|乡|街道)")


def _place(title: str | None, issuer: str | None) -> str | None:
    """Return the place whose plan it is: what the issuer governs, else how the title begins."""
    found = re.match(r"(?:中共)?(.+?)(?:人民政府|委员会|委办公室|政府|全民)", issuer or "")
    if found and found[1][-1] in "省市县区州盟旗镇乡道":
        return found[1]
    for words in (title, issuer):
        if words and (found := re.match("(?:关于印发|中共|关于)*", words)):
            place = _PLACE.match(words, found.end())
            if place:
                return place[0]
    return None
