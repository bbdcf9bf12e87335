"""The hooks: a promise to the authors of plugins, written where it is declared.

A plugin is a module or object with functions of these names, marked with ``hookimpl``. Everything
bundled comes through the same hooks, from ``checker.plugins``. A function may take fewer of a hook's
arguments than are given here. ``docs/plugins.md`` has an example of each.

Order is that of registration: the bundled plugins, then the installed ones by the names of their
distributions, then those that ``--plugin`` names. pluggy's ways to change the order of calls
(``tryfirst``, ``trylast``, wrappers) would make it depend on who asks first, and are refused.

A plugin of which one function raises, returns something else than it may, or claims what another has,
takes no part in the run: it is named with its distribution and version, its rules end as not
evaluated, the other plugins go on, and the exit status is 2. Of a plugin that cannot be imported, or
was made for another version of these hooks, nobody knows the rules: it is named all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from os import PathLike

    import click

    from checker.checks import CheckType
    from checker.model import Plan, Violation
    from checker.reader import Reader
    from checker.reporters import Reporter

API_VERSION = 1
"""The version of these hooks and of what ``docs/stability.md`` calls public.

Raised when something of it changes its meaning or goes. A plugin says for which version it was
made: ``PLANCHECK_API_VERSION = 1``; one that does not say so is taken to be of the first.
"""
OLDEST_API_VERSION = 1
"""The oldest version that is still accepted; ``docs/stability.md`` says for how long."""

hookspec = pluggy.HookspecMarker("plancheck")
hookimpl = pluggy.HookimplMarker("plancheck")


@hookspec
def plancheck_rule_packs() -> Sequence[str | PathLike[str]]:
    """Return folders, each a pack (it has a pack.yaml) or holding packs.

    Called once a run, before any rule is read. A pack whose name another has is not read, and its
    file is named; so is each rule file with a mistake, while the others go on.
    """
    raise NotImplementedError  # pluggy never calls a spec; this keeps mypy content


@hookspec
def plancheck_checks() -> Sequence[CheckType]:
    """Return the check types that this plugin adds.

    Called once a run, before any rule file is read, so that rules may name them. Of two that claim
    one name the first registered keeps it; the other plugin takes no part.
    """
    raise NotImplementedError


@hookspec
def plancheck_lexicon() -> Sequence[str | PathLike[str]]:
    """Return folders with words that are added to those of ``rules/lexicon``: roles, units, documents, phrases.

    Called once a run, before any draft is read. A file has the name of the one that it adds to
    (``organs.yaml``), and of its keys those that it adds to. What is added stands before what is
    there; the words of a plugin that is registered later stand in front. A file with a mistake is
    named, and the others are used.
    """
    raise NotImplementedError


@hookspec
def plancheck_grammar(name: str, grammar: str) -> str | None:
    """Return the grammar ``name`` (``plan``, ``clause``, ``target``, ``schedule``, ``citation``) in another form.

    Called once a run for each grammar, plugin by plugin in order of registration. ``grammar`` is
    its source in lark's language, as the plugin before has returned it; what is returned takes its
    place: the same with more behind it (``%extend``), or a whole grammar. None leaves it as it is.
    A source that lark refuses, or that does not make an LALR(1) parser, is left out.

    What the trees mean, and which tokens there are, is said at the top of each ``grammars/*.lark``.
    """
    raise NotImplementedError


@hookspec
def plancheck_readers() -> Sequence[Reader]:
    """Return readers: which suffixes they read, and how bytes of theirs become a ``Text``.

    Called once a run, before any draft is read. Of two that claim one suffix the first registered
    keeps it; the other plugin takes no part. A reader raises Unreadable for a draft of which it can
    make nothing; what else it raises, and what is no sound ``Text``, is reported with the draft.
    """
    raise NotImplementedError


@hookspec
def plancheck_reporters() -> Sequence[Reporter]:
    """Return reporters: a name for ``--format``, and a function from ``Report`` to text or bytes.

    Called once a run, when the command line has been read: import what is heavy inside the function.
    Of two that claim one name the first registered keeps it; the other plugin takes no part.
    """
    raise NotImplementedError


@hookspec
def plancheck_violations(plan: Plan, violations: Sequence[Violation], language: str) -> Sequence[Violation] | None:
    """Return the violations of a draft with some added, changed or dropped; None leaves them as they are.

    Called once for each draft that is checked anew, plugin by plugin in order of registration, each
    with what the one before returned. ``plan`` is the draft's first plan, with the others in
    ``plans``; ``language`` is that of messages, ``zh`` or ``en``. New ones are best made by
    ``checker.violations.violation_at``. The order does not matter: they are sorted by place. What
    lies outside of the draft, or is none, is refused: then those of the plugin before hold, and the
    report says so.
    """
    raise NotImplementedError


@hookspec
def plancheck_commands(cli: click.Group) -> None:
    """Add commands to ``cli``, as ``@cli.command()`` or ``cli.add_command(…)`` does.

    Called once a run, when the command line has to know all commands. A name that is there already
    is not to be had: the plugin that claims it takes no part. What a command raises, other than
    click's own exceptions and ``checker.problems.Problem``, is reported as a fault of its plugin.
    """
    raise NotImplementedError
