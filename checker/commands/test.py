"""``plancheck test``: the examples of rules, tried."""

from __future__ import annotations

import os
from collections import Counter

import click

from checker.commands.options import host_of, lang_option, language_of, more_plugins, names, rules_option
from checker.commands.output import say_problems
from checker.engine import Review, Selection, unknown_names
from checker.examples import VERDICTS, Tried, tried_examples
from checker.host import Host
from checker.model import Bilingual
from checker.problems import Problem
from checker.reporters.words import printable
from checker.rulebook import Rule


@click.command("test")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path())
@click.option("--select", multiple=True, metavar="ID,…", help="只试这些规则或规则包 / only these rules or packs [all]")
@click.option("-v", "--verbose", is_flag=True, help="列出每个例子的结果 / say what came of every example")
@rules_option
@more_plugins
@lang_option
@click.pass_context
def command(
    context: click.Context, folder: str | None, select: tuple[str, ...], verbose: bool, rules: tuple[str, ...]
) -> None:
    """试一试规则的例子 / try the examples of rules.

    DIR 是规则包、放规则包的文件夹，或一个规则文件；不写则试全部规则。

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
    退出状态 / exit status: 0 都对 / all well · 1 有误报或漏报 / noisy or missing · 2 规则有错 / a rule has mistakes
    """
    language = language_of(context)
    given = None if folder is None else os.path.dirname(folder) or "." if os.path.isfile(folder) else folder
    if given is not None and not os.path.isdir(given):
        raise Problem(Bilingual(f"{folder}: 没有这个文件或文件夹", f"{folder}: no such file or folder"))
    if folder is not None and os.path.isfile(folder) and not folder.endswith(".yaml"):
        zh = f"{folder}: 不是规则文件；规则文件以 .yaml 结尾，也可以写规则包的文件夹"
        raise Problem(Bilingual(zh, f"{folder}: no rule file; one ends in .yaml, and the folder of a pack will do too"))
    plugins = host_of(context)
    more = [given] if given is not None and not _is_known(given, plugins) else []
    review = Review(Selection(names(select) or ("all",)), language, rules=(*rules, *more), plugins=plugins)
    for unknown in unknown_names(review.selection, review.rulebook):
        say_problems(review.problems, language)
        raise unknown
    tried_rules = [rule for rule in review.rulebook.rules if _is_meant(rule, folder, review)]
    results = {rule.id: list(tried_examples(rule, review.rulebook, language)) for rule in tried_rules}
    for tried in (tried for some in results.values() for tried in some):
        if verbose or tried.verdict not in ("validated", "reported"):
            click.echo(_shown(tried, language))
    bare = [rule for rule, some in results.items() if not some]
    click.echo(_summary([tried for some in results.values() for tried in some], len(results), bare, language))
    say_problems(review.problems, language)
    verdicts = {tried.verdict for some in results.values() for tried in some}
    broken = bool(review.problems) or "not-evaluated" in verdicts or not tried_rules
    context.exit(2 if broken else int(bool(verdicts & {"noisy", "missing"})))


def _is_known(folder: str, plugins: Host) -> bool:
    """Say whether a folder is read anyhow: it holds packs of plugins, bundled ones or others, or is one of them."""
    place = os.path.realpath(folder)
    return any(os.path.realpath(known) in (place, os.path.dirname(place)) for known in plugins.rule_places)


def _is_meant(rule: Rule, folder: str | None, review: Review) -> bool:
    """Say whether a rule is in the folder or file that was given, and among those selected."""
    if folder is not None:
        place, path = os.path.realpath(folder), os.path.realpath(rule.path)
        if path != place and not path.startswith(place + os.sep):
            return False
    return "all" in review.selection.select or review.selection.named(rule)


def _shown(tried: Tried, language: str) -> str:
    """Return what came of an example; where it is wrong, with its lines and what is wrong at each."""
    kind = Bilingual("好例子" if tried.kind == "good" else "坏例子", tried.kind).in_language(language)
    colon = Bilingual("：", ": ").in_language(language)
    why = f"{colon}{printable(tried.example.why)}" if tried.example.why else ""
    verdict = VERDICTS[tried.verdict].in_language(language)
    colour = "green" if tried.verdict in ("validated", "reported") else "red"
    head = f"{click.style(verdict, fg=colour)}  {tried.rule.id}  {kind} {tried.number}{why}"
    if tried.verdict in ("validated", "reported"):
        return head
    if tried.reason is not None:
        return f"{head}\n    {printable(tried.reason)}"
    return head + "".join(_lines(tried, language))


def _lines(tried: Tried, language: str) -> list[str]:
    notes: dict[int, list[str]] = {}
    for line in tried.missing:
        notes.setdefault(line, []).append(
            Bilingual("应当报告，没有报告", "should be reported, is not").in_language(language)
        )
    for violation in tried.noisy:
        said = Bilingual("不应报告：", "should not be reported: ").in_language(language) + violation.message
        notes.setdefault(violation.line, []).append(said)
    width = len(str(len(tried.example.plan.splitlines())))
    shown = []
    for number, text in enumerate(tried.example.plan.splitlines(), start=1):
        mark = ">" if number in notes else " "
        shown.append(f"\n  {mark} {number:{width}} │ {printable(text)}")
        shown += [f"\n    {' ' * width} ╰ {click.style(printable(note), fg='red')}" for note in notes.get(number, ())]
    return [*shown, "\n"]


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
