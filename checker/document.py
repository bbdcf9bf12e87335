"""A text to its documents: notice, title, body and foot, and several plans in one file."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from checker.document_words import (
    PRINTED,
    DocumentWords,
    document_words,
    is_document_part,
    is_tail,
    is_title_line,
    joined,
)
from checker.expressions import expression
from checker.line_breaks import with_breaks
from checker.model import Paragraph
from checker.outline import Block, labels

_ANNEX = expression("附件[0-9一二三四五]*$")
_FIRST_LABEL = expression("第?[一1](?:章|部分|编|条|、|\\.)|（一）|一\\.|1[.、]")


class Document(Struct):
    """One plan of a file with the notice that carries it, in paragraphs."""

    front: list[Paragraph] = field(default_factory=list)
    title: list[Block] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    closing: list[Paragraph] = field(default_factory=list)


# ------------------------------------------------------------------------- the documents


def documents(paragraphs: Sequence[Paragraph]) -> list[Document]:
    """Return the plans of a file, in order; at least one, however little there is to read."""
    there = [paragraph for paragraph in paragraphs if not paragraph.layout]
    read = [part for paragraph in there if not paragraph.note for part in with_breaks(paragraph)]
    starts = _title_lines(read)
    found: list[Document] = []
    for number_, (first, last) in enumerate(starts):
        until = starts[number_ + 1][0] if number_ + 1 < len(starts) else len(read)
        front = read[:first] if number_ == 0 else []
        document = Document(list(front), [_whole(p) for p in read[first:last]])
        _divide(read[last:until], document)
        found.append(document)
    if not found:
        document = Document()
        _divide_untitled(read, document)
        found = [document]
    found[-1].closing += (paragraph for paragraph in there if paragraph.note)
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
            if document_words().notice.search(p.folded) and len(p.folded) < 120
        ),
        None,
    )
    start = 0 if notice is None else notice + 1
    document.front = list(read[:start])
    _divide(read[start:], document)


def _closing_start(read: Sequence[Paragraph]) -> int:
    """Return the index of the first paragraph of the foot."""
    words = document_words()
    last_label = max((i for i, p in enumerate(read) if _is_top_label(p)), default=-1)
    # An annex may have sections of its own: it is the foot all the same.
    for index, paragraph in enumerate(read):
        folded = paragraph.folded
        if index and index > last_label and len(folded) < 80 and PRINTED.search(folded):
            return index
        may_open = index > last_label or _ANNEX.match(folded)
        if may_open and index > 0 and words.closing.match(folded):
            return _with_signature(read, index)
        if index > last_label and words.signature.match(folded) and len(folded) < 60 and index > 0:
            return _with_signature(read, index)
    return len(read)


def _with_signature(read: Sequence[Paragraph], index: int) -> int:
    """Take the issuer's line above a date into the foot."""
    while index > 1 and document_words().issuer.match(read[index - 1].folded) and len(read[index - 1].folded) <= 30:
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
    return _FIRST_LABEL.match(label) is not None


def _title_lines(read: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Return first and one-after-last index of the lines of each plan's title."""
    first_labels = [i for i, p in enumerate(read) if _is_first_label(p)]
    tops = [i for i in first_labels if _is_top_label(read[i])] or first_labels[:1]
    candidates = _candidates(read)
    titles: list[tuple[int, int]] = []
    for number_, top in enumerate(tops):
        since = tops[number_ - 1] if number_ else -1
        between = [c for c in candidates if since < c[0] < top]
        strong = [c for c in between if document_words().plan.match(joined(read[c[0] : c[1]]))]
        if number_ == 0:
            chosen = _nearest(strong or between)
            if chosen:
                titles.append(chosen)
        elif strong:
            chosen = strong[-1]
            if titles and not _is_signed(read[titles[-1][1] : chosen[0]]) and not _annexed(read, chosen):
                continue
            titles.append(chosen)
    if not tops and candidates:
        chosen = _nearest(candidates)
        return [chosen] if chosen else []
    return titles


def _is_signed(between: Sequence[Paragraph]) -> bool:
    """Say whether the document before has ended: a signature, a copy list, an annex."""
    words = document_words()
    return any(
        (len(folded) < 60 and words.signature.match(folded)) or words.closing.match(folded)
        for folded in (paragraph.folded for paragraph in between)
    )


def _annexed(read: Sequence[Paragraph], title: tuple[int, int]) -> bool:
    before = read[title[0] - 1].folded if title[0] else ""
    return before.startswith("附件") or read[title[0]].folded.startswith("附件")


def _nearest(candidates: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the title nearest to the body: what stands higher is of the notice or of a web page."""
    return candidates[-1] if candidates else None


def _candidates(read: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Return the groups of lines that can be the title of a plan."""
    words = document_words()
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(read):
        if not is_title_line(read[index]):
            index += 1
            continue
        last = index
        while last < len(read) and last - index < 6 and is_title_line(read[last]):
            last += 1
        group = _titles_in(read, index, last, words)
        found += group
        index = last
    return found


def _titles_in(read: Sequence[Paragraph], first: int, last: int, words: DocumentWords) -> list[tuple[int, int]]:
    """Return the plan's title among adjacent short lines, without issuer, date and notice."""
    lines = [read[i].folded for i in range(first, last)]
    notice = max((i for i, line in enumerate(lines) if words.notice.search(line)), default=-1)
    ends = [
        i
        for i, line in enumerate(lines)
        if i > notice and (words.title.match(line) or (is_tail(line) and i > notice + 1))
    ]
    if not ends:
        return []
    end = ends[-1]
    start = end
    while start > notice + 1 and not is_document_part(lines[start - 1], following=lines[start]):
        start -= 1
    joined = "".join(lines[start : end + 1])
    return [(first + start, first + end + 1)] if words.title.match(joined) else []
