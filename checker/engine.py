"""The whole run, in the order in which it happens."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from string import Formatter
from time import perf_counter

from msgspec import Struct
from msgspec.structs import replace

from checker import __version__
from checker.conditions import chosen
from checker.folding import fold
from checker.host import Host
from checker.model import Bilingual, FileReport, Found, Outcome, OutcomeKind, Plan, Report, Section, Span, Violation
from checker.nodes import section_of, value
from checker.nodes import shown as shown_value
from checker.numerals import chinese
from checker.problems import Problem, Unreadable
from checker.reader import MAX_SIZE, drafts, load, read, shown
from checker.results import Results
from checker.rulebook import Pack, Rule, Rulebook


class Selection(Struct, frozen=True):
    """Which rules run: ids, packs or ``all``."""

    select: tuple[str, ...] = ("all",)
    ignore: tuple[str, ...] = ()
    timed: bool = False
    """True to say of each rule how long it took."""

    def chosen(self, rule: Rule, rulebook: Rulebook) -> bool:
        """Say whether a rule is to run; one that is not enabled only by its own id."""
        if rule.id in self.ignore or rule.pack in self.ignore or "all" in self.ignore:
            return False
        if rule.id in self.select:
            return True
        return rule.definition.enabled and ("all" in self.select or self._names_pack_of(rule, rulebook))

    def named(self, rule: Rule, rulebook: Rulebook) -> bool:
        """Say whether a rule was asked for by its id or pack: it runs even if its pack does not apply."""
        return rule.id in self.select or self._names_pack_of(rule, rulebook)

    def _names_pack_of(self, rule: Rule, rulebook: Rulebook) -> bool:
        """Say whether the rule's pack is named, or a pack that builds on it: that one brings its rules along."""
        return rule.pack in self.select or any(
            pack.name in self.select and rule.pack in pack.builds_on for pack in rulebook.packs
        )


EVERYTHING = Selection()


def check_paths(
    paths: Sequence[str],
    host: Host,
    rulebook: Rulebook,
    selection: Selection = EVERYTHING,
    language: str = "zh",
    max_size: int = MAX_SIZE,
    results: Results | None = None,
) -> Report:
    """Read, parse and check every draft that ``paths`` name."""
    files: list[FileReport] = []
    seen: set[str] = set()
    for path in paths:
        try:
            found = drafts(path, host.suffixes)
        except Unreadable as problem:
            files.append(FileReport(shown(path), error=problem.message.in_language(language)))
            continue
        for draft in found:
            place = draft if draft == "-" else os.path.realpath(draft)
            if place not in seen:  # a folder and a file in it: the draft is checked once
                seen.add(place)
                files.append(check_file(draft, host, rulebook, selection, language, max_size, results))
    packs = {pack.name: pack.definition.version for pack in rulebook.packs}
    return Report(__version__, packs, tuple(files), language)


def check_file(
    path: str,
    host: Host,
    rulebook: Rulebook,
    selection: Selection,
    language: str = "zh",
    max_size: int = MAX_SIZE,
    results: Results | None = None,
) -> FileReport:
    """Read, parse and check one draft; one that cannot be read gets a report that says why."""
    try:
        data = load(path, max_size)
        known = results.get(path, data) if results else None
        if known is not None:
            return known
        text = read(data, path, host.readers)
    except Unreadable as problem:
        return FileReport(shown(path), error=problem.message.in_language(language))
    from checker.parser import parse_text  # an unchanged draft needs neither parser nor lark

    report = check_plan(parse_text(text), shown(path), rulebook, selection, language)
    if results:
        results.put(path, data, report)
    return report


def check_plan(
    plan: Plan, path: str, rulebook: Rulebook, selection: Selection = EVERYTHING, language: str = "zh"
) -> FileReport:
    """Apply the chosen rules to a plan and to the other plans of its file; document order."""
    violations: list[Violation] = []
    outcomes: dict[str, Outcome] = {}
    for one in (plan, *plan.plans):
        applied = _apply_all(one, rulebook, selection, language)
        for outcome, found in applied:
            violations += found
            outcomes[outcome.rule] = _together(outcomes.get(outcome.rule), outcome)
    violations.sort(key=lambda violation: (violation.line, violation.column, violation.rule))
    return FileReport(
        path, plan.text.format, plan.text.encoding, None, tuple(_fingerprinted(violations)), tuple(outcomes.values())
    )


