"""``plancheck rules`` and ``plancheck explain``: what the rules are, and what one of them wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from checker import explaining
from checker.checks import CheckType
from checker.commands import completing
from checker.commands.options import host_of, lang_option, language_of, more_plugins, names, rules_option
from checker.commands.output import harmless, say_problems
from checker.engine import Review, Selection, unknown_names
from checker.kinds import KINDS
from checker.model import Bilingual, Plan
from checker.parsing import parsed
from checker.problems import Problem
from checker.reader import load, read
from checker.reporters.words import SEVERITIES, printable
from checker.rule_files import Example, PackFile
from checker.rulebook import Look, Pack, Rule, Rulebook
from checker.written_json import written

if TYPE_CHECKING:
    from checker.applying import Applying


@click.command("rules")
@click.argument("draft", required=False, metavar="[DRAFT]", shell_complete=completing.files)
@click.option(
    "--select",
    multiple=True,
    metavar="ID,…",
    shell_complete=completing.rules,
    help="只列这些规则或规则包 / only these rules or packs [all]",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    help="表、JSON 或规则手册 / a table, JSON or the manual [table]",
)
@rules_option
@more_plugins
@lang_option
@click.pass_context
def rules_command(
    context: click.Context, draft: str | None, select: tuple[str, ...], format_: str, rules: tuple[str, ...]
) -> None:
    """列出全部规则 / list the rules.

    给出 DRAFT，就说明每条规则对这份方案是否适用 / with a DRAFT: whether each applies to it.

    --format markdown 写规则手册，中英文对照，有全部例子，不看 DRAFT /
    the manual of the rules in both languages, with all examples; takes no DRAFT.

    \b
    例 / example:
      plancheck rules
      plancheck rules draft.txt --select science-literacy
      plancheck rules --rules my-county --select my-county --format markdown > rules.md
    """
    language = language_of(context)
    if format_ == "markdown" and draft is not None:
        raise _draft_of_no_use()
    review = Review(Selection(names(select) or ("all",)), language, rules=rules, plugins=host_of(context))
    for unknown in unknown_names(review.selection, review.rulebook):
        say_problems(review.problems, language)
        raise unknown
    plan = _plan(draft, review) if draft is not None else None
    everything = "all" in review.selection.select
    chosen = [rule for rule in review.rulebook.rules if everything or review.selection.brings(rule, review.rulebook)]
    if not chosen and review.rulebook.broken.intersection(review.selection.select):
        say_problems(review.problems, language)
        context.exit(2)
    if format_ == "markdown":
        click.echo(_manual(chosen, review, rules), nl=False)
    else:
        applying = _applying(plan, review) if plan is not None else None
        rows = [_row(form, review, applying, language) for rule in chosen for form in _forms(rule, applying)]
        click.echo(_json(rows) if format_ == "json" else _table(rows, language))
    say_problems(review.problems, language)
    context.exit(2 if review.problems else 0)


def _draft_of_no_use() -> Problem:
    zh = "--format markdown 写的是规则手册，与方案无关，不要写 DRAFT"
    return Problem(Bilingual(zh, "--format markdown prints the manual, which is the same for every draft: no DRAFT"))


def _plan(path: str, review: Review) -> Plan:
    try:
        with review.host.apart():
            return parsed(read(load(path), path, review.host.readers), review.host)
    except Problem as problem:
        name = printable(path)
        raise Problem(Bilingual(f"{name}: {problem.message.zh}", f"{name}: {problem.message.en}")) from problem


def _manual(chosen: list[Rule], review: Review, places: tuple[str, ...]) -> str:
    """Return the manual of the chosen rules, with the call of the command that prints it."""
    import shlex

    from checker.manual import manual

    select = review.selection.select
    packs = [pack for pack in review.rulebook.packs if "all" in select or pack.name in select]
    call = ["plancheck", "rules", *(word for place in places for word in ("--rules", place))]
    if "all" not in select:
        call += ["--select", ",".join(select)]
    return manual(chosen, packs, review.rulebook, shlex.join([*call, "--format", "markdown"]))


def _applying(plan: Plan, review: Review) -> Applying:
    from checker.applying import Applying

    return Applying(plan, review.rulebook, Selection())


def _forms(rule: Rule, applying: Applying | None) -> list[Rule]:
    """Return a rule as it is in force for the plan: as its own pack has it, or as packs that apply change it."""
    if applying is None:
        return [rule]
    try:
        return applying.selecting(Selection((rule.id,))).in_force(rule)
    except TimeoutError:  # whether a pack that changes it applies
        return [rule]


def _row(rule: Rule, review: Review, applying: Applying | None, language: str) -> dict[str, Any]:
    given = rule.definition
    pack = review.rulebook.pack(rule.pack)
    changes = [rule] if applying is not None else review.rulebook.changed.get(rule.id, [])
    return {
        "id": rule.id,
        "severity": given.severity,
        "title": rule.title(language),
        "pack": rule.pack,
        "check": given.check,
        "node": given.node,
        "enabled": given.enabled,
        "changed_by": [one.changed_by for one in changes if one.changed_by],
        "applies": _applies(rule, pack, applying, language),
    }


def _applies(rule: Rule, pack: Pack, applying: Applying | None, language: str) -> str:
    """Return whether a rule applies: to the plan if there is one, else when."""
    if not rule.definition.enabled:
        return explaining.ONLY_BY_ID.in_language(language)
    if applying is not None:
        from checker.applying import TOO_SLOW

        try:
            reason = applying.why_not(rule)
        except TimeoutError:
            reason = TOO_SLOW
        return (reason or Bilingual("适用", "yes")).in_language(language)
    return _when(pack.definition, language)


def _when(pack: PackFile, language: str) -> str:
    wanted = [*_conditions(pack.applies_when, language), explaining.years(pack)]
    return _semicolon(language).join(filter(None, wanted)) or explaining.ALWAYS.in_language(language)


def _list(names: Iterable[str], language: str) -> str:
    return Bilingual("、", ", ").in_language(language).join(names)


def _semicolon(language: str) -> str:
    return Bilingual("；", "; ").in_language(language)


def _headed(what: Bilingual, text: str, language: str) -> str:
    """Return a line ``what: text`` with the colon of the language."""
    return Bilingual(f"{what.zh}：{text}", f"{what.en}: {text}".rstrip(" ")).in_language(language) + "\n"


def _bracketed(text: str, language: str) -> str:
    return Bilingual(f"（{text}）", f" ({text})").in_language(language)


def _conditions(given: Mapping[str, Any], language: str) -> list[str]:
    def shown(relation: Bilingual, values: Iterable[str]) -> str:
        return f"{relation.in_language(language)} {_list(values, language)}"

    return [
        " ".join((path, *(shown(relation, values) for relation, values in wanted)))
        for path, wanted in explaining.conditions(given)
    ]


def _json(rows: list[dict[str, Any]]) -> str:
    return written(rows).rstrip("\n")


def _table(rows: list[dict[str, Any]], language: str) -> str:
    from tabulate import tabulate

    heads = ["编号", "级别", "要求", "规则包", "检查类型", "适用"]
    if language == "en":
        heads = ["id", "severity", "title", "pack", "check type", "applies"]
    severities = {name: word.in_language(language) for name, word in SEVERITIES.items()}
    shown = [
        [row["id"], severities[row["severity"]], row["title"], row["pack"], row["check"], _with_changes(row, language)]
        for row in rows
    ]
    shown = [[printable(word) for word in row] for row in shown]
    return tabulate(shown, heads, tablefmt="simple", disable_numparse=True)


def _with_changes(row: dict[str, Any], language: str) -> str:
    applies: str = row["applies"]
    packs = _list(row["changed_by"], language)
    return (
        applies + Bilingual(f"（{packs} 有改动）", f" (changed by {packs})").in_language(language) if packs else applies
    )


# ------------------------------------------------------------------------------ explain


@click.command("explain")
@click.argument("name", metavar="ID", shell_complete=completing.subjects)
@rules_option
@more_plugins
@lang_option
@click.pass_context
def explain_command(context: click.Context, name: str, rules: tuple[str, ...]) -> None:
    """说明一条规则、一个规则包、一种检查类型或一种节点 / explain a rule, a pack, a check type or a kind of node.

    \b
    例 / example:
      plancheck explain plan/lead-unit
      plancheck explain required
      plancheck explain measure
    """
    language = language_of(context)
    review = Review(language=language, rules=rules, plugins=host_of(context))
    rulebook = review.rulebook
    known = {rule.id: rule for rule in rulebook.rules}
    packs = {pack.name: pack for pack in rulebook.packs}
    checks = review.host.checks
    short = [rule_id for rule_id in known if rule_id.rpartition("/")[2] == name]
    if len(short) == 1 and name not in {**packs, **checks, **KINDS}:
        name = short[0]  # lead-unit will do for plan/lead-unit
    texts = []  # more than one: plan is a pack and a kind of node
    if name in known:
        texts.append(_explained_rule(known[name], rulebook, language))
    if name in packs:
        texts.append(_explained_pack(packs[name], language))
    if name in checks:
        texts.append(_explained_check(checks[name], language))
    if name in KINDS:
        texts.append(_explained_kind(name, language))
    if not texts and name in rulebook.broken:  # what is wrong with it is all that there is to say
        say_problems(review.problems, language)
        context.exit(2)
    if not texts:
        say_problems(review.problems, language)
        raise Problem(_several(name, short) if short else _nothing_named(name, [*known, *packs, *checks, *KINDS]))
    click.echo("\n\n".join(click.style(name, bold=True) + harmless(text.rstrip("\n")) for text in texts))
    say_problems(review.problems, language)
    context.exit(2 if review.problems else 0)


def _several(name: str, rules: list[str]) -> Bilingual:
    zh = f"有几条规则叫“{name}”，请写明规则包：{'、'.join(rules)}"
    return Bilingual(zh, f"several rules are named {name!r}, give the pack, too: {', '.join(rules)}")


def _nothing_named(name: str, known: list[str]) -> Bilingual:
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1) or get_close_matches(
        name, [one.rpartition("/")[2] for one in known], n=1
    )
    guess = next((one for one in known if near and one.endswith(near[0])), None)
    zh = f"没有名为“{name}”的规则、规则包、检查类型或节点；plancheck rules 列出全部规则。"
    en = f"no rule, pack, check type or kind of node named {name!r}; 'plancheck rules' lists the rules."
    if guess:
        zh, en = f"{zh}您是不是想写“{guess}”？", f"{en} Did you mean {guess!r}?"
    return Bilingual(zh, en)


# The texts that follow begin behind the name, which stands in bold type.


def _explained_rule(rule: Rule, rulebook: Rulebook, language: str) -> str:
    given = rule.definition
    severity = SEVERITIES[given.severity].in_language(language)
    parts = [f"  {severity}\n{rule.title(language)}\n"]
    if advice := rule.help(language).rstrip():
        parts.append(f"{advice}\n")
    facts = [
        *_look(explaining.LOOKS_AT, rule.looks[0], language),
        (explaining.BASIS, given.basis or ""),
        (explaining.SILENT_WHERE, _list(given.unless, language)),
        (explaining.ENABLED, "" if given.enabled else "false"),
        (explaining.APPLIES, _semicolon(language).join(_conditions(given.applies_when, language))),
        (
            explaining.PACK,
            rule.pack + _bracketed(_when(rulebook.pack(rule.pack).definition, language), language),
        ),
    ]
    parts.append("".join(_headed(what, text, language) for what, text in facts if text))
    parts.append(_options(rule.looks[0].check, given.options, language))
    for look, also in zip(rule.looks[1:], given.also, strict=True):
        said = _look(explaining.LOOKS_AT_TOO, look, language)
        parts.append("".join(_headed(what, text, language) for what, text in said))
        parts.append(_options(look.check, also.options, language))
    for changed in rulebook.changed.get(rule.id, ()):
        parts.append(_change(rule, changed, language))
    parts.append(_examples(explaining.GOOD, given.examples.good, language))
    parts.append(_examples(explaining.BAD, given.examples.bad, language))
    return "\n".join(part for part in parts if part)


def _look(what: Bilingual, look: Look, language: str) -> list[tuple[Bilingual, str]]:
    """Return what one look of a rule looks at, when it holds, and what it reports."""
    conditions = _semicolon(language).join(_conditions(look.where, language))
    wanted = _headed(
        Bilingual(look.check.name, look.check.name), look.check.description.in_language(language), language
    )
    return [
        (what, look.node + (_bracketed(conditions, language) if conditions else "")),
        (explaining.HOLDS_WHEN, wanted.rstrip()),
        (explaining.MESSAGE, look.message.in_language(language)),
    ]


def _options(check: CheckType, given: Mapping[str, Any], language: str) -> str:
    """Return the options of a check type with their values: the rule's, else the defaults."""
    lines = []
    for option in explaining.options(check, given):
        shown = explaining.REQUIRED.in_language(language) if option.value is None else option.value
        default = _bracketed(explaining.DEFAULT.in_language(language), language) if option.by_default else ""
        lines.append(f"  {option.name}: {shown}{default}\n      {option.description.in_language(language)}\n")
    return _headed(explaining.OPTIONS, "", language) + "".join(lines) if lines else ""


