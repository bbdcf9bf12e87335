"""``plancheck check``: drafts against rules."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from checker import engine
from checker.cache import prune
from checker.commands import completing
from checker.commands.formats import wanted
from checker.commands.options import (
    TRACKED,
    TakesRevisions,
    baseline_option,
    configuration_options,
    fail_on_option,
    fix_revisions_option,
    host_of,
    lang_option,
    language_of,
    max_size_option,
    more_plugins,
    names,
    rules_option,
    selection_options,
)
from checker.commands.output import say_problems, spare_drafts, write, write_all
from checker.commands.progress import shown_progress
from checker.expressions import keep_new_expressions
from checker.model import Bilingual
from checker.problems import Problem
from checker.reader import named_drafts
from checker.reporters import wants_one_draft
from checker.reporters.words import printable
from checker.reviews import Asked, Reviews, reviews_of

if TYPE_CHECKING:
    from checker.baseline import Baseline
    from checker.commands.formats import Wanted
    from checker.engine import Notes
    from checker.model import OutcomeKind, Report, Violation
    from checker.reporters import Reporter

_SAY_ERRORS = ("text", "concise", "markdown", "github")
"""The reports on standard output in which a person reads which drafts could not be checked."""
_RANK = {"info": 0, "warning": 1, "error": 2, "never": 3}


@click.command("check", cls=TakesRevisions)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=completing.files)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME[=FILE]",
    shell_complete=completing.formats,
    help="报告格式，可写多次：text、concise、json、html…… / form of the report; may stand several times [text]",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="把报告写入文件 / write the report to a file")
@selection_options
@fail_on_option
@baseline_option
@max_size_option
@click.option("-q", "--quiet", is_flag=True, help="只显示问题和错误，没有小结和说明 / only violations and errors")
@click.option("-v", "--verbose", is_flag=True, help="列出每条规则的结果 / say what came of every rule")
@click.option("--no-cache", is_flag=True, help="不使用也不保存以前的结果 / neither use nor keep earlier results")
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    show_default=True,
    help="同时使用的进程数；0：方案多时每个核一个 / processes; 0: one for each core where there are many drafts",
)
@click.option("--show-waived", is_flag=True, help="也列出已豁免的和基线里的问题 / show accepted violations, too")
@click.option("--statistics", is_flag=True, help="每条规则报了多少、用了多久 / findings and time of each rule")
@click.option("--fix", is_flag=True, help="改正只有一种改法的问题，再报告其余的 / put right what has only one answer")
@click.option(
    "--diff", is_flag=True, help="只列出 --fix 会怎样改，不写文件 / show what --fix would change, write nothing"
)
@fix_revisions_option
@click.option(
    "--exclude", multiple=True, metavar="PATTERN", help="不检查这些草案，写法同 .gitignore / leave out these drafts"
)
@click.option(
    "--stdin-filename",
    metavar="NAME",
    shell_complete=completing.files,
    help="标准输入算作哪个文件：报告里的名称、格式、配置 / what standard input is treated as",
)
@click.option(
    "--show-config", is_flag=True, help="只说明配置里对这些草案有哪些规定、写在哪里 / say what holds, and why"
)
@configuration_options
@rules_option
@more_plugins
@lang_option
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str,
    baseline: str | None,
    max_size: int,
    quiet: bool,
    verbose: bool,
    no_cache: bool,
    jobs: int,
    show_waived: bool,
    statistics: bool,
    fix: bool,
    diff: bool,
    revisions: str | None,
    exclude: tuple[str, ...],
    stdin_filename: str | None,
    show_config: bool,
    config: str | None,
    no_config: bool,
    rules: tuple[str, ...],
) -> None:
    """检查方案，报告问题 / check drafts and report violations.

    PATH 是文件、文件夹或 -（标准输入）/ files, folders or - for standard input.

    \b
    例 / example:
      plancheck check samples/drafts
      plancheck check draft.txt --select plan/lead-unit --format json -o report.json
      plancheck check draft.txt --diff
      plancheck check draft.txt --fix
      plancheck check draft.docx -o reviewed.docx
      plancheck check draft.docx -o reviewed.docx --fix --revisions

    \b
    退出状态 / exit status:
      0  没有达到 --fail-on 的问题 / nothing at or above --fail-on
      1  有问题 / violations
      2  有内容未能检查 / something could not be checked
      3  plancheck 自身的错误 / a fault of plancheck
    """
    language = language_of(context)
    plugins = host_of(context)
    if diff and (formats or output):
        zh = "--diff 只列出改动，不写报告，不能与 --format、-o 同用"
        raise Problem(Bilingual(zh, "--diff shows changes and makes no report: leave out --format and -o"))
    if quiet and verbose:
        raise Problem(Bilingual("-q 与 -v 矛盾，请去掉一个", "-q and -v contradict each other: leave out one"))
    reports = wanted(formats, output, plugins.reporters)
    needs = [need for one in reports for need in one.reporter.needs]
    _refuse_contradictions(revisions, fix, diff)
    for one in reports:
        spare(one.output, paths if stdin_filename is None else (stdin_filename,), plugins.suffixes, baseline)
    # What an earlier run found took no time: with --statistics every draft is checked anew.
    cached = not no_cache and not statistics
    reviews = reviews_for(
        context,
        select,
        ignore,
        rules,
        config,
        no_config,
        max_size,
        exclude=exclude,
        cached=cached,
        timed=statistics,
        stdin_filename=named_standard_input(stdin_filename, paths),
        original=revisions == "original",
    )
    if show_config:
        from checker.commands.show_config import show

        context.exit(show(paths, reviews))
    spare_settings([one.output for one in reports if one.output], paths, reviews)
    refuse_several(reports, paths, reviews)
    # The copy with comments has the tracked changes, too: then the draft itself stays as it is.
    in_copy = fix and "drafts" in needs
    if in_copy and revisions != TRACKED:
        zh = "写批注稿时原文件不动：改正写成批注稿里的修订，请加 --revisions；要改原文件，请去掉 docx 报告"
        en = "a docx report leaves the draft as it is: add --revisions for tracked changes in it, or drop the report"
        raise Problem(Bilingual(zh, en))
    known = read_baseline(baseline)
    report, notes = checked(paths, reviews, jobs, quiet)
    baselines, wrong = baselines_of(known, reviews)
    failed, to_standard_error = False, fix and not diff and not in_copy and "-" in paths
    if fix or diff:
        from checker.commands import fixing

        def say(sentence: Bilingual, undone: bool) -> None:
            if undone or not quiet:
                say_problems([sentence], language)

        mends = fixing.mended(
            report,
            paths,
            reviews,
            baselines,
            writes=not diff and not in_copy,
            say=say,
            all_known=not wrong,
            tracked=revisions == TRACKED,
        )
        if diff:
            changes = fixing.show_differences(mends.fixed, language, quiet)
            say_problems((*notes.problems, *wrong), language)
            say_unread(report)
            context.exit(status(report, "never", bool(notes.problems or wrong)) or int(changes))
        report, failed = mends.report, mends.failed
        if in_copy:
            report = replace(report, mended={one.path: one.after for one in mends.fixed})
        if to_standard_error:
            write(fixing.draft_of_standard_input(mends, reviews), None)
    report, gone = by_baselines(report, baselines)
    report = replace(report, shows_waived=show_waived, shows_summary=not quiet)
    report = engine.completed_for(needs, report, paths, reviews)
    made, unmade = _all_rendered(report, reports)
    unwritten = [*unmade, *write_all(made, to_standard_error)]
    if verbose:
        click.echo(_outcomes(report, language), nl=False, err=True)
    if statistics:
        click.echo(_statistics(report, language), err=True)
    say_problems((*notes.problems, *wrong, *unwritten), language)
    if not quiet:
        say_gone(gone, language)
    for problem in dict.fromkeys(problem for file in report.files for problem in file.problems):
        click.echo(f"plancheck: {printable(problem)}", err=True)
    if not any(one.output is None and one.reporter.name in _SAY_ERRORS for one in reports):
        say_unread(report)
    context.exit(status(report, fail_on, bool(notes.problems or wrong or failed or unwritten)))


def spare_settings(outputs: Sequence[str], paths: Sequence[str], reviews: Reviews) -> None:
    """Refuse to write a report over a configuration that the run reads, or over a baseline that one names."""
    given = (reviews.configuration_of(os.path.join(path, "-") if os.path.isdir(path) else path) for path in paths)
    configurations = [one for one in given if one is not None]
    read = [source.path for one in configurations for source in one.sources]
    read += [one.baseline for one in configurations if one.baseline is not None]
    for output in outputs:
        if any(os.path.exists(output) and os.path.exists(one) and os.path.samefile(one, output) for one in read):
            name = printable(output)
            zh, en = "是这次检查要读的配置或基线，不能用报告覆盖", "is a configuration or baseline that this run reads"
            raise Problem(Bilingual(f"{name}: {zh}；请另起文件名", f"{name}: {en}: give the report another name"))


def say_unread(report: Report) -> None:
    """Say which drafts could not be checked, where no report on standard output does."""
    for file in report.files:
        if file.error is not None:
            click.echo(printable(f"plancheck: {file.path}: {file.error}"), err=True)


def _refuse_contradictions(revisions: str | None, fix: bool, diff: bool) -> None:
    """Raise Problem for ``--revisions`` beside what it makes no sense with."""
    if revisions == TRACKED and diff:
        zh = "--diff 只列出改动，不写文件，不能与单写的 --revisions 同用"
        raise Problem(Bilingual(zh, "--diff writes no file: leave out --revisions, or --diff"))
    if revisions == TRACKED and not fix:
        zh = "单写的 --revisions 要与 --fix 同用；要读修订以前的文字，写 --revisions original"
        en = "--revisions alone goes with --fix; to read drafts as before their changes: --revisions original"
        raise Problem(Bilingual(zh, en))
    if revisions == "original" and (fix or diff):
        zh = "--revisions original 读的是修订以前的文字，不能改正；请去掉 --fix、--diff"
        en = "--revisions original reads what has been changed since, which is not mended: leave out --fix and --diff"
        raise Problem(Bilingual(zh, en))


def refuse_several(reports: Sequence[Wanted], paths: Sequence[str], reviews: Reviews) -> None:
    """Raise Problem for a report on one draft in a run with several, before anything is done."""
    for one in reports:
        if one.reporter.one_draft:
            named = named_drafts(paths, reviews.host.suffixes)
            number = sum(problem is not None or not reviews.is_left_out(path) for path, problem in named)
            if number != 1:
                raise wants_one_draft(one.reporter.name, number)


def _all_rendered(
    report: Report, reports: Sequence[Wanted]
) -> tuple[list[tuple[str | bytes, str | None]], list[Bilingual]]:
    """Return what the reporters make of a report, with where it goes, and what is wrong where one makes nothing."""
    made: list[tuple[str | bytes, str | None]] = []
    wrong: list[Bilingual] = []
    for one in reports:
        try:
            made.append((rendered(report, one.reporter), one.output))
        except Problem as problem:
            wrong.append(problem.message)
            if one.output is not None and os.path.exists(one.output):
                name = printable(one.output)
                zh, en = "没有重写，里面还是以前的", "was not written anew: it is the one of before"
                wrong.append(Bilingual(f"{name}: {zh}", f"{name}: {en}"))
    return made, wrong


def rendered(report: Report, reporter: Reporter) -> str | bytes:
    """Return what a reporter makes of a report; raises Problem for what a plugin's reporter raises."""
    if reporter.origin is None:
        return reporter.render(report)
    from checker.soundness import RAISED, of_plugin, raised

    try:
        with redirect_stdout(sys.stderr):
            made: object = reporter.render(report)
    except RAISED as error:
        raise Problem(of_plugin(reporter.origin, raised(error))) from error
    if isinstance(made, (str, bytes)):
        return made
    zh = f"的报告格式“{reporter.name}”返回了 {type(made).__name__}，应是 str 或 bytes"
    en = f"(report format {reporter.name!r}) returned {type(made).__name__}, neither str nor bytes"
    raise Problem(of_plugin(reporter.origin, Bilingual(zh, en)))


