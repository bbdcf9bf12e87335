"""``ledger``: a table for a spreadsheet (整改台账): what is to be mended, with an empty column for who has done it."""

from __future__ import annotations

import csv
import io

from checker.model import Bilingual, Report, Violation
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
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def render(report: Report) -> bytes:
    """Return the table as CSV in UTF-8 with a byte order mark, by which spreadsheets know it; files in their order."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([head.in_language(report.language) for head in _HEADS])
    number = 0
    for file in report.files:
        if file.error is not None:
            number += 1
            writer.writerow(map(_cell, (number, file.path, "", "", "", file.error, "", "", "")))
        for one in file.violations:
            number += 1
            writer.writerow(map(_cell, (number, file.path, *_about(one, report.language), "")))
    return made.getvalue().encode("utf-8-sig")


def _about(one: Violation, language: str) -> tuple[object, ...]:
    severity = _SEVERITIES[one.severity].in_language(language)
    return one.line, one.section_label or "", severity, one.message, one.basis or "", one.rule


def _cell(content: object) -> object:
    """Return what stands in a cell: numbers as they are, words in one line that no spreadsheet computes."""
    if isinstance(content, int):
        return content
    words = printable(str(content))
    return f"'{words}" if words.startswith(_FORMULA) else words
