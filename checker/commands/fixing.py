"""What ``plancheck check --fix`` and ``--diff`` do with drafts, and what they say of it."""

from __future__ import annotations

import errno
import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click
from msgspec import Struct
from msgspec.structs import replace

from checker.commands.check import by_baselines
from checker.commands.output import say_problems, write_file
from checker.fixing import Fixed, difference, fixed, is_fixable
from checker.model import Bilingual, FileReport, Report
from checker.problems import Problem, Unreadable
from checker.reader import load, named_drafts, shown
from checker.reporters.words import printable
from checker.reviews import Reviews

if TYPE_CHECKING:
    from checker.baseline import Baseline

Say = Callable[[Bilingual, bool], None]
"""What is told of a draft at once: a sentence, and whether it is about something that was not done."""
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


class Mended(Struct, frozen=True):
    """What became of the drafts of a run."""

    report: Report
    """What is left to say of them, before baselines."""
    fixed: tuple[Fixed, ...]
    """Those in which there was something to put right."""
    failed: bool
    """True where one could not be written."""


_NOBODY_KNOWS = Bilingual(
    "配置或基线有错，不知道哪些问题已经豁免，没有改正",
    "a mistake in the configuration or baseline hides what has been accepted: left alone",
)


def mended(
    report: Report,
    paths: Sequence[str],
    reviews: Reviews,
    baselines: Sequence[Baseline],
    *,
    writes: bool,
    say: Say,
    all_known: bool = True,
    tracked: bool = False,
) -> Mended:
    """Put right what has only one answer in the drafts of a report; without ``writes`` nothing is written.

    With ``tracked`` what is written has tracked changes; what is left to say is then that of the draft as it would
    be with all of them accepted.

    A draft is written whole or not at all, only if it still is what was checked, and only if all that persons
    have accepted is known: ``all_known`` is false where a baseline could not be read. ``say`` is told of each draft
    as soon as it is done, so that a run that is broken off has said what it changed.
    """
    fixable = {file.path for file in by_baselines(report, baselines)[0].files if file.is_draft and is_fixable(file)}
    files = {file.path: file for file in report.files}
    done: list[Fixed] = []
    failed = False
    for path, _ in named_drafts(paths, reviews.host.suffixes):
        if shown(reviews.name_of(path)) not in fixable:
            continue
        name = printable(shown(reviews.name_of(path)))
        try:
            if not all_known or reviews.of(path).mistakes:
                raise Unreadable(_NOBODY_KNOWS)
            one = _fixed(path, report, reviews, baselines, tracked, writes)
            if writes and one.data != one.was:
                _write(path, one, reviews.of(path).max_size)
        except Problem as problem:
            say(Bilingual(f"{name}: {problem.message.zh}", f"{name}: {problem.message.en}"), True)
            failed = failed or not isinstance(problem, Unreadable)
            continue
        _say_what_was_done(one, writes, tracked, say)
        done.append(one)
        if writes:
            files[one.path] = one.report
    return Mended(replace(report, files=tuple(files.values())), tuple(done), failed)


def _fixed(
    path: str, report: Report, reviews: Reviews, baselines: Sequence[Baseline], tracked: bool, writes: bool
) -> Fixed:
    def accepted(file: FileReport) -> FileReport:
        settled, *_ = reviews.settled([path], [path], [file])
        return by_baselines(replace(report, files=(settled,)), baselines)[0].files[0]

    with reviews.host.apart():
        one = fixed(path, reviews.of(path), accepted, tracked=tracked, where_it_can=not writes)
    settled, *_ = reviews.settled([path], [path], [one.report])
    return replace(one, report=settled)


def _write(path: str, one: Fixed, max_size: int) -> None:
    """Write a draft; standard input goes to standard output. Raises Problem where it is another one by now."""
    if path == "-":
        return  # the command prints it, changed or not
    if load(path, max_size) != one.was:
        zh, en = (
            "检查以后又有改动，没有改正；请再运行一次",
            "has changed since it was checked, and was left alone: run again",
        )
        raise Problem(Bilingual(zh, en))
    try:
        if not os.access(path, os.W_OK):  # replacing it would need no permission but that of its folder
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        write_file(path, one.data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem(Bilingual(f"无法写入（{reason}），没有改动", f"cannot be written ({reason})")) from error


def draft_of_standard_input(mends: Mended, reviews: Reviews) -> bytes:
    """Return the draft that came by standard input, put right where that could be done."""
    name = shown(reviews.name_of("-"))
    return next((one.data for one in mends.fixed if one.path == name), None) or load("-", reviews.max_size)


def _say_what_was_done(one: Fixed, writes: bool, tracked: bool, say: Say) -> None:
    """Say how much was put right in a draft, and what was not; of what is only shown the difference says enough."""
    name, number = printable(one.path), sum(one.edits.values())
    if number and (writes or tracked):
        zh, en = _listed(one.edits)
        how = Bilingual("，写成修订", " as tracked changes") if tracked else Bilingual("", "")
        say(Bilingual(f"{name}: 改正 {number} 处{how.zh}（{zh}）", f"{name}: {number} fixed{how.en} ({en})"), False)
    for rule, line in one.refused:
        zh, en = "照着改会带来别的问题，没有改", "fixing it would lead to another violation: left alone"
        say(Bilingual(f"{name}:{line}: {printable(rule)}: {zh}", f"{name}:{line}: {printable(rule)}: {en}"), True)


def _listed(edits: Mapping[str, int]) -> tuple[str, str]:
    said = [f"{printable(rule)} {number}" for rule, number in edits.items()]
    return "、".join(said), ", ".join(said)


def show_differences(drafts: Sequence[Fixed], language: str, quiet: bool = False) -> bool:
    """Print what ``--fix`` would change, as a unified diff; return whether there is anything.

    How much that is is said on standard error, unless ``quiet``.
    """
    on_terminal = sys.stdout.isatty()
    for one in drafts:
        for line in difference(one):
            if on_terminal:  # where a draft must not command anything
                line = click.style(f"{printable(line.rstrip(chr(10)))}\n", fg=_COLOURS.get(line[0]))
            click.echo(line, nl=False)
    counted = sum((Counter(one.edits) for one in drafts), Counter())
    changed = sum(one.before != one.after for one in drafts)
    if changed and not quiet:
        number = counted.total()
        zh = f"--fix 会改正 {changed} 份方案里的 {number} 处"
        drafts_en = "one draft" if changed == 1 else f"{changed} drafts"
        en = f"--fix would mend {'one place' if number == 1 else f'{number} places'} in {drafts_en}"
        say_problems([Bilingual(zh, en)], language)
    return bool(changed)