def reviews_for(
    context: click.Context,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    rules: tuple[str, ...],
    config: str | None,
    no_config: bool,
    max_size: int,
    *,
    exclude: tuple[str, ...] = (),
    cached: bool = True,
    timed: bool = False,
    stdin_filename: str | None = None,
    original: bool = False,
) -> Reviews:
    """Return the reviews of a run, by what the command line says of rules, configuration and plugins."""
    asked = Asked(
        names(select),
        names(ignore),
        exclude,
        rules,
        language_of(context),
        max_size,
        cached,
        timed,
        configuration=config,
        configured=not no_config,
        stdin_filename=stdin_filename,
        original=original,
    )
    return reviews_of(asked, host_of(context))


def named_standard_input(name: str | None, paths: Sequence[str]) -> str | None:
    """Return the path that standard input is treated as; raises Problem where it is not all that is checked."""
    if name is not None and (not name or set(paths) != {"-"}):
        zh = "--stdin-filename 是给标准输入起名的：路径只写一个 -，如 plancheck check - --stdin-filename 草案.txt"
        en = "--stdin-filename names standard input: let - be the only path, as in check - --stdin-filename draft.txt"
        raise Problem(Bilingual(zh, en))
    return name


def checked(paths: Sequence[str], reviews: Reviews, jobs: int = 0, quiet: bool = False) -> tuple[Report, Notes]:
    """Return the report on drafts and what there is to say of the rules; raises Problem where none is left to run.

    On a terminal it shows how far it is, unless ``quiet``.
    """
    with shown_progress(reviews.language, quiet) as on_checked, reviews.host.apart():
        report = engine.check_paths(paths, reviews, jobs, on_checked)
    notes = engine.noted(reviews)
    if notes.idle:
        *others, last = notes.problems
        say_problems(others, reviews.language)
        raise Problem(last)
    if (number := reviews.left_out) and not quiet:  # nothing is skipped in silence
        left = Bilingual(f"按 exclude 有 {number} 份方案没有检查", f"{number} left out by 'exclude'")
        say_problems([left], reviews.language)
    keep_new_expressions()
    if reviews.asked.cached:
        prune()
    return report, notes


