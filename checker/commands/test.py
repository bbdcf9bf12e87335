"""``plancheck test``: the examples of rules, tried."""

from __future__ import annotations

import os
from collections import Counter

import click

from checker.commands import completing
from checker.commands.options import host_of, lang_option, language_of, more_plugins, names, rules_option
from checker.commands.output import say_problems
from checker.engine import Review, Selection, unknown_names
from checker.examples import VERDICTS, Tried, rules_below, shown, tried_examples, unknown_packs
from checker.model import Bilingual
from checker.parsing import unparsed
from checker.problems import Problem
from checker.reader import missing


@click.command("test")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path())
@click.option(
    "--select",
    multiple=True,
    metavar="ID,…",
    shell_complete=completing.rules,
    help="只试这些规则或规则包 / only these rules or packs [all]",
)
@click.option("-v", "--verbose", is_flag=True, help="列出每个例子的结果 / say what came of every example")
@rules_option
@more_plugins
@lang_option
@click.pass_context
def command(
    context: click.Context, folder: str | None, select: tuple[str, ...], verbose: bool, rules: tuple[str, ...]
) -> None:
    """试一试规则的例子 / try the examples of rules.

    DIR 是规则包、放规则包的文件夹，或一个规则文件；不写则试全部规则 /
    a pack, a folder of packs or the file of a rule; all rules without it.

    \b
    每个例子有四种结果 / four outcomes:
      validated  好例子没有报告 / a good example stayed silent
      reported   坏例子如期报告 / a bad one was reported at its lines
      noisy      误报：报告了不该报告的 / reported where it should not be
      missing    漏报：该报告的没有报告 / not reported where it should be

    \b
    例 / example:
      plancheck test
      plancheck test my-county/

    \b
    退出状态 / exit status:
      0  都对 / all well
      1  有误报或漏报 / noisy or missing
      2  规则有错 / a rule has mistakes
    """
    language = language_of(context)
    given = None if folder is None else os.path.dirname(folder) or "." if os.path.isfile(folder) else folder
    if given is not None and not os.path.isdir(given):
        said = missing(folder or "", Bilingual("没有这个文件或文件夹", "no such file or folder"))
        raise Problem(Bilingual(f"{folder}: {said.zh}", f"{folder}: {said.en}"))
    if folder is not None and os.path.isfile(folder) and not folder.endswith(".yaml"):
        zh = f"{folder}: 不是规则文件；规则文件以 .yaml 结尾，也可以写规则包的文件夹"
        raise Problem(Bilingual(zh, f"{folder}: no rule file; one ends in .yaml, and the folder of a pack will do too"))
    plugins = host_of(context)
    more = unknown_packs(given, plugins) if given is not None else []
    review = Review(Selection(names(select) or ("all",)), language, rules=(*rules, *more), plugins=plugins)
    for unknown in unknown_names(review.selection, review.rulebook):
        say_problems(review.problems, language)
        raise unknown
    tried_rules = rules_below(folder, review.rulebook) if folder is not None else review.rulebook.rules
    if "all" not in review.selection.select:
        tried_rules = [rule for rule in tried_rules if review.selection.named(rule)]
    try:
        with plugins.apart():
            results = {rule.id: list(tried_examples(rule, review.rulebook, language)) for rule in tried_rules}
    except Exception as error:  # plancheck's own grammars read whatever there is
        if not plugins.grammars:
            raise
        raise Problem(unparsed(error, plugins)) from error
    for tried in (tried for some in results.values() for tried in some):
        if verbose or tried.verdict not in ("validated", "reported"):
            click.echo(shown(tried, language))
    bare = [rule for rule, some in results.items() if not some]
    click.echo(_summary([tried for some in results.values() for tried in some], len(results), bare, language))
    say_problems(review.problems, language)
    verdicts = {tried.verdict for some in results.values() for tried in some}
    broken = bool(review.problems) or "not-evaluated" in verdicts or not tried_rules
    context.exit(2 if broken else int(bool(verdicts & {"noisy", "missing"})))


def _number(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _summary(tried: list[Tried], rules: int, bare: list[str], language: str) -> str:
    counts = Counter(one.verdict for one in tried)
    zh = f"{rules} 条规则，{len(tried)} 个例子：" + "，".join(
        f"{VERDICTS[verdict].zh} {counts[verdict]}"
        for verdict in VERDICTS
        if counts[verdict] or verdict != "not-evaluated"
    )
    en = f"{_number(rules, 'rule')}, {_number(len(tried), 'example')}: " + ", ".join(
        f"{counts[verdict]} {VERDICTS[verdict].en}"
        for verdict in VERDICTS
        if counts[verdict] or verdict != "not-evaluated"
    )
    if bare:
        zh += f"。没有例子的规则：{'、'.join(bare)}"
        en += f". Rules without examples: {', '.join(bare)}"
    if not rules:
        zh, en = "没有要试的规则。", "There are no rules to try."
        return Bilingual(zh, en).in_language(language)
    return Bilingual(zh + "。", en + ".").in_language(language)
