"""Words and widths that reports for people share."""

from __future__ import annotations

from unicodedata import category, east_asian_width

from checker.model import Bilingual, Severity, Violation, Waived

SEVERITIES: dict[Severity, Bilingual] = {
    "error": Bilingual("错误", "error"),
    "warning": Bilingual("警告", "warning"),
    "info": Bilingual("提示", "info"),
}
_HARMFUL = ("Cc", "Cf", "Cs")
_MOST_LINES = 12
"""So many lines of a violation with several places are named."""


def printable(text: str) -> str:
    """Return ``text`` without characters that command a terminal, turn its direction, or may stand in no XML."""
    if text.isprintable():
        return text
    return "".join(
        " " if char in "\t\u3000" else "\ufffd" if category(char) in _HARMFUL or char in "\ufffe\uffff" else char
        for char in text
    )


def printable_lines(text: str) -> str:
    """Return ``text`` as ``printable`` does, with its line breaks."""
    return "\n".join(map(printable, text.split("\n")))


def places(violation: Violation, language: str) -> str:
    """Return in brackets how many places a violation has and in which lines they are; nothing for a single one.

    The number is left out where the message says it, the lines where all places are in the line that is reported.
    """
    number, lines = violation.count, violation.lines
    if number <= 1:
        return ""
    zh, en = [], []
    if not any(words in violation.message for words in (f"共{number}处", f" {number} in all", f"({number} in all")):
        zh, en = [f"共 {number} 处"], [f"{number} places"]
    if lines != (violation.line,):
        more = "…" if len(lines) > _MOST_LINES else ""
        if violation.places:
            from checker.places import where

            named = [where(0, place) for place in dict.fromkeys(violation.places)][:_MOST_LINES]
            zh.append(f"见{'、'.join(one.zh for one in named)}{more}")
            en.append(f"{'; '.join(one.en for one in named)}{more}")
        else:
            shown = [joint.join(map(str, lines[:_MOST_LINES])) + more for joint in ("、", ", ")]
            zh.append(f"见第 {shown[0]} 行")
            en.append(f"line{'s' if len(lines) > 1 else ''} {shown[1]}")
    return Bilingual(f"（{'，'.join(zh)}）", f" ({', '.join(en)})").in_language(language) if zh else ""


def location(violation: Violation, language: str) -> str:
    """Return where a violation is, for the line of a report: 12:3, or as people find it in Word or a PDF."""
    if violation.place is None:
        return f"{violation.line}:{violation.column}"
    from checker.places import line_of_file, where  # drafts of text are found by their lines

    line = line_of_file(violation)
    return where(violation.line, violation.place).in_language(language) if line is None else str(line)


def found_in(violation: Violation, language: str) -> str:
    """Return in brackets where people find a violation in Word or a PDF; nothing for a file that shows its lines."""
    if violation.place is None:
        return ""
    from checker.places import line_of_file, where

    if line_of_file(violation) is not None:
        return ""
    said = where(violation.line, violation.place).in_language(language)
    return Bilingual(f"（{said}）", f" ({said})").in_language(language)


def full_message(violation: Violation, language: str) -> str:
    """Return the message of a violation with its places, and why it is accepted if it is; in one line."""
    said = printable(violation.message) + places(violation, language)
    if violation.waived is None:
        return said
    return said + Bilingual("", " ").in_language(language) + waiver(violation.waived, language)


def waiver(waived: Waived, language: str) -> str:
    """Return in brackets why a violation is accepted: （已豁免：本级没有农村；张三；至 2026-12-31）."""
    said = acceptance(waived, language)
    return Bilingual(f"（{said}）", f"({said})").in_language(language)


def acceptance(waived: Waived, language: str) -> str:
    """Return why a violation is accepted: 已豁免：本级没有农村；张三；至 2026-12-31."""
    if waived.how == "baseline":
        return Bilingual("在基线里", "in the baseline").in_language(language)
    until = Bilingual(f"至 {waived.until}", f"until {waived.until}").in_language(language) if waived.until else None
    said = [printable(word) for word in (waived.reason, waived.by, until) if word]
    return Bilingual(f"已豁免：{'；'.join(said)}", f"waived: {'; '.join(said)}").in_language(language)


def width(text: str) -> int:
    """Return the number of columns that ``text`` takes on a terminal: two for a 汉字."""
    return sum(2 if east_asian_width(char) in "FW" else 0 if category(char) in ("Mn", "Me") else 1 for char in text)