def _outcomes(report: Report, language: str) -> str:
    """Return a line for every rule and file: passed, failed, not applicable or not evaluated, and why.

    Rules that do not apply for one reason share a line: that a draft has no layout is said once.
    """
    words: dict[OutcomeKind, Bilingual] = {
        "passed": Bilingual("通过", "passed"),
        "failed": Bilingual("未通过", "failed"),
        "not-applicable": Bilingual("不适用", "not applicable"),
        "not-evaluated": Bilingual("未能执行", "not evaluated"),
    }
    lines = []
    for file in report.files:
        said: dict[tuple[OutcomeKind, str | None, str], list[str]] = {}
        for outcome in file.rules:
            alone = outcome.rule if outcome.outcome != "not-applicable" or outcome.reason is None else ""
            said.setdefault((outcome.outcome, outcome.reason, alone), []).append(outcome.rule)
        for (kind, reason, _), rules in said.items():
            word = words[kind].in_language(language)
            why = _bracketed(printable(reason), language) if reason else ""
            names = Bilingual("、", ", ").in_language(language).join(rules)
            lines.append(f"{printable(file.path)}: {names}: {word}{why}\n")
    return "".join(lines)


def _bracketed(text: str, language: str) -> str:
    return Bilingual(f"（{text}）", f" ({text})").in_language(language)


