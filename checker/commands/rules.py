"""``plancheck rules`` and ``plancheck explain``: what the rules are, and what one of them wants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click
import msgspec

from checker.checks import CheckType
from checker.commands.options import both, lang_option, language_of, names, rules_option
from checker.commands.output import harmless, say_problems
from checker.engine import Review, Selection, unknown_names
from checker.host import host
from checker.model import Bilingual, Plan
from checker.nodes import KINDS
from checker.problems import Problem
from checker.reader import load, read
from checker.reporters.words import SEVERITIES, printable
from checker.rule_files import Example, PackFile
from checker.rulebook import Pack, Rule, Rulebook


@click.command("rules")
@click.argument("draft", required=False, metavar="[DRAFT]")
@click.option("--select", multiple=True, metavar="ID,…", help="只列这些规则或规则包 / only these rules or packs [all]")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", help="[table]")
@rules_option
@lang_option
@click.pass_context
def rules_command(
    context: click.Context, draft: str | None, select: tuple[str, ...], format_: str, rules: tuple[str, ...]
) -> None:
    """列出全部规则 / list the rules.

    给出 DRAFT，就说明每条规则对这份方案是否适用 / with a DRAFT: whether each applies to it.

    \b
    例 / example:
      plancheck rules
      plancheck rules draft.txt --select science-literacy
    """
    language = language_of(context)
    review = Review(Selection(names(select) or ("all",)), language, rules=rules)
    for unknown in unknown_names(review.selection, review.rulebook):
        say_problems(review.rulebook.problems, language)
        raise unknown
    plan = _plan(draft, review) if draft is not None else None
    rows = [
        _row(form, review, plan, language)
        for rule in review.rulebook.rules
        if "all" in review.selection.select or review.selection.brings(rule, review.rulebook)
        for form in _forms(rule, review, plan)
    ]
    if not rows and review.rulebook.broken.intersection(review.selection.select):
        say_problems(review.rulebook.problems, language)
        context.exit(2)
    if format_ == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(rows), indent=2).decode())
    else:
        click.echo(_table(rows, language))
    say_problems(review.rulebook.problems, language)
    context.exit(2 if review.rulebook.problems else 0)


def _plan(path: str, review: Review) -> Plan:
    from checker.parser import parse_text

    try:
        return parse_text(read(load(path), path, review.host.readers))
    except Problem as problem:
        name = printable(path)
        raise Problem(Bilingual(f"{name}: {problem.message.zh}", f"{name}: {problem.message.en}")) from problem


def _forms(rule: Rule, review: Review, plan: Plan | None) -> list[Rule]:
    """Return a rule as it is in force for the plan: as its own pack has it, or as packs that apply change it."""
    if plan is None:
        return [rule]
    from checker.applying import Applying

    return Applying(plan, review.rulebook, Selection((rule.id,))).in_force(rule)


def _row(rule: Rule, review: Review, plan: Plan | None, language: str) -> dict[str, Any]:
    given = rule.definition
    pack = review.rulebook.pack(rule.pack)
    changes = [rule] if plan is not None else review.rulebook.changed.get(rule.id, [])
    return {
        "id": rule.id,
        "severity": given.severity,
        "title": rule.title(language),
        "pack": rule.pack,
        "check": given.check,
        "node": given.node,
        "enabled": given.enabled,
        "changed_by": [one.changed_by for one in changes if one.changed_by],
        "applies": _applies(rule, pack, review, plan, language),
    }


def _applies(rule: Rule, pack: Pack, review: Review, plan: Plan | None, language: str) -> str:
    """Return whether a rule applies: to the plan if there is one, else when."""
    if not rule.definition.enabled:
        return Bilingual("只有点名才执行", "only when selected by id").in_language(language)
    if plan is not None:
        from checker.applying import Applying

        reason = Applying(plan, review.rulebook, Selection()).why_not(rule)
        return (reason or Bilingual("适用", "yes")).in_language(language)
    return _when(pack.definition, language)


def _when(pack: PackFile, language: str) -> str:
    conditions = [f"{path} {_condition(wanted, language)}" for path, wanted in pack.applies_when.items()]
    if pack.valid is not None:
        conditions.append(f"{pack.valid[0]}—{pack.valid[1]}")
    return _semicolon(language).join(conditions) or Bilingual("总是", "always").in_language(language)


def _list(names: Iterable[str], language: str) -> str:
    return Bilingual("、", ", ").in_language(language).join(names)


def _semicolon(language: str) -> str:
    return Bilingual("；", "; ").in_language(language)


def _headed(what: Bilingual, text: str, language: str) -> str:
    """Return a line ``what: text`` with the colon of the language."""
    return Bilingual(f"{what.zh}：{text}", f"{what.en}: {text}".rstrip(" ")).in_language(language) + "\n"


def _bracketed(text: str, language: str) -> str:
    return Bilingual(f"（{text}）", f" ({text})").in_language(language)


def _condition(wanted: Any, language: str) -> str:
    if isinstance(wanted, Mapping):
        words = {
            "matches": Bilingual("匹配", "matches"),
            "missing": Bilingual("缺失", "missing"),
            "lt": Bilingual("<", "<"),
            "le": Bilingual("≤", "≤"),
            "gt": Bilingual(">", ">"),
            "ge": Bilingual("≥", "≥"),
        }
        return " ".join(f"{words[name].in_language(language)} {_shown(operand)}" for name, operand in wanted.items())
    values = wanted if isinstance(wanted, list) else [wanted]
    return f"= {_list(map(_shown, values), language)}"


def _shown(given: Any) -> str:
    """Return a value of a condition as a rule has it."""
    return str(given).lower() if isinstance(given, bool) else str(given)


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
@click.argument("name", metavar="ID")
@rules_option
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
    rulebook = Review(language=language, rules=rules).rulebook
    known = {rule.id: rule for rule in rulebook.rules}
    packs = {pack.name: pack for pack in rulebook.packs}
    checks = host().checks
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
        say_problems(rulebook.problems, language)
        context.exit(2)
    if not texts:
        say_problems(rulebook.problems, language)
        raise Problem(_several(name, short) if short else _nothing_named(name, [*known, *packs, *checks, *KINDS]))
    click.echo("\n\n".join(click.style(name, bold=True) + harmless(text.rstrip("\n")) for text in texts))
    say_problems(rulebook.problems, language)
    context.exit(2 if rulebook.problems else 0)


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
    if given.help:
        parts.append(f"{given.help.rstrip()}\n")
    facts = [
        (Bilingual("检查", "looks at"), _looked_at(rule, language)),
        (
            Bilingual("要求", "holds when"),
            _headed(
                Bilingual(given.check, given.check), rule.looks[0].check.description.in_language(language), language
            ).rstrip(),
        ),
        (Bilingual("消息", "message"), rule.looks[0].message.in_language(language)),
        (Bilingual("依据", "basis"), given.basis or ""),
        (Bilingual("让位于", "silent where"), _list(given.unless, language)),
        (Bilingual("启用", "enabled"), "" if given.enabled else "false"),
        (
            Bilingual("规则包", "pack"),
            rule.pack + _bracketed(_when(rulebook.pack(rule.pack).definition, language), language),
        ),
    ]
    parts.append("".join(_headed(what, text, language) for what, text in facts if text))
    parts.append(_options(rule.looks[0].check, given.options, language))
    for changed in rulebook.changed.get(rule.id, ()):
        parts.append(_change(rule, changed, language))
    parts.append(_examples(Bilingual("好例子", "good examples"), given.examples.good, language))
    parts.append(_examples(Bilingual("坏例子", "bad examples"), given.examples.bad, language))
    return "\n".join(part for part in parts if part)


def _looked_at(rule: Rule, language: str) -> str:
    conditions = _semicolon(language).join(
        f"{path} {_condition(wanted, language)}" for path, wanted in rule.definition.where.items()
    )
    return rule.definition.node + (_bracketed(conditions, language) if conditions else "")


def _options(check: CheckType, given: Mapping[str, Any], language: str) -> str:
    """Return the options of a check type with their values: the rule's, else the defaults."""
    fields = msgspec.inspect.type_info(check.options).fields  # type: ignore[attr-defined]
    if not fields:
        return ""
    default_word = Bilingual("默认", "default").in_language(language)
    lines = []
    for field in fields:
        name = field.encode_name
        if name in given:
            shown = _as_yaml(given[name])
        elif field.required:
            shown = Bilingual("必须写", "required").in_language(language)
        else:
            shown = _as_yaml(field.default) + _bracketed(default_word, language)
        lines.append(f"  {name}: {shown}\n      {_description(field.type, language)}\n")
    return _headed(Bilingual("选项", "options"), "", language) + "".join(lines)


