"""Characters of the symbol fonts, whose codes stand for no character of Unicode."""

from __future__ import annotations

from lxml.etree import _Element

from checker.word.tags import CHARACTER

# The symbol fonts put their signs at U+F000 to U+F0FF.
_PRIVATE = range(0xF000, 0xF100)
_FONT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}font"
_SYMBOL = dict(
    zip(
        (0xA3, 0xB0, 0xB1, 0xB2, 0xB3, 0xB4, 0xB7, 0xB9, 0xBB, 0xA5, 0xAE, 0xB8, 0x25, 0x2D, 0x7E),
        "≤°±″≥×·≠≈∞→÷%－～",
        strict=True,
    )
)
_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "◆", 0x9F: "·", 0xA7: "■", 0xA8: "□",
    0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x52: "☑", 0xA3: "□",
}  # fmt: skip
_ENCLOSED = {0x80 + value: sign for value, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")}
UNKNOWN = "□"
"""For a sign without a character of its own: most are boxes to be ticked."""


def symbol(element: _Element) -> str:
    """Return the character of a ``w:sym``."""
    try:
        code = int(element.get(CHARACTER, ""), 16)
    except ValueError:
        return UNKNOWN
    if not 0x20 <= code <= 0x10FFFF or 0xD800 <= code < 0xE000:
        return UNKNOWN
    return of_font(chr(code), element.get(_FONT, ""))


def of_font(char: str, font: str) -> str:
    """Return the character that a sign of a symbol font looks like; any other character as it is."""
    code, name = ord(char), font.lower()
    is_symbol_font = name.startswith(("symbol", "wingdings", "webdings"))
    if code not in _PRIVATE and not (is_symbol_font and code < 0x100):
        return char if char.isprintable() else UNKNOWN
    code &= 0xFF
    if name.startswith("wingdings"):
        return (_WINGDINGS | _ENCLOSED).get(code, UNKNOWN)
    return _SYMBOL.get(code, UNKNOWN)
