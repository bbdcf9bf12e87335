"""What a shell offers for the values of options and arguments when a person presses the Tab key.

click knows commands, options and choices. Here is the rest: drafts, ids of rules, forms of reports. Nothing is
read for it but the names of files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def files(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem[str]]:
    """Let the shell offer its files and folders."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def rules(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """Return the ids and packs that go on as ``begun``: the last of a list with commas."""
    before, comma, last = begun.rpartition(",")
    named = before.split(",")
    return [
        f"{before}{comma}{name}" for name in ["all", *_rules(context)] if name.startswith(last) and name not in named
    ]


def subjects(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """Return what can be explained: rules, packs, check types and kinds of nodes."""
    from checker.commands.options import host_of
    from checker.kinds import KINDS

    return [name for name in (*_rules(context), *host_of(context).checks, *KINDS) if name.startswith(begun)]


def formats(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """Return the forms of reports."""
    from checker.commands.options import host_of

    return [name for name in host_of(context).reporters if name.startswith(begun)]


def _rules(context: click.Context) -> list[str]:
    """Return packs and ids of rules, by the names of their files."""
    from checker.commands.options import host_of
    from checker.pack_folders import pack_name, packs_in, rule_ids

    places = [*host_of(context).rule_places, *(context.params.get("rules") or ())]
    packs = [pack_name(pack) for place in places for pack in packs_in(place)]
    return [*packs, *(rule_id for place in places for rule_id in rule_ids(place))]
