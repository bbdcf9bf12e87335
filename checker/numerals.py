"""Numbers as plans write them: 12, 十二, 二〇三五, ⑫."""

from __future__ import annotations

DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
DIGITS |= {"零": 0, "○": 0, "Ｏ": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
UNITS = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}


def number(written: str) -> int:
    """Return the value of ``written``: Arabic, Chinese or circled digits.

    Raises ValueError for anything else.

    >>> number("二十三"), number("二〇三五"), number("③")
    (23, 2035, 3)
    """
    if written.isdecimal():
        return int(written)
    if len(written) == 1 and written.isdigit():  # ①, ⑴: a digit to Unicode, not a decimal
        return _circled(written)
    if len(written) > 1 and all(char in DIGITS for char in written):
        return int("".join(str(DIGITS[char]) for char in written))
    total = section = digit = 0
    for char in written:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in UNITS:
            section += (digit or 1) * UNITS[char]
            digit = 0
        elif char in LARGE:
            total += (section + digit) * LARGE[char]
            section = digit = 0
        else:
            return _circled(written)
    return total + section + digit


def _circled(written: str) -> int:
    """Return the value of a circled number; ⑩ and above are numeric but no digits to Unicode."""
    from unicodedata import numeric

    if len(written) != 1:
        raise ValueError(f"not a number: {written!r}")
    return int(numeric(written))


def chinese(value: int) -> str:
    """Write ``value`` (1 to 99) in Chinese numerals; anything else in Arabic ones."""
    digits = "〇一二三四五六七八九"
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")
