"""``concise``: one line a violation, as editors and scripts read it."""

from __future__ import annotations

from checker.model import Report
from checker.reporters.words import printable


def render(report: Report) -> str:
    """Return ``path:line:column: severity rule message`` lines in document order."""
    lines = []
    for file in report.files:
        if file.error is not None:
            lines.append(f"{printable(file.path)}: {printable(file.error)}")
        for v in file.violations:
            lines.append(f"{printable(file.path)}:{v.line}:{v.column}: {v.severity} {v.rule} {printable(v.message)}")
    return "".join(f"{line}\n" for line in lines)
