"""PDFs for the tests: characters set at places, as a PDF has them, without a font file.

Lengths are in points, y is counted downwards from the top edge. The font is one that readers of PDF bring along.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from checker.model import Text
from checker.pdf.reading import read

FONT = "STSong-Light"
LEFT, TOP, SIZE, PITCH, CHARACTERS, LINES = 79.0, 105.0, 16.0, 28.0, 27, 22
"""The margins, body size, and lines of a page in the form of GB/T 9704."""
Draw = Callable[["Sheet"], None]

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Sheet:
    """A page of a PDF, to set characters on."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas, self.height = canvas, height

    def set(self, text: str, x: float = LEFT, y: float = TOP, size: float = SIZE, mode: int = 0) -> None:
        """Set text with its left edge at ``x`` and its baseline at ``y``."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - y, text, mode=mode)

    def centre(self, text: str, y: float, size: float = 22.0) -> None:
        """Set text in the middle between the margins."""
        middle = LEFT + CHARACTERS * SIZE / 2
        self.set(text, middle - pdfmetrics.stringWidth(text, FONT, size) / 2, y, size)

    def lines(self, lines: Iterable[str], x: float = LEFT, y: float = TOP, size: float = SIZE) -> None:
        """Set lines below each other; full-width spaces in front of one are room, no characters."""
        for number, line in enumerate(lines):
            bare = line.lstrip("\u3000")
            self.set(bare, x + size * (len(line) - len(bare)), y + number * PITCH, size)

    def page_number(self, number: int, form: str = "— {} —") -> None:
        """Set the number of the page below its text."""
        self.centre(form.format(number), self.height - 70, 14)

    def table(self, rows: Sequence[Sequence[Sequence[str]]], across: Sequence[float], y: float = TOP) -> float:
        """Draw a table, each cell of it lines; return where it ends."""
        top = y
        for row in rows:
            bottom = y + 20 * max(len(cell) for cell in row) + 8
            for cell, left in zip(row, across, strict=False):
                for number, line in enumerate(cell):
                    self.set(line, left + 5, y + 18 + 20 * number, 12)
            self.rule(across[0], y, across[-1], y)
            y = bottom
        self.rule(across[0], y, across[-1], y)
        for x in across:
            self.rule(x, top, x, y)
        return y

    def rule(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw a line."""
        self.canvas.line(left, self.height - top, right, self.height - bottom)


def printed(*pages: Draw, size: tuple[float, float] = A4, **options: object) -> bytes:
    """Return a PDF of the pages; ``options`` are those of reportlab's Canvas."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, **options)
    for draw in pages:
        draw(Sheet(canvas, size[1]))
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def set_in_lines(paragraphs: Iterable[str], indent: int = 2, characters: int = CHARACTERS) -> list[str]:
    """Return paragraphs as lines of so many columns of 汉字, the first of each indented, none beginning with a stop."""
    lines: list[str] = []
    for paragraph in paragraphs:
        line = "\u3000" * indent
        for char in paragraph:
            width = pdfmetrics.stringWidth(line + char, FONT, 1.0)
            if width > characters + 0.01 and char not in "，。、；：！？）》”":
                lines.append(line)
                line = ""
            line += char
        lines.append(line)
    return lines


def pages_of(lines: Sequence[str], header: str = "", page_numbers: bool = True) -> list[Draw]:
    """Return lines as pages of a document, with what runs on every page."""

    def page(number: int, on_it: Sequence[str]) -> Draw:
        def draw(sheet: Sheet) -> None:
            if header:
                sheet.set(header, y=60, size=10)
            sheet.lines(on_it)
            if page_numbers:
                sheet.page_number(number)

        return draw

    return [page(at // LINES + 1, lines[at : at + LINES]) for at in range(0, len(lines), LINES)]


def read_printed(*pages: Draw, **options: object) -> Text:
    """Return the text of a PDF of the pages."""
    return read(printed(*pages, **options), ".pdf")  # type: ignore[arg-type]


def texts(text: Text) -> list[str]:
    """Return the paragraphs that are there to be read."""
    return [paragraph.text for paragraph in text.paragraphs if not paragraph.layout]


def places(text: Text) -> list[tuple[int, int]]:
    """Return page and line of each of these paragraphs."""
    found = [text.place(paragraph.offset(0)) for paragraph in text.paragraphs if not paragraph.layout]
    return [(place.page, place.line) for place in found if place is not None]
