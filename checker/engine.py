"""The whole run, in the order in which it happens."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from checker import __version__
from checker.host import Host, host
from checker.lexicon_extension import use as use_words
from checker.model import Bilingual, FileReport, Outcome, Plan, Report, Text, Violation
from checker.pack_folders import folders_of_words, rule_ids
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
    timed: bool = False
    """True to say of each rule how long it took."""

    def chosen(self, rule: Rule, rulebook: Rulebook) -> bool:
        """Say whether a rule is to run; one that is not enabled only by its own id."""
        if rule.id in self.ignore or rule.pack in self.ignore or "all" in self.ignore:
            return False
        if rule.id in self.select:
            return True
        return rule.definition.enabled and ("all" in self.select or self.brings(rule, rulebook))

    def covers(self, rule_id: str) -> bool:
        """Say whether a rule of which nothing but its id is known is to run."""
        names = (rule_id, rule_id.partition("/")[0], "all")
        return not any(name in self.ignore for name in names) and any(name in self.select for name in names)

    def named(self, rule: Rule) -> bool:
        """Say whether a rule was asked for by its id or pack: it runs even if its pack does not apply."""
        return rule.id in self.select or rule.pack in self.select

    def brings(self, rule: Rule, rulebook: Rulebook) -> bool:
        """Say whether the rule or its pack is named, or a pack that builds on it and so brings its rules along."""
        return self.named(rule) or any(
            pack.name in self.select and rule.pack in pack.builds_on for pack in rulebook.packs
        )


EVERYTHING = Selection()


class Notes(Struct, frozen=True):
    """What a report says of rules and plugins; kept beside the results, so that it needs no rule file."""

    packs: dict[str, str]
    """Name and version of each pack."""
    problems: tuple[Bilingual, ...] = ()
    """What is wrong with plugins, words and rule files, and names in the selection that name nothing."""
    idle: bool = False
    """True where names are unknown, or of rules with mistakes, and no rule is left to run."""


class Review:
    """All that a run works with, each part made when it is first needed; each process of a run has its own."""

    def __init__(
        self,
        selection: Selection = EVERYTHING,
        language: str = "zh",
        max_size: int = MAX_SIZE,
        cached: bool = False,
        rules: tuple[str, ...] = (),
        plugins: Host | None = None,
    ) -> None:
        self.selection, self.language, self.max_size = selection, language, max_size
        self.cached, self.rules = cached, rules
        self.host = plugins or host()
        self.rule_places = [*self.host.rule_places, *rules]
        self._word_places = [*self.host.word_places, *folders_of_words(list(rules))]
        self.problems_of_words = self.use_words()
        stamped = stamps([*self.rule_places, *self._word_places])
        # With a plugin that is left out, the next run may find it mended.
        kept = cached and not self.host.faults
        self.results = Results(language, *self._named(), *stamped, *self.host.stamps) if kept else None

    def use_words(self) -> tuple[Bilingual, ...]:
        """Read drafts by the words and grammars of this run, which are the process's; return what is wrong."""
        return use_words(self._word_places, self.host.origins, self.host.grammars)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules. A run in which every draft is unchanged never reads them."""
        from checker.rulebook import rulebook

        with self.host.apart():  # check types look at the options of rules
            return rulebook(
                self.rule_places, self.host.checks, self.host.origins, self.host.stamps, self.host.places_of_faulty
            )

    @property
    def problems(self) -> tuple[Bilingual, ...]:
        """What is wrong with plugins, with words that they and packs add, and with rule files."""
        return (*self.host.faults, *self.problems_of_words, *self.rulebook.problems)

    @cached_property
    def not_evaluated(self) -> dict[str, Bilingual]:
        """By the ids of chosen rules that cannot run, why: a mistake in the file, or a plugin that takes no part."""
        wrong = Bilingual("规则文件有错", "its file has a mistake")
        broken = dict.fromkeys(sorted(name for name in self.rulebook.broken if "/" in name), wrong)
        known = {rule.id for rule in self.rulebook.rules}
        return {
            rule_id: why
            for rule_id, why in {**broken, **self._left_out}.items()
            if rule_id not in known and self.selection.covers(rule_id)
        }

    @cached_property
    def _left_out(self) -> dict[str, Bilingual]:
        """By the ids of the rules of plugins that take no part, why they cannot run."""
        return {
            rule_id: Bilingual(f"{whose.zh}未使用", f"{whose.en} is not used")
            for folder, whose in self.host.places_of_faulty.items()
            for rule_id in rule_ids(folder)
        }

    @cached_property
    def notes(self) -> Notes:
        """What there is to say of the rules: from an earlier run, else from the rules."""
        known = self.results.recall("notes", Notes) if self.results else None
        return known or self._noted()

    def _noted(self) -> Notes:
        unknown = unknown_names(self.selection, self.rulebook)
        # Of a plugin that is left out the report says which rules were not evaluated: there is one.
        left_out = {name for rule_id in self._left_out for name in (rule_id, rule_id.partition("/")[0])}
        broken = (self.rulebook.broken - left_out).intersection(self.selection.select)
        idle = bool(unknown or broken) and not any(
            self.selection.chosen(rule, self.rulebook) for rule in self.rulebook.rules
        )
        packs = {pack.name: pack.definition.version for pack in self.rulebook.packs}
        notes = Notes(packs, (*self.problems, *(problem.message for problem in unknown)), idle)
        if self.results:
            self.results.keep("notes", notes)
        return notes

    def _named(self) -> tuple[str, ...]:
        return (*self.selection.select, "|", *self.selection.ignore)


def sound_review(
    select: str | Sequence[str],
    ignore: str | Sequence[str],
    language: str,
    rules: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    plugins: Host,
) -> Review:
    """Return a review for callers from Python; raises Problem for what is wrong with its rules, words and plugins.

    An unknown name in ``select`` or ``ignore`` is wrong, too.
    """
    from checker.problems import BadRule

    chosen, left_out = ((names,) if isinstance(names, str) else tuple(names) for names in (select, ignore))
    folders = [rules] if isinstance(rules, (str, os.PathLike)) else rules
    places = tuple(os.fspath(folder) for folder in folders)
    review = Review(Selection(chosen, left_out), language, rules=places, plugins=plugins)
    if review.problems:
        raise BadRule(review.problems[0])
    for problem in unknown_names(review.selection, review.rulebook):
        raise problem
    return review


def check_paths(paths: Sequence[str], review: Review, jobs: int = 1) -> Report:
    """Read, parse and check every draft that ``paths`` name; ``jobs`` is the number of processes, 0 chooses it."""
    named = list(_named(paths, review))
    files = [one if isinstance(one, FileReport) else known_report(one, review) for one in named]
    rest = [one for one, report in zip(named, files, strict=True) if report is None and isinstance(one, str)]
    checked = _sharing(_checked(rest, review, jobs))
    return Report(
        __version__,
        review.notes.packs,
        tuple(next(checked) if report is None else report for report in files),
        review.language,
        tuple(problem.in_language(review.language) for problem in review.notes.problems),
        _versions(review.host),
    )


def _versions(plugins: Host) -> dict[str, str]:
    """Return the versions of the plugins that take part; of two with one name one is named in full."""
    versions: dict[str, str] = {}
    for plugin in plugins.sound:
        name = plugin.name
        versions[name if name not in versions else f"{name} ({plugin.distribution or plugin.origin})"] = plugin.version
    return versions


def _sharing(reports: Iterable[FileReport]) -> Iterator[FileReport]:
    """Yield the reports with equal outcomes made one: of many drafts they are most of what is held."""
    outcomes: dict[Outcome, Outcome] = {}
    rows: dict[tuple[Outcome, ...], tuple[Outcome, ...]] = {}
    for report in reports:
        row = tuple(outcomes.setdefault(outcome, outcome) for outcome in report.rules)
        yield replace(report, rules=rows.setdefault(row, row))


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
    began = perf_counter()
    try:
        data = load(path, review.max_size)
        text = read(data, path, review.host.readers)
    except Unreadable as problem:
        return FileReport(shown(path), error=problem.message.in_language(review.language))
    report = check_text(text, shown(path), review, began)
    if review.results and report.error is None:
        review.results.put(path, data, report)
    return report


def check_text(text: Text, path: str, review: Review, began: float | None = None) -> FileReport:
    """Parse and check one draft that has been read; ``path`` is how the report names it.

    ``began`` is when reading it began, by ``perf_counter``.
    """
    began = perf_counter() if began is None else began
    review.use_words()  # another run of this process may have others
    try:
        plan = parsed(text, review.host)
    except Unreadable as problem:
        return FileReport(path, error=problem.message.in_language(review.language))
    seconds = perf_counter() - began if review.selection.timed else 0.0
    report = replace(check_plan(plan, path, review.rulebook, review.selection, review.language), seconds=seconds)
    return completed(report, plan, review)


def parsed(text: Text, plugins: Host) -> Plan:
    """Return the plan in a draft; raises Unreadable for one of which grammars of plugins make nothing."""
    from checker.parser import parse_text  # an unchanged draft needs no parser

    try:
        return parse_text(text)
    except Exception as error:
        if not plugins.grammars:
            raise
        raise Unreadable(unparsed(error, plugins)) from error


def unparsed(error: Exception, plugins: Host) -> Bilingual:
    """Return what is said of a draft that no grammar of plancheck's own would have refused."""
    from checker.soundness import said_by

    named = "、".join(plugin.label.zh for plugin in plugins.sound if plugin.given and plugin.given.grammars)
    en = ", ".join(plugin.label.en for plugin in plugins.sound if plugin.given and plugin.given.grammars)
    said = said_by(error)
    return Bilingual(f"{named}改动的语法读不了它：{said}", f"it cannot be read by the grammars of {en}: {said}")


