"""Rules applied to a plan: which are in force for it, and what comes of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from time import perf_counter
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from checker.checks import CheckType
from checker.conditions import chosen
from checker.engine import Selection
from checker.kinds import LAYOUT_KINDS
from checker.model import Bilingual, Found, Outcome, OutcomeKind, Plan, Violation
from checker.rulebook import Pack, Rule, Rulebook
from checker.soundness import RAISED, Unsound, of_plugin, raised, sound_findings, sound_reason
from checker.violations import violation

if TYPE_CHECKING:
    from checker.configuration import Waiver

TOO_SLOW = Bilingual("超时：规则里的正则表达式太慢", "out of time: a pattern of the rule is too slow")
NO_LAYOUT = Bilingual(
    "这种格式没有版面，Word 和 PDF 文件才有", "this format has no layout, as Word files and PDFs have"
)
# How many rules may give way one to another in a row.
_DEEPEST = 100


def apply_all(
    plan: Plan, rulebook: Rulebook, selection: Selection, language: str, waivers: Sequence[Waiver] = ()
) -> list[tuple[Outcome, list[Violation]]]:
    """Apply each chosen rule; one with ``unless`` stays silent where another has spoken.

    ``waivers`` are those of a configuration for this draft: what they accept is told apart from what they do not.
    """
    applying = Applying(plan, rulebook, selection)
    clock = perf_counter if selection.timed else _no_clock
    results: dict[str, tuple[Outcome, list[Violation]]] = {}
    for rule in rulebook.rules:
        try:
            in_force = applying.in_force(rule)
        except TimeoutError:  # whether a pack that changes it applies
            if selection.chosen(rule, rulebook):
                results[rule.id] = Outcome(rule.id, "not-evaluated", 0, TOO_SLOW.in_language(language)), []
            continue
        if off := applying.switched_off(rule, in_force):
            reason = Bilingual(f"规则包 {off} 关闭了本规则", f"pack {off} switches it off").in_language(language)
            results[rule.id] = Outcome(rule.id, "not-applicable", 0, reason), []
        for one in in_force:
            applied = apply(one, plan, applying.why_not, language, clock, waivers)
            results[rule.id] = _both(results.get(rule.id), applied)
    found = {rule_id for rule_id, (_, violations) in results.items() if violations}
    for rule_id, other in _gives_way(found, {rule.id: rule.definition.unless for rule in rulebook.rules}).items():
        reason = Bilingual(f"{other} 已指出问题", f"{other} has spoken").in_language(language)
        results[rule_id] = (Outcome(rule_id, "not-applicable", 0, reason), [])
    return list(results.values())


def _gives_way(found: set[str], unless: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return which of the rules that found something give way, each to one that does not itself.

    Of rules that give way to one another in a circle, the first by name does.
    """
    gives_way: dict[str, str | None] = {}

    def settle(rule_id: str, depth: int = 0) -> None:
        gives_way[rule_id] = "" if depth < _DEEPEST else None  # until it is known, it is taken to give way
        for other in unless[rule_id] if depth < _DEEPEST else ():
            if other in found:
                if other not in gives_way:
                    settle(other, depth + 1)
                if gives_way[other] is None:
                    gives_way[rule_id] = other
                    return
        gives_way[rule_id] = None

    for rule_id in sorted(found):
        if rule_id not in gives_way:
            settle(rule_id)
    return {rule_id: other for rule_id, other in gives_way.items() if other is not None}


class Applying:
    """Which packs apply to one plan, and so which rules are in force for it.

    Whatever asks for a pack of which that takes too long to tell raises TimeoutError.
    """

    def __init__(self, plan: Plan, rulebook: Rulebook, selection: Selection) -> None:
        self._rulebook, self._selection = rulebook, selection
        self._plan = plan
        self._why_not: dict[str, Bilingual | None] = {}
        for pack in rulebook.packs:
            with suppress(TimeoutError):
                self._why_not[pack.name] = _why_not(pack, plan)

    def selecting(self, selection: Selection) -> Applying:
        """Return the same for another selection; which packs apply is not asked again."""
        other = copy(self)
        other._selection = selection
        return other

    def in_force(self, rule: Rule) -> list[Rule]:
        """Return the rule, or what packs that apply make of it; nothing if it is not chosen.

        Of two changing packs of which one builds on the other, the one that builds on it holds.
        """
        changes = [one for one in self._rulebook.changed.get(rule.id, ()) if self._changes(one)]
        below = {name for one in changes for name in self._rulebook.pack(one.changed_by or "").builds_on}
        in_force = [one for one in changes if one.changed_by not in below] or [rule]
        return [one for one in in_force if self._selection.chosen(one, self._rulebook)]

    def switched_off(self, rule: Rule, in_force: list[Rule]) -> str | None:
        """Return the pack that switches off a rule which would otherwise run; None if there is none."""
        if in_force or not self._selection.chosen(rule, self._rulebook):
            return None
        changes = self._rulebook.changed.get(rule.id, ())
        return next((one.changed_by for one in changes if self._changes(one) and not one.definition.enabled), None)

    def _changes(self, changed: Rule) -> bool:
        """Say whether the pack that changed a rule has a say here: it applies, or was asked for by its name.

        Where packs are asked for by name that bring the rule along, only these have a say.
        """
        select, name = self._selection.select, changed.changed_by or ""
        if name in self._selection.ignore:
            return False
        if name in select:
            return True
        asked = {pack.name for pack in self._rulebook.packs if pack.name in select and changed.pack in pack.builds_on}
        return not asked and self._why_pack_does_not(name) is None

    def why_not(self, rule: Rule) -> Bilingual | None:
        """Return why a rule is not applied to the plan; None if it is."""
        if not self._selection.named(rule) and (reason := self._why_pack_does_not(rule.pack)):
            return reason
        if not chosen(self._plan, "plan", rule.definition.applies_when):
            return Bilingual("规则不适用于本方案", "the rule does not apply to this plan")
        if self._plan.text.layout is None and all(look.node in LAYOUT_KINDS for look in rule.looks):
            return NO_LAYOUT
        return None

    def _why_pack_does_not(self, name: str) -> Bilingual | None:
        if name not in self._why_not:
            raise TimeoutError
        return self._why_not[name]


