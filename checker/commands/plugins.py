"""``plancheck plugins``: which there are, where they come from, what each adds, what is wrong with it."""

from __future__ import annotations

import click
from msgspec import Struct

from checker.commands.options import host_of, lang_option, language_of, more_plugins
from checker.commands.output import say_problems
from checker.engine import Review
from checker.hookspecs import API_VERSION
from checker.host import Host, Plugin
from checker.model import Bilingual
from checker.pack_folders import folders_of_words, pack_name, packs_in, rule_ids
from checker.reporters.words import printable
from checker.schemas import registers
from checker.written_json import written

_WORDS = {
    "packs": Bilingual("规则包", "packs"),
    "rules": Bilingual("规则", "rules"),
    "checks": Bilingual("检查类型", "check types"),
    "readers": Bilingual("读取", "reads"),
    "reporters": Bilingual("报告格式", "report formats"),
    "lexicon": Bilingual("词表", "words"),
    "grammars": Bilingual("语法", "grammars"),
    "violations": Bilingual("对问题的处理", "violations"),
    "commands": Bilingual("命令", "commands"),
}


class PluginJson(Struct):
    """One plugin; ``adds`` has a list of names for each kind of thing that it adds."""

    name: str
    distribution: str | None
    version: str
    bundled: bool
    origin: str
    """Its module or file, as it was named."""
    path: str | None
    api_version: int | str
    adds: dict[str, list[str]]
    problems: list[str]


@click.command("plugins")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    help="给人看，或 JSON / for people, or JSON [text]",
)
@more_plugins
@lang_option
@click.pass_context
def command(context: click.Context, format_: str) -> None:
    """列出插件和它们带来的内容 / list the plugins and what each adds.

    \b
    例 / example:
      plancheck plugins
      plancheck plugins --plugin my_checks.py

    \b
    退出状态 / exit status:
      0  都能用 / all can be used
      2  有插件、规则或词表有错 / something is wrong
    """
    language = language_of(context)
    plugins = host_of(context)
    review = Review(language=language, plugins=plugins)
    listed = [_described(plugin, plugins, review, language) for plugin in (*plugins.bundled, *plugins.third_parties)]
    if format_ == "json":
        click.echo(written(listed), nl=False)
    else:
        click.echo("\n".join(_shown(one, language) for one in listed))
        if not plugins.third_parties:
            click.echo(_none_of_third_parties(plugins).in_language(language))
    of_plugins = {problem for one in listed for problem in one.problems}
    rest = [problem for problem in review.problems if problem.in_language(language) not in of_plugins]
    say_problems([problem for problem in rest if problem not in plugins.faults], language)
    context.exit(2 if review.problems else 0)


def _described(plugin: Plugin, plugins: Host, review: Review, language: str) -> PluginJson:
    bundled = plugin in plugins.bundled
    problems = [plugin.fault.in_language(language)] if plugin.fault else []
    label = plugin.label.in_language(language)
    if not bundled:
        said = (problem.in_language(language) for problem in review.problems if problem not in plugins.faults)
        problems += [problem for problem in said if label in problem]
    return PluginJson(
        name=plugin.name,
        distribution="plancheck" if bundled else plugin.distribution or None,
        version=plugin.version,
        bundled=bundled,
        origin=plugin.origin,
        path=plugin.path or getattr(plugin.object, "__file__", None),
        api_version=API_VERSION if bundled else plugin.api_version,
        adds=_adds_of_bundled(plugin, plugins) if bundled else _adds(plugin),
        problems=problems,
    )


def _adds(plugin: Plugin) -> dict[str, list[str]]:
    given = plugin.given
    if given is None or plugin.fault is not None:
        return {}
    ids = [rule_id for place in given.packs for rule_id in rule_ids(place)]
    words = [*given.words, *folders_of_words(list(given.packs))]
    adds: dict[str, list[str]] = {
        "packs": _packs(given.packs),
        "rules": ids,
        "checks": [check.name for check in given.checks],
        "readers": [reader.name for reader in given.readers],
        "reporters": [reporter.name for reporter in given.reporters],
        "lexicon": _registers(words),
        "grammars": list(given.grammars),
        "violations": ["plancheck_violations"] if given.judges else [],
        "commands": list(given.commands),
    }
    return {kind: names for kind, names in adds.items() if names}


def _adds_of_bundled(plugin: Plugin, plugins: Host) -> dict[str, list[str]]:
    packs = [str(folder) for some in plugins.ask(plugin, "plancheck_rule_packs") for folder in some]
    adds = {
        "packs": _packs(tuple(packs)),
        "rules": [rule_id for place in packs for rule_id in rule_ids(place)],
        "checks": [check.name for some in plugins.ask(plugin, "plancheck_checks") for check in some],
        "readers": [reader.name for some in plugins.ask(plugin, "plancheck_readers") for reader in some],
        "reporters": [reporter.name for some in plugins.ask(plugin, "plancheck_reporters") for reporter in some],
        "commands": list(plugins.own_commands) if plugin.name == "commands" else [],
    }
    return {kind: names for kind, names in adds.items() if names}


def _packs(places: tuple[str, ...]) -> list[str]:
    return [pack_name(pack) for place in places for pack in packs_in(place)]


def _registers(folders: list[str]) -> list[str]:
    from pathlib import Path

    names = {path.stem for folder in folders for path in Path(folder).glob("*.yaml")}
    return [name for name in registers() if name in names]


def _shown(one: PluginJson, language: str) -> str:
    whose = Bilingual("plancheck 自带", "bundled") if one.bundled else None
    named = whose.in_language(language) if whose else f"{one.distribution or one.origin} {one.version}".rstrip()
    api = Bilingual(f"接口版本 {one.api_version}", f"API {one.api_version}").in_language(language)
    lines = [f"{click.style(printable(one.name), bold=True)}  {printable(named)}  {printable(api)}"]
    if one.path:
        lines.append(click.style(printable(one.path), dim=True))
    comma, colon = (Bilingual("、", ", ").in_language(language), Bilingual("：", ": ").in_language(language))
    for kind, names in one.adds.items():
        word = _WORDS[kind].in_language(language)
        listed = _number(len(names), language) if kind == "rules" else comma.join(map(printable, names))
        if kind == "violations":
            listed = Bilingual("补充、修改或去掉", "adds, changes or drops some").in_language(language)
        lines.append(f"{word}{colon}{listed}")
    wrong = Bilingual("有错", "wrong").in_language(language)
    for problem in one.problems:
        first, *rest = problem.split("\n")
        lines.append(click.style(f"{wrong}{colon}{printable(first)}", fg="red"))
        lines += map(printable, rest)
    head, *more = lines
    return "\n".join([head, *(f"    {line}" for line in more)])


def _number(count: int, language: str) -> str:
    return Bilingual(f"{count} 条", str(count)).in_language(language)


def _none_of_third_parties(plugins: Host) -> Bilingual:
    if plugins.allows_third_parties:
        return Bilingual("没有安装第三方插件。", "No plugins of third parties are installed.")
    return Bilingual("第三方插件已关闭。", "Plugins of third parties are turned off.")
