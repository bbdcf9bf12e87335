"""One form for what is written in many: widths, dashes, brackets, traditional characters.

Folding maps one character to one, so that every index stays true: this is the only place
where forms are made alike. Grammars and lexicons are written in the folded form.
"""

from __future__ import annotations

from functools import lru_cache

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


def fold(text: str) -> str:
    """Return ``text`` in the folded form, character for character.

    >>> fold("(一)．２０２１—2025年,")
    '（一）.2021-2025年，'
    """
    return text.translate(_FOLD)


def is_traditional(source: str) -> bool:
    """Say whether ``source`` is written in traditional characters.

    GB 2312 holds the simplified characters in general use and no traditional ones, so a
    text with many Chinese characters outside of it is traditional.
    """
    chars = set(source)
    outside = {char for char in chars if "\u4e00" <= char <= "\u9fff" and not _in_gb2312(char)}
    if len(outside) < 8:
        return False
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in source)
    return sum(source.count(char) for char in outside) * 20 > chinese


def simplifying(source: str) -> dict[int, str]:
    """Return a table for ``str.translate`` that simplifies the characters of ``source``."""
    convert = _converter()
    table = {}
    for char in set(source):
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
    if all(char < "\u4e00" or char > "\u9fff" or _in_gb2312(char) for char in text):
        return text
    return text.translate(simplifying(text))


@lru_cache(maxsize=4096)
def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # OpenCC has no type hints
    from opencc import OpenCC  # loads its tables: only a traditional draft pays for it

    return OpenCC("t2s").convert
