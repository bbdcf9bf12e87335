"""The bundled reporters; each is imported only when it is used."""

from __future__ import annotations

from checker.hookspecs import hookimpl
from checker.model import Report
from checker.reporters import Reporter


@hookimpl
def plancheck_reporters() -> list[Reporter]:
    """Return the reporters of ``checker.reporters``."""
    return [
        Reporter("text", _text),
        Reporter("concise", _concise),
        Reporter("json", _json, suffixes=(".json",)),
        Reporter("html", _html, needs=("rules", "plans"), suffixes=(".html", ".htm")),
    ]


def _text(report: Report) -> str:
    from checker.reporters.text import render

    return render(report)


def _concise(report: Report) -> str:
    from checker.reporters.concise import render

    return render(report)


def _json(report: Report) -> str:
    from checker.reporters.json import render

    return render(report)


def _html(report: Report) -> str:
    from checker.reporters.html import render

    return render(report)
