"""Options that several commands take, and what they mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from checker.reader import MAX_SIZE

Command = TypeVar("Command", bound=Callable[..., Any])


def language_of(context: click.Context) -> str:
    """Return the language of messages: ``zh`` or ``en``."""
    found: str = context.find_root().params["lang"]
    return found


def lang_option(command: Command) -> Command:
    """Let ``--lang`` stand behind the command's name too."""

    def take(context: click.Context, parameter: click.Parameter, given: str | None) -> None:
        if given:
            context.find_root().params["lang"] = given

    return click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        callback=take,
        expose_value=False,
        help="消息的语言 / language of messages",
    )(command)


def rules_option(command: Command) -> Command:
    """Let ``--rules DIR`` name folders of more rule packs."""
    return click.option(
        "--rules",
        multiple=True,
        type=click.Path(),
        metavar="DIR",
        help="再加一个规则包，或放规则包的文件夹；可写多次 / one more pack, or a folder of packs",
    )(command)


def names(given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names in options that may stand several times and hold several names with commas between."""
    return tuple(name.strip() for words in given for name in words.split(",") if name.strip())


def max_size_option(command: Command) -> Command:
    """Let ``--max-size`` say how large a draft may be."""
    return click.option(
        "--max-size",
        type=click.IntRange(min=1),
        default=MAX_SIZE,
        metavar="BYTES",
        help="单个文件的大小上限 / largest draft [20000000]",
    )(command)
