"""The rules of a run: packs of YAML files, what packs change of one another, and what was wrong.

A pack that extends another brings that pack's rules along, with its own changes: other options,
severity, message, or switched off. Such a changed rule is a rule of its own beside the
original, so that two packs that extend the same one do not meddle with each other; on a plan
to which the changing pack applies, it takes the place of the original.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec
from msgspec import Struct

from checker import cache
from checker.checks import CheckType
from checker.model import Bilingual
from checker.pack_folders import NOBODY
from checker.results import stamps
from checker.rule_files import LookFile, PackFile, RuleChange, RuleFile


class Look(Struct, frozen=True):
    """One way in which a rule looks at a plan: which nodes, and what has to hold of them."""

    node: str
    where: Mapping[str, Any]
    check: CheckType
    options: Any
    message: Bilingual
    """The template of what is reported."""


class Rule(Struct, frozen=True):
    """A rule that can run: its definition, and its looks with check types and typed options."""

    id: str
    pack: str
    definition: RuleFile
    looks: tuple[Look, ...]
    path: str
    """The file that it comes from."""
    changed_by: str | None = None
    """The pack that changed it; None for the rule as its own pack has it."""

    def title(self, language: str) -> str:
        """Return the title in a language."""
        return self.definition.title_en or self.definition.title if language == "en" else self.definition.title

    def help(self, language: str) -> str:
        """Return what to do about it in a language, in Chinese where there is no other; empty if the rule has none."""
        given = self.definition
        return (given.help_en if language == "en" else None) or given.help or ""


class Pack(Struct, frozen=True):
    """A pack: its own rules in order of their names, and those of other packs as it changes them."""

    name: str
    definition: PackFile
    rules: tuple[Rule, ...]
    path: str
    changed: tuple[Rule, ...] = ()
    builds_on: frozenset[str] = frozenset()
    """The packs that it extends, and those that they extend."""


class Rulebook(Struct, frozen=True, dict=True):
    """All packs of a run, and what was wrong with files that could not be used."""

    packs: tuple[Pack, ...]
    problems: tuple[Bilingual, ...] = ()
    broken: frozenset[str] = frozenset()
    """The ids of rules and the names of packs that are there, but cannot be used."""

    @cached_property
    def rules(self) -> list[Rule]:
        """Every rule of every pack, as its own pack has it."""
        return [rule for pack in self.packs for rule in pack.rules]

    @cached_property
    def changed(self) -> dict[str, list[Rule]]:
        """By the id of a rule, what other packs make of it."""
        found: dict[str, list[Rule]] = {}
        for rule in (rule for pack in self.packs for rule in pack.changed):
            found.setdefault(rule.id, []).append(rule)
        return found

    @cached_property
    def _packs(self) -> dict[str, Pack]:
        return {pack.name: pack for pack in self.packs}

    def pack(self, name: str) -> Pack:
        """Return a pack by its name."""
        return self._packs[name]


class _KeptRule(Struct, frozen=True, array_like=True):
    id: str
    pack: str
    definition: RuleFile
    path: str
    changed_by: str | None


class _KeptPack(Struct, frozen=True, array_like=True):
    name: str
    definition: PackFile
    path: str
    builds_on: tuple[str, ...]
    rules: tuple[_KeptRule, ...]
    changed: tuple[_KeptRule, ...]


def rulebook(
    places: Sequence[str],
    checks: Mapping[str, CheckType],
    origins: Mapping[str, Bilingual] = NOBODY,
    code: Sequence[str] = (),
    left_out: Mapping[str, Bilingual] = NOBODY,
) -> Rulebook:
    """Return the packs in the folders ``places``, as an earlier run has read and tried them if they are the same.

    Rules with mistakes are read anew each time, so that each run says so. ``origins`` are the plugins of
    third parties, by their folders, and ``code`` the stamps of their code, on which rules depend;
    ``left_out`` are those that take no part.
    """
    if left_out:
        from checker.rule_reading import load

        return load(places, checks, origins, left_out)
    name = cache.key("rulebook", *checks, *stamps(places), *code)
    kept = cache.recall("rules", name, tuple[_KeptPack, ...])
    if kept is not None:
        try:
            return Rulebook(tuple(_restored(pack, checks) for pack in kept))
        except Exception:  # a check type of a plugin is not the one it was, or fails: reading the rules says so
            pass
    from checker.rule_reading import load

    made = load(places, checks, origins)
    if not made.problems:
        cache.keep("rules", name, [_stripped(pack) for pack in made.packs])
    return made


def _stripped(pack: Pack) -> _KeptPack:
    rules, changed = (
        tuple(_KeptRule(rule.id, rule.pack, rule.definition, rule.path, rule.changed_by) for rule in some)
        for some in (pack.rules, pack.changed)
    )
    return _KeptPack(pack.name, pack.definition, pack.path, tuple(pack.builds_on), rules, changed)


def _restored(pack: _KeptPack, checks: Mapping[str, CheckType]) -> Pack:
    rules, changed = (
        tuple(made_rule(rule.id, rule.pack, rule.definition, checks, rule.path, rule.changed_by) for rule in some)
        for some in (pack.rules, pack.changed)
    )
    return Pack(pack.name, pack.definition, rules, pack.path, changed, frozenset(pack.builds_on))


def made_rule(
    rule_id: str,
    pack: str,
    definition: RuleFile,
    checks: Mapping[str, CheckType],
    path: str,
    changed_by: str | None = None,
) -> Rule:
    """Return a rule of a definition that was found to have no mistakes."""
    given: tuple[RuleFile | LookFile, ...] = (definition, *definition.also)
    looks = tuple(_look(look, definition, checks) for look in given)
    return Rule(rule_id, pack, definition, looks, path, changed_by)


def changed_rule(base: Rule, change: RuleChange, checks: Mapping[str, CheckType]) -> Rule:
    """Return a rule with a change that was found to have no mistakes."""
    given = base.definition
    definition = msgspec.structs.replace(
        given,
        options={**given.options, **change.options},
        severity=change.severity or given.severity,
        enabled=given.enabled if change.enabled is None else change.enabled,
        message=change.message or given.message,
        # A message that is changed in one language only must not say something else in the other.
        message_en=change.message_en or (None if change.message else given.message_en),
    )
    return made_rule(base.id, base.pack, definition, checks, base.path, base.changed_by)


def with_changes(book: Rulebook, changes: Mapping[str, RuleChange], checks: Mapping[str, CheckType]) -> Rulebook:
    """Return the rules as a person's configuration has them: changed in each form in which packs have them."""

    def changed(rules: Sequence[Rule]) -> tuple[Rule, ...]:
        return tuple(changed_rule(rule, changes[rule.id], checks) if rule.id in changes else rule for rule in rules)

    packs = tuple(
        msgspec.structs.replace(pack, rules=changed(pack.rules), changed=changed(pack.changed)) for pack in book.packs
    )
    return Rulebook(packs, book.problems, book.broken)


def _look(given: RuleFile | LookFile, rule: RuleFile, checks: Mapping[str, CheckType]) -> Look:
    check = checks[given.check]
    options = msgspec.convert(given.options, check.options)
    zh = given.message or rule.message
    # A message of its own in one language only must not say something else in the other.
    en = given.message_en or given.message or rule.message_en or rule.message
    return Look(given.node, given.where, check, options, Bilingual(zh, en))