def _why_not(pack: Pack, plan: Plan) -> Bilingual | None:
    """Return why a pack does not apply to a plan; None if it does."""
    given = pack.definition
    if given.valid is not None:
        signed = plan.metadata.signed_date
        first, last = plan.metadata.period or ((signed.year, signed.year) if signed else given.valid)
        if last < given.valid[0] or first > given.valid[1]:
            years = f"{given.valid[0]}—{given.valid[1]}"
            return Bilingual(f"规则包只适用于{years}年的方案", f"the pack is for plans of {years}")
    if not chosen(plan, "plan", given.applies_when):
        return Bilingual("规则包不适用于本方案", "the pack does not apply to this plan")
    return None


def _both(
    one: tuple[Outcome, list[Violation]] | None, other: tuple[Outcome, list[Violation]]
) -> tuple[Outcome, list[Violation]]:
    """Return what two forms of one rule found, each place and message once."""
    if one is None:
        return other
    known = {(v.line, v.column, v.message) for v in one[1]}
    more = [v for v in other[1] if (v.line, v.column, v.message) not in known]
    outcome = graver(one[0], other[0])
    return replace(outcome, violations=len(one[1]) + len(more)), one[1] + more


def _no_clock() -> float:
    return 0.0


def apply(
    rule: Rule,
    plan: Plan,
    why_not: Callable[[Rule], Bilingual | None],
    language: str,
    clock: Callable[[], float] = _no_clock,
    waivers: Sequence[Waiver] = (),
) -> tuple[Outcome, list[Violation]]:
    """Apply one rule to one plan, unless ``why_not`` says why not: what came of it, and its violations."""
    began = clock()

    def outcome(kind: OutcomeKind, reason: Bilingual | None = None, violations: int = 0) -> Outcome:
        said = reason.in_language(language) if reason else None
        return Outcome(rule.id, kind, violations, said, clock() - began)

    violations: list[Violation] = []
    idle: Bilingual | None = None
    looked = False
    look = rule.looks[0]
    try:
        if reason := why_not(rule):
            return outcome("not-applicable", reason), []
        for look in rule.looks:
            if look.check.waits_for and (waits := sound_reason(look.check.waits_for(look.options))):
                idle = idle or waits
                continue
            nodes = chosen(plan, look.node, look.where)
            if nodes or not look.check.needs_nodes:
                looked = True
                found = sound_findings(look.check.check(nodes, look.options, plan), plan)
                if plan.text.comments or waivers:
                    found = _held_apart(found, rule, nodes, plan, waivers)
                violations += [violation(rule, look, one, plan, language) for one in found]
    except TimeoutError:
        return outcome("not-evaluated", TOO_SLOW), []
    except Unsound as unsound:
        return outcome("not-evaluated", _of_check(look.check, unsound.message)), []
    except RAISED as error:  # a check of a third party may raise anything
        return outcome("not-evaluated", _of_check(look.check, raised(error))), []
    if not looked:
        return outcome("not-applicable", idle or Bilingual("没有可检查的内容", "nothing to look at")), []
    return outcome("failed" if violations else "passed", None, len(violations)), violations


def _held_apart(
    found: Sequence[Found], rule: Rule, nodes: Sequence[Any], plan: Plan, waivers: Sequence[Waiver]
) -> list[Found]:
    from checker.waivers import held_apart

    return [part for one in found for part in held_apart(one, rule.id, nodes, plan, waivers)]


def _of_check(check: CheckType, what: Bilingual) -> Bilingual:
    """Return what is said of a check type that failed, with the plugin that it comes from."""
    zh, en = f"检查类型“{check.name}”{what.zh}", f"check type {check.name!r} {what.en}"
    return of_plugin(check.origin, Bilingual(f"的{zh}", f"({en})")) if check.origin else Bilingual(zh, en)


def graver(one: Outcome | None, other: Outcome) -> Outcome:
    """Return the outcome of a rule that was applied twice: the graver one."""
    if one is None:
        return other
    gravity = ["not-applicable", "passed", "failed", "not-evaluated"]
    worse = max(one, other, key=lambda outcome: gravity.index(outcome.outcome))
    violations, seconds = one.violations + other.violations, one.seconds + other.seconds
    return Outcome(one.rule, worse.outcome, violations, worse.reason, seconds)
