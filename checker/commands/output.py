"""Where a command's result goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from checker.model import Bilingual
from checker.problems import Problem
from checker.reporters.words import printable


def write(text: str, output: str | None) -> None:
    """Print a report, with colours on a terminal only; or write it to a file, whole or not at all.

    That NO_COLOR is minded here as everywhere is seen to in ``cli.main``.
    """
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        _write_file(output, click.unstyle(text))
    except OSError as error:
        name, reason = printable(output) or "-o", error.strerror or str(error)
        raise Problem(Bilingual(f"{name}: 无法写入（{reason}）", f"{name}: cannot be written ({reason})")) from error


def harmless(text: str) -> str:
    """Return words of a rule file as a terminal may have them: lines, but no commands to the terminal."""
    return "\n".join(map(printable, text.split("\n")))


def say_problems(problems: Iterable[Bilingual], language: str) -> None:
    """Print what is wrong with rules on standard error; their files may hold anything."""
    for problem in problems:
        click.echo(f"plancheck: {harmless(problem.in_language(language))}", err=True)


def _write_file(output: str, text: str) -> None:
    """Write a report to a file, whole or not at all; a pipe or device is written to, never replaced."""
    import tempfile
    from pathlib import Path

    place = Path(output).resolve()  # a link stays a link
    if place.exists() and not place.is_file():
        place.write_text(text, encoding="utf-8", newline="\n")
        return
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".plancheck-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(mode)
        Path(temporary).replace(place)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