def completed(report: FileReport, plan: Plan, review: Review) -> FileReport:
    """Return a report with the rules that could not run, after plugins have had their say on its violations."""
    language = review.language
    more = tuple(
        Outcome(rule_id, "not-evaluated", 0, why.in_language(language)) for rule_id, why in review.not_evaluated.items()
    )
    report = replace(report, rules=(*report.rules, *more))
    if not review.host.judges:
        return report
    violations, problems = review.host.judged(plan, report.violations, language)
    return judged(report, violations, [problem.in_language(language) for problem in problems])


def judged(report: FileReport, violations: Sequence[Violation], problems: Sequence[str]) -> FileReport:
    """Return a report with the violations as plugins have left them, and the outcomes of rules that say the same."""
    from checker.violations import fingerprinted

    found: dict[str, int] = {}
    for violation in violations:
        found[violation.rule] = found.get(violation.rule, 0) + 1
    outcomes: list[Outcome] = []
    for outcome in report.rules:
        number = found.pop(outcome.rule, 0)
        kind = outcome.outcome
        if kind in ("passed", "failed"):
            kind = "failed" if number else "passed"
        outcomes.append(replace(outcome, outcome=kind, violations=number))
    outcomes += [Outcome(rule_id, "failed", number) for rule_id, number in found.items()]
    in_order = sorted(violations, key=lambda violation: (violation.line, violation.column, violation.rule))
    return replace(
        report,
        violations=tuple(fingerprinted(in_order)),
        rules=tuple(outcomes),
        problems=(*report.problems, *problems),
    )