def _description(wanted: msgspec.inspect.Type, language: str) -> str:
    if isinstance(wanted, msgspec.inspect.Metadata):
        return both((wanted.extra_json_schema or {}).get("description", ""), language)
    return ""


def _as_yaml(given: Any) -> str:
    """Return a value as it would stand in a rule."""
    import yaml

    plain = msgspec.to_builtins(given) if given is not msgspec.NODEFAULT else None
    text: str = yaml.safe_dump(plain, allow_unicode=True, default_flow_style=True, width=10_000)
    return text.removesuffix("...\n").strip()


def _change(rule: Rule, changed: Rule, language: str) -> str:
    """Return what a pack makes of a rule."""
    before, after = rule.definition, changed.definition
    what = [
        f"{key}: {_as_yaml(after.options[key])}"
        for key in after.options
        if after.options[key] != before.options.get(key)
    ]
    what += [
        f"{name}: {_as_yaml(getattr(after, name))}"
        for name in ("severity", "enabled")
        if getattr(after, name) != getattr(before, name)
    ]
    if changed.looks[0].message.in_language(language) != rule.looks[0].message.in_language(language):
        key = "message_en" if language == "en" and after.message_en else "message"
        what.append(f"{key}: {changed.looks[0].message.in_language(language)}")
    head = Bilingual(f"规则包 {changed.changed_by} 改为", f"pack {changed.changed_by} makes it")
    return _headed(head, "", language) + "".join(f"  {line}\n" for line in what)


def _examples(what: Bilingual, examples: tuple[Example, ...], language: str) -> str:
    if not examples:
        return ""
    parts = [_headed(what, "", language)]
    for example in examples:
        parts.append(f"  · {example.why}\n" if example.why else "  ·\n")
        width = len(str(len(example.plan.splitlines())))
        for number, line in enumerate(example.plan.splitlines(), start=1):
            mark = ">" if number in example.at else " "
            parts.append(f"  {mark} {number:{width}} │ {line}".rstrip() + "\n")
    return "".join(parts)


def _explained_pack(pack: Pack, language: str) -> str:
    given = pack.definition
    title = given.title_en or given.title if language == "en" else given.title
    parts = [f"  {given.version}\n{title}\n"]
    if given.description:
        parts.append(f"{given.description.rstrip()}\n")
    facts = [
        (Bilingual("适用", "applies"), _when(given, language)),
        (Bilingual("基于", "extends"), _list(given.extends, language)),
        (Bilingual("改动的规则", "changes"), _list(given.rules, language)),
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
