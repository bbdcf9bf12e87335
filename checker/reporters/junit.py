"""``junit``: each draft as a suite of tests, each rule as a test of it, for the test pages of Jenkins and GitLab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from junitparser import Attr, Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from checker.model import Bilingual, FileReport, Outcome, Report, Violation
from checker.reporters.locations import path_below
from checker.reporters.undone import not_checked, not_evaluated
from checker.reporters.words import SEVERITIES, acceptance, full_message, location, printable, printable_lines

_GRAVEST_FIRST = tuple(SEVERITIES)


class _Case(TestCase):
    """A rule on a draft."""

    file = Attr()
    """Where GitLab looks for the file that a test is about."""


def render(report: Report) -> bytes:
    """Return the report as XML in UTF-8, indented."""
    suites = JUnitXml("plancheck")
    for file in report.files:
        suites.append(_suite(printable(file.path), list(_cases(file, report))))
    if report.problems:
        name = Bilingual("规则和插件", "rules and plugins").in_language(report.language)
        suites.append(_suite("plancheck", [_error(_Case(name, "plancheck"), report.problems)]))
    suites.update_statistics()
    made = BytesIO()
    suites.write(made, pretty=True)
    return made.getvalue()


def _suite(name: str, cases: Sequence[TestCase]) -> TestSuite:
    suite = TestSuite(name)
    suite.extend(cases)
    return suite


def _cases(file: FileReport, report: Report) -> Iterator[TestCase]:
    """Yield a test for each rule, those that only a plugin or waivers know of among them, and for what went wrong."""
    language = report.language
    if file.error is not None:
        name = Bilingual("读取", "reading").in_language(language)
        yield _error(_case(name, file), [not_checked(file.error, language)])
    known = {outcome.rule for outcome in file.rules}
    others = dict.fromkeys(one.rule for one in report.shown(file) if one.rule not in known)
    for outcome in (*file.rules, *(Outcome(rule, "failed") for rule in others)):
        yield _tried(outcome, file, report)
    if file.problems:
        name = Bilingual("插件", "plugins").in_language(language)
        yield _error(_case(name, file), file.problems)


def _case(name: str, file: FileReport, seconds: float = 0.0) -> _Case:
    path = printable(file.path)
    case = _Case(printable(name), path, seconds or None)
    case.file = printable(path_below(file.path, "CI_PROJECT_DIR"))
    return case


def _tried(outcome: Outcome, file: FileReport, report: Report) -> TestCase:
    """Return the test of a rule: what nobody has accepted fails it."""
    rule = report.rules.get(outcome.rule)
    case = _case(f"{outcome.rule} {rule.title}" if rule else outcome.rule, file, outcome.seconds)
    if outcome.outcome == "not-evaluated":
        return _error(case, [not_evaluated(outcome, report.language)])
    if outcome.outcome == "not-applicable":
        case.result = Skipped(printable(outcome.reason or "") or None)
        return case
    found = [one for one in report.shown(file) if one.rule == outcome.rule]
    failing = [one for one in found if one.waived is None]
    if failing:
        case.result = _failure(failing, file, report.language)
    elif found:  # all are accepted, and to be shown
        case.result = Skipped(_reasons(found, report.language))
    if len(failing) < len(found):
        case.system_out = _places([one for one in found if one.waived is not None], file, report.language)
    return case


def _failure(found: Sequence[Violation], file: FileReport, language: str) -> Failure:
    gravest = min((one.severity for one in found), key=_GRAVEST_FIRST.index)
    number = len(found)
    count = Bilingual(f"{number} 个问题", f"{number} violation{'s' if number != 1 else ''}").in_language(language)
    failure = Failure(printable(found[0].message) if number == 1 else count, gravest)
    failure.text = _places(found, file, language)
    return failure


def _reasons(found: Sequence[Violation], language: str) -> str:
    reasons = dict.fromkeys(acceptance(one.waived, language) for one in found if one.waived is not None)
    return Bilingual("；", "; ").in_language(language).join(reasons)


def _places(found: Sequence[Violation], file: FileReport, language: str) -> str:
    """Return a line for each violation."""
    return "\n".join(
        f"{printable(file.path)}:{location(one, language)}: {SEVERITIES[one.severity].in_language(language)} "
        + full_message(one, language)
        for one in found
    )


def _error(case: _Case, said: Sequence[str]) -> _Case:
    lines = [printable_lines(one) for one in said]
    error = Error(lines[0].partition("\n")[0])
    error.text = "\n".join(lines)
    case.result = error
    return case
