"""A draft of text in the other formats: a Word file with typed or automatic numbers, a PDF, a web page."""

from __future__ import annotations

import html
import re
import subprocess
from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from checker.model import Paragraph, Plan
from checker.numerals import number
from checker.word.drafting import drafted

LEVELS = ("%1、", "（%2）", "%3.", "（%4）")
"""How Word is told to write the numbers of the four levels."""
_FORMATS = ("chineseCountingThousand", "chineseCountingThousand", "decimal", "decimal")
_NUMERALS = "[一二三四五六七八九十]{1,3}"
_LABELS = (f"({_NUMERALS})、", f"（({_NUMERALS})）", r"([1-9][0-9]?)\.(?![0-9])", "（([1-9][0-9]?)）")


def word_file(plan: Plan) -> bytes:
    """Return a draft as a Word file whose numbers are typed."""
    return drafted(plan).was


def numbered_word_file(plan: Plan) -> bytes:
    """Return a draft as a Word file whose numbers Word writes: none of them is in its text."""
    document = docx.Document(BytesIO(word_file(plan)))
    lists = _Lists(document)
    for paragraph in document.paragraphs:
        for level, label in enumerate(_LABELS):
            found = re.match(label, paragraph.text)
            if found:
                _cut(paragraph, found.end())
                lists.put_in(paragraph, level, int(found[1]) if found[1].isdigit() else number(found[1]))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _cut(paragraph: Any, length: int) -> None:
    """Take the first characters of a paragraph away."""
    for run in paragraph.runs:
        taken = min(length, len(run.text))
        run.text, length = run.text[taken:], length - taken


class _Lists:
    """One abstract list; where a draft does not go on with the next number, a list of it that begins there."""

    def __init__(self, document: Any) -> None:
        self._numbering = document.part.numbering_part.element
        for child in list(self._numbering):
            self._numbering.remove(child)
        abstract = _added(self._numbering, "w:abstractNum", abstractNumId="1")
        _added(abstract, "w:multiLevelType", val="multilevel")
        for at, (text, format) in enumerate(zip(LEVELS, _FORMATS, strict=True)):
            level = _added(abstract, "w:lvl", ilvl=str(at))
            for tag, value in (("start", "1"), ("numFmt", format), ("suff", "nothing"), ("lvlText", text)):
                _added(level, f"w:{tag}", val=value)
        self._count: list[int | None] = [None] * len(LEVELS)
        self._starts = [1] * len(LEVELS)
        self._list = self._begin(0, 1)

    def put_in(self, paragraph: Any, level: int, ordinal: int) -> None:
        """Let a paragraph bear a number of a level."""
        before = self._count[level]
        if ordinal != (self._starts[level] if before is None else before + 1):
            self._list = self._begin(level, ordinal)
        # A number of a level that has had none counts as used where one below it is; those below begin anew.
        above = [1 if count is None else count for count in self._count[:level]]
        self._count = [*above, ordinal, *[None] * (len(LEVELS) - level - 1)]
        properties = paragraph._p.get_or_add_pPr()
        chosen = OxmlElement("w:numPr")
        _added(chosen, "w:ilvl", val=str(level))
        _added(chosen, "w:numId", val=str(self._list))
        properties.insert_element_before(chosen, "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:spacing")
        if properties.find(qn("w:ind")) is None:
            _added(properties, "w:ind", firstLineChars="200")

    def _begin(self, level: int, ordinal: int) -> int:
        self._starts = [1] * len(LEVELS)
        self._starts[level] = ordinal
        id = len(self._numbering)
        list_ = _added(self._numbering, "w:num", numId=str(id))
        _added(list_, "w:abstractNumId", val="1")
        override = _added(list_, "w:lvlOverride", ilvl=str(level))
        _added(override, "w:startOverride", val=str(ordinal))
        return id


def _added(parent: Any, tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def web_page(plan: Plan) -> bytes:
    """Return a draft as a web page with what such pages have around it."""
    parts = [
        "<!DOCTYPE html>\n<html lang='zh-CN'><head><meta charset='utf-8'><title>棠城县人民政府</title></head>\n<body>",
        "<nav><a href='/'>首页</a> <a href='/zwgk'>政务公开</a></nav>\n<main><article>",
        *_blocks(plan),
        "</article></main>\n<footer>主办：县人民政府办公室 网站标识码 9900000001</footer></body></html>",
    ]
    return "\n".join(parts).encode()


def _blocks(plan: Plan) -> Iterator[str]:
    table = False
    for paragraph in plan.text.paragraphs:
        if paragraph.layout or not paragraph.text:
            continue
        if bool(paragraph.cells) != table:
            table = not table
            yield "<table>" if table else "</table>"
        yield _row(paragraph) if paragraph.cells else f"<p>{_marked(paragraph)}</p>"
    if table:
        yield "</table>"


def _row(paragraph: Paragraph) -> str:
    cells = (html.escape(paragraph.text[start:end]) for start, end in paragraph.cells)
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _marked(paragraph: Paragraph) -> str:
    """Return the text of a paragraph with its bold words marked."""
    edges = {0, len(paragraph.text), *(index for index, _ in paragraph.gaps)}
    edges.update(index for stretch in paragraph.bold for index in stretch)
    gaps = dict(paragraph.gaps)
    parts = []
    for start, end in pairwise(sorted(edges)):
        words = html.escape(paragraph.text[start:end])
        bold = any(first <= start and end <= last for first, last in paragraph.bold)
        parts.append("\u3000" * (gaps.get(start, 0) // 2) + (f"<b>{words}</b>" if bold else words))
    return "".join(parts)


def pdf_files(office: str, files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """Return Word files as PDF, by the names that they are given, as LibreOffice makes them."""
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    paths = [str(folder / f"{name}.docx") for name in files]
    command = [office, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}