def check_plan(
    plan: Plan, path: str, rulebook: Rulebook, selection: Selection = EVERYTHING, language: str = "zh"
) -> FileReport:
    """Apply the chosen rules to a plan and to the other plans of its file; document order."""
    from checker.applying import apply_all, graver  # needed for a draft that is new or has changed
    from checker.violations import fingerprinted

    violations: list[Violation] = []
    outcomes: dict[str, Outcome] = {}
    for one in (plan, *plan.plans):
        for outcome, found in apply_all(one, rulebook, selection, language):
            violations += found
            outcomes[outcome.rule] = graver(outcomes.get(outcome.rule), outcome)
    violations.sort(key=lambda violation: (violation.line, violation.column, violation.rule))
    return FileReport(
        path, plan.text.format, plan.text.encoding, None, tuple(fingerprinted(violations)), tuple(outcomes.values())
    )


def unknown_names(selection: Selection, rulebook: Rulebook) -> list[Problem]:
    """Return a problem for each id in a selection that no rule and no pack has, with a guess."""
    from difflib import get_close_matches

    names = [rule.id for rule in rulebook.rules] + [pack.name for pack in rulebook.packs] + ["all"]
    problems = []
    for given in dict.fromkeys((*selection.select, *selection.ignore)):
        if given in names or given in rulebook.broken:
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