def _change(rule: Rule, changed: Rule, language: str) -> str:
    """Return what a pack makes of a rule; of its two messages the one in the language."""
    pack, changes = changed.changed_by, explaining.changes(rule.definition, changed.definition)
    keys = [key for key, _ in changes]
    other = "message" if language == "en" and "message_en" in keys else "message_en" if language == "zh" else ""
    head = Bilingual(f"规则包 {pack} 改为", f"pack {pack} makes it")
    return _headed(head, "", language) + "".join(f"  {key}: {value}\n" for key, value in changes if key != other)


def _examples(what: Bilingual, examples: tuple[Example, ...], language: str) -> str:
    if not examples:
        return ""
    parts = [_headed(what, "", language)]
    for example in examples:
        why = example.why or ""
        for name, given in explaining.trial(example):
            why += _bracketed(f"{name.in_language(language)} {given}", language)
        parts.append(f"  · {why}".rstrip() + "\n")
        parts += [f"  {line}\n" for line in explaining.numbered_lines(example)]
    return "".join(parts)


def _explained_pack(pack: Pack, language: str) -> str:
    given = pack.definition
    title = given.title_en or given.title if language == "en" else given.title
    parts = [f"  {given.version}\n{title}\n"]
    if given.description:
        parts.append(f"{given.description.rstrip()}\n")
    facts = [
        (explaining.APPLIES, _when(given, language)),
        (explaining.EXTENDS, _list(given.extends, language)),
        (explaining.CHANGES, _list(given.rules, language)),
        (Bilingual("位置", "place"), pack.path),
    ]
    parts.append("".join(_headed(what, text, language) for what, text in facts if text))
    parts.append("".join(f"  {rule.id}  {rule.title(language)}\n" for rule in pack.rules))
    return "\n".join(parts)


