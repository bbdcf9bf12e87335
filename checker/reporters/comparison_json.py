"""``json`` of ``plancheck compare``: the keys are a contract, see ``plancheck schema compare``."""

from __future__ import annotations

from msgspec import Struct

from checker.comparing import Comparison, DraftPair, Matched, State
from checker.model import FileReport
from checker.reporters.json import ToolJson, ViolationJson, violation_json
from checker.written_json import written


class ComparedJson(Struct):
    """One violation through both rounds: ``old`` as it is in the old draft, ``new`` as it is in the new."""

    state: State
    """``new``, ``open`` (in both), ``fixed``, ``waived`` (in the new draft, accepted), or ``unknown``.

    That is where one of the two could not be evaluated by the rule.
    """
    matched: Matched | None
    """How the two were found to be the same: by ``fingerprint``, or because they are ``similar``."""
    old: ViolationJson | None
    new: ViolationJson | None


class VersionJson(Struct):
    """One version of a draft."""

    path: str
    error: str | None
    """Why it could not be read."""
    not_evaluated: list[str]
    """The ids of rules that could not be evaluated."""
    problems: tuple[str, ...]
    """What went wrong with plugins that have a say on all violations."""


class DraftJson(Struct):
    """The two versions of a draft; one is null where only the other folder has it."""

    name: str
    old: VersionJson | None
    new: VersionJson | None
    violations: list[ComparedJson]


class CountsJson(Struct):
    """Counts over all drafts; ``only_old`` and ``only_new`` are drafts that one folder has."""

    drafts: int
    only_old: int
    only_new: int
    unreadable: int
    new: int
    open: int
    fixed: int
    waived: int
    unknown: int


class ComparisonJson(Struct):
    """Two rounds of review."""

    schema: int
    tool: ToolJson
    old: str
    new: str
    drafts: list[DraftJson]
    problems: tuple[str, ...]
    """What is wrong with plugins, rules, words, and names in the selection."""
    summary: CountsJson


def render(comparison: Comparison) -> str:
    """Return the comparison as JSON, indented, with a line end."""
    return written(comparison_json(comparison))


def comparison_json(comparison: Comparison) -> ComparisonJson:
    """Return the comparison in the shape of the contract."""
    return ComparisonJson(
        schema=1,
        tool=ToolJson("plancheck", comparison.version, comparison.packs, comparison.plugins),
        old=comparison.old,
        new=comparison.new,
        drafts=[_draft(draft) for draft in comparison.drafts],
        problems=comparison.problems,
        summary=_counts(comparison),
    )


def _draft(draft: DraftPair) -> DraftJson:
    violations = [
        ComparedJson(
            one.state,
            one.matched,
            violation_json(one.old) if one.old is not None else None,
            violation_json(one.new) if one.new is not None else None,
        )
        for one in draft.violations
    ]
    return DraftJson(draft.name, _version(draft.old), _version(draft.new), violations)


def _version(report: FileReport | None) -> VersionJson | None:
    if report is None:
        return None
    idle = [one.rule for one in report.rules if one.outcome == "not-evaluated"]
    return VersionJson(report.path, report.error, idle, report.problems)


def _counts(comparison: Comparison) -> CountsJson:
    drafts = comparison.drafts
    return CountsJson(
        drafts=len(drafts),
        only_old=sum(draft.new is None for draft in drafts),
        only_new=sum(draft.old is None for draft in drafts),
        unreadable=sum(report.error is not None for draft in drafts for report in draft.reports),
        new=comparison.count("new"),
        open=comparison.count("open"),
        fixed=comparison.count("fixed"),
        waived=comparison.count("waived"),
        unknown=comparison.count("unknown"),
    )
