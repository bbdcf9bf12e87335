"""Automatic numbers of list items, as a browser shows them: they are not among the characters of the page.

Source: HTML, section 4.4.5 (start, reversed, type, value); CSS Counter Styles Level 3, section 7 (Chinese numerals).
"""

from __future__ import annotations

from collections.abc import Mapping

from checker.expressions import expression
from checker.numerals import chinese

_LIST_STYLE = expression(r"(?:^|;)\s*list-style(?:-type)?\s*:\s*([^;]*)")
_CHINESE = ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cjk-decimal")
_STYLES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_ROMAN = {"m": 1000, "cm": 900, "d": 500, "cd": 400, "c": 100, "xc": 90, "l": 50, "xl": 40}
_ROMAN |= {"x": 10, "ix": 9, "v": 5, "iv": 4, "i": 1}
_MOST = 3999
"""Greater numbers are written in digits."""


def label(number: int, of_item: Mapping[str, str | None], of_list: Mapping[str, str | None]) -> str:
    """Return the number before an item of an ordered list, from the attributes of both; empty where it has none.

    >>> label(3, {}, {"style": "list-style-type: simp-chinese-informal"})
    '三、'
    """
    style = _style(of_item) or _style(of_list) or "decimal"
    if style == "none":
        return ""
    if style in _CHINESE:
        return f"{chinese(number)}、"
    return f"{_written(number, style)}."


def whole(value: str | None) -> int | None:
    """Return the number in an attribute; None for what is none, or has too many digits."""
    found = expression(r"\s*([+-]?[0-9]{1,9})").match(value or "")
    return int(found[1]) if found else None


def _style(attributes: Mapping[str, str | None]) -> str | None:
    found = _LIST_STYLE.search((attributes.get("style") or "").lower())
    if found:
        words = found[1].replace("!important", "").split()
        known = (*_CHINESE, *_STYLES.values(), "none")
        return next((word for word in words if word in known), None)
    return _STYLES.get((attributes.get("type") or "").strip())


def _written(number: int, style: str) -> str:
    if not 0 < number <= _MOST:
        return str(number)
    if style.endswith("roman"):
        written = _roman(number)
    elif style.endswith("alpha"):
        written = _alphabetic(number)
    else:
        return str(number)
    return written.upper() if style.startswith("upper") else written


def _roman(number: int) -> str:
    written = ""
    for letters, value in _ROMAN.items():
        times, number = divmod(number, value)
        written += letters * times
    return written


def _alphabetic(number: int) -> str:
    written = ""
    while number:
        number, letter = divmod(number - 1, 26)
        written = chr(ord("a") + letter) + written
    return written