def _statistics(report: Report, language: str) -> str:
    """Return a table of the rules: how much each found and how long it took, the slowest first."""
    from tabulate import tabulate

    found: dict[str, int] = {}
    seconds: dict[str, float] = {}
    for outcome in (outcome for file in report.files for outcome in file.rules):
        found[outcome.rule] = found.get(outcome.rule, 0) + outcome.violations
        seconds[outcome.rule] = seconds.get(outcome.rule, 0.0) + outcome.seconds
    reading = sum(file.seconds for file in report.files)
    whole = sum(seconds.values()) + reading or 1.0
    rows: list[tuple[str, int | str, float]] = sorted(
        ((rule, found[rule], seconds[rule]) for rule in found), key=lambda row: -row[2]
    )
    rows.insert(0, (Bilingual("读入与解析", "reading and parsing").in_language(language), "", reading))
    heads = ["规则", "问题", "毫秒", "占比"] if language == "zh" else ["rule", "violations", "ms", "share"]
    shown = [[rule, number, f"{time * 1000:.2f}", f"{time / whole:.1%}"] for rule, number, time in rows]
    return tabulate(shown, heads, colalign=("left", "right", "right", "right"), disable_numparse=True)


def status(report: Report, fail_on: str, bad_rules: bool = False) -> int:
    """Return the exit status of a run; what could not be checked wins over violations."""
    if bad_rules or any(
        file.error is not None or file.problems or any(outcome.outcome == "not-evaluated" for outcome in file.rules)
        for file in report.files
    ):
        return 2
    return int(any(fails(violation, fail_on) for file in report.files for violation in file.to_mend))


