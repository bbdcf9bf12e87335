"""Places in a plan as people name them: a section by its numbers and title, a stretch by its first words.

And a line: by its number in a file of text, by paragraph or table in Word, by the page in a PDF.
"""

from __future__ import annotations

from checker.expressions import expression
from checker.model import Bilingual, Place, PlacePart, Section, Span, Violation
from checker.numerals import chinese

_PARTS: dict[PlacePart, Bilingual] = {
    "footnote": Bilingual("脚注", "footnote"),
    "endnote": Bilingual("尾注", "endnote"),
    "text-box": Bilingual("文本框", "text box"),
}


def excerpt(source: str, span: Span, length: int = 60) -> str:
    """Return what stands at a place, in one line and not too long."""
    words = expression(r"\s+").sub(" ", source[span.start : span.end]).strip()
    return words if len(words) <= length else words[: length - 1] + "…"


def section_label(section: Section) -> str:
    """Return how people name a section: 三、标题, 三（五）标题."""
    if section.parent is None:
        return f"{section.label}{section.title or ''}"
    written = []
    for around in reversed(section.path):
        level_one = around.level == 1 and around.parent is None
        written.append(chinese(around.ordinal) if level_one else around.label.rstrip("、.．").strip())
    return "".join(written) + (section.title or "")


def line_of_file(violation: Violation) -> int | None:
    """Return the line of the file in which a violation is; None for a format whose files have no lines: Word, PDF."""
    place = violation.place
    if place is None:
        return violation.line
    return place.line if place.line and not place.page else None


def where(line: int, place: Place | None) -> Bilingual:
    """Return how people call a line: 第 12 行 in a file of text, 第 12 段 in Word, 第 3 页第 5 行 in a PDF."""
    if place is None:
        return Bilingual(f"第 {line} 行", f"line {line}")
    zh, en = [], []
    if place.page:
        zh.append(f"第 {place.page} 页")
        en.append(f"page {place.page}")
    if place.part in _PARTS:
        part = _PARTS[place.part]
        zh.append(f"{part.zh} {place.number} " if place.number else part.zh)
        en.append(f"{part.en} {place.number}" if place.number else part.en)
    if place.table:
        zh.append(f"表 {place.table} 第 {place.row} 行第 {place.cell} 格")
        en.append(f"table {place.table}, row {place.row}, cell {place.cell}")
    elif place.paragraph:
        zh.append(f"第 {place.paragraph} 段")
        en.append(f"paragraph {place.paragraph}")
    if place.line:
        zh.append(f"第 {place.line} 行")
        en.append(f"line {place.line}")
    return Bilingual("".join(zh).strip(), ", ".join(en))