def _explained_check(check: CheckType, language: str) -> str:
    parts = [f"  {check.description.in_language(language)}\n"]
    facts = [
        (Bilingual("可用的节点", "kinds of nodes"), _list(check.nodes or KINDS, language)),
        (Bilingual("消息字段", "fields of messages"), _list(("count", *check.fields), language)),
    ]
    parts.append("".join(_headed(what, text, language) for what, text in facts))
    parts.append(_options(check, {}, language))
    return "\n".join(part for part in parts if part)


def _explained_kind(name: str, language: str) -> str:
    shapes = {
        "text": Bilingual("文字", "text"),
        "number": Bilingual("数", "number"),
        "flag": Bilingual("true 或 false", "true or false"),
        "texts": Bilingual("文字列表", "texts"),
        "date": Bilingual("日期", "day"),
        "node": Bilingual("节点", "node"),
        "nodes": Bilingual("节点列表", "nodes"),
    }
    lines = []
    for attribute, found in KINDS[name].attributes.items():
        shape = shapes[found.shape].in_language(language)
        values = Bilingual(f"：{'、'.join(found.values)}", f": {', '.join(found.values)}").in_language(language)
        more = f" {found.kind}" if found.kind else values if found.values else ""
        lines.append(f"  {attribute}  {shape}{more}\n")
    head = _headed(Bilingual("属性", "attributes"), "", language)
    kind_word = Bilingual("节点", "a kind of node").in_language(language)
    return f"  {kind_word}\n{head}{''.join(lines)}"
