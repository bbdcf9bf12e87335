"""A group of commands of which each is imported when it is run."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

import click


class LaterCommand(NamedTuple):
    """A command that is not imported yet."""

    target: str
    """``package.module:object``."""
    about: str
    """What it does, in a line."""

    def load(self) -> click.Command:
        """Return the command."""
        module, _, name = self.target.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


class Commands(click.Group):
    """A click group to which commands can also be added by name, to be imported later."""

    def __init__(self, name: str | None = None, **settings: object) -> None:
        super().__init__(name, **settings)  # type: ignore[arg-type]
        self.later: dict[str, LaterCommand] = {}

    def add_later(self, name: str, target: str, about: str) -> None:
        """Add a command of which ``target`` says where it is: ``package.module:object``."""
        self.later[name] = LaterCommand(target, about)
