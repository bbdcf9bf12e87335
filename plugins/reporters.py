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
        # Before json: the names of SARIF logs may end in .sarif.json.
        Reporter("sarif", _sarif, needs=("rules",), suffixes=(".sarif", ".sarif.json")),
        Reporter("json", _json, suffixes=(".json",)),
        Reporter("markdown", _markdown, needs=("rules", "plans"), suffixes=(".md", ".markdown")),
        Reporter("github", _github),
        Reporter("gitlab", _gitlab),
        Reporter("junit", _junit, needs=("rules",)),
        Reporter("checkstyle", _checkstyle),
        Reporter("html", _html, needs=("rules", "plans"), suffixes=(".html", ".htm")),
    ]


def _text(report: Report) -> str:
    from checker.reporters.text import render

    return render(report)


def _concise(report: Report) -> str:
    from checker.reporters.concise import render

    return render(report)


def _sarif(report: Report) -> str:
    from checker.reporters.sarif import render

    return render(report)


def _json(report: Report) -> str:
    from checker.reporters.json import render

    return render(report)


def _markdown(report: Report) -> str:
    from checker.reporters.markdown import render

    return render(report)


def _github(report: Report) -> str:
    from checker.reporters.github import render

    return render(report)


def _gitlab(report: Report) -> str:
    from checker.reporters.gitlab import render

    return render(report)


def _junit(report: Report) -> bytes:
    from checker.reporters.junit import render

    return render(report)


def _checkstyle(report: Report) -> str:
    from checker.reporters.checkstyle import render

    return render(report)


def _html(report: Report) -> str:
    from checker.reporters.html import render

    return render(report)
