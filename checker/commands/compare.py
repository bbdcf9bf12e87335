"""``plancheck compare``: two rounds of review."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click
from msgspec.structs import replace

from checker.commands import completing
from checker.commands.check import (
    baselines_of,
    by_baselines,
    checked,
    fails,
    read_baseline,
    reviews_for,
    say_unread,
    spare,
    status,
)
from checker.commands.formats import form_for
from checker.commands.options import (
    baseline_option,
    configuration_options,
    fail_on_option,
    host_of,
    lang_option,
    language_of,
    max_size_option,
    more_plugins,
    revisions_option,
    rules_option,
    selection_options,
)
from checker.commands.output import say_problems, write
from checker.comparing import Comparison, compared
from checker.model import Bilingual, FileReport, Report
from checker.problems import Problem, Unreadable
from checker.reader import drafts, missing, shown
from checker.reporters.words import printable

Paths = dict[str, str]
"""By the name under which a draft is paired its path."""


@click.command("compare")
@click.argument("old", metavar="OLD", shell_complete=completing.files)
@click.argument("new", metavar="NEW", shell_complete=completing.files)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "html", "json"]),
    help="报告格式；不写时按 -o 的后缀 / form; by the suffix of -o [text]",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="写入文件 / write it to a file")
@selection_options
@fail_on_option
@baseline_option
@max_size_option
@revisions_option
@click.option("--show-waived", is_flag=True, help="也列出已接受的问题 / show accepted violations, too")
@configuration_options
@rules_option
@more_plugins
@lang_option
@click.pass_context
def command(
    context: click.Context,
    old: str,
    new: str,
    format_: str | None,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    baseline: str | None,
    max_size: int,
    revisions: str,
    show_waived: bool,
    config: str | None,
    no_config: bool,
    rules: tuple[str, ...],
) -> None:
    """比较两轮送审稿：哪些问题已改，哪些仍未改，哪些是新增的 / compare two rounds of review.

    OLD 和 NEW 是两个文件，或两个文件夹；文件夹里的方案按相对路径一一对应。

    OLD and NEW are two files, or two folders: drafts in them belong together by their relative paths.

    \b
    例 / example:
      plancheck compare round-1.txt round-2.txt
      plancheck compare round-1/ round-2/ -o opinion.html

    \b
    退出状态 / exit status:
      0  没有达到 --fail-on 的新增或未改的问题 / nothing new or open
      1  有 / there is
      2  有内容未能检查 / something could not be checked
    """
    language, plugins = language_of(context), host_of(context)
    form = form_for(format_, output)
    both = _paths(old, new, plugins.suffixes)
    spare(output, (old, new), plugins.suffixes, baseline)
    known = read_baseline(baseline)
    reviews = reviews_for(context, select, ignore, rules, config, no_config, max_size, original=revisions == "original")
    report, notes = checked([path for paths in both for path in paths.values()], reviews)
    baselines, wrong = baselines_of(known, reviews)
    report, _ = by_baselines(report, baselines)
    comparison = _compared(both, report, (old, new))
    write(_rendered(comparison, form, show_waived), output)
    say_problems((*notes.problems, *wrong), language)
    if form == "json" or output:
        say_unread(report)
    undone = status(report, "never", bool(notes.problems or wrong))
    context.exit(undone or int(_is_bad(comparison, fail_on)))


def _paths(old: str, new: str, suffixes: Sequence[str]) -> tuple[Paths, Paths]:
    """Return the drafts of both sides by name; raises Problem for a file and a folder, or what is not there."""
    for path in (old, new):
        if path != "-" and not os.path.exists(path):
            name, said = (
                printable(shown(path)),
                missing(path, Bilingual("没有这个文件或文件夹", "no such file or folder")),
            )
            raise Problem(Bilingual(f"{name}: {said.zh}", f"{name}: {said.en}"))
    if old == new == "-":
        zh = "OLD 和 NEW 不能都是标准输入，请把一份存成文件"
        raise Problem(Bilingual(zh, "OLD and NEW cannot both be standard input: save one of them as a file"))
    folders = [path for path in (old, new) if path != "-" and os.path.isdir(path)]
    if len(folders) == 1:
        zh = "一个是文件夹，一个是文件：请写两个文件，或两个文件夹"
        raise Problem(Bilingual(zh, "one is a folder and one a file: give two files, or two folders"))
    if not folders:
        return {new: old}, {new: new}
    return _below(old, suffixes), _below(new, suffixes)


def _below(folder: str, suffixes: Sequence[str]) -> Paths:
    try:
        found = drafts(folder, suffixes)
    except Unreadable as problem:
        name = printable(shown(folder))
        zh, en = problem.message
        raise Problem(Bilingual(f"{name}: {zh}", f"{name}: {en}")) from problem
    return {os.path.relpath(path, folder).replace(os.sep, "/"): path for path in found}


def _compared(both: tuple[Paths, Paths], report: Report, sides: tuple[str, str]) -> Comparison:
    """Return what became of every draft that was checked, those of the new side first and in their order."""
    reports = {_place(file.path): file for file in report.files}

    def of(paths: Paths, name: str) -> FileReport | None:
        if name not in paths:
            return None
        path = shown(paths[name])
        found = reports.get(_place(path))  # the report may have the path of a link that leads to the same draft
        return replace(found, path=path) if found is not None else None

    old, new = both
    order = [*new, *(name for name in old if name not in new)]
    pairs = [(shown(name), of(old, name), of(new, name)) for name in order]
    return Comparison(
        report.version,
        report.packs,
        report.plugins,
        shown(sides[0]),
        shown(sides[1]),
        tuple(compared(*pair) for pair in pairs if pair[1:] != (None, None)),
        report.language,
        report.problems,
    )


def _place(path: str) -> str:
    """Return what the engine knows a draft by: links lead to the same."""
    return path if path == "-" else os.path.realpath(path)


def _rendered(comparison: Comparison, form: str, shows_waived: bool) -> str:
    if form == "json":
        from checker.reporters import comparison_json

        return comparison_json.render(comparison)
    if form == "html":
        from checker.reporters import comparison_html

        return comparison_html.render(comparison, shows_waived)
    if form == "markdown":
        from checker.reporters import comparison_markdown

        return comparison_markdown.render(comparison, shows_waived)
    from checker.reporters import comparison_text

    return comparison_text.render(comparison, shows_waived)


def _is_bad(comparison: Comparison, fail_on: str) -> bool:
    """Say whether something new or still open is as grave as ``fail_on``."""
    return any(
        fails(one.place, fail_on)
        for draft in comparison.drafts
        for one in draft.violations
        if one.state in ("new", "open")
    )
