"""Rules, packs and check types, tried on examples and small plans."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType
from typing import Any, NamedTuple

import msgspec
from click import unstyle

from checker import engine
from checker.checks import CheckType
from checker.conditions import chosen
from checker.definitions import no_such
from checker.engine import Review, sound_review
from checker.examples import rules_below, shown, tried_examples, unknown_packs
from checker.kinds import KINDS
from checker.model import Bilingual, FileReport
from checker.nodes import path_problem
from checker.nodes import shown as shown_value
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.problems import Problem
from checker.reporters.words import printable
from checker.soundness import sound_findings
from checker.testing.asking import Plugins, failure, host_with, language

_NAME = "plan.txt"
"""How reports name a plan that is given as a string."""


class Finding(NamedTuple):
    """One finding as a person sees it."""

    lines: list[int]
    """The line of its place, then those of its other places."""
    words: str
    """What stands at its place."""
    fields: Mapping[str, str]
    """What it gives the message, in Chinese."""
    fix: str | None


def assert_examples(folder: str | os.PathLike[str] | ModuleType, *, plugins: Plugins = ()) -> None:
    """Try the examples of all rules of the pack that ``folder`` is, or of the packs that it holds.

    ``folder`` may be a package: its folder is meant. Every good example has to stay silent, every bad
    one to be reported at exactly the lines of its ``at``. Each rule is tried alone, whether it is
    enabled and its pack applies or not, as ``plancheck test`` does it. Raises AssertionError with the
    lines of each example that does not do what it promises; for a rule without examples, for a file
    with a mistake, for a plugin that cannot be used, and for a folder without rules, too.

    For example::

        def test_examples() -> None:
            assert_examples(Path(__file__).parent.parent / "plancheck_fitness" / "fitness")
    """
    __tracebackhide__ = True
    place = _folder(folder)
    hosted = host_with(plugins)
    review = Review(language=language(), rules=tuple(unknown_packs(place, hosted)), plugins=hosted)
    if wrong := list(_wrong_in(place, review)):
        zh, en = f"{place}：规则和它们的例子不相符", f"{place}: rules do not do what their examples promise"
        raise failure(Bilingual(zh, en), *wrong)


def _folder(folder: str | os.PathLike[str] | ModuleType) -> str:
    if not isinstance(folder, ModuleType):
        return os.fspath(folder)
    return str(next(iter(folder.__path__))) if hasattr(folder, "__path__") else os.path.dirname(str(folder.__file__))


def _wrong_in(place: str, review: Review) -> Iterator[str]:
    for mistake in review.problems:
        yield "\n".join(map(printable, mistake.in_language(review.language).split("\n")))
    rules = rules_below(place, review.rulebook)
    if not rules:
        yield Bilingual("没有规则", "no rules").in_language(review.language)
    for rule in rules:
        tried = list(tried_examples(rule, review.rulebook, review.language))
        if not tried:
            yield Bilingual(f"{rule.id}：没有例子", f"{rule.id}: has no examples").in_language(review.language)
        for one in tried:
            if one.verdict not in ("validated", "reported"):
                yield unstyle(shown(one, review.language))


def check_text(
    text: str,
    *,
    select: str | Sequence[str] = ("all",),
    ignore: str | Sequence[str] = (),
    rules: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
    plugins: Plugins = (),
    language: str = "zh",
) -> FileReport:
    """Return what ``plancheck check`` reports of a plan given as a string.

    ``select`` and ``ignore`` take ids of rules, names of packs, or ``all``; ``rules`` takes folders of
    more packs; ``language`` (``zh`` or ``en``) is that of the messages. What plugins do with violations
    is done. Raises Problem for an unknown name and for rules, words and plugins with a mistake; and
    where anything could not be done, which a test for silence would overlook: a rule that was not
    evaluated, a plugin that failed over the violations, a grammar that does not read the plan.

    For example::

        report = check_text("一、工作目标\\n新建步道30公里。\\n", select="fitness", plugins="plancheck_fitness")
        assert [(v.rule, v.line) for v in report.violations] == [("fitness/target-year", 2)]
    """
    review = sound_review(select, ignore, language, rules, host_with(plugins))
    report = engine.check_text(from_string(text), _NAME, review)
    undone = [f"{one.rule}: {one.reason or ''}" for one in report.rules if one.outcome == "not-evaluated"]
    for said in (*([report.error] if report.error else []), *undone, *report.problems):
        raise Problem(Bilingual(said, said))
    return report


def findings(
    check: str | CheckType,
    node: str,
    text: str,
    options: Mapping[str, Any] | None = None,
    where: Mapping[str, Any] | None = None,
    *,
    plugins: Plugins = (),
) -> list[Finding]:
    """Return what a check type finds in a plan given as a string, in the order in which it yields it.

    ``check`` is a check type or the name of one, ``node`` the kind of nodes that it gets, ``options``
    and ``where`` are as in a rule file. As in a run, a check type that needs nodes and gets none is not
    asked. Raises Problem for a name, option or condition that is not there, for options that do not
    fit, for what is no finding, and for a place outside of the plan. What the check itself raises is
    let through.

    For example::

        (one,) = findings("budget", "measure", "一、主要任务\\n1.新建步道。投入5亿元。\\n", {"max": 100000})
        assert (one.lines, one.words) == ([2], "5亿元")
    """
    hosted = host_with(plugins)
    review = Review(plugins=hosted)  # reads by the words and grammars of the plugins
    for mistake in (*hosted.faults, *review.problems_of_words):
        raise Problem(mistake)
    kind = check if isinstance(check, CheckType) else hosted.checks.get(check)
    if kind is None:
        raise Problem(no_such(Bilingual("检查类型", "check type"), str(check), sorted(hosted.checks)))
    for mistake in _mistakes(kind, node, options or {}, where or {}):
        raise Problem(mistake)
    given = msgspec.convert(options or {}, kind.options)
    plan = parse_text(from_string(text))
    nodes = chosen(plan, node, where or {})
    if (kind.needs_nodes and not nodes) or (kind.waits_for is not None and kind.waits_for(given)):
        return []  # a run would not ask it
    return [
        Finding(
            [plan.text.position(span.start).line for span in (one.span, *one.others)],
            plan.text.source[one.span.start : one.span.end],
            {name: shown_value(value, "zh") for name, value in one.fields.items()},
            one.fix,
        )
        for one in sound_findings(kind.check(nodes, given, plan), plan)
    ]


def _mistakes(kind: CheckType, node: str, options: Mapping[str, Any], where: Mapping[str, Any]) -> Iterator[Bilingual]:
    """Yield what is wrong with a question to a check type, as reading a rule file would find it."""
    if node not in KINDS:
        yield no_such(Bilingual("节点", "node"), node, sorted(KINDS))
        return
    if kind.nodes and node not in kind.nodes:
        zh = f"检查类型“{kind.name}”不能用于 {node}；可用的节点：{'、'.join(kind.nodes)}"
        yield Bilingual(zh, f"check type {kind.name!r} cannot look at {node}, only at {', '.join(kind.nodes)}")
    for path in where:
        if wrong := path_problem(node, path):
            yield no_such(Bilingual("属性", "attribute"), *wrong)
    fields = [field.encode_name for field in msgspec.structs.fields(kind.options)]
    for name in options:
        if name not in fields:
            yield no_such(Bilingual("选项", "option"), name, fields)
    try:
        typed = msgspec.convert(options, kind.options)
    except msgspec.ValidationError as error:
        yield Bilingual(f"选项不合要求：{error}", f"the options do not fit: {error}")
        return
    for name, mistake in kind.mistakes(typed, node) if kind.mistakes is not None else ():
        yield Bilingual(f"选项 {name}：{mistake.zh}", f"option {name}: {mistake.en}")
