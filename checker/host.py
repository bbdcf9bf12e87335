"""The host of the plugins: what they add, asked for once a run."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

import pluggy

from checker import hookspecs
from checker.model import Bilingual
from checker.problems import Problem

if TYPE_CHECKING:
    from checker.checks import CheckType
    from checker.reader import Reader
    from checker.reporters import Reporter

BUNDLED = ("packs", "checks", "readers", "reporters")


class Host:
    """The plugins of a run and all that they give."""

    def __init__(self) -> None:
        self._manager = pluggy.PluginManager("plancheck")
        self._manager.add_hookspecs(hookspecs)
        # pluggy calls the plugin registered last first; the first registered has to win.
        for name in reversed(BUNDLED):
            self._manager.register(import_module(f"checker.plugins.{name}"), name)
        self._manager.check_pending()

    @cached_property
    def rule_places(self) -> list[str]:
        """The names of the folders of rule packs."""
        return [str(folder) for given in self._manager.hook.plancheck_rule_packs() for folder in given]

    @cached_property
    def word_places(self) -> list[str]:
        """The names of the folders of words that plugins add to the lexicon."""
        return [str(folder) for given in self._manager.hook.plancheck_lexicon() for folder in given]

    @cached_property
    def checks(self) -> dict[str, CheckType]:
        """Check types by name."""
        return {check.name: check for check in _unclaimed(self._manager.hook.plancheck_checks())}

    @cached_property
    def readers(self) -> list[Reader]:
        """Readers, the ones asked first in front."""
        return [reader for given in self._manager.hook.plancheck_readers() for reader in given]

    @cached_property
    def reporters(self) -> dict[str, Reporter]:
        """Reporters by the name that ``--format`` takes."""
        return {reporter.name: reporter for given in self._manager.hook.plancheck_reporters() for reporter in given}

    @property
    def suffixes(self) -> list[str]:
        """The suffixes of the files that are drafts."""
        return [suffix for reader in self.readers for suffix in reader.suffixes]


def _unclaimed(given: Sequence[Sequence[CheckType]]) -> list[CheckType]:
    """Return all check types; raises Problem for a name that is claimed twice."""
    found: dict[str, CheckType] = {}
    for check in (check for checks in given for check in checks):
        if check.name in found:
            raise Problem(
                Bilingual(f"检查类型“{check.name}”重复注册", f"check type {check.name!r} is registered twice")
            )
        found[check.name] = check
    return list(found.values())


@lru_cache(maxsize=1)
def host() -> Host:
    """Return the host with all plugins loaded."""
    return Host()
