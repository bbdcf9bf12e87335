"""How Word writes the numbers of a list: the formats of ECMA-376 part 1, §17.18.59 (ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_SMALL = ("", "十", "百", "千")
_LARGE = ("", "万", "亿")
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_FORMAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千万亿", "零壹貳參肆伍陸柒捌玖拾佰仟萬億")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_HIGHEST = 32767
"""Word counts no further."""
_MOST_LETTERS = 780
"""Nor further with letters: 30 times z."""


def written(value: int, format: str) -> str:
    """Return a number in a format by its name; in digits for a format that no Chinese document has.

    >>> written(3, "chineseCountingThousand"), written(12, "japaneseCounting"), written(3, "decimalEnclosedCircle")
    ('三', '十二', '③')
    """
    if not 0 <= value <= _HIGHEST:
        return str(value)
    return _FORMATS.get(format, str)(value)


def _counted(value: int) -> str:
    """Return 一百二十三."""
    if value == 0:
        return "〇"
    whole = "".join(
        _below_ten_thousand(part, bool(rest)) + large
        for part, large, rest in ((value // 10_000, "万", 0), (value % 10_000, "", value // 10_000))
        if part
    )
    return whole[1:] if whole.startswith("一十") else whole


def _below_ten_thousand(value: int, goes_on: bool) -> str:
    """Return 一千零二十; 零一 where it goes on with a larger number."""
    written, gap = "", goes_on and value < 1000
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit == 0:
            gap = gap or bool(written)
            continue
        written += ("零" if gap else "") + _DIGITS[digit] + _SMALL[place]
        gap = False
    return written


def _positional(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _chinese(value: int) -> str:
    """Return 十二; 一〇三 from a hundred on."""
    return _counted(value) if value < 100 else _positional(value)


def _japanese(value: int) -> str:
    """Return 百二, without 一 before a unit."""
    return _counted(value).replace("一百", "百").replace("一千", "千").replace("零", "")


def _roman(value: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        written += letters * (value // worth)
        value %= worth
    return written


def _letters(first: str) -> Callable[[int], str]:
    """Return what writes a … z, aa, bb …"""

    def write(value: int) -> str:
        if not 1 <= value <= _MOST_LETTERS:
            return str(value)
        times, letter = divmod(value - 1, 26)
        return chr(ord(first) + letter) * (times + 1)

    return write


def _from(first: int, last: int, *more: tuple[int, int, int]) -> Callable[[int], str]:
    """Return what writes the signs of Unicode from ``first`` on, for the numbers from 1 to ``last``.

    ``more`` are further signs: the number at which they begin, the first, the number of the last.
    """

    def write(value: int) -> str:
        for begin, sign, end in ((1, first, last), *more):
            if begin <= value <= end:
                return chr(sign + value - begin)
        return str(value)

    return write


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value else "0"


def _full_width(value: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))


_circled = _from(0x2460, 20, (21, 0x3251, 35), (36, 0x32B1, 50))
_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese,
    "chineseCountingThousand": _counted,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _counted,
    "japaneseCounting": _japanese,
    "koreanCounting": _counted,
    "koreanDigital": _positional,
    "koreanDigital2": _positional,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "chineseLegalSimplified": lambda value: _counted(value).translate(_FORMAL),
    "ideographLegalTraditional": lambda value: _counted(value).translate(_FORMAL_TRADITIONAL),
    "japaneseLegal": lambda value: _counted(value).translate(_FORMAL_TRADITIONAL),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": lambda value: _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12],
    "ideographEnclosedCircle": _from(0x3280, 10),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "numberInDash": lambda value: f"- {value} -",
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "none": lambda value: "",
}
