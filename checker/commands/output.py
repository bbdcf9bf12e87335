"""Where a command's result goes: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

import click

from checker.model import Bilingual, Text
from checker.problems import Problem, Unreadable
from checker.reporters.words import printable, printable_lines


def write(made: str | bytes, output: str | None, to_standard_error: bool = False) -> None:
    """Print a report, with colours on a terminal only; or write it to a file, whole or not at all.

    ``to_standard_error`` is for a report without a file of a run whose standard output is a draft.

    That NO_COLOR is minded here as everywhere is seen to in ``cli.main``. Raises Problem for bytes on a terminal,
    and on standard error, which is for people.
    """
    if output is None:
        if isinstance(made, bytes) and (to_standard_error or sys.stdout.isatty()):
            zh, en = "这种报告不是文字，请用 -o 写入文件", "such a report is no text: write it to a file with -o"
            raise Problem(Bilingual(zh, en))
        click.echo(made, nl=False, err=to_standard_error)
        return
    try:
        write_file(output, made if isinstance(made, bytes) else click.unstyle(made).encode(errors="replace"))
    except OSError as error:
        raise cannot_write(output or "-o", error) from error


def cannot_write(path: str, error: OSError) -> Problem:
    """Return the problem that a file or folder cannot be written, with what to do about it."""
    folder, reason = printable(os.path.dirname(path)), error.strerror or str(error)
    zh, en = reason, reason
    if isinstance(error, FileNotFoundError) and folder:
        zh, en = f"没有文件夹 {folder}，请先新建", f"there is no folder {folder}: make it first"
    elif isinstance(error, PermissionError):
        zh, en = "没有写入权限，请换个地方", "no permission to write there: choose another place"
    elif isinstance(error, (NotADirectoryError, FileExistsError)):
        zh, en = "路径中间有同名的文件，请换个地方", "there is a file where a folder should be: choose another place"
    name = printable(path)
    return Problem(Bilingual(f"{name}: 无法写入（{zh}）", f"{name}: cannot be written ({en})"))


def write_all(made: Sequence[tuple[str | bytes, str | None]], to_standard_error: bool = False) -> list[Bilingual]:
    """Write reports, the one for standard output first; return what is wrong with those that cannot be written."""
    wrong = []
    for content, place in sorted(made, key=lambda one: one[1] is not None):
        try:
            write(content, place, to_standard_error)
        except Problem as problem:
            wrong.append(problem.message)
    return wrong


def harmless(text: str) -> str:
    """Return words of a rule file as a terminal may have them: lines, but no commands to the terminal."""
    return printable_lines(text)


def say_problems(problems: Iterable[Bilingual], language: str) -> None:
    """Print what is wrong with rules on standard error; their files may hold anything."""
    for problem in problems:
        click.echo(f"plancheck: {harmless(problem.in_language(language))}", err=True)


def unread_parts(path: str, text: Text) -> list[Bilingual]:
    """Return what of a draft could not be read, with its path: a scanned page among others."""
    name = printable(path)
    return [Bilingual(f"{name}: {problem.zh}", f"{name}: {problem.en}") for problem in text.problems]


def spare_drafts(output: str | None, paths: Sequence[str], suffixes: Sequence[str]) -> None:
    """Refuse to write a result over a draft that it is made of: a run never changes a draft. Raises Problem."""
    if output is None or not os.path.exists(output):
        return
    from checker.reader import drafts

    for path in paths:
        try:
            named = drafts(path, suffixes)
        except Unreadable:
            continue
        if any(draft != "-" and os.path.exists(draft) and os.path.samefile(draft, output) for draft in named):
            name = printable(output)
            raise Problem(
                Bilingual(
                    f"{name}: 是要检查的方案，不能用报告覆盖；请给 -o 另起文件名",
                    f"{name}: is a draft to be checked and must not be overwritten; give -o another name",
                )
            )


def write_file(output: str, data: bytes) -> None:
    """Write a file, whole or not at all; a pipe or device is written to, never replaced. Raises OSError."""
    import tempfile
    from pathlib import Path

    place = Path(output).resolve()  # a link stays a link
    if place.exists() and not place.is_file():
        place.write_bytes(data)
        return
    mode = place.stat().st_mode & 0o777 if place.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".plancheck-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).chmod(mode)
        Path(temporary).replace(place)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
