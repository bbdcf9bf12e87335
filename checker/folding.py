"""One form for what is written in many: widths, dashes, brackets, traditional characters.

Folding maps one character to one, so that every index stays true: this is the only place
where forms are made alike. Grammars and lexicons are written in the folded form.
"""

from __future__ import annotations

import re
from functools import lru_cache

from checker.expressions import expression

_FOLD = {
    **{ord("！") + i: chr(ord("!") + i) for i in range(94)},  # full-width ASCII to ASCII …
    **{ord(half): full for half, full in zip("(),:;!?", "（），：；！？", strict=True)},
    **{ord(full): full for full in "（），：；！？"},  # … but Chinese punctuation is full-width
    **{ord(bracket): "〔" for bracket in "[［【"},
    **{ord(bracket): "〕" for bracket in "]］】"},
    **{ord(dash): "-" for dash in "—–－―−‐‑‒─━～~〜﹣"},
    **{ord(dot): "." for dot in "．﹒․"},
    **{ord(mark): mark_ for mark, mark_ in zip("<>＜＞﹤﹥", "〈〉〈〉〈〉", strict=True)},
    ord("﹪"): "%",
    ord("　"): " ",
    ord("\t"): " ",
    ord("﹐"): "，",
    ord("﹕"): "：",
    ord("｡"): "。",
    ord("､"): "、",
    ord("﹡"): "*",
}
# The characters that folding changes, of which a line has few.
_CHANGED = {chr(code): folded for code, folded in _FOLD.items() if chr(code) != folded}
_REFERENCE = re.compile(rb"&#([0-9]{5});")
_CHANGES = expression(f"[{re.escape(''.join(_CHANGED))}]")


def fold(text: str) -> str:
    """Return ``text`` in the folded form, character for character.

    >>> fold("(一)．２０２１—2025年,")
    '（一）.2021-2025年，'
    """
    return _CHANGES.sub(_folded, text)


def _folded(found: re.Match[str]) -> str:
    return _CHANGED[found[0]]


def is_traditional(source: str) -> bool:
    """Say whether ``source`` is written in traditional characters.

    GB 2312 holds the simplified characters in general use and no traditional ones, so a
    text with many Chinese characters outside of it is traditional.
    """
    outside = _outside_gb2312(source)
    if len(outside) < 8:
        return False
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in source)
    return sum(source.count(char) for char in outside) * 20 > chinese


def simplifying(source: str) -> dict[int, str]:
    """Return a table for ``str.translate`` that simplifies the characters of ``source``."""
    convert = _converter()
    table = {}
    # A rare character in a name makes no traditional text: only of such a one all characters are looked up.
    for char in set(source) if is_traditional(source) else _outside_gb2312(source):
        if "\u4e00" <= char <= "\u9fff":
            simple = convert(char)
            if simple != char and len(simple) == 1:
                table[ord(char)] = simple
    return table


def simplified(text: str) -> str:
    """Return ``text`` in simplified characters, as the words of rules are written.

    >>> simplified("科學素質"), simplified("科学素质")
    ('科学素质', '科学素质')
    """
    return _kept_simplified(text) if len(text) < _LONG else _simplified(text)


def _simplified(text: str) -> str:
    return text.translate(simplifying(text)) if _outside_gb2312(text) else text


_LONG = 4000
"""What is longer is no paragraph: it is asked for once, and not kept."""
_kept_simplified = lru_cache(maxsize=1024)(_simplified)


def compared(text: str) -> str:
    """Return ``text`` as wordings are compared: folded, simplified, without white space.

    >>> compared("科學 素質(２０２１)")
    '科学素质（2021）'
    """
    return simplified("".join(fold(text).split()))


def without_marks(text: str) -> str:
    """Return ``text`` as titles are compared: as wordings are, and without any marks.

    >>> without_marks("《科學素質》 （2021—2035年）")
    '科学素质20212035年'
    """
    return "".join(char for char in compared(text) if char.isalnum())


def _outside_gb2312(text: str) -> set[str]:
    """Return the Chinese characters of ``text`` that GB 2312 does not hold."""
    # Those come out of the codec as &#22283; which is quicker than to ask of each character.
    codes = set(_REFERENCE.findall(text.encode("gb2312", "xmlcharrefreplace")))
    outside = {chr(int(code)) for code in codes if 0x4E00 <= int(code) <= 0x9FFF}
    return {char for char in outside if char in text and not char.encode("gb2312", "ignore")}


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # OpenCC has no type hints
    from opencc import OpenCC  # loads its tables: only a traditional draft pays for it

    return OpenCC("t2s").convert
