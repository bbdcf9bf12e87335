"""Words of anyone in tables that other programs open: they stay words there."""

from __future__ import annotations

import re

from checker.reporters.words import printable

# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_LONGEST = 32_000
"""A cell of a spreadsheet holds 32767 units of UTF-16; what does not fit is cut off with a mark."""

_SPECIAL = re.compile(r"[\\`*_\[\]~$#]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;"}
"""No reader of Markdown takes these for HTML or for the end of a table's cell, whatever it makes of backslashes."""


def csv_cell(content: str | int) -> str | int:
    """Return what stands in a cell of a CSV file: numbers as they are, words in one line that nothing computes.

    A spreadsheet computes what begins like a formula; behind an apostrophe it does not.
    """
    if isinstance(content, int):
        return content
    words = printable(content)
    begins = words.lstrip().startswith(_FORMULA) and words != "-"  # standard input is no formula
    return f"'{words}" if begins else words


def sheet_cell(words: str) -> str:
    """Return words for a cell that is said to be text: without control characters, and not too long to be kept."""
    text = printable(words)
    if len(text.encode("utf-16-le")) // 2 <= _LONGEST:
        return text
    return text.encode("utf-16-le")[: _LONGEST * 2].decode("utf-16-le", "ignore") + "…"


def markdown_text(words: str) -> str:
    """Return words on one line, as text that Markdown shows as it is, in a cell of a table too."""
    text = " ".join(printable(words.replace("\n", " ")).split())
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return "".join(_ENTITIES.get(char, char) for char in text)
