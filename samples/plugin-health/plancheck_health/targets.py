"""``plancheck health-targets FILE``: what a plan promises for the health of people, as a table."""

from __future__ import annotations

import click

from checker.commands.options import lang_option, language_of
from checker.model import Bilingual, Plan, Target
from checker.problems import Problem, Unreadable
from checker.reader import shown
from checker.reporters.words import printable

# What a metric of health is about; other targets (专家库成员80名) are means to it.
_HEALTH = ("健康素养", "吸烟率", "近视率", "死亡率", "发病率", "患病率", "预期寿命", "体育锻炼", "全科医生", "知晓率")
_HEADS = (
    Bilingual("指标", "metric"),
    Bilingual("目标", "target"),
    Bilingual("年份", "year"),
    Bilingual("行", "line"),
)
_SIGNS = {"=": "", ">=": "≥", ">": "＞", "<=": "≤", "<": "＜"}


@click.command("health-targets")
@click.argument("path", metavar="FILE")
@lang_option
@click.pass_context
def command(context: click.Context, path: str) -> None:
    """列出方案里的健康指标和目标值 / list what a plan promises for health.

    \b
    例 / example:
      plancheck health-targets draft.txt

    \b
    退出状态 / exit status:
      0  有健康指标 / there are some
      1  没有 / there are none
      2  读不了 / cannot be read
    """
    from tabulate import tabulate

    from checker import parse

    language = language_of(context)
    name = printable(shown(path))
    try:
        plan = parse(path, plugins=context.find_root().params["plugin"])
    except Unreadable as problem:
        raise Problem(Bilingual(f"{name}: {problem.message.zh}", f"{name}: {problem.message.en}")) from problem
    rows = [_row(target, plan) for target in of_health(plan)]
    if not rows:
        zh, en = "没有健康指标", "no targets for health"
        click.echo(Bilingual(zh, en).in_language(language))
        context.exit(1)
    heads = [head.in_language(language) for head in _HEADS]
    click.echo(tabulate(rows, heads, colalign=("left", "right", "right", "right"), disable_numparse=True))


def of_health(plan: Plan) -> list[Target]:
    """Return the targets for the health of people: those of one metric together, by years."""
    found = [one for one in plan.targets if any(word in one.metric for word in _HEALTH)]
    return sorted(found, key=lambda one: (_rank(one), _word(one), one.year or 0, one.span))


def _word(target: Target) -> str:
    return next(word for word in _HEALTH if word in target.metric)


def _rank(target: Target) -> int:
    return _HEALTH.index(_word(target))


def _row(target: Target, plan: Plan) -> list[str]:
    amount = f"{_SIGNS[target.comparator]}{target.value:g}{target.unit}"
    year = "" if target.year is None else str(target.year)
    return [target.metric, amount, year, str(plan.text.position(target.span.start).line)]
