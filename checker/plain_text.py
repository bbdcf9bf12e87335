"""Plain text and Markdown to a ``Text``."""

from __future__ import annotations

from checker import clauses, document_words, outline
from checker.decoding import decode
from checker.model import Bilingual, Text
from checker.problems import Unreadable
from checker.reflow import read_text


def read(data: bytes, suffix: str) -> Text:
    """Return the text of a .txt or .md draft; raises Unreadable for an empty file or one without text."""
    source, encoding = decode(data)
    if not source.strip("\ufeff \t\r\n\f\v\u3000"):
        raise Unreadable(Bilingual("文件是空的", "the file is empty"))
    return from_string(source, suffix.lstrip(".") or "txt", encoding)


def from_string(source: str, format: str = "txt", encoding: str = "utf-8") -> Text:
    """Return ``source`` as a ``Text``; any string will do."""
    return read_text(source, begins_paragraph, clauses.is_whole_list, format, encoding)


def begins_paragraph(folded: str) -> bool:
    """Say whether a folded line begins a paragraph: a label, a clause, the foot of a document."""
    return (
        outline.labels().match(folded) is not None
        or clauses.begins_clause(folded)
        or document_words.begins_foot(folded)
    )
