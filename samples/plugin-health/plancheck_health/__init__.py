"""Plans on health literacy (居民健康素养提升行动实施方案): a plugin of plancheck that uses every hook.

Every run asks for these hooks: what takes long to import is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checker.checks import CheckType
from checker.hookspecs import hookimpl
from checker.model import Plan, Report, Text, Violation
from checker.reader import Reader
from checker.reporters import Reporter
from plancheck_health import arrow, series

if TYPE_CHECKING:
    import click

PLANCHECK_API_VERSION = 1
FOLDER = Path(__file__).resolve().parent


@hookimpl
def plancheck_rule_packs() -> list[Path]:
    """Return the folder of the pack ``health``."""
    return [FOLDER / "health"]


@hookimpl
def plancheck_checks() -> list[CheckType]:
    """Return ``series``: the values of one metric rise, or fall, from year to year."""
    return [series.CHECK]


@hookimpl
def plancheck_lexicon() -> list[Path]:
    """Return what plans on health write and plancheck does not know: /10万, 责任链条, 疾控局."""
    return [FOLDER / "lexicon"]


@hookimpl
def plancheck_grammar(name: str, grammar: str) -> str | None:
    """Add chains to the clauses: 责任链条：县疾控局→县教育局、县民政局."""
    return arrow.extended(grammar) if name == "clause" else None


@hookimpl
def plancheck_readers() -> list[Reader]:
    """Return the reader of ``.brief``."""
    return [Reader("brief", (".brief",), _read_brief, (b"%BRIEF",))]


@hookimpl
def plancheck_reporters() -> list[Reporter]:
    """Return ``ledger``: what is to be mended, as a table for a spreadsheet."""
    return [Reporter("ledger", _ledger)]


@hookimpl
def plancheck_violations(plan: Plan, violations: Sequence[Violation], language: str) -> Sequence[Violation] | None:
    """Be milder with a draft for comment, and say when a plan lacks goals and actions alike."""
    from plancheck_health import judgement

    return judgement.of(plan, violations, language)


@hookimpl
def plancheck_commands(cli: click.Group) -> None:
    """Add ``health-targets``."""
    from plancheck_health.targets import command

    cli.add_command(command)


def _read_brief(data: bytes, suffix: str) -> Text:
    from plancheck_health import brief

    return brief.read(data)


def _ledger(report: Report) -> bytes:
    from plancheck_health import ledger

    return ledger.render(report)