def _apply_all(
    plan: Plan, rulebook: Rulebook, selection: Selection, language: str
) -> list[tuple[Outcome, list[Violation]]]:
    """Apply each chosen rule; one with ``unless`` stays silent where another has spoken."""
    applying = _Applying(plan, rulebook, selection)
    clock = perf_counter if selection.timed else _no_clock
    results: dict[str, tuple[Outcome, list[Violation]]] = {}
    for rule in rulebook.rules:
        for one in applying.in_force(rule):
            applied = apply(one, plan, applying.why_not(one), language, clock)
            results[rule.id] = _both(results.get(rule.id), applied)
    for rule in rulebook.rules:
        spoken = [other for other in rule.definition.unless if other in results and results[other][1]]
        if spoken and rule.id in results and results[rule.id][1]:
            reason = Bilingual(f"{spoken[0]} 已指出问题", f"{spoken[0]} has spoken").in_language(language)
            results[rule.id] = (Outcome(rule.id, "not-applicable", 0, reason), [])
    return list(results.values())


class _Applying:
    """Which packs apply to one plan, and so which rules are in force for it."""

    def __init__(self, plan: Plan, rulebook: Rulebook, selection: Selection) -> None:
        self._rulebook, self._selection = rulebook, selection
        self._why_not = {pack.name: _why_not(pack, plan) for pack in rulebook.packs}

    def in_force(self, rule: Rule) -> list[Rule]:
        """Return the rule, or what packs that apply make of it; nothing if it is not chosen.

        Of two changing packs of which one builds on the other, the one that builds on it holds.
        """
        changes = [one for one in self._rulebook.changed.get(rule.id, ()) if self._changes(one)]
        below = {name for one in changes for name in self._rulebook.pack(one.changed_by or "").builds_on}
        in_force = [one for one in changes if one.changed_by not in below] or [rule]
        return [one for one in in_force if self._selection.chosen(one, self._rulebook)]

    def _changes(self, changed: Rule) -> bool:
        """Say whether the pack that changed a rule has a say here: it applies, or was asked for by its name."""
        name = changed.changed_by or ""
        if name in self._selection.ignore:
            return False
        return name in self._selection.select or self._why_not[name] is None

    def why_not(self, rule: Rule) -> Bilingual | None:
        """Return why a rule is not applied to the plan; None if it is."""
        return None if self._selection.named(rule, self._rulebook) else self._why_not[rule.pack]


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
    known = {(violation.line, violation.column, violation.message) for violation in one[1]}
    more = [v for v in other[1] if (v.line, v.column, v.message) not in known]
    outcome = _together(one[0], other[0])
    return replace(outcome, violations=len(one[1]) + len(more)), one[1] + more


def _no_clock() -> float:
    return 0.0


def apply(
    rule: Rule, plan: Plan, why_not: Bilingual | None, language: str, clock: Callable[[], float] = _no_clock
) -> tuple[Outcome, list[Violation]]:
    """Apply one rule to one plan: what came of it, and its violations."""
    began = clock()

    def outcome(kind: OutcomeKind, reason: Bilingual | None = None, violations: int = 0) -> Outcome:
        said = reason.in_language(language) if reason else None
        return Outcome(rule.id, kind, violations, said, clock() - began)

    if why_not is not None:
        return outcome("not-applicable", why_not), []
    try:
        nodes = chosen(plan, rule.definition.node, rule.definition.where)
        if not nodes and rule.check.needs_nodes:
            return outcome("not-applicable", Bilingual("没有可检查的内容", "nothing to look at")), []
        violations = [_violation(rule, found, plan, language) for found in rule.check.check(nodes, rule.options, plan)]
    except TimeoutError:
        reason = Bilingual("超时：规则里的正则表达式太慢", "out of time: a pattern of the rule is too slow")
        return outcome("not-evaluated", reason), []
    except Exception as error:  # a check of a third party may raise anything
        return outcome("not-evaluated", Bilingual(f"检查出错：{error!r}", f"the check raised {error!r}")), []
    return outcome("failed" if violations else "passed", None, len(violations)), violations


def _together(one: Outcome | None, other: Outcome) -> Outcome:
    """Return the outcome of a rule on two plans of one file: the graver one."""
    if one is None:
        return other
    gravity = ["not-applicable", "passed", "failed", "not-evaluated"]
    graver = max(one, other, key=lambda outcome: gravity.index(outcome.outcome))
    violations, seconds = one.violations + other.violations, one.seconds + other.seconds
    return Outcome(one.rule, graver.outcome, violations, graver.reason, seconds)


