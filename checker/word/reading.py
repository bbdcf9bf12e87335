"""Word documents to a ``Text``."""

from __future__ import annotations

from docx.document import Document
from msgspec.structs import replace

from checker.lines import from_lines
from checker.model import Text
from checker.word.body import WrittenLine, written_lines
from checker.word.opening import opened
from checker.word.typesetting import layout


def read(data: bytes, suffix: str) -> Text:
    """Return the text of a Word document with its tracked changes accepted; raises Unreadable."""
    return _text(opened(data), suffix, original=False)


def read_original(data: bytes, suffix: str) -> Text:
    """Return the text of a Word document as it was before its tracked changes; raises Unreadable."""
    return _text(opened(data), suffix, original=True)


def _text(document: Document, suffix: str, original: bool) -> Text:
    written: list[WrittenLine] = written_lines(document, original)
    text = from_lines([one.line for one in written], suffix.lstrip(".") or "docx")
    return replace(text, layout=layout(document, written, text.line_starts))
