"""Documents that a plan names in 《》: title, number, short title, each at its first place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from checker.expressions import expression
from checker.folding import fold
from checker.grammar import Token, Tree, Unexpected, parsed_text
from checker.lexicon import lexicon
from checker.model import Citation
from checker.reading import Passage

_TITLE_MARK = expression("[《》]")
_BRACKET = expression("[（）]")
_MARKS = expression(r"[\s《》〈〉“”\"（）\-]")
_ALIAS = '(?:以下|下文|下)?(?:统一?)?简?称(?:为|：)?(?P<alias>[“"]《?[^“”"《》]{1,20}》?[”"]|《[^《》]{1,20}》)'
# Behind a title without brackets, or with one that is never closed.
_ALIAS_OUTSIDE = expression(f"[，（]?{_ALIAS}")
# In brackets that hold more than the grammar knows; what stands behind another title is said of that one.
_ALIAS_INSIDE = expression(f"（[^《》（）]*?{_ALIAS}")
_ALIAS_OF_EACH = expression("(?:以下|下文|下)?分别简?称(?:为|：)?(?:[“、和]*《[^《》]{1,20}》”?)+")
_SHORT_TITLES = expression("《[^《》]*》")
_ORGAN = "[\u4e00-\u9fff]{0,20}?(?:国务院|党委|人民政府|政府|委员会|办公厅|办公室|[省市县区]委|[局厅部])"
_ISSUER_IN_TITLE = expression(f"(?P<issuer>{_ORGAN}(?:、{_ORGAN})*)关于")
_ISSUER_BEFORE = expression(f"(?:^|[，。；：、“])(?P<issuer>{_ORGAN})(?:(?:关于)?(?:印发|制定|发布|出台|颁布)的?)?$")
_OPENING = expression("^.*(?:根据|按照|依据|贯彻|落实|执行|对照|结合|依照|实施)")
_PERIOD_TAIL = expression("（[^（）]*）$")
# How far behind a title its number and short title may reach.
_NOTE_LENGTH = 120


class _Note(NamedTuple):
    """What is said of a document behind its title."""

    number: str | None = None
    alias: str | None = None
    alias_end: int = 0
    """Where the short title ends in the passage."""


_NO_NOTE = _Note()


def find(passages: Sequence[Passage], own_titles: Sequence[str], notice_title: str) -> Iterator[Citation]:
    """Yield the citations of the passages in order; ``own_titles`` are the folded ones of the file's plans.

    The plan's own title is no citation, and neither is a short title where it stands for a
    document that is cited already.
    """
    seen: set[str] = set()
    aliases: set[str] = set()
    own = {_key(title) for own in own_titles for title in (own, _PERIOD_TAIL.sub("", own))} | {_key(notice_title)}
    own.discard("")
    for passage in passages:
        if passage.part in ("title", "closing"):
            continue
        for citation in _in_passage(passage):
            key = _key(citation.title)
            if citation.alias:
                aliases.add(_key(citation.alias))
            if (
                key in seen
                or key in aliases
                or _is_own(key, own)
                or (passage.part == "front" and _quoted_in(citation.title, notice_title))
            ):
                continue
            seen.add(key)
            yield citation


def _is_own(key: str, own: set[str]) -> bool:
    return key in own


def _quoted_in(title: str, notice_title: str) -> bool:
    """Say whether the notice announces this document, with its years or without: it is the plan, or its annex."""
    announced = _key(notice_title)
    return any(key and key in announced for key in (_key(title), _key(_PERIOD_TAIL.sub("", fold(title)))))


def _key(title: str) -> str:
    """Return a title as titles are compared: without marks, brackets and dashes."""
    return _MARKS.sub("", fold(title))


def _in_passage(passage: Passage) -> list[Citation]:
    """Return all documents that a passage names, each with what is said of it there."""
    folded = passage.folded
    found: list[Citation] = []
    at = 0
    while (start := folded.find("《", at)) >= 0:
        end = _title_end(folded, start)
        if end is None:
            return found
        note_end = _note_end(folded, end)
        title = passage.text(start + 1, end - 1)
        note = _note(folded[start:note_end], passage, start) if note_end > end else _NO_NOTE
        if title.strip():
            found.append(
                Citation(
                    title,
                    note.number,
                    note.alias,
                    passage.span(start, end),
                    passage.section,
                    _issuer(folded[:start], fold(title)),
                    note.alias is not None or not _is_short(fold(title)),
                )
            )
        each = _ALIAS_OF_EACH.search(folded, end, note_end)
        if each and note.alias is None:
            _name_each(found, [passage.text(*short.span()) for short in _SHORT_TITLES.finditer(folded, *each.span())])
            at = note_end
        else:
            at = _behind(folded, note, end, note_end)
    return found


def _name_each(found: list[Citation], aliases: Sequence[str]) -> None:
    """Give the last documents their short titles: 《甲条例》和《乙办法》（以下分别简称《条例》《办法》）."""
    first = len(found) - len(aliases)
    for index, alias in enumerate(aliases, start=first):
        if first >= 0:
            found[index] = replace(found[index], alias=alias, introduced=True)


def _behind(folded: str, note: _Note, end: int, note_end: int) -> int:
    """Return where the search for further documents goes on.

    Titles inside a note (以下简称《纲要》) are names of its document and no others; but behind the
    short title one that is not short is another document.
    """
    if note.alias is None:
        return end
    others = (short[0][1:-1] for short in _SHORT_TITLES.finditer(folded, note.alias_end, note_end))
    return note_end if all(map(_is_short, others)) else note.alias_end


def _issuer(before: str, title: str) -> str | None:
    """Return who issued a document: its title says so (国务院关于…), or the words in front of it."""
    found = _ISSUER_IN_TITLE.match(title) or _ISSUER_BEFORE.search(before[-40:])
    return _OPENING.sub("", found["issuer"]) or None if found else None


def _is_short(title: str) -> bool:
    """Say whether a title is a short one, which means nothing before it is introduced: 《纲要》."""
    return expression(lexicon().documents.short_title).fullmatch(title) is not None


def _title_end(folded: str, start: int) -> int | None:
    """Return where the title that opens at ``start`` closes; titles may stand inside of titles."""
    depth = 0
    for mark in _TITLE_MARK.finditer(folded, start, start + 400):
        depth += 1 if mark[0] == "《" else -1
        if depth == 0:
            return mark.end()
    # An outer 《 that is never closed: the first 》 ends it.
    first = folded.find("》", start, start + 200)
    return first + 1 if first > 0 else None


def _note_end(folded: str, end: int) -> int:
    """Return where the brackets right behind a title close."""
    at = end
    while at < len(folded) and folded[at] == "（":
        depth = 0
        for mark in _BRACKET.finditer(folded, at, at + _NOTE_LENGTH):
            depth += 1 if mark[0] == "（" else -1
            if depth == 0:
                at = mark.end()
                break
        else:
            break
    outside = _ALIAS_OUTSIDE.match(folded, at)
    return outside.end() if outside else at


def _note(folded: str, passage: Passage, start: int) -> _Note:
    """Return number and short title that the brackets behind a title give."""
    try:
        tree = parsed_text("citation", folded)
    except Unexpected:
        title_end = _title_end(folded, 0) or 0
        inside = _ALIAS_INSIDE.match(folded, title_end)
        if inside is None:
            return _NO_NOTE
        first, last = inside.span("alias")
        return _Note(None, passage.text(start + first, start + last), start + last)
    note = _NO_NOTE
    for remark in tree.iter_subtrees():
        if remark.data == "number":
            token = _first(remark)
            note = note._replace(number=passage.text(start + token.start_pos, start + token.end_pos))
        elif remark.data == "alias" and remark.children:
            token = _last(remark)
            alias_end = start + token.end_pos
            if note.alias is None or alias_end < note.alias_end:  # a later one is of a document behind it
                note = note._replace(alias=passage.text(start + token.start_pos, alias_end), alias_end=alias_end)
    return note


def _last(tree: Tree) -> Token:
    """Return the name that an alias ends with, else its words: 以下简称省《方案》 is 《方案》."""
    last = tree.children[-1]
    return _first(last) if isinstance(last, Tree) else last


def _first(tree: Tree) -> Token:
    token = tree.children[0]
    assert isinstance(token, Token)
    return token
