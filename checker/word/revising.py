"""Other characters in the place of those of a Word document: in their runs, or as tracked changes.

ECMA-376, 17.13.5 (revisions): what goes is put into ``w:del``, what comes into ``w:ins``, each with its author and
date. Fonts and sizes stay: what comes looks like what it stands for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from checker.differences import differences
from checker.model import Bilingual, Edit, Span, Text
from checker.problems import NOT_REVERSIBLE, Unreadable
from checker.word.manuscript import (
    AUTHOR,
    TEXTS,
    Element,
    Manuscript,
    Piece,
    began,
    ids,
    manuscript_of,
    set_text,
    unused,
)
from checker.word.opening import opened
from checker.word.package import with_parts, xml_of
from checker.word.parts import related
from checker.word.tags import (
    ALTERNATE,
    DELETED_TEXT,
    FALLBACK,
    INSERTED,
    PARAGRAPH,
    RUN,
    RUN_PROPERTIES,
    TEXT,
    TEXT_BOX,
)

if TYPE_CHECKING:
    from docx.document import Document

_ANNOTATIONS = ("w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange", "w:pPrChange", "w:bookmarkStart")
_SIGNATURES = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
_ANOTHER = Bilingual("与读到的不是同一份文件", "is not the file that was read")


def write(source: str, text: Text, was: bytes) -> bytes:
    """Return a document with other characters in the place of its own, in the same runs; itself where none differ.

    Raises Unreadable where that cannot be done: for characters that Word makes, as automatic numbers, for lines more or
    less, and, be it with no other characters, for a document that is protected, or signed.
    """
    return _written(source, text, was, tracked=False)


def revise(source: str, text: Text, was: bytes) -> bytes:
    """Return the same with what differs as tracked changes, by plancheck."""
    return _written(source, text, was, tracked=True)


def _written(source: str, text: Text, was: bytes, *, tracked: bool) -> bytes:
    made = edits(text.source, source)
    if not made:
        refuse_protected(opened(was), tracked=tracked)
        return was
    found = manuscript_of(was, text.source)
    if found is None:
        raise Unreadable(_ANOTHER)
    refuse_protected(found.document, tracked=tracked)
    return with_parts(was, changed(found, made, tracked=tracked))


# ------------------------------------------------------------------------------- what differs


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """Return what makes one source of the other, line by line; raises Unreadable for lines more or less."""
    old, new = before.split("\n"), after.split("\n")
    if len(old) != len(new):
        zh, en = "Word 文件里的改动不能增减行", "changes in a Word file cannot add lines, or take them away"
        raise Unreadable(Bilingual(zh, en))
    found: list[Edit] = []
    at = 0
    for was, now in zip(old, new, strict=True):
        if was != now:
            found += (Edit(Span(at + start, at + end), words) for start, end, words in differences(was, now))
        at += len(was) + 1
    return tuple(found)


# ---------------------------------------------------------------------------- in the document


def changed(manuscript: Manuscript, made: Sequence[Edit], *, tracked: bool) -> dict[str, bytes]:
    """Make edits in a document; return the members of its archive that are others now.

    Raises Unreadable for one of what no character of the document stands for.
    """
    places = [_place(manuscript, edit) for edit in made]
    if tracked:
        replaced = [pieces for edit, pieces in zip(made, places, strict=True) if edit.span.start < edit.span.end]
        manuscript.cut([piece] for pieces in replaced for piece in pieces)
    roots: dict[Element, None] = {}
    numbers = _Numbers(manuscript)
    for edit, pieces in sorted(zip(made, places, strict=True), key=lambda one: one[0].span, reverse=True):
        roots[pieces[0].element.getroottree().getroot()] = None
        boxes = _boxes_with_copies(pieces)
        try:
            (_track if tracked else _replace)(manuscript, edit, pieces, numbers)
        except ValueError as error:  # a character that no XML may hold
            zh, en = f"不能写进 Word 文件：{edit.text!r}", f"cannot be written into a Word file: {edit.text!r}"
            raise Unreadable(Bilingual(zh, en)) from error
        for box, copies in boxes:
            _copy(box, copies)
    return {_member(manuscript, root): xml_of(root) for root in roots}


def _place(manuscript: Manuscript, edit: Edit) -> list[Piece]:
    """Return what is to be replaced; for an edit that only adds, the character that it follows, else precedes."""
    start, end = edit.span
    if start < end:
        pieces = manuscript.within(start, end)
        if sum(piece.end - piece.start for piece in pieces) == end - start:
            return _changeable(pieces)
    else:
        before = manuscript.within(start - 1, start) if start else []
        pieces = before or manuscript.within(start, start + 1)
        if pieces:
            return _changeable(pieces)
    zh = "要改的不是文件里的文字，而是 Word 自动生成的（如自动编号），请在 Word 里改"
    en = "what is to be mended is made by Word, as automatic numbers are: mend it in Word"
    raise Unreadable(Bilingual(zh, en))


def _changeable(pieces: list[Piece]) -> list[Piece]:
    """Return pieces; raises Unreadable where one stands in a formula, or in one of several ways to write the same."""
    for piece in pieces:
        around = piece.element.getparent()
        above = [one.tag for one in _up_to_paragraph(piece.element)]
        if around.tag != RUN or ALTERNATE in above:
            zh = "要改的文字在公式里，或者在为不同版本的 Word 各写一份的内容里，请在 Word 里改"
            en = "what is to be mended is in a formula, or there once for each version of Word: mend it in Word"
            raise Unreadable(Bilingual(zh, en))
    return pieces


def _up_to_paragraph(element: Element) -> Iterator[Element]:
    """Yield what an element stands in within its paragraph: a text box, whose copy is changed, has paragraphs."""
    return takewhile(lambda one: one.tag != PARAGRAPH, element.iterancestors())


def _replace(manuscript: Manuscript, edit: Edit, pieces: Sequence[Piece], numbers: _Numbers) -> None:
    """Put other characters into the runs of the old ones, the new ones where the first of these stood.

    Edits are made from the end, so that indexes of those before stay.
    """
    start, end = edit.span
    for piece in reversed(pieces[1:]):
        _take_away(piece)
    first = pieces[0]
    if start == end:
        _insert(first, edit.text, behind=first.start < start)
    elif first.element.tag in TEXTS:
        was, behind = first.element.text or "", first.at + first.end - first.start
        set_text(first.element, was[: first.at] + edit.text + was[behind:])
    else:
        if edit.text:
            _insert(first, edit.text, behind=True)
        _take_away(first)


def _take_away(piece: Piece) -> None:
    element = piece.element
    if element.tag in TEXTS:
        text = element.text or ""
        set_text(element, text[: piece.at] + text[piece.at + piece.end - piece.start :])
    else:
        element.getparent().remove(element)


def _insert(piece: Piece, words: str, *, behind: bool) -> None:
    element = piece.element
    if element.tag in TEXTS:
        at = piece.at + (piece.end - piece.start if behind else 0)
        text = element.text or ""
        set_text(element, text[:at] + words + text[at:])
        return
    new: Element = OxmlElement("w:t")
    set_text(new, words)
    (element.addnext if behind else element.addprevious)(new)


def _track(manuscript: Manuscript, edit: Edit, pieces: Sequence[Piece], numbers: _Numbers) -> None:
    """Mark characters as deleted, and others behind them as inserted."""
    start, end = edit.span
    if start == end:
        piece = pieces[0]
        behind = piece.start < start
        run = manuscript.ending(piece) if behind else manuscript.beginning(piece)
        _set_beside(run, _inserted(edit.text, run, numbers), behind=behind)
        return
    runs = [manuscript.isolated(piece) for piece in pieces]
    look = runs[0]
    for run in runs:
        _delete(run, numbers)
    if edit.text:
        _set_beside(runs[-1].getparent(), _inserted(edit.text, look, numbers), behind=True)


def _delete(run: Element, numbers: _Numbers) -> None:
    deleted = numbers.change("w:del")
    run.addprevious(deleted)
    deleted.append(run)
    for words in run.iter(TEXT):
        words.tag = DELETED_TEXT


def _inserted(words: str, look: Element, numbers: _Numbers) -> Element:
    """Return an insertion of words that look like a run."""
    inserted, run, text = numbers.change("w:ins"), OxmlElement("w:r"), OxmlElement("w:t")
    properties = look.find(RUN_PROPERTIES)
    if properties is not None:
        run.append(deepcopy(properties))
    set_text(text, words)
    run.append(text)
    inserted.append(run)
    return inserted


def _set_beside(element: Element, inserted: Element, *, behind: bool) -> None:
    """Put an insertion beside a run or deletion; not into an insertion of others, which is cut in two for it."""
    above = element.getparent()
    if above.tag != INSERTED:
        (element.addnext if behind else element.addprevious)(inserted)
        return
    rest = [*element.itersiblings()] if behind else [element, *element.itersiblings()]
    above.addnext(inserted)
    if rest:
        second = above.makeelement(above.tag, dict(above.attrib), nsmap=above.nsmap)
        second.extend(rest)
        inserted.addnext(second)
    if not len(above):
        above.getparent().remove(above)


class _Numbers:
    """The ids of new tracked changes, which no annotation of the document has."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._free = unused(ids(_root(manuscript), *_ANNOTATIONS), 1)

    def change(self, tag: str) -> Element:
        """Return a new deletion or insertion by plancheck."""
        element: Element = OxmlElement(tag)
        for name, value in (("id", str(next(self._free))), ("author", AUTHOR), ("date", f"{began().isoformat()}Z")):
            element.set(qn(f"w:{name}"), value)
        return element


