"""``github``: annotations of GitHub Actions, one a violation, beside the lines of a pull request.

The commands and how they are escaped: packages/core/src/command.ts of actions/toolkit, and its reader,
src/Runner.Common/ActionCommand.cs of actions/runner.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.model import Bilingual, FileReport, Report, Severity, Violation
from checker.places import line_of_file
from checker.reporters.locations import last_line, path_below
from checker.reporters.undone import undone
from checker.reporters.words import full_message, location, printable, printable_lines

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report) -> str:
    """Return a line for each violation, each thing that could not be done, and each mistake of rules and plugins."""
    lines = [line for file in report.files for line in _file(file, report)]
    lines += [_command("error", problem, title="plancheck") for problem in report.problems]
    return "".join(f"{line}\n" for line in lines)


def _file(file: FileReport, report: Report) -> Iterator[str]:
    language = report.language
    path = path_below(file.path, "GITHUB_WORKSPACE")
    for violation in report.shown(file):
        yield _violation(violation, path, language)
    title = Bilingual("未能检查", "not checked").in_language(language)
    for one in undone(file, language):
        # The log of a run shows nothing but the message: it says where, too.
        yield _command("error", f"{path}: {one.message}", file=path, title=one.rule or title)


def _violation(v: Violation, path: str, language: str) -> str:
    last = last_line(v)
    columns = {}
    if last == v.line == v.end_line:  # on several lines GitHub takes no columns
        columns = {"col": v.column, "endColumn": max(v.column, v.end_column - 1)}
    said = f"{path}:{location(v, language)}: {v.rule} {full_message(v, language)}"
    if v.place is not None:  # without columns, and without a line where the file has none
        lines = {} if (line := line_of_file(v)) is None else {"line": line}
        return _command(_COMMANDS[v.severity], said, file=path, **lines, title=v.rule)
    return _command(
        _COMMANDS[v.severity], said, file=path, line=v.line, endLine=max(v.line, last), **columns, title=v.rule
    )


def _command(name: str, said: str, **properties: str | int) -> str:
    given = ",".join(f"{key}={printable(str(value)).translate(_PROPERTY)}" for key, value in properties.items())
    return f"::{name} {given}::{printable_lines(said).translate(_DATA)}"
