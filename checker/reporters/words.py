"""Words and widths that reports for people share."""

from __future__ import annotations

from unicodedata import category, east_asian_width

from checker.model import Bilingual, Severity, Waived

SEVERITIES: dict[Severity, Bilingual] = {
    "error": Bilingual("错误", "error"),
    "warning": Bilingual("警告", "warning"),
    "info": Bilingual("提示", "info"),
}


def printable(text: str) -> str:
    """Return ``text`` without characters that command a terminal or turn its direction."""
    if text.isprintable():
        return text
    return "".join(
        " " if char in "\t\u3000" else char if category(char) not in ("Cc", "Cf", "Cs") else "\ufffd" for char in text
    )


def waiver(waived: Waived, language: str) -> str:
    """Return in brackets why a violation is accepted: （已豁免：本级没有农村；张三；至 2026-12-31）."""
    if waived.how == "baseline":
        return Bilingual("（在基线里）", "(in the baseline)").in_language(language)
    until = Bilingual(f"至 {waived.until}", f"until {waived.until}").in_language(language) if waived.until else None
    said = [printable(word) for word in (waived.reason, waived.by, until) if word]
    zh, en = f"（已豁免：{'；'.join(said)}）", f"(waived: {'; '.join(said)})"
    return Bilingual(zh, en).in_language(language)


def width(text: str) -> int:
    """Return the number of columns that ``text`` takes on a terminal: two for a 汉字."""
    return sum(2 if east_asian_width(char) in "FW" else 0 if category(char) in ("Mn", "Me") else 1 for char in text)