# ---------------------------------------------------------------------------- violations


def _violation(rule: Rule, found: Found, plan: Plan, language: str) -> Violation:
    """Make a violation of what a check found: the rule's message, the place, the section."""
    text = plan.text
    start, end = text.position(found.span.start), text.position(found.span.end)
    spans = sorted({found.span, *found.others})
    section = _section_of(found, plan)
    return Violation(
        rule=rule.id,
        severity=rule.definition.severity,
        message=_filled(rule.message(language), found, len(spans), plan, language),
        line=start.line,
        column=start.column,
        end_line=end.line,
        end_column=end.column,
        section=section.id if section else None,
        section_label=section_label(section) if section else None,
        node=rule.definition.node,
        excerpt=excerpt(text.source, found.span),
        source_line=text.line(start.line),
        count=len(spans),
        lines=tuple(dict.fromkeys(text.position(span.start).line for span in spans)),
        fix=found.fix,
        basis=rule.definition.basis,
        fingerprint=_fingerprint(rule.id, section, text.source[found.span.start : found.span.end]),
    )


def _filled(template: str, found: Found, count: int, plan: Plan, language: str) -> str:
    """Return a message: its fields are what the check gives, else attributes of the node, else of the plan."""
    node = plan if found.node is None else found.node
    words: list[str] = []
    for literal, field, _, _ in Formatter().parse(template):
        words.append(literal)
        if field is not None:
            fields = {"count": count, **found.fields}
            given = fields[field] if field in fields else value(node, field, plan)
            words.append(shown_value(given, language))
    return "".join(words)


def excerpt(source: str, span: Span, length: int = 60) -> str:
    """Return what stands at a place, in one line and not too long."""
    words = re.sub(r"\s+", " ", source[span.start : span.end]).strip()
    return words if len(words) <= length else words[: length - 1] + "…"


def _section_of(found: Found, plan: Plan) -> Section | None:
    if found.node is not None:
        return section_of(found.node)
    return next((section for section in plan.sections if section.span == found.span), None)


def section_label(section: Section) -> str:
    """Return how people name a section: 三、标题, 三（五）标题."""
    if section.parent is None:
        return f"{section.label}{section.title or ''}"
    written = []
    for around in reversed(section.path):
        level_one = around.level == 1 and around.parent is None
        written.append(chinese(around.ordinal) if level_one else around.label.rstrip("、.．").strip())
    return "".join(written) + (section.title or "")


def _fingerprint(rule: str, section: Section | None, words: str) -> str:
    """Return what stays the same when lines move and numbers change: rule, titles, text."""
    titles = [around.title or "" for around in section.path] if section else []
    from checker.outline import labels

    folded = fold(words.strip())
    label = labels().match(folded)
    plain = re.sub(r"[\W_]+", "", folded[label[1] :] if label else folded)
    return sha256("\0".join([rule, *titles, plain]).encode()).hexdigest()[:16]


def _fingerprinted(violations: Sequence[Violation]) -> list[Violation]:
    """Number the violations that would have the same fingerprint."""
    seen: Counter[str] = Counter()
    out: list[Violation] = []
    for violation in violations:
        again = seen[violation.fingerprint]
        seen[violation.fingerprint] += 1
        out.append(replace(violation, fingerprint=f"{violation.fingerprint}-{again + 1}") if again else violation)
    return out


def unknown_names(selection: Selection, rulebook: Rulebook) -> list[Problem]:
    """Return a problem for each id in a selection that no rule and no pack has, with a guess."""
    from difflib import get_close_matches

    names = [rule.id for rule in rulebook.rules] + [pack.name for pack in rulebook.packs] + ["all"]
    problems = []
    for given in dict.fromkeys((*selection.select, *selection.ignore)):
        if given in names:
            continue
        near = get_close_matches(given, names, n=1)
        guess_zh = (
            f"您是不是想写“{near[0]}”？" if near else f"可用的规则包：{'、'.join(p.name for p in rulebook.packs)}"
        )
        guess_en = f"Did you mean {near[0]!r}?" if near else f"Packs: {', '.join(p.name for p in rulebook.packs)}"
        problems.append(
            Problem(
                Bilingual(
                    f"没有名为“{given}”的规则或规则包。{guess_zh}", f"no rule or pack named {given!r}. {guess_en}"
                )
            )
        )
    return problems
