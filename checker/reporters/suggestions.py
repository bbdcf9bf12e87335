"""What to do about a violation, for reports that are handed to the authors of a draft."""

from __future__ import annotations

from checker.model import Bilingual, Report, Violation


def suggestion(violation: Violation, report: Report) -> str:
    """Return what should stand there, what the rule says to do, and whether ``--fix`` does it; in one line.

    Empty where nobody has said. What the rule says is known to reporters that need ``rules``.
    """
    rule = report.rules.get(violation.rule)
    said = []
    if violation.fix is not None and violation.count == 1:
        said.append(_instead(violation.fix, report.language))
    if rule is not None and rule.help:
        said.append(_in_one_line(rule.help))
    if violation.edits:
        said.append(Bilingual("可用 --fix 自动改正。", "--fix does it.").in_language(report.language))
    return (" " if report.language == "en" else "").join(said)


def _instead(words: str, language: str) -> str:
    if not words:
        return Bilingual("删去。", "Delete it.").in_language(language)
    return Bilingual(f"改为“{words}”。", f"Write “{words}”.").in_language(language)


def _in_one_line(help: str) -> str:
    """Return lines as one: with a space where a word of letters ends or begins one, without between 汉字."""
    line = ""
    for part in map(str.strip, help.splitlines()):
        line += f" {part}" if line and (line[-1].isascii() or part[:1].isascii()) else part
    return line
