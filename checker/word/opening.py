"""The bytes of a Word document to what python-docx makes of them; nothing in them is run, no link is followed."""

from __future__ import annotations

from io import BytesIO

from docx.document import Document

from checker.model import Bilingual
from checker.problems import Unreadable


def opened(data: bytes) -> Document:
    """Return the document in ``data``; raises Unreadable for what is none, or is damaged, or hostile."""
    import docx

    try:
        return docx.Document(BytesIO(data))
    except Exception as error:
        raise Unreadable(Bilingual("文件已损坏", "the file is damaged")) from error
