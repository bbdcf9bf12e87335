"""Numbers of headings and counts, written anew in the way they were written."""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
NUMERAL = re.compile(r"\d+|[０-９]+|[一二三四五六七八九十]+")


def chinese(number: int) -> str:
    """Return a number from 1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else DIGITS[tens]) + "十" if tens else "") + (DIGITS[ones] if ones else "")


def renumbered(label: str, number: int) -> str:
    """Return a label with another number, in the same style: （三） and 4 give （四）."""

    def written(found: re.Match[str]) -> str:
        if re.match("[0-9]", found[0]):
            return str(number)
        if re.match("[０-９]", found[0]):
            return str(number).translate({48 + one: 0xFF10 + one for one in range(10)})
        return chinese(number)

    return NUMERAL.sub(written, label, count=1)
