"""The matrix as a workbook: a sheet of tasks and one of units, ready to be filtered and printed.

XlsxWriter writes it: it needs nothing else, writes what it is told to write as text as text, and has all that
a printed sheet needs. (openpyxl takes words that begin with = for a formula unless each cell is told otherwise.)
"""

from __future__ import annotations

import io
from math import ceil
from typing import TYPE_CHECKING

from msgspec.structs import replace

from checker.matrix import UNTITLED, By, Cell, Column, Matrix, columns, rows
from checker.model import Bilingual
from checker.problems import Problem
from checker.reporters.cells import sheet_cell
from checker.reporters.words import width

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_SHEETS: tuple[tuple[By, Bilingual], ...] = (
    ("task", Bilingual("任务", "Tasks")),
    ("unit", Bilingual("单位", "Units")),
)
_MOST_ROWS = 1_048_576
_LONGEST_HEADER = 200
_A4 = 9
_LINE, _ROOM = 15.0, 3.0
"""How high a line is, and the room above and below the lines of a row, in points."""
_HIGHEST = 409.0
"""No row can be higher."""
_WIDER = 1.05
"""How much wider words are than by their columns on a terminal: in most fonts a 汉字 is more than two figures wide."""
_BESIDE = 4
"""What a column is wider than its words: room for the button of the filter in its head."""


def require() -> None:
    """Raise Problem, with what to install, where XlsxWriter is missing."""
    try:
        import xlsxwriter  # noqa: F401
    except ImportError as error:
        zh = "写 xlsx 需要 XlsxWriter：pip install 'plancheck[xlsx]'；或改用 --format csv"
        en = "xlsx needs XlsxWriter: pip install 'plancheck[xlsx]'; or take --format csv"
        raise Problem(Bilingual(zh, en)) from error


def render(matrix: Matrix) -> bytes:
    """Return the workbook; it opens on the sheet that ``matrix.by`` names. Raises Problem for too many rows."""
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        for by, name in _SHEETS:
            sheet = workbook.add_worksheet(name.in_language(matrix.language))
            _fill(workbook, sheet, replace(matrix, by=by))
            if by == matrix.by:
                sheet.activate()
    return made.getvalue()


def _fill(workbook: xlsxwriter.Workbook, sheet: Worksheet, matrix: Matrix) -> None:
    heads = columns(matrix)
    table = [row for file in matrix.files for row in rows(matrix, file)]
    if len(table) >= _MOST_ROWS:
        zh, en = f"{len(table)} 行，一张工作表放不下；请用 --format csv", f"{len(table)} rows are too many for a sheet"
        raise Problem(Bilingual(zh, f"{en}: take --format csv"))
    common = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#A6A6A6"}
    head = workbook.add_format({**common, "bold": True, "bg_color": "#DDEBF7", "align": "center", "valign": "vcenter"})
    words, number = workbook.add_format(common), workbook.add_format({**common, "align": "center"})
    widths = [_width(column, matrix.language, [row[at] for row in table]) for at, column in enumerate(heads)]
    for at, column in enumerate(heads):
        sheet.write_string(0, at, column.head.in_language(matrix.language), head)
        sheet.set_column(at, at, widths[at])
    sheet.set_row(0, _LINE + _ROOM)
    for place, row in enumerate(table, start=1):
        sheet.set_row(place, _height(row, widths))
        _write(sheet, place, row, words, number)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table), len(heads) - 1)
    _set_up_printing(sheet, matrix)


def _write(sheet: Worksheet, place: int, row: list[Cell], words: Format, number: Format) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int):
            sheet.write_number(place, column, cell, number)
        elif cell:
            sheet.write_string(place, column, sheet_cell(cell), words)  # text, whatever it begins with
        else:
            sheet.write_blank(place, column, None, words)


def _width(column: Column, language: str, cells: list[Cell]) -> int:
    """Return how wide a column is, in figures of the sheet's font: by its words, within bounds."""
    head = width(column.head.in_language(language)) + _BESIDE
    widest = ceil(max((width(str(cell)) for cell in cells), default=0) * _WIDER) + 1
    return max(head, min(column.widest, widest))


def _height(row: list[Cell], widths: list[int]) -> float:
    """Return how high a row is, in points: not every program finds that out for itself when it opens the sheet."""
    lines = max(ceil(width(str(cell)) * _WIDER / wide) for cell, wide in zip(row, widths, strict=True))
    return min(_HIGHEST, max(1, lines) * _LINE + _ROOM)


def _set_up_printing(sheet: Worksheet, matrix: Matrix) -> None:
    """Print in landscape on A4, all columns on one page, the head on every page, with the title and page numbers."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    sheet.repeat_rows(0)
    titles = [plan.title or UNTITLED.in_language(matrix.language) for file in matrix.files for plan in file.plans]
    if len(titles) == 1:
        title = sheet_cell(titles[0])[:_LONGEST_HEADER].replace("&", "&&")[:_LONGEST_HEADER]
        sheet.set_header(f"&C{title}")
    sheet.set_footer(Bilingual("&C第 &P 页，共 &N 页", "&Cpage &P of &N").in_language(matrix.language))
