"""Configurations read from files: what is wrong with one is told with file and line, and nothing of it is used."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from checker import cache
from checker.checks import CheckType
from checker.configuration import (
    Configuration,
    ConfigurationFile,
    PerFile,
    Settings,
    Source,
    Waiver,
    merged,
)
from checker.definitions import Definition
from checker.engine import name_problem
from checker.model import Bilingual, Severity
from checker.reviews import NAME
from checker.rule_files import RuleChange
from checker.rule_validation import check_message, check_options
from checker.rulebook import Rulebook


def configuration(path: str, packs: Mapping[str, str]) -> Configuration:
    """Return the configuration in a file, from the cache if nothing of it has changed.

    ``packs`` are the folders of packs by their names, for ``extends``.
    """
    place = os.path.realpath(path)
    name = cache.key("configuration", cache.package_stamp(), place, *packs.values())
    known = cache.recall("configurations", name, Configuration)
    if known is not None and all(digest_of(one.path) == one.digest for one in known.sources):
        return known
    made = _Reading(packs).read(place, ())
    if not made.problems:
        cache.keep("configurations", name, made)
    return made


def digest_of(path: str) -> str:
    """Return a digest of a file's bytes; empty where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return cache.digest(file.read()).hex()
    except OSError:
        return ""


class _Reading:
    """A configuration as it is read, with those that it builds on."""

    def __init__(self, packs: Mapping[str, str]) -> None:
        self._packs = packs

    def read(self, path: str, through: tuple[str, ...]) -> Configuration:
        digest = digest_of(path)
        file = Definition(Path(path), holds_dates=True)
        given: ConfigurationFile | None = ConfigurationFile() if file.is_empty else file.holds(ConfigurationFile)
        if given is None:
            return Configuration(path, (Source(path, digest),), problems=tuple(file.problems))
        for index, one in enumerate(given.waivers):
            if one.section is None and one.measure is None and not one.files:
                zh = "没有写明在哪里：写上 section（章节编号）或 measure（措施标题），至少写 files"
                en = "it says not where: give 'section' or 'measure', or at least 'files'"
                file.report(f".waivers[{index}]", Bilingual(zh, en))
        base = Configuration(path)
        for index, name in enumerate(given.extends):
            other = self._extended(file, f".extends[{index}]", name, (*through, path))
            if other is not None:
                base = _together(base, other)
        made = _together(base, self._own(file, given, path))
        problems = (*base.problems, *file.problems)
        if problems:  # half of a configuration would find half of what it should
            return Configuration(path, (*base.sources, Source(path, digest)), problems=problems)
        return Configuration(
            path,
            (*base.sources, Source(path, digest)),
            made.plugins,
            made.settings,
            made.folders,
            made.exclude,
            made.per_file,
            made.waivers,
            made.baseline,
            made.origins,
        )

    def _extended(self, file: Definition, at: str, name: str, through: tuple[str, ...]) -> Configuration | None:
        """Return the configuration that another builds on: a pack's, or the one in a file."""
        looks_like_path = name.endswith((".yaml", ".yml")) or "/" in name or os.sep in name
        if looks_like_path:
            path = os.path.join(os.path.dirname(through[-1]), os.path.expanduser(name))
        elif name in self._packs:
            path = os.path.join(self._packs[name], NAME)
            if not os.path.isfile(path):
                zh, en = f"规则包“{name}”没有带配置（{NAME}）", f"pack {name!r} has no {NAME}"
                file.report(at, Bilingual(zh, en))
                return None
        else:
            file.unknown(at, Bilingual("规则包", "pack"), name, sorted(self._packs))
            return None
        path = os.path.join(path, NAME) if os.path.isdir(path) else path
        if not os.path.isfile(path):
            file.report(at, Bilingual(f"没有这个文件：{path}", f"no such file: {path}"))
            return None
        place = os.path.realpath(path)
        if place in through:
            circle = " → ".join((*through[through.index(place) :], place))
            file.report(at, Bilingual(f"循环引用：{circle}", f"they extend one another: {circle}"))
            return None
        return self.read(place, through)

    def _own(self, file: Definition, given: ConfigurationFile, path: str) -> Configuration:
        """Return what one file says itself."""
        folder = os.path.dirname(path)

        def at(place: str) -> str:
            return f"{path}:{file.line_of(place)}"

        names = tuple(name for name in given.packs if not _is_folder(name))
        folders = tuple(os.path.join(folder, os.path.expanduser(name)) for name in given.packs if name not in names)
        for index, name in enumerate(given.packs):
            if name in names and name not in self._packs:
                file.unknown(f".packs[{index}]", Bilingual("规则包", "pack"), name, sorted(self._packs))
        in_use = (*names, *(pack for one in folders for pack in _names_of_packs(one)))
        origins = {
            f"{key} {name}": at(f".{key}") for key in ("packs", "plugins", "exclude") for name in getattr(given, key)
        }
        for key in ("select", "ignore"):
            for index, name in enumerate(getattr(given, key) or ()):
                origins[f"{key} {name}"] = at(f".{key}[{index}]")
        for rule in given.severities:
            origins[f"rules {rule} severity"] = at(f".severities.{rule}")
        for rule, change in given.rules.items():
            for what in _changed(change):
                origins[f"rules {rule} {what}"] = at(f".rules.{rule}.{what.replace(' ', '.')}")
        if given.baseline is not None:
            origins["baseline"] = at(".baseline")
        return Configuration(
            path,
            (),
            tuple(os.path.join(folder, name) if name.endswith(".py") else name for name in given.plugins),
            Settings(given.select, given.ignore, in_use, _changes(given.severities, given.rules)),
            folders,
            tuple((folder, pattern) for pattern in given.exclude),
            tuple(
                PerFile(
                    folder,
                    part.files,
                    part.select,
                    part.ignore,
                    _changes(part.severities, part.rules),
                    at(f".per_file[{index}]"),
                )
                for index, part in enumerate(given.per_file)
            ),
            tuple(
                Waiver(
                    one.rule,
                    one.reason,
                    one.section,
                    one.measure,
                    folder,
                    one.files,
                    one.by,
                    one.until,
                    path,
                    file.line_of(f".waivers[{index}]"),
                )
                for index, one in enumerate(given.waivers)
            ),
            os.path.join(folder, given.baseline) if given.baseline is not None else None,
            origins,
        )


