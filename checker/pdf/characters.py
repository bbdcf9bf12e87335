"""What a character of a PDF stands for: fonts give radicals for 汉字, ligatures, and characters of their own."""

from __future__ import annotations

from unicodedata import category, normalize

UNKNOWN = "\ufffd"
"""Stands for a character of which the file does not say what it is."""
SOFT_HYPHEN = "\u00ad"
_HYPHEN_AT_LINE_END = 2
"""What pdfium gives for it."""
# Radicals that NFKC leaves as they are, by the 汉字 that each looks like (Unicode's EquivalentUnifiedIdeograph.txt);
# those that are no 汉字 of their own stand in no text.
_RADICALS = dict(
    zip(
        "⺇⺌⺎⺓⺝⺟⺠⺩⺫⺱⺶⺼⺽⻁⻄⻅⻆⻇⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "几小兀幺月母民王目网羊月臼虎西见角角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
# Bullets and ticks of Symbol and Wingdings, whose characters lie in a block for private use.
_SYMBOLS = {
    0xF0B7: "•",
    0xF06C: "●",
    0xF06E: "■",
    0xF06F: "□",
    0xF071: "❑",
    0xF075: "◆",
    0xF076: "❖",
    0xF0A7: "▪",
    0xF0A8: "◻",
    0xF0D8: "➢",
    0xF0E0: "→",
    0xF0FC: "✓",
    0xF052: "☑",
}
_NORMALISED = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFB00, 0xFB06), (0x2F800, 0x2FA1F))
"""Radicals, compatibility ideographs, ligatures: first and last of each block."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def readable(code: int, mapped: bool = True) -> str:
    """Return what the character ``code`` of a PDF stands for; nothing for one that shows nothing.

    ``mapped`` is False where the file does not say which character it is.
    """
    if 0x4E00 <= code <= 0x9FFF and mapped:  # nearly all of them
        return chr(code)
    if not mapped:
        return UNKNOWN
    if code == _HYPHEN_AT_LINE_END:
        return "-"
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    char = chr(code) if code <= 0x10FFFF else UNKNOWN
    if char in _RADICALS:
        return _RADICALS[char]
    if any(first <= code <= last for first, last in _NORMALISED):
        return normalize("NFKC", char)
    if char in "\t\n\r\f\v\x85\u2028\u2029":
        return " "
    if char == SOFT_HYPHEN:
        return char
    kind = category(char)
    if kind in ("Co", "Cs", "Cn"):
        return UNKNOWN
    return "" if kind in ("Cc", "Cf") else char


def raised(text: str) -> str:
    """Return digits as superscripts: 10² is no 102, and ¹ behind a word is the mark of a note."""
    return text.translate(_SUPERSCRIPTS)
