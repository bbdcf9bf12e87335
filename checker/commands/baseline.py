"""``plancheck baseline``: the violations that are there, written down so that from now on only new ones count."""

from __future__ import annotations

import os

import click

from checker import baseline as baselines
from checker.baseline import Baseline, Changes
from checker.commands import completing
from checker.commands.check import checked, reviews_for, status
from checker.commands.options import (
    configuration_options,
    lang_option,
    language_of,
    max_size_option,
    more_plugins,
    rules_option,
    selection_options,
)
from checker.commands.output import say_problems, write
from checker.model import Bilingual, Report
from checker.problems import Problem
from checker.reader import shown
from checker.reporters.words import printable


@click.command("baseline")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=completing.files)
@click.option(
    "-o",
    "--baseline",
    "place",
    type=click.Path(dir_okay=False),
    default=baselines.DEFAULT,
    metavar="FILE",
    help=f"基线文件 / the baseline [{baselines.DEFAULT}]",
)
@click.option("--update", is_flag=True, help="加上新的问题 / add what is new")
@click.option("--prune", is_flag=True, help="去掉已不存在的问题和方案 / drop what is fixed, and drafts that are gone")
@selection_options
@max_size_option
@configuration_options
@rules_option
@more_plugins
@lang_option
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    place: str,
    update: bool,
    prune: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    max_size: int,
    config: str | None,
    no_config: bool,
    rules: tuple[str, ...],
) -> None:
    """把现有的问题记入基线，以后只算新的 / write down what is there, so that only new violations count.

    PATH 是文件、文件夹或 -（标准输入）/ files, folders or - for standard input.

    没有 --update 和 --prune 时写新的基线，已有的不覆盖；两者可以同时用。
    没有点名的方案、无法检查的方案和未能执行的规则，基线里原有的不动。

    Without --update and --prune, which may stand together, a new baseline is written, never over
    another. What it knows of drafts that are not named or cannot be checked, and of rules that did
    not run, is left alone.

    \b
    例 / example:
      plancheck baseline drafts/
      plancheck check drafts/ --baseline .plancheck-baseline.json
      plancheck baseline drafts/ --update --prune

    \b
    退出状态 / exit status:
      0  已写好 / written
      2  有内容未能检查 / something could not be checked
    """
    language = language_of(context)
    known = _known(place, update, prune)
    report, notes = checked(paths, reviews_for(context, select, ignore, rules, config, no_config, max_size))
    changes = baselines.updated(known, report, adds=update or not prune, prunes=prune)
    # Where nothing could be checked there is nothing to begin a baseline with.
    if os.path.lexists(place) or any(file.error is None for file in report.files):
        write(baselines.encoded(changes.baseline), place)
        click.echo(_said(changes, place).in_language(language))
    say_problems(notes.problems, language)
    _say_undone(report)
    context.exit(status(report, "never", bool(notes.problems)))


def _known(place: str, update: bool, prune: bool) -> Baseline:
    """Return what is to be changed; raises Problem where there is a baseline and nobody asked for it to be changed."""
    name = printable(shown(place))
    if os.path.lexists(place):
        if not (update or prune):
            zh = f"{name}: 已有，不覆盖；加上新的问题用 --update，去掉已不存在的用 --prune"
            en = f"{name}: is there already and stays as it is; --update adds what is new, --prune drops what is gone"
            raise Problem(Bilingual(zh, en))
        return baselines.read(place)
    if prune and not update:
        zh = f"{name}: 没有这个文件，无从去掉；不写 --prune 就写出一份"
        raise Problem(Bilingual(zh, f"{name}: no such file, nothing to prune; without --prune it is written"))
    return Baseline(place)


def _said(changes: Changes, place: str) -> Bilingual:
    baseline, name = changes.baseline, printable(shown(place))
    drafts = len(baseline.drafts)
    zh = f"{name}: 新增 {changes.added} 个问题，去掉 {changes.dropped} 个，现有 {baseline.count} 个（{drafts} 份方案）"
    en = f"{name}: {changes.added} added, {changes.dropped} dropped, {baseline.count} in all"
    return Bilingual(zh, f"{en} ({drafts} draft{'s' if drafts != 1 else ''})")


def _say_undone(report: Report) -> None:
    """Name the drafts and rules that could not be checked: nothing is skipped in silence."""
    for file in report.files:
        said = [file.error] if file.error is not None else list(file.problems)
        said += [f"{one.rule}: {one.reason or ''}" for one in file.rules if one.outcome == "not-evaluated"]
        for one in said:
            click.echo(printable(f"plancheck: {file.path}: {one}"), err=True)
