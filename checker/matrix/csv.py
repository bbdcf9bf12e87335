"""The matrix as CSV, for spreadsheets and for programs."""

from __future__ import annotations

import csv
import io

from checker.matrix import Matrix, columns, rows
from checker.reporters.cells import csv_cell


def render(matrix: Matrix) -> bytes:
    """Return the table in UTF-8 with a byte order mark, by which spreadsheets know it, and lines that end in CRLF."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([column.head.in_language(matrix.language) for column in columns(matrix)])
    for file in matrix.files:
        writer.writerows(map(csv_cell, row) for row in rows(matrix, file))
    return made.getvalue().encode("utf-8-sig")
