"""The whole run, in the order in which it happens."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from checker import __version__
from checker.cache import digest
from checker.folding import fold
from checker.host import host
from checker.model import Bilingual, FileReport, Found, Outcome, Plan, Report, Section, Span, Violation
from checker.numerals import chinese
from checker.problems import Problem, Unreadable
from checker.reader import MAX_SIZE, drafts, load, read, shown
from checker.results import Results, stamps

if TYPE_CHECKING:
    from checker.rulebook import Rule, Rulebook

MANY = 24
"""How many drafts it takes until several processes are faster than one, starting them included."""


class Selection(Struct, frozen=True):
    """Which rules run: ids, packs or ``all``."""

    select: tuple[str, ...] = ("all",)
    ignore: tuple[str, ...] = ()

    def chosen(self, rule: Rule) -> bool:
        """Say whether a rule is to run; one that is not enabled only by its own id."""
        if rule.id in self.ignore or rule.pack in self.ignore or "all" in self.ignore:
            return False
        if rule.id in self.select:
            return True
        return rule.definition.enabled and (rule.pack in self.select or "all" in self.select)

    def named(self, rule: Rule) -> bool:
        """Say whether a rule was asked for by its id or pack: it runs even if its pack does not apply."""
        return rule.id in self.select or rule.pack in self.select


EVERYTHING = Selection()


class Notes(Struct, frozen=True):
    """What a report says of the rules themselves; kept beside the results, so that it needs no rule file."""

    packs: dict[str, str]
    """Name and version of each pack."""
    problems: tuple[Bilingual, ...] = ()
    """Mistakes in rule files, and names in the selection that name nothing."""
    idle: bool = False
    """True where names are unknown and no rule is left to run."""


class Review:
    """All that a run works with, each part made when it is first needed; each process of a run has its own."""

    def __init__(
        self,
        selection: Selection = EVERYTHING,
        language: str = "zh",
        max_size: int = MAX_SIZE,
        cached: bool = False,
    ) -> None:
        self.selection, self.language, self.max_size, self.cached = selection, language, max_size, cached
        self.host = host()
        self.results = Results(language, *self._named(), *stamps(self.host.rule_places)) if cached else None

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules. A run in which every draft is unchanged never reads them."""
        from checker.rulebook import load

        return load(self.host.rule_folders, self.host.checks)

    @cached_property
    def notes(self) -> Notes:
        """What there is to say of the rules: from an earlier run, else from the rules."""
        known = self.results.recall("notes", Notes) if self.results else None
        return known or self._noted()

    def _noted(self) -> Notes:
        unknown = unknown_names(self.selection, self.rulebook)
        idle = bool(unknown) and not any(self.selection.chosen(rule) for rule in self.rulebook.rules)
        packs = {pack.name: pack.definition.version for pack in self.rulebook.packs}
        notes = Notes(packs, (*self.rulebook.problems, *(problem.message for problem in unknown)), idle)
        if self.results:
            self.results.keep("notes", notes)
        return notes

    def _named(self) -> tuple[str, ...]:
        return (*self.selection.select, "|", *self.selection.ignore)


def check_paths(paths: Sequence[str], review: Review, jobs: int = 1) -> Report:
    """Read, parse and check every draft that ``paths`` name; ``jobs`` is the number of processes, 0 chooses it."""
    named = list(_named(paths, review))
    files = [one if isinstance(one, FileReport) else known_report(one, review) for one in named]
    rest = [one for one, report in zip(named, files, strict=True) if report is None and isinstance(one, str)]
    checked = iter(_checked(rest, review, jobs))
    return Report(
        __version__,
        review.notes.packs,
        tuple(next(checked) if report is None else report for report in files),
        review.language,
    )


def _named(paths: Sequence[str], review: Review) -> Iterator[str | FileReport]:
    """Yield each draft once, in order; a path that names none gives a report that says why."""
    seen: set[str] = set()
    for path in paths:
        try:
            found = drafts(path, review.host.suffixes)
        except Unreadable as problem:
            yield FileReport(shown(path), error=problem.message.in_language(review.language))
            continue
        for draft in found:
            place = draft if draft == "-" else os.path.realpath(draft)
            if place not in seen:  # a folder and a file in it: the draft is checked once
                seen.add(place)
                yield draft


def _checked(rest: Sequence[str], review: Review, jobs: int) -> Iterable[FileReport]:
    """Yield the reports of drafts in order, checked here or in several processes."""
    if len(rest) < 2 or "-" in rest or jobs == 1 or (jobs == 0 and len(rest) < MANY):
        return (check_file(draft, review) for draft in rest)
    from checker.processes import check_in_processes

    return check_in_processes(rest, review, jobs)