def _together(first: Configuration, then: Configuration) -> Configuration:
    """Return what two configurations say, one behind the other."""
    a, b = first.settings, then.settings
    settings = Settings(
        a.select if b.select is None else b.select,
        (*a.ignore, *b.ignore),
        b.packs or a.packs,
        merged(a.changes, b.changes),
    )
    return Configuration(
        first.path,
        (*first.sources, *then.sources),
        (*first.plugins, *then.plugins),
        settings,
        tuple(dict.fromkeys((*first.folders, *then.folders))),
        (*first.exclude, *then.exclude),
        (*first.per_file, *then.per_file),
        (*first.waivers, *then.waivers),
        then.baseline or first.baseline,
        {**first.origins, **then.origins},
        (*first.problems, *then.problems),
    )


def _changes(severities: Mapping[str, Severity], rules: Mapping[str, RuleChange]) -> dict[str, RuleChange]:
    return merged({rule: RuleChange(severity=severity) for rule, severity in severities.items()}, rules)


def _changed(change: RuleChange) -> Iterator[str]:
    """Yield what a change changes: ``options than``, ``severity``."""
    yield from (f"options {name}" for name in change.options)
    for key in ("severity", "enabled", "message", "message_en"):
        if getattr(change, key) is not None:
            yield key


def _is_folder(name: str) -> bool:
    return "/" in name or os.sep in name or name in (".", "..")


def _names_of_packs(place: str) -> list[str]:
    from checker.pack_folders import pack_name, packs_in

    return [pack_name(pack) for pack in packs_in(place)]


# ------------------------------------------------------------- held against the rules


def mistakes(made: Configuration, book: Rulebook, checks: Mapping[str, CheckType]) -> list[Bilingual]:
    """Return which names in a configuration name nothing, and which changes do not fit their rules."""
    found: list[Bilingual] = []
    for source in made.sources:
        file = Definition(Path(source.path), holds_dates=True)
        if isinstance(file.data, dict) and not file.ambiguous:
            _hold(file, "", file.data, book, checks)
            for index, part in enumerate(file.data.get("per_file") or ()):
                _hold(file, f".per_file[{index}]", part, book, checks)
            for index, waiver in enumerate(file.data.get("waivers") or ()):
                _check_name(file, f".waivers[{index}].rule", waiver["rule"], book)
        found += file.problems
    return found


def _hold(file: Definition, at: str, given: Mapping[str, Any], book: Rulebook, checks: Mapping[str, CheckType]) -> None:
    for key in ("select", "ignore"):
        for index, name in enumerate(given.get(key) or ()):
            _check_name(file, f"{at}.{key}[{index}]", name, book)
    rules = {rule.id: rule for rule in book.rules}
    for rule_id in given.get("severities") or ():
        if rule_id not in rules and (wrong := name_problem(rule_id, book) or _a_rule(rule_id)):
            file.report(f"{at}.severities.{rule_id}#key", wrong)
    for rule_id, change in (given.get("rules") or {}).items():
        place = f"{at}.rules.{rule_id}"
        if rule_id in book.broken:
            continue  # its own mistakes are told where they are
        if rule_id not in rules:
            file.report(f"{place}#key", name_problem(rule_id, book) or _a_rule(rule_id))
            continue
        rule = rules[rule_id]
        look, definition = rule.looks[0], rule.definition
        options = check_options(
            file, f"{place}.options", change.get("options") or {}, definition.node, look.check, definition.options
        )
        for key in ("message", "message_en"):
            if template := change.get(key):
                check_message(file, f"{place}.{key}", template, definition.node, look.check, options)


def _a_rule(name: str) -> Bilingual:
    return Bilingual(f"“{name}”是规则包；这里要写规则，如 {name}/…", f"{name!r} is a pack; a rule is needed: {name}/…")


def _check_name(file: Definition, at: str, name: str, book: Rulebook) -> None:
    if wrong := name_problem(name, book):
        file.report(at, wrong)