def fails(violation: Violation, fail_on: str) -> bool:
    """Say whether a violation is as grave as ``fail_on``, from which the exit status is 1."""
    return _RANK[violation.severity] >= _RANK[fail_on]


def read_baseline(path: str | None) -> Baseline | None:
    """Return the baseline in a file; None for none. A run without one loads nothing of it."""
    if path is None:
        return None
    from checker import baseline

    return baseline.read(path)


def baselines_of(known: Baseline | None, reviews: Reviews) -> tuple[list[Baseline], list[Bilingual]]:
    """Return the baseline that the command line names, else those of configurations, and what is wrong with these."""
    if known is not None:
        return [known], []
    baselines, wrong = [], []
    for path in reviews.baselines:
        try:
            if (named := read_baseline(path)) is not None:
                baselines.append(named)
        except Problem as problem:
            wrong.append(problem.message)
    return baselines, wrong


def by_baselines(report: Report, baselines: Sequence[Baseline]) -> tuple[Report, int]:
    """Return a report after baselines, and how many violations of them are gone."""
    gone = sum(one.number_gone(report) for one in baselines)
    for one in baselines:
        report = one.applied(report)
    return report, gone


def say_gone(number: int, language: str) -> None:
    """Say how many violations of a baseline are no longer there."""
    if number:
        zh = f"基线里有 {number} 个问题已不存在，可用 plancheck baseline --prune 去掉"
        are = "violation of the baseline is" if number == 1 else "violations of the baseline are"
        en = f"{number} {are} no longer there; plancheck baseline --prune drops what is gone"
        say_problems([Bilingual(zh, en)], language)


def spare(output: str | None, paths: Sequence[str], suffixes: Sequence[str], baseline: str | None = None) -> None:
    """Refuse to write the report over a draft that is checked, or over the baseline: a run changes neither."""
    if output is None or not os.path.exists(output):
        return
    if baseline is not None and os.path.exists(baseline) and os.path.samefile(baseline, output):
        name = printable(output)
        zh, en = "是基线，不能用报告覆盖；请给 -o 另起文件名", "is the baseline and must not be overwritten"
        raise Problem(Bilingual(f"{name}: {zh}", f"{name}: {en}; give -o another name"))
    spare_drafts(output, paths, suffixes)
