"""``ledger``: a table for a spreadsheet (整改台账): what is to be mended, with an empty column for who has done it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from checker.model import Bilingual, FileReport, Report
from checker.reporters.words import printable

_HEADS = (
    Bilingual("序号", "no."),
    Bilingual("文件", "file"),
    Bilingual("行", "line"),
    Bilingual("位置", "section"),
    Bilingual("级别", "severity"),
    Bilingual("问题", "finding"),
    Bilingual("依据", "basis"),
    Bilingual("规则", "rule"),
    Bilingual("整改情况", "mended"),
)
_SEVERITIES = {
    "error": Bilingual("错误", "error"),
    "warning": Bilingual("警告", "warning"),
    "info": Bilingual("提示", "info"),
}
_UNCHECKED = Bilingual("未检查", "not checked")
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def render(report: Report) -> bytes:
    """Return the table as CSV in UTF-8 with a byte order mark, by which spreadsheets know it; files in their order."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([head.in_language(report.language) for head in _HEADS])
    rows = (row for file in report.files for row in _rows(file, report.language))
    for number, row in enumerate(rows, start=1):
        writer.writerow(map(_cell, (number, *row, "")))
    return made.getvalue().encode("utf-8-sig")


def _rows(file: FileReport, language: str) -> Iterator[tuple[object, ...]]:
    """Yield a row for each violation of a draft, and for what could not be checked."""
    if file.error is not None:
        yield file.path, "", "", _UNCHECKED.in_language(language), file.error, "", ""
    for one in file.violations:
        severity = _SEVERITIES[one.severity].in_language(language)
        yield file.path, one.line, one.section_label or "", severity, one.message, one.basis or "", one.rule
    for outcome in file.rules:
        if outcome.outcome == "not-evaluated":
            yield file.path, "", "", _UNCHECKED.in_language(language), outcome.reason or "", "", outcome.rule


def _cell(content: object) -> object:
    """Return what stands in a cell: numbers as they are, words in one line that no spreadsheet computes."""
    if isinstance(content, int):
        return content
    words = printable(str(content))
    return f"'{words}" if words.lstrip().startswith(_FORMULA) else words
