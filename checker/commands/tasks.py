"""``plancheck tasks``: who leads what, who answers for it, who supports it, by when."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence

import click

from checker.commands import completing
from checker.commands.options import host_of, lang_option, language_of, max_size_option, more_plugins, revisions_option
from checker.commands.output import say_problems, spare_drafts, unread_parts, write
from checker.expressions import keep_new_expressions
from checker.host import Host
from checker.lexicon_extension import use
from checker.matrix import NOTHING, By, Matrix
from checker.model import Bilingual, Plan
from checker.problems import Problem, Unreadable
from checker.reader import load, named_drafts, read, shown
from checker.reporters.words import printable
from checker.tasks import FileTasks, file_tasks

_SUFFIXES = {
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
    "": "table",
}
_FORMATS = ("table", "csv", "xlsx", "markdown", "html", "json")
_WIDE = 120
"""How wide a table is that goes to no terminal."""


@click.command("tasks")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=completing.files)
@click.option(
    "--format", "format_", type=click.Choice(_FORMATS), help="不写时按 -o 的后缀 / by the suffix of -o [table]"
)
@click.option(
    "--by",
    type=click.Choice(["task", "unit"]),
    default="task",
    help="按任务列，或按单位列；json、xlsx、html 总是两样都有 / by task, or by unit; these three hold both [task]",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="写入文件（.csv、.xlsx、.md、.html、.json、.txt）/ write it to a file",
)
@max_size_option
@revisions_option
@more_plugins
@lang_option
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    format_: str | None,
    by: By,
    output: str | None,
    max_size: int,
    revisions: str,
) -> None:
    """列出任务分工：措施、牵头、责任、配合单位，目标，时限 / list the tasks and who is responsible.

    PATH 是文件、文件夹或 -（标准输入）/ files, folders or - for standard input.

    \b
    例 / example:
      plancheck tasks draft.txt
      plancheck tasks draft.txt --by unit
      plancheck tasks draft.txt -o tasks.xlsx

    \b
    退出状态 / exit status:
      0  都读了 / all were read
      2  有文件或插件不能用 / a file or a plugin could not be used
    """
    language = language_of(context)
    plugins = host_of(context)
    form = _format(format_, output)
    if form == "xlsx":
        _require_xlsx(output)
    spare_drafts(output, paths, plugins.suffixes)
    problems = (*plugins.faults, *use(plugins.word_places, plugins.origins, plugins.grammars))
    with plugins.apart():
        files, unread = _read(paths, plugins, max_size, language, revisions == "original")
    keep_new_expressions()
    write(_rendered(Matrix(files, language, by), form), output)
    problems = (*problems, *unread)
    say_problems(problems, language)
    for file in files:
        if file.error is not None:
            click.echo(printable(f"plancheck: {file.path}: {file.error}"), err=True)
        elif not file.tasks and form != "table":  # the table says so itself
            click.echo(printable(f"plancheck: {file.path}: {NOTHING.in_language(language)}"), err=True)
    context.exit(2 if problems or any(file.error is not None for file in files) else 0)


def _read(
    paths: Sequence[str], plugins: Host, max_size: int, language: str, original: bool
) -> tuple[tuple[FileTasks, ...], list[Bilingual]]:
    """Return the task lists of the drafts that ``paths`` name, and what of these could not be read.

    Numbers run through all of them.
    """
    files: list[FileTasks] = []
    unread: list[Bilingual] = []
    first = 1
    for path, wrong in named_drafts(paths, plugins.suffixes):
        try:
            if wrong is not None:
                raise wrong
            plan = _plan(path, plugins, max_size, original)
            files.append(file_tasks(plan, shown(path), first))
            unread += unread_parts(shown(path), plan.text)
        except Unreadable as problem:
            files.append(FileTasks(shown(path), problem.message.in_language(language)))
        first += len(files[-1].tasks)
    return tuple(files), unread


def _plan(path: str, plugins: Host, max_size: int, original: bool) -> Plan:
    """Return one draft; raises Unreadable, for one that a plugin's grammar cannot read, too."""
    from checker.parsing import parsed

    with plugins.apart():
        return parsed(read(load(path, max_size), path, plugins.readers, original), plugins)


def _format(given: str | None, output: str | None) -> str:
    """Return the format: the one that was asked for, else that of the file's suffix. Raises Problem for another."""
    if given is not None or output is None:
        return given or "table"
    suffix = os.path.splitext(output)[1].lower()
    if suffix not in _SUFFIXES:
        known = "、".join(filter(None, _SUFFIXES))
        name = printable(output)
        zh = f"{name}: 后缀 {printable(suffix)} 没有对应的格式；可用的：{known}，或另给 --format"
        en = f"{name}: no format has the suffix {printable(suffix)}; there are {known.replace('、', ', ')}"
        raise Problem(Bilingual(zh, f"{en}, or give --format"))
    return _SUFFIXES[suffix]


def _require_xlsx(output: str | None) -> None:
    """Raise Problem where a workbook cannot be made, before anything is read."""
    if output is None:
        zh, en = (
            "xlsx 不是文字，请用 -o 写入文件，如 -o tasks.xlsx",
            "xlsx is no text: write it to a file, -o tasks.xlsx",
        )
        raise Problem(Bilingual(zh, en))
    from checker.matrix import xlsx

    xlsx.require()


def _rendered(matrix: Matrix, form: str) -> str | bytes:
    """Return the matrix in a format; the module of each is imported only when it is used."""
    if form == "csv":
        from checker.matrix import csv

        return csv.render(matrix)
    if form == "xlsx":
        from checker.matrix import xlsx

        return xlsx.render(matrix)
    if form == "markdown":
        from checker.matrix import markdown

        return markdown.render(matrix)
    if form == "html":
        from checker.matrix import html

        return html.render(matrix)
    if form == "json":
        from checker.matrix import json

        return json.render(matrix)
    from checker.matrix import table

    return table.render(matrix, _columns())


def _columns() -> int:
    """Return how wide the terminal is: of the one where a pager shows what is printed, too."""
    for stream in (sys.__stdout__, sys.__stderr__):
        try:
            if stream is not None and "COLUMNS" not in os.environ:
                return os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            continue
    return shutil.get_terminal_size((_WIDE, 24)).columns
