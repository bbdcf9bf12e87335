"""The examples of rules, tried: good ones stay silent, bad ones are reported at exactly their lines."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

import msgspec
from click import style
from msgspec import Struct
from msgspec.structs import replace

from checker.engine import Selection, check_plan
from checker.host import Host
from checker.model import Bilingual, FileReport, Layout, PageSetup, Setting, Span, Text, Violation
from checker.pack_folders import packs_in
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.reporters.words import printable
from checker.rule_files import Example, ExampleLayout
from checker.rulebook import Rule, Rulebook, made_rule

Verdict = Literal["validated", "reported", "noisy", "missing", "not-evaluated"]

VERDICTS: dict[Verdict, Bilingual] = {
    "validated": Bilingual("好例子没有报告", "validated"),
    "reported": Bilingual("坏例子如期报告", "reported"),
    "noisy": Bilingual("误报", "noisy"),
    "missing": Bilingual("漏报", "missing"),
    "not-evaluated": Bilingual("未能执行", "not evaluated"),
}


class Tried(Struct, frozen=True):
    """What a rule said of one of its examples."""

    rule: Rule
    kind: Literal["good", "bad"]
    number: int
    """Counted from 1 among the good or the bad ones."""
    example: Example
    verdict: Verdict
    missing: tuple[int, ...] = ()
    """Lines at which the rule should have spoken, once for each time."""
    noisy: tuple[Violation, ...] = ()
    """What it said and should not have."""
    reason: str | None = None
    """Why the rule could not be evaluated."""


def unknown_packs(folder: str, plugins: Host) -> list[str]:
    """Return what is to be read beside the packs of plugins, bundled ones and others, for all packs in a folder.

    That is the folder itself, unless some of its packs are those of plugins: two of one name cannot both be read.
    A plugin's own folder may have them deeper down.
    """
    known = {os.path.realpath(pack) for place in plugins.rule_places for pack in packs_in(place)}
    packs = packs_in(folder)
    unknown = [pack for pack in packs if os.path.realpath(pack) not in known]
    if not packs and any(_is_below(pack, folder) for pack in known):
        return []
    return [folder] if unknown == packs else unknown


def rules_below(place: str, rulebook: Rulebook) -> list[Rule]:
    """Return the rules whose files are below a folder, or are the file that is given."""
    return [rule for rule in rulebook.rules if _is_below(rule.path, place)]


def _is_below(path: str, place: str) -> bool:
    path, place = os.path.realpath(path), os.path.realpath(place)
    return path == place or path.startswith(place + os.sep)


def tried_examples(rule: Rule, rulebook: Rulebook, language: str = "zh") -> Iterator[Tried]:
    """Yield what a rule says of each of its examples; it runs alone, whether its pack applies or not."""
    examples = rule.definition.examples
    for number, example in enumerate(examples.good, start=1):
        yield _tried(rule, "good", number, example, rulebook, language)
    for number, example in enumerate(examples.bad, start=1):
        yield _tried(rule, "bad", number, example, rulebook, language)


def report_on(rule: Rule, example: Example, rulebook: Rulebook, language: str = "zh") -> FileReport:
    """Return what a rule, run alone, says of one of its examples."""
    if example.options:
        definition = replace(rule.definition, options={**rule.definition.options, **example.options})
        checks = {look.check.name: look.check for look in rule.looks}
        varied = made_rule(rule.id, rule.pack, definition, checks, rule.path)
        rulebook = Rulebook((replace(rulebook.pack(rule.pack), rules=(varied,), changed=()),))
    text = from_string(example.plan)
    if example.layout is not None:
        text = replace(text, layout=_laid_out(text, example.layout))
    return check_plan(parse_text(text), "example", rulebook, Selection((rule.id,)), language)


def _laid_out(text: Text, given: ExampleLayout) -> Layout:
    """Return the layout of an example; words that a line does not have are set nowhere."""
    settings: list[Setting] = []
    for one in given.settings:
        line = text.line(one.line) if one.line <= len(text.line_starts) else ""
        words = line.strip() if one.words is None else one.words
        if words and words in line:
            start = text.line_starts[one.line - 1] + line.index(words)
            settings.append(Setting(Span(start, start + len(words)), one.font, one.size, one.alignment, one.indent))
    page = PageSetup(0, **msgspec.structs.asdict(given.page))
    return Layout((page,), tuple(sorted(settings, key=lambda setting: setting.span)))


def _tried(
    rule: Rule, kind: Literal["good", "bad"], number: int, example: Example, rulebook: Rulebook, language: str
) -> Tried:
    report = report_on(rule, example, rulebook, language)
    outcome = report.rules[0]
    if outcome.outcome == "not-evaluated":
        return Tried(rule, kind, number, example, "not-evaluated", reason=outcome.reason)
    missing = list(example.at)
    noisy: list[Violation] = []
    for violation in report.violations:
        if violation.line in missing:
            missing.remove(violation.line)
        else:
            noisy.append(violation)
    verdict: Verdict = "missing" if missing else "noisy" if noisy else "validated" if kind == "good" else "reported"
    return Tried(rule, kind, number, example, verdict, tuple(missing), tuple(noisy))


# ------------------------------------------------------------------------------- shown


def shown(tried: Tried, language: str) -> str:
    """Return what came of an example; where it is wrong, with its lines and what is wrong at each."""
    kind = Bilingual("好例子" if tried.kind == "good" else "坏例子", tried.kind).in_language(language)
    colon = Bilingual("：", ": ").in_language(language)
    why = f"{colon}{printable(tried.example.why)}" if tried.example.why else ""
    verdict = VERDICTS[tried.verdict].in_language(language)
    colour = "green" if tried.verdict in ("validated", "reported") else "red"
    head = f"{style(verdict, fg=colour)}  {tried.rule.id}  {kind} {tried.number}{why}"
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
        shown += [f"\n    {' ' * width} ╰ {style(printable(note), fg='red')}" for note in notes.get(number, ())]
    return [*shown, "\n"]