def require_reversible(was: bytes, made: bytes, wanted: str | None) -> None:
    """Raise Unreadable unless a document with tracked changes reads as it was without them, and with them as wanted.

    ``wanted`` is the text of the document with the changes; None where nobody knows it.
    """
    from checker.word.reading import read, read_original

    if read_original(made, ".docx").source != read_original(was, ".docx").source or (
        wanted is not None and read(made, ".docx").source != wanted
    ):
        raise Unreadable(NOT_REVERSIBLE)


# ------------------------------------------------------------------ text boxes, and other parts


def _boxes_with_copies(pieces: Sequence[Piece]) -> list[tuple[Element, Element]]:
    """Return the text boxes that pieces stand in, each with its copy for older programs."""
    found: dict[Element, Element] = {}
    for piece in pieces:
        box = next(piece.element.iterancestors(TEXT_BOX), None)
        around = next(box.iterancestors(ALTERNATE), None) if box is not None else None
        fallback = around.find(FALLBACK) if around is not None else None
        if box is None or around is None or fallback is None:
            continue
        boxes = [one for one in around.iter(TEXT_BOX) if fallback not in one.iterancestors()]
        copies = list(fallback.iter(TEXT_BOX))
        if len(boxes) == len(copies):
            found[box] = copies[boxes.index(box)]
    return list(found.items())


