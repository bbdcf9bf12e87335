"""The parts of a document beside its body: styles, lists, notes."""

from __future__ import annotations

from typing import Literal

from docx.document import Document
from docx.opc.part import XmlPart
from lxml.etree import _Element

PartKind = Literal["styles", "numbering", "footnotes", "endnotes", "settings"]
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def related(document: Document, kind: PartKind) -> _Element | None:
    """Return the root of a part; None where the document has none. Unlike python-docx it makes none."""
    for relationship in document.part.rels.values():
        if relationship.reltype == _OFFICE + kind and not relationship.is_external:
            part = relationship.target_part
            return part.element if isinstance(part, XmlPart) else None
    return None
