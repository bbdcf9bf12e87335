"""The bundled reporters; each is imported only when it is used."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from checker.hookspecs import hookimpl
from checker.model import Report
from checker.reporters import Reporter


@hookimpl
def plancheck_reporters() -> list[Reporter]:
    """Return the reporters of ``checker.reporters``."""
    return [
        Reporter("text", _of("text")),
        Reporter("concise", _of("concise")),
        # Before json: the names of SARIF logs may end in .sarif.json.
        Reporter("sarif", _of("sarif"), needs=("rules",), suffixes=(".sarif", ".sarif.json")),
        Reporter("json", _of("json"), suffixes=(".json",)),
        Reporter("markdown", _of("markdown"), needs=("rules", "plans"), suffixes=(".md", ".markdown")),
        Reporter("github", _of("github")),
        Reporter("gitlab", _of("gitlab")),
        Reporter("junit", _of("junit"), needs=("rules",)),
        Reporter("checkstyle", _of("checkstyle")),
        Reporter("html", _of("html"), needs=("rules", "plans"), suffixes=(".html", ".htm")),
        Reporter("docx", _docx, needs=("rules", "plans", "drafts"), suffixes=(".docx",), one_draft=True),
    ]


def _of(module: str) -> Callable[[Report], str | bytes]:
    """Return the function ``render`` of a module of ``checker.reporters``, which is imported when it is called."""

    def render(report: Report) -> str | bytes:
        made: str | bytes = import_module(f"checker.reporters.{module}").render(report)
        return made

    return render


def _docx(report: Report) -> str | bytes:
    from checker.extras import require_to_write

    require_to_write("docx", "docx", writes=".docx")
    return _of("docx")(report)
