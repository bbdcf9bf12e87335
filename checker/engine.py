"""The whole run, in the order in which it happens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from checker import __version__, cache
from checker.host import Host, host
from checker.lexicon_extension import use as use_words
from checker.model import Bilingual, FileReport, Outcome, Plan, Report, RuleSummary, Text, Violation
from checker.pack_folders import folders_of_words, rule_ids
from checker.parsing import parsed
from checker.problems import Problem, Unreadable
from checker.reader import MAX_SIZE, load, named_drafts, read, reader_of, shown
from checker.results import Results, stamps

if TYPE_CHECKING:
    from checker.configuration import Configuration, Waiver
    from checker.reporters import Need
    from checker.reviews import Reviews
    from checker.rule_files import RuleChange
    from checker.rulebook import Rule, Rulebook

MANY = 24
"""How many drafts it takes until several processes are faster than one, starting them included."""
OnChecked = Callable[[int, int], None]
"""Told after each draft how many reports there are, and of how many drafts."""
_Known = TypeVar("_Known", FileReport, "FileReport | None")


class Selection(Struct, frozen=True):
    """Which rules run: ids, packs or ``all``."""

    select: tuple[str, ...] = ("all",)
    ignore: tuple[str, ...] = ()
    timed: bool = False
    """True to say of each rule how long it took."""
    insists: bool = True
    """True where a person names rules for this run: they run even where their pack does not apply."""
    packs: tuple[str, ...] = ()
    """The packs in use, and with them those that they build on; empty for all."""

    def chosen(self, rule: Rule, rulebook: Rulebook) -> bool:
        """Say whether a rule is to run; one that is not enabled only by its own id."""
        if rule.id in self.ignore or rule.pack in self.ignore or "all" in self.ignore:
            return False
        if self.packs and not _is_among(rule.pack, self.packs, rulebook):
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
        return self.insists and self._names(rule)

    def _names(self, rule: Rule) -> bool:
        return rule.id in self.select or rule.pack in self.select

    def brings(self, rule: Rule, rulebook: Rulebook) -> bool:
        """Say whether the rule or its pack is named, or a pack that builds on it and so brings its rules along."""
        return self._names(rule) or _is_among(rule.pack, self.select, rulebook)


def _is_among(pack: str, names: Sequence[str], rulebook: Rulebook) -> bool:
    """Say whether a pack is one of those named, or one that they build on."""
    return pack in names or any(other.name in names and pack in other.builds_on for other in rulebook.packs)


EVERYTHING = Selection()
NO_CHANGES: Mapping[str, RuleChange] = {}


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
        configuration: Configuration | None = None,
        changes: Mapping[str, RuleChange] = NO_CHANGES,
        stdin_filename: str | None = None,
        original: bool = False,
    ) -> None:
        """Take what a run asks for; ``original`` for drafts as they were before their tracked changes."""
        self.configuration, self.changes = configuration, changes
        self.stdin_filename, self.original = stdin_filename, original
        self.selection, self.language, self.max_size = selection, language, max_size
        self.cached, self.rules = cached, rules
        self.host = plugins or host()
        self.rule_places = [*self.host.rule_places, *rules]
        self._word_places = [*self.host.word_places, *folders_of_words(list(rules))]
        self.problems_of_words = self.use_words()
        stamped = stamps([*self.rule_places, *self._word_places])
        self._stamped = [*stamped, *self.host.stamps]
        # What is wrong with plugins and configurations is told in each run: the next may find it mended.
        kept = cached and not self.host.faults and not self.mistakes
        waivers = [(one.rule, one.section, one.measure, one.patterns) for one in self._waivers_of_places]
        wanted = cache.key(msgspec.json.encode((selection, changes, waivers, original)))
        self.results = Results(language, wanted, *self._stamped) if kept else None

    @property
    def _waivers_of_places(self) -> tuple[Waiver, ...]:
        """The waivers of the configuration that hold for a section or a measure only."""
        given = self.configuration.waivers if self.configuration is not None else ()
        return tuple(one for one in given if one.section is not None or one.measure is not None)

    def waivers_of_places(self, path: str) -> tuple[Waiver, ...]:
        """Return those that are for a draft: what they accept is told apart from what they do not."""
        waivers = self._waivers_of_places
        if not waivers:
            return ()
        from checker.configuration import matches

        return tuple(one for one in waivers if not one.patterns or matches(one.folder, one.patterns, path))

    def use_words(self) -> tuple[Bilingual, ...]:
        """Read drafts by the words and grammars of this run, which are the process's; return what is wrong."""
        return use_words(self._word_places, self.host.origins, self.host.grammars)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules. A run in which every draft is unchanged never reads them."""
        from checker.rulebook import with_changes

        book = self._as_packs_have_it
        return book if self.mistakes else with_changes(book, self.changes, self.host.checks)

    @cached_property
    def _as_packs_have_it(self) -> Rulebook:
        from checker.rulebook import rulebook

        with self.host.apart():  # check types look at the options of rules
            return rulebook(
                self.rule_places, self.host.checks, self.host.origins, self.host.stamps, self.host.places_of_faulty
            )

    @cached_property
    def mistakes(self) -> tuple[Bilingual, ...]:
        """What is wrong with the configuration: then it changes no rule."""
        if self.configuration is None:
            return ()
        if self.configuration.problems:
            return self.configuration.problems
        if self.host.allows_third_parties and (more := set(self.configuration.plugins) - set(self.host.modules)):
            path, names = self.configuration.path, "、".join(sorted(more))
            zh = f"{path}: 插件 {names} 没有加载：不在运行命令的文件夹里的配置，要用 --config 点名才加载插件"
            en = f"{path}: plugins {names} are not loaded: name a configuration from elsewhere with --config"
            return (Bilingual(zh, en),)
        name = cache.key("held", *(one.digest for one in self.configuration.sources), *self._stamped)
        if cache.recall("configurations", name, bool):
            return ()
        from checker.configuration_reading import mistakes

        found = mistakes(self.configuration, self._as_packs_have_it, self.host.checks)
        if not found:
            cache.keep("configurations", name, True)
        return tuple(found)

    @property
    def problems(self) -> tuple[Bilingual, ...]:
        """What is wrong with plugins, with words that they and packs add, and with rule files."""
        return (*self.host.faults, *self.problems_of_words, *self.rulebook.problems, *self.mistakes)

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

    @property
    def asked(self) -> Selection:
        """The selection without what the configuration says, of which it is told where that is written."""
        said = self.configuration.names if self.configuration is not None else frozenset()
        select, ignore = (
            tuple(name for name in names if name not in said)
            for names in (self.selection.select, self.selection.ignore)
        )
        return Selection(select, ignore)

    def _noted(self) -> Notes:
        unknown = unknown_names(self.asked, self.rulebook)
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

    def of(self, draft: str) -> Review:
        """Return what a draft is reviewed with: the same for all, without configurations."""
        return self

    def excludes(self, draft: str) -> bool:
        """Say whether a draft is left out: none is, without configurations."""
        return False

    def settled(
        self, paths: Sequence[str], named: Sequence[str | FileReport], reports: Sequence[FileReport]
    ) -> tuple[FileReport, ...]:
        """Return the reports after the waivers of configurations: as they are, without any."""
        return tuple(reports)

    def name_of(self, draft: str) -> str:
        """Return the path that a draft is treated as: standard input may have that of a file."""
        return self.stdin_filename or draft if draft == "-" else draft

    def read(self, data: bytes, name: str) -> Text:
        """Return the ``Text`` of a draft; raises Unreadable for one that nobody can read."""
        return read(data, name, self.host.readers, self.original)

    @property
    def used(self) -> list[Review]:
        """The reviews that drafts have needed."""
        return [self]

    def __reduce__(self) -> tuple[object, ...]:
        """Let a process of its own have the same."""
        loaded = (self.host.modules, self.host.allows_third_parties)
        given = (self.selection, self.language, self.max_size, self.cached, self.rules)
        return _review_again, (given, loaded, self.configuration, dict(self.changes), self.original)


def _review_again(
    given: tuple[Selection, str, int, bool, tuple[str, ...]],
    loaded: tuple[tuple[str, ...], bool],
    configuration: Configuration | None,
    changes: dict[str, RuleChange],
    original: bool,
) -> Review:
    return Review(*given, host(*loaded), configuration, changes, original=original)


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


def check_paths(
    paths: Sequence[str], reviews: Review | Reviews, jobs: int = 1, on_checked: OnChecked | None = None
) -> Report:
    """Read, parse and check every draft that ``paths`` name; ``jobs`` is the number of processes, 0 chooses it."""
    named = list(_named(paths, reviews))
    files: Sequence[FileReport | None] = list(_told(_known(named, reviews), len(named), on_checked))
    rest = [one for one, report in zip(named, files, strict=True) if report is None and isinstance(one, str)]
    checked = _told(_sharing(_checked(rest, reviews, jobs)), len(named), on_checked, len(named) - len(rest))
    reports = reviews.settled(paths, named, [next(checked) if report is None else report for report in files])
    notes = noted(reviews)
    return Report(
        __version__,
        notes.packs,
        reports,
        reviews.language,
        tuple(problem.in_language(reviews.language) for problem in notes.problems),
        _versions(reviews.host),
    )


def completed_for(needs: Sequence[Need], report: Report, paths: Sequence[str], reviews: Review | Reviews) -> Report:
    """Return a report with what its reporters need beside it: what rules say of themselves, the drafts.

    ``paths`` are those that the report is on. A draft that has gone, or is another one now, is not among the plans.
    """
    if "rules" in needs:
        report = replace(report, rules=_summaries(report, reviews))
    if "plans" in needs or "drafts" in needs:
        report = _with_drafts(needs, report, paths, reviews)
    return report


def _summaries(report: Report, reviews: Review | Reviews) -> dict[str, RuleSummary]:
    """Return what the rules of a report say of themselves, in its language, in their order."""
    wanted = {outcome.rule for file in report.files for outcome in file.rules}
    found: dict[str, RuleSummary] = {}
    for rule in (rule for review in reviews.used for rule in review.rulebook.rules):
        if rule.id in wanted and rule.id not in found:
            title, advice = rule.title(report.language), rule.help(report.language)
            found[rule.id] = RuleSummary(rule.id, title, rule.definition.severity, advice, rule.definition.basis)
    return found


def _with_drafts(needs: Sequence[Need], report: Report, paths: Sequence[str], reviews: Review | Reviews) -> Report:
    """Return a report with its drafts, by the paths that it has: as they were understood, and their bytes."""
    wanted = {file.path for file in report.files if file.error is None and file.is_draft}
    plans: dict[str, Plan] = {}
    drafts: dict[str, bytes] = {}
    for path, problem in named_drafts(paths, reviews.host.suffixes):
        name = shown(reviews.name_of(path))
        if problem is None and name in wanted:
            review = reviews.of(path)
            with suppress(Unreadable):
                data = load(path, review.max_size)
                if "plans" in needs:
                    review.use_words()
                    plans[name] = parsed(review.read(data, reviews.name_of(path)), review.host)
                if "drafts" in needs:
                    drafts[name] = data
    return replace(report, plans=plans, drafts=drafts)


def noted(reviews: Review | Reviews) -> Notes:
    """Return what there is to say of the rules of all reviews that were needed, each thing once."""
    notes = [review.notes for review in reviews.used]
    packs = {name: version for one in notes for name, version in one.packs.items()}
    problems = tuple(dict.fromkeys(problem for one in notes for problem in one.problems))
    return Notes(packs, problems, all(one.idle for one in notes))


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


def _named(paths: Sequence[str], reviews: Review | Reviews) -> Iterator[str | FileReport]:
    """Yield each draft once, in order; a path that names none gives a report that says why."""
    for path, problem in named_drafts(paths, reviews.host.suffixes):
        if problem is not None:
            yield FileReport(shown(path), error=problem.message.in_language(reviews.language))
        elif not reviews.excludes(path):
            yield path


def _checked(rest: Sequence[str], reviews: Review | Reviews, jobs: int) -> Iterable[FileReport]:
    """Yield the reports of drafts in order, checked here or in several processes."""
    if len(rest) < 2 or "-" in rest or jobs == 1 or (jobs == 0 and len(rest) < MANY):
        return (check_file(draft, reviews.of(draft)) for draft in rest)
    from checker.processes import check_in_processes

    return check_in_processes(rest, reviews, jobs)


def _known(named: Sequence[str | FileReport], reviews: Review | Reviews) -> Iterator[FileReport | None]:
    """Yield for each draft the report that there is already; None for one that has to be checked."""
    return (one if isinstance(one, FileReport) else known_report(one, reviews.of(one)) for one in named)


def _told(reports: Iterable[_Known], number: int, on_checked: OnChecked | None, done: int = 0) -> Iterator[_Known]:
    """Yield reports as they come; tell of each that is one, of ``number``, ``done`` of which were there before."""
    for report in reports:
        if report is not None and on_checked is not None:
            done += 1
            on_checked(done, number)
        yield report


def known_report(path: str, review: Review) -> FileReport | None:
    """Return the report of an earlier run on an unchanged draft: nothing is parsed, no rule is read."""
    if review.results is None or path == "-":  # standard input can be read only once
        return None
    try:
        data = load(path, review.max_size)
        return review.results.get(path, data, *_tools(path, data, review))
    except Unreadable:
        return None  # checking it says why


def check_file(path: str, review: Review) -> FileReport:
    """Read, parse and check one draft; one that cannot be read gets a report that says why."""
    began = perf_counter()
    name = review.name_of(path)
    try:
        data = load(path, review.max_size)
        text = review.read(data, name)
    except Unreadable as problem:
        return FileReport(shown(name), error=problem.message.in_language(review.language))
    report = check_text(text, shown(name), review, began)
    if review.results and report.error is None:
        review.results.put(path, data, report, *_tools(path, data, review))
    return report


def _tools(path: str, data: bytes, review: Review) -> Iterator[str]:
    """Yield what the reader of a draft depends on beside the draft: a program that turns it into another format."""
    reader = reader_of(data, review.name_of(path), review.host.readers)
    if reader is not None and reader.depends_on is not None:
        yield reader.depends_on()


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
    problems = tuple(problem.in_language(review.language) for problem in text.problems)
    report = replace(_checked_plan(plan, path, review), seconds=seconds, problems=problems)
    report = completed(report, plan, review)
    if not text.comments:
        return report
    from checker.waivers import PACK, by_comments

    names = [rule.id for rule in review.rulebook.rules] + [pack.name for pack in review.rulebook.packs]
    return by_comments(report, plan, names, review.language, speaks=PACK not in review.selection.ignore)


def _checked_plan(plan: Plan, path: str, review: Review) -> FileReport:
    waivers = review.waivers_of_places(path)
    return check_plan(plan, path, review.rulebook, review.selection, review.language, waivers)


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
    from checker.fingerprints import fingerprinted

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
    plan: Plan,
    path: str,
    rulebook: Rulebook,
    selection: Selection = EVERYTHING,
    language: str = "zh",
    waivers: Sequence[Waiver] = (),
) -> FileReport:
    """Apply the chosen rules to a plan and to the other plans of its file; document order."""
    from checker.applying import apply_all, graver  # needed for a draft that is new or has changed
    from checker.fingerprints import fingerprinted

    violations: list[Violation] = []
    outcomes: dict[str, Outcome] = {}
    for one in (plan, *plan.plans):
        for outcome, found in apply_all(one, rulebook, selection, language, waivers):
            violations += found
            outcomes[outcome.rule] = graver(outcomes.get(outcome.rule), outcome)
    violations.sort(key=lambda violation: (violation.line, violation.column, violation.rule))
    return FileReport(
        path, plan.text.format, plan.text.encoding, None, tuple(fingerprinted(violations)), tuple(outcomes.values())
    )


def unknown_names(selection: Selection, rulebook: Rulebook) -> list[Problem]:
    """Return a problem for each id in a selection that no rule and no pack has, with a guess."""
    given = dict.fromkeys((*selection.select, *selection.ignore))
    return [Problem(wrong) for name in given if (wrong := name_problem(name, rulebook))]


def name_problem(name: str, rulebook: Rulebook) -> Bilingual | None:
    """Return the sentence for a name that no rule and no pack has, with a guess; None for one that names something."""
    from difflib import get_close_matches

    names = [rule.id for rule in rulebook.rules] + [pack.name for pack in rulebook.packs] + ["all", "waivers"]
    if name in names or name in rulebook.broken:
        return None
    near = get_close_matches(name, names, n=1)
    packs = [pack.name for pack in rulebook.packs]
    zh = f"可用的规则包：{'、'.join(packs)}；plancheck rules 列出全部规则"
    en = f"Packs: {', '.join(packs)}; plancheck rules lists all rules"
    if near:
        zh, en = f"您是不是想写“{near[0]}”？", f"Did you mean {near[0]!r}?"
    return Bilingual(f"没有名为“{name}”的规则或规则包。{zh}", f"no rule or pack named {name!r}. {en}")
