"""The footnotes and endnotes of a document, by the numbers that Word shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.document import Document
from lxml.etree import _Element

from checker.word import tags
from checker.word.characters import NotePart, Reference
from checker.word.parts import PartKind, related
from checker.word.tags import number

_PARTS: dict[NotePart, PartKind] = {"footnote": "footnotes", "endnote": "endnotes"}
_PROPERTIES = {"footnote": f"{tags.W}footnotePr", "endnote": f"{tags.W}endnotePr"}
_FIRST = f"{tags.W}numStart"


def shown_notes(document: Document, references: Sequence[Reference]) -> Iterator[tuple[NotePart, int, _Element]]:
    """Yield the notes to which the text refers, in order: which kind, its number, the note.

    A note with a mark of its own in place of a number has the number 0. What is referred to twice is yielded once.
    """
    for part, kind in _PARTS.items():
        referred = [reference for reference in references if reference.part == part]
        root = related(document, kind) if referred else None
        if root is None:
            continue
        notes = {note.get(tags.ID, ""): note for note in root.iterchildren(f"{tags.W}{part}")}
        count = _first_number(document, part) - 1
        for reference in referred:
            note = notes.pop(reference.id, None)
            count += not reference.has_own_mark
            if note is not None:
                yield part, 0 if reference.has_own_mark else count, note


def _first_number(document: Document, part: NotePart) -> int:
    """Return the number at which notes begin: 1 unless the document says otherwise."""
    settings = related(document, "settings")
    said = None if settings is None else settings.find(f"{_PROPERTIES[part]}/{_FIRST}")
    return number(said) or 1
