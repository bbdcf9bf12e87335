"""Word documents to a ``Text``."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from msgspec.structs import replace

from checker.lines import from_lines
from checker.model import Bilingual, Text
from checker.problems import Unreadable
from checker.word import tags
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
    written = written_lines(document, original)
    _check(document, written)
    text = from_lines([one.line for one in written], suffix.lstrip(".") or "docx")
    return replace(text, layout=layout(document, written, text.line_starts))


def _check(document: Document, written: Sequence[WrittenLine]) -> None:
    """Raise Unreadable for a document of which something would be passed over in silence."""
    body = document.element.body
    if next(body.iter(tags.EMBEDDED_FILE), None) is not None:
        zh = "里面嵌着另一个文件的内容（altChunk）；请用 Word 打开后另存，再检查"
        en = "holds another file (altChunk): open it in Word, save it, and check that"
        raise Unreadable(Bilingual(zh, en))
    if any(one.line.text.strip() for one in written):
        return
    if next(body.iter(tags.DRAWING, tags.PICTURE, tags.EMBEDDED_OBJECT), None) is not None:
        zh = "只有图片，没有文字，可能是扫描件；请先识别成文字"
        en = "pictures and no text, perhaps a scan: have its text recognised first"
        raise Unreadable(Bilingual(zh, en))