def _copy(box: Element, copy: Element) -> None:
    """Let a copy of a text box say what the box says."""
    for child in list(copy):
        copy.remove(child)
    copy.extend(deepcopy(child) for child in box)


def _root(manuscript: Manuscript) -> Element:
    root: Any = manuscript.document.element
    return root


def _member(manuscript: Manuscript, root: Element) -> str:
    """Return the name in the archive of the part with a root: the text, the notes at the foot or at the end."""
    part: Any = manuscript.document.part
    if root is _root(manuscript):
        return str(part.partname).lstrip("/")
    kinds = {qn("w:footnotes"): RELATIONSHIP_TYPE.FOOTNOTES, qn("w:endnotes"): RELATIONSHIP_TYPE.ENDNOTES}
    return str(part.part_related_by(kinds[root.tag]).partname).lstrip("/")


# ------------------------------------------------------------------------- what is not changed


def refuse_protected(document: Document, *, tracked: bool) -> None:
    """Raise Unreadable for a document that may not be changed: a protected one, or one with a digital signature."""
    settings = related(document, "settings")
    protection = settings.find(qn("w:documentProtection")) if settings is not None else None
    if protection is not None and protection.get(qn("w:enforcement")) in ("1", "true", "on"):
        kind = protection.get(qn("w:edit"))
        if kind == "trackedChanges" and not tracked:
            zh, en = "文件只许修订：请加 --revisions", "only tracked changes are allowed in it: add --revisions"
            raise Unreadable(Bilingual(zh, en))
        if kind not in ("trackedChanges", "none", None):
            zh = "文件设了编辑限制，没有改动；请先在 Word 里停止保护（审阅→限制编辑）"
            en = "the document is protected, and was left alone: stop that in Word first (Review, Restrict Editing)"
            raise Unreadable(Bilingual(zh, en))
    if is_signed(document):
        zh = "文件有数字签名，改动会使签名失效，没有改动；请改签名以前的文件"
        en = "the document is signed and a change would break that, so it was left alone: change what was signed"
        raise Unreadable(Bilingual(zh, en))


def is_signed(document: Document) -> bool:
    """Say whether a document bears a digital signature."""
    package: Any = document.part.package
    return any(relation.reltype == _SIGNATURES for relation in package.rels.values())
