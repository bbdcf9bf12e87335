"""``plancheck check --show-config``: what holds for each draft, and which file and line says so."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import click

from checker.commands.output import say_problems
from checker.configuration import Configuration, PerFile, matches
from checker.model import Bilingual
from checker.problems import Unreadable
from checker.reader import drafts, shown
from checker.reporters.words import printable
from checker.reviews import Asked, Reviews
from checker.rule_files import RuleChange

Row = tuple[str, str, str]
"""A setting, its value, and where it is from."""


def show(paths: Sequence[str], reviews: Reviews) -> int:
    """Print what holds for every draft that ``paths`` name; return the exit status."""
    from tabulate import tabulate

    language = reviews.language
    status = 0
    heads = ["设置", "值", "来自"] if language == "zh" else ["setting", "value", "from"]
    for path in paths:
        try:
            found = drafts(path, reviews.host.suffixes)
        except Unreadable as problem:
            click.echo(f"plancheck: {printable(shown(path))}: {problem.message.in_language(language)}", err=True)
            status = 2
            continue
        for draft in map(reviews.name_of, found):
            rows = [tuple(map(printable, row)) for row in _rows(draft, reviews)]
            click.echo(click.style(printable(shown(draft)), bold=True))
            click.echo(tabulate(rows, heads, disable_numparse=True) + "\n")
    problems = list(dict.fromkeys(problem for review in reviews.used for problem in review.problems))
    say_problems(problems, language)
    return 2 if problems else status


def _rows(draft: str, reviews: Reviews) -> Iterator[Row]:
    made, language = reviews.configuration_of(draft), reviews.language
    none = Bilingual("没有", "none").in_language(language)
    yield Bilingual("配置", "configuration").in_language(language), _relative(made.path) if made else none, ""
    for source in made.sources[:-1] if made else ():
        yield "extends", _relative(source.path), ""
    if reviews.is_left_out(draft):
        yield (
            "exclude",
            Bilingual("不检查", "not checked").in_language(language),
            _of_exclude(draft, made, reviews.asked),
        )
    if made is None:
        made = Configuration("")
    parts = [part for part in made.per_file if matches(part.folder, part.patterns, draft)]
    yield from _names("packs", made.settings.packs, made)
    yield from _selected(made, parts, reviews.asked)
    yield from _names("ignore", made.settings.ignore, made)
    yield from (("ignore", name, _place(part.origin)) for part in parts for name in part.ignore)
    yield from (("ignore", name, "--ignore") for name in reviews.asked.ignore)
    changed: dict[tuple[str, str], tuple[str, str]] = {}
    for rule, change in made.settings.changes.items():
        for what, value in _values(change):
            changed[rule, what] = (value, _place(made.origins.get(f"rules {rule} {what}", "")))
    for part in parts:
        for rule, change in part.changes.items():
            for what, value in _values(change):
                changed[rule, what] = (value, _place(part.origin))
    yield from ((f"{rule} {what}", value, where) for (rule, what), (value, where) in changed.items())
    for waiver in made.waivers:
        if not waiver.patterns or matches(waiver.folder, waiver.patterns, draft):
            at = " ".join(word for word in (waiver.section, waiver.measure) if word)
            yield "waivers", f"{waiver.rule} {at}".rstrip(), f"{_relative(waiver.path)}:{waiver.line}"
    if made.baseline is not None:
        yield "baseline", _relative(made.baseline), _place(made.origins.get("baseline", ""))


def _selected(made: Configuration, parts: Sequence[PerFile], asked: Asked) -> Iterator[Row]:
    if asked.select:
        yield from (("select", name, "--select") for name in asked.select)
        return
    for part in reversed(parts):
        if part.select is not None:
            yield from (("select", name, _place(part.origin)) for name in part.select)
            return
    if made.settings.select is None:
        yield "select", "all", Bilingual("默认", "default").in_language(asked.language)
    else:
        yield from _names("select", made.settings.select, made)


def _names(key: str, names: Sequence[str], made: Configuration) -> Iterator[Row]:
    yield from ((key, name, _place(made.origins.get(f"{key} {name}", ""))) for name in names)


def _values(change: RuleChange) -> Iterator[tuple[str, str]]:
    yield from ((f"options {name}", str(value)) for name, value in change.options.items())
    for key in ("severity", "enabled", "message", "message_en"):
        if (value := getattr(change, key)) is not None:
            yield key, str(value).lower() if isinstance(value, bool) else str(value)


def _of_exclude(draft: str, made: Configuration | None, asked: Asked) -> str:
    if made is not None and made.excludes(draft):
        return _place(next((where for key, where in made.origins.items() if key.startswith("exclude ")), ""))
    return "--exclude"


def _place(origin: str) -> str:
    path, _, line = origin.rpartition(":")
    return f"{_relative(path)}:{line}" if path else origin


def _relative(path: str) -> str:
    """Return a path as short as it can be told from here."""
    here = os.path.relpath(path)
    return path if here.startswith(os.pardir) and len(here) > len(path) else here
