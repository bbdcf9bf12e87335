"""Results of earlier runs, kept by content: an unchanged draft is not parsed again.

The key is made of everything that a result depends on: the bytes of the draft, the rules
that run, the files of plancheck itself and of rule packs, the versions of what reads drafts
and matches patterns, language and version of Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from checker import cache
from checker.model import FileReport
from checker.package_data import data_folder

T = TypeVar("T")

# What a result depends on beside plancheck: they decode drafts, simplify characters, match patterns.
_DEPENDENCIES = (
    "charset-normalizer",
    "justhtml",
    "lark",
    "lxml",
    "msgspec",
    "opencc",
    "python-docx",
    "pyyaml",
    "regex",
)


class Results:
    """The results of runs with the same rules and options."""

    def __init__(self, *ingredients: str) -> None:
        self._base = cache.key(*ingredients)

    def get(self, path: str, data: bytes, *more: str) -> FileReport | None:
        """Return the result for a draft, None if there is none that can be used.

        ``more`` is what else its reader depends on.
        """
        return cache.recall("results", cache.key(self._base, path, data, *more), FileReport)

    def put(self, path: str, data: bytes, report: FileReport, *more: str) -> None:
        """Keep the result for a draft."""
        if report.problems or any(outcome.outcome == "not-evaluated" for outcome in report.rules):
            return  # out of time today may be in time tomorrow
        cache.keep("results", cache.key(self._base, path, data, *more), report)

    def recall(self, name: str, shape: type[T]) -> T | None:
        """Return what was kept of the run as a whole."""
        return cache.recall("results", cache.key(self._base, name), shape)

    def keep(self, name: str, value: object) -> None:
        """Keep something of the run as a whole."""
        cache.keep("results", cache.key(self._base, name), value)


def stamps(rule_folders: Iterable[str]) -> list[str]:
    """Return what results depend on beside drafts and options: code, rules, versions."""
    folders = list(rule_folders)
    bundled = data_folder("checker.rules")  # of which the package's own stamp says more
    others = [folder for folder in folders if folder != bundled]
    return [cache.package_stamp(), *folders, cache.contents(others), cache.distributions(*_DEPENDENCIES)]
