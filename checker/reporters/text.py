"""``text``: the report for a person at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from click import style

from checker.model import Bilingual, FileReport, Report, Violation
from checker.reporters.words import SEVERITIES, location, places, printable, waiver, width

_COLOURS = {"error": "red", "warning": "yellow", "info": "cyan"}
# How much of a long line is shown, in columns, and how much of it before the caret.
_SHOWN = 76
_BEFORE = 16


def render(report: Report) -> str:
    """Return every violation with its line and a caret, then what came of the rules."""
    parts = [_file(file, report.shown(file), report.language) for file in report.files]
    return "".join(parts) + (_summary(report) if report.shows_summary else _not_evaluated(report))


def _file(file: FileReport, violations: Sequence[Violation], language: str) -> str:
    path = style(printable(file.path), bold=True)
    if file.error is not None:
        word = Bilingual("无法检查", "not checked").in_language(language)
        return f"{path}\n  {style(word, fg='red')}  {printable(file.error)}\n\n"
    if not violations:
        return ""
    if file.encoding not in (None, "utf-8", "utf-8-sig"):  # guessed: a person should know
        path += style(f"  {file.encoding.upper()}", dim=True)
    return f"{path}\n" + "".join(_violation(violation, language) for violation in violations)


def _violation(v: Violation, language: str) -> str:
    severity = style(SEVERITIES[v.severity].in_language(language), fg=_COLOURS[v.severity])
    where = f"  {style(location(v, language), bold=True)}  {severity}  {style(v.rule, dim=True)}"
    section = ""
    if v.section_label:
        section = Bilingual("位置：", "in: ").in_language(language) + printable(v.section_label)
        section = f"    {section}\n"
    line, caret = _marked(v)
    bar = style("│", dim=True)
    accepted = f"    {style(waiver(v.waived, language), dim=True)}\n" if v.waived else ""
    message = printable(v.message) + places(v, language)
    return f"{where}\n    {message}\n{accepted}{section}    {bar} {line}\n    {bar} {caret}\n\n"


def _marked(v: Violation) -> tuple[str, str]:
    """Return the part of the line around the place, and a caret right under it."""
    line = printable(v.source_line)
    start = v.column - 1
    end = v.end_column - 1 if v.end_line == v.line else len(line)
    end = max(end, start + 1)
    first = start
    while first > 0 and width(line[first - 1 : start]) <= (_BEFORE if width(line) > _SHOWN else _SHOWN):
        first -= 1
    if not line[:first].strip():
        first = 0
    indent = len(line[first:start]) - len(line[first:start].lstrip()) if first == 0 else 0
    first += indent
    last = first
    while last < len(line) and width(line[first : last + 1]) <= _SHOWN:
        last += 1
    shown = ("…" if line[:first].strip() else "") + line[first:last] + ("…" if last < len(line) else "")
    lead = width("…" if line[:first].strip() else "") + width(line[first:start])
    carets = max(1, width(line[start : min(end, last)]))
    return shown, " " * lead + style("^" * carets, fg="green")


def _summary(report: Report) -> str:
    zh = report.language == "zh"
    violations = [violation for file in report.files for violation in file.to_mend]
    unreadable = sum(file.error is not None for file in report.files)
    outcomes = Counter(outcome.outcome for file in report.files for outcome in file.rules)
    counts = Counter(violation.severity for violation in violations)
    fixable = sum(bool(violation.edits) for violation in violations)
    checked = sum(file.is_draft for file in report.files) - unreadable
    if unreadable and not checked and not violations:
        none = Bilingual(f"没有检查任何方案：{unreadable} 份无法检查", f"no plan checked: {unreadable} could not be")
        return none.in_language(report.language) + Bilingual("。\n", ".\n").in_language(report.language)
    if zh:
        found = "、".join(f"{SEVERITIES[s].zh} {counts[s]}" for s in SEVERITIES if counts[s])
        head = f"检查了 {checked} 份方案：" + (f"{len(violations)} 个问题（{found}）" if violations else "没有发现问题")
        head += f"，其中 {fixable} 个可用 --fix 自动改正" if fixable else ""
        rules = f"规则：通过 {outcomes['passed']}，未通过 {outcomes['failed']}，不适用 {outcomes['not-applicable']}"
        rules += f"，未能执行 {outcomes['not-evaluated']}" if outcomes["not-evaluated"] else ""
        head += _accepted(report).zh
        head += f"；{unreadable} 份无法检查" if unreadable else ""
        return f"{head}。{rules}。\n" + _not_evaluated(report)
    found = ", ".join(f"{counts[s]} {s}" for s in SEVERITIES if counts[s])
    plans = f"{checked} plan{'s' if checked != 1 else ''} checked"
    problems = (
        f"{len(violations)} violation{'s' if len(violations) != 1 else ''} ({found})" if violations else "no violations"
    )
    problems += f", of which --fix can mend {fixable}" if fixable else ""
    rules = (
        f"rules: {outcomes['passed']} passed, {outcomes['failed']} failed, {outcomes['not-applicable']} not applicable"
    )
    rules += f", {outcomes['not-evaluated']} not evaluated" if outcomes["not-evaluated"] else ""
    unread = f", {unreadable} could not be checked" if unreadable else ""
    return f"{plans}: {problems}{_accepted(report).en}{unread}; {rules}.\n" + _not_evaluated(report)


def _accepted(report: Report) -> Bilingual:
    """Return how many violations were accepted, and how."""
    counts = Counter(v.waived.how == "baseline" for file in report.files for v in file.violations if v.waived)
    zh, en = "", ""
    if waived := counts[False]:
        zh, en = f"，另有 {waived} 个已豁免", f", {waived} waived"
    if known := counts[True]:
        zh, en = zh + f"，另有 {known} 个在基线里", en + f", {known} in the baseline"
    return Bilingual(zh, en)


def _not_evaluated(report: Report) -> str:
    """Name the rules that could not be evaluated: nothing is skipped in silence."""
    return "".join(
        f"  {style(printable(file.path), bold=True)}  {printable(outcome.rule)}: {printable(outcome.reason or '')}\n"
        for file in report.files
        for outcome in file.rules
        if outcome.outcome == "not-evaluated"
    ) + "".join(
        f"  {style(printable(file.path), bold=True)}  {printable(problem)}\n"
        for file in report.files
        for problem in file.problems
    )
