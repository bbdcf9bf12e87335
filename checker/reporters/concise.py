"""``concise``: one line a violation, as editors and scripts read it."""

from __future__ import annotations

from checker.model import Bilingual, Report
from checker.reporters.words import location, printable, waiver


def render(report: Report) -> str:
    """Return ``path:line:column: severity rule message`` lines in document order.

    Of a format that shows no lines, ``path:`` and where people find it: ``draft.docx:第 12 段: warning …``.
    What could not be done has lines without a place: drafts that cannot be read, rules that were not evaluated.
    """
    lines = []
    for file in report.files:
        if file.error is not None:
            lines.append(f"{printable(file.path)}: {printable(file.error)}")
        for v in report.shown(file):
            waived = ""
            if v.waived:
                waived = Bilingual("", " ").in_language(report.language) + waiver(v.waived, report.language)
            place = f"{printable(file.path)}:{location(v, report.language)}"
            lines.append(f"{place}: {v.severity} {v.rule} {printable(v.message)}{waived}")
        for outcome in file.rules:
            if outcome.outcome == "not-evaluated":
                reason = printable(outcome.reason or "")
                said = Bilingual(f"未能执行（{reason}）", f"not evaluated ({reason})").in_language(report.language)
                lines.append(f"{printable(file.path)}: {printable(outcome.rule)}: {said}")
    return "".join(f"{line}\n" for line in lines)
