"""Word documents as small as they can be, made of the XML that a test is about."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from checker.word.body import WrittenLine, written_lines
from checker.word.opening import opened

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DOCUMENT_TYPE = f"{_WORD}document.main+xml"


def word_document(body: str, document_type: str = DOCUMENT_TYPE, **parts: str) -> bytes:
    """Return a document with a body, and parts by the names of their root elements: ``numbering``, ``styles`` …"""
    members = {"word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"}
    members |= {f"word/{name}.xml": f"<w:{name} {NAMESPACES}>{inner}</w:{name}>" for name, inner in parts.items()}
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}{name}+xml"/>' for name in parts)
    members["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{document_type}"/>{types}</Types>'
    )
    members["_rels/.rels"] = relationships([("officeDocument", "word/document.xml")])
    members["word/_rels/document.xml.rels"] = relationships([(name, f"{name}.xml") for name in parts])
    return archive({name: _DECLARATION + content for name, content in members.items()})


def relationships(targets: Sequence[tuple[str, str]]) -> str:
    """Return a part of relationships: kind and target of each."""
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def archive(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip archive."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as written:
        for name, content in members.items():
            written.writestr(name, content)
    return made.getvalue()


def changed(document: bytes, members: Mapping[str, str | bytes]) -> bytes:
    """Return a document with other members, or more."""
    with ZipFile(BytesIO(document)) as read:
        return archive({name: read.read(name) for name in read.namelist()} | dict(members))


def paragraph(text: str = "", properties: str = "", run_properties: str = "") -> str:
    """Return a paragraph of one run."""
    said = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{said}{run(text, run_properties) if text else ''}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    said = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{said}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def in_list(list_id: int, level: int = 0) -> str:
    """Return the properties of a paragraph in a list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(index: int, format: str, text: str, more: str = "", start: int = 1) -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*levels: str, lists: Sequence[int] = (1,)) -> str:
    """Return an abstract list of some levels, and lists made of it."""
    made = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/></w:num>' for number in lists)
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{made}'


def table(*rows: Sequence[str]) -> str:
    """Return a table; a cell is text, or the XML of what stands in a ``w:tc``."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(_cell, row))}</w:tr>" for row in rows) + "</w:tbl>"


def _cell(inner: str) -> str:
    return f"<w:tc>{inner if inner.startswith('<') else paragraph(inner)}</w:tc>"


def lines(document: bytes, original: bool = False) -> list[WrittenLine]:
    """Return the lines of a document."""
    return written_lines(opened(document), original)


def texts(body: str, *, original: bool = False, **parts: str) -> list[str]:
    """Return the texts of the lines of a body."""
    return [written.line.text for written in lines(word_document(body, **parts), original)]


def as_text(documents: Sequence[Path], folder: Path) -> list[str]:
    """Return the text of documents as real LibreOffice shows it, numbers and all; ``folder`` is its to write in."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(folder / "shown")]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run([*command, *map(str, documents)], check=True, capture_output=True, timeout=300, env=environment)
    return [(folder / "shown" / f"{document.stem}.txt").read_text("utf-8-sig") for document in documents]
