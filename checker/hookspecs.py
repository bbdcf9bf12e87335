"""The hooks: a promise to the authors of plugins, written where it is declared.

A plugin is a module or object with functions of these names, marked with ``hookimpl``.
Everything bundled comes through the same hooks, from ``checker.plugins``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from os import PathLike

    from checker.checks import CheckType
    from checker.reader import Reader
    from checker.reporters import Reporter

API_VERSION = 1
"""The version of these hooks, raised when one of them changes its meaning."""

hookspec = pluggy.HookspecMarker("plancheck")
hookimpl = pluggy.HookimplMarker("plancheck")


@hookspec
def plancheck_rule_packs() -> Sequence[str | PathLike[str]]:
    """Return folders, each a pack (it has a pack.yaml) or holding packs.

    Called once, before any rule is read.
    """
    raise NotImplementedError  # pluggy never calls a spec; this keeps mypy content


@hookspec
def plancheck_checks() -> Sequence[CheckType]:
    """Return the check types that this plugin adds.

    Called once, before any rule file is read, so that rules may name them. A name that
    is claimed twice is an error that names it.
    """
    raise NotImplementedError


@hookspec
def plancheck_lexicon() -> Sequence[str | PathLike[str]]:
    """Return folders with words that are added to those of ``rules/lexicon``: roles, units, documents, phrases.

    Called once, before any draft is read. A file has the name of the one that it adds to
    (``organs.yaml``), and of its keys those that it adds to.
    """
    raise NotImplementedError


@hookspec
def plancheck_readers() -> Sequence[Reader]:
    """Return readers: which suffixes they read, and how bytes of theirs become a ``Text``.

    Called once, before any draft is read. Of two readers for one suffix the first registered
    keeps it.
    """
    raise NotImplementedError


@hookspec
def plancheck_reporters() -> Sequence[Reporter]:
    """Return reporters: a name for ``--format``, and a function from ``Report`` to text.

    Called once, when the command line is read: import what is heavy inside the function.
    """
    raise NotImplementedError