def known_report(path: str, review: Review) -> FileReport | None:
    """Return the report of an earlier run on an unchanged draft: nothing is parsed, no rule is read."""
    if review.results is None or path == "-":  # standard input can be read only once
        return None
    try:
        return review.results.get(path, load(path, review.max_size))
    except Unreadable:
        return None  # checking it says why


def check_file(path: str, review: Review) -> FileReport:
    """Read, parse and check one draft; one that cannot be read gets a report that says why."""
    try:
        data = load(path, review.max_size)
        text = read(data, path, review.host.readers)
    except Unreadable as problem:
        return FileReport(shown(path), error=problem.message.in_language(review.language))
    from checker.parser import parse_text  # an unchanged draft needs no parser

    report = check_plan(parse_text(text), shown(path), review.rulebook, review.selection, review.language)
    if review.results:
        review.results.put(path, data, report)
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
    rules = [rule for rule in rulebook.rules if selection.chosen(rule)]
    results = {rule.id: apply(rule, plan, rulebook, selection, language) for rule in rules}
    for rule in rules:
        spoken = [other for other in rule.definition.unless if other in results and results[other][1]]
        if spoken and results[rule.id][1]:
            reason = Bilingual(f"{spoken[0]} 已指出问题", f"{spoken[0]} has spoken").in_language(language)
            results[rule.id] = (Outcome(rule.id, "not-applicable", 0, reason), [])
    return list(results.values())


def apply(
    rule: Rule, plan: Plan, rulebook: Rulebook, selection: Selection, language: str
) -> tuple[Outcome, list[Violation]]:
    """Apply one rule to one plan: what came of it, and its violations."""
    from checker.nodes import chosen

    conditions = rulebook.pack(rule.pack).definition.applies_when
    try:
        if not selection.named(rule) and not (chosen(plan, "plan", conditions)):
            reason = Bilingual("规则包不适用于本方案", "the pack does not apply to this plan")
            return Outcome(rule.id, "not-applicable", 0, reason.in_language(language)), []
        nodes = chosen(plan, rule.definition.node, rule.definition.where)
        if not nodes and rule.check.needs_nodes:
            reason = Bilingual("没有可检查的内容", "nothing to look at")
            return Outcome(rule.id, "not-applicable", 0, reason.in_language(language)), []
        violations = [_violation(rule, found, plan, language) for found in rule.check.check(nodes, rule.options, plan)]
    except TimeoutError:
        reason = Bilingual("超时：规则里的正则表达式太慢", "out of time: a pattern of the rule is too slow")
        return Outcome(rule.id, "not-evaluated", 0, reason.in_language(language)), []
    except Exception as error:  # a check of a third party may raise anything
        reason = Bilingual(f"检查出错：{error!r}", f"the check raised {error!r}")
        return Outcome(rule.id, "not-evaluated", 0, reason.in_language(language)), []
    return Outcome(rule.id, "failed" if violations else "passed", len(violations)), violations


def _together(one: Outcome | None, other: Outcome) -> Outcome:
    """Return the outcome of a rule on two plans of one file: the graver one."""
    if one is None:
        return other
    gravity = ["not-applicable", "passed", "failed", "not-evaluated"]
    graver = max(one, other, key=lambda outcome: gravity.index(outcome.outcome))
    return Outcome(one.rule, graver.outcome, one.violations + other.violations, graver.reason)


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
        message=rule.message(language).format_map(_Fields(found, len(spans), language)),
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
        basis=rule.definition.basis,
        fingerprint=_fingerprint(rule.id, section, text.source[found.span.start : found.span.end]),
    )


class _Fields(dict[str, Any]):
    """The fields of a message: what the check gives, else the attributes of the node."""

    def __init__(self, found: Found, count: int, language: str) -> None:
        super().__init__(found.fields, count=count)
        self._node = found.node
        self._language = language

    def __missing__(self, name: str) -> str:
        from checker.nodes import value

        given = value(self._node, name) if self._node is not None else None
        if isinstance(given, tuple):
            return ("、" if self._language == "zh" else ", ").join(map(str, given))
        return "" if given is None else str(given)


def excerpt(source: str, span: Span, length: int = 60) -> str:
    """Return what stands at a place, in one line and not too long."""
    words = re.sub(r"\s+", " ", source[span.start : span.end]).strip()
    return words if len(words) <= length else words[: length - 1] + "…"


def _section_of(found: Found, plan: Plan) -> Section | None:
    if found.node is not None:
        from checker.nodes import kind_of

        return kind_of(found.node).section(found.node)
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
    return digest("\0".join([rule, *titles, plain]).encode()).hex()[:16]


def _fingerprinted(violations: Sequence[Violation]) -> list[Violation]:
    """Number the violations that would have the same fingerprint."""
    from msgspec.structs import replace

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
