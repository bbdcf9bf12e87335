"""Help pages for a terminal on which a Chinese character is two columns wide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial

import click

# Patterns are compiled when a page is shown: every run imports this.
_BETWEEN_CHINESE = r"(?<=[^\x00-\xff]) (?=[^\x00-\xff])"
_BEHIND_MARK = "(?<=[，。；：、]) ?(?=[^，。；：、 ])"
_BOTH = "(?:(?<=）)| )/ "
"""Stands between a sentence in Chinese and the same in English."""
_NO_WRAPPING = "\b\n"
"""At the start of a paragraph that click is to leave as it is."""
_HEADINGS = {"Options": "选项 / Options", "Commands": "命令 / Commands"}


class HelpContext(click.Context):
    """A context whose help is a ``HelpPage``."""

    def make_formatter(self) -> click.HelpFormatter:
        return HelpPage(width=self.terminal_width, max_width=self.max_content_width)


class HelpPage(click.HelpFormatter):
    """click's help page, wrapped by columns and not by characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, "用法 / Usage: " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_text(self, text: str) -> None:
        wrapped = partial(_wrapped, width=self.width - self.current_indent)
        super().write_text("\n\n".join(map(wrapped, text.split("\n\n"))))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        rows = list(rows)
        first = min(max((len(term) for term, _ in rows), default=0), col_max) + col_spacing
        wrapped = partial(_wrapped, width=max(self.width - self.current_indent - first, 10))
        super().write_dl([(term, wrapped(said) if said else "") for term, said in rows], col_max, col_spacing)


def with_help_option(command: click.Command) -> click.Command:
    """Return a command whose option ``--help`` says in both languages what it does, and that has help pages."""
    if command.add_help_option:
        command.add_help_option = False
        click.help_option("-h", "--help", help="显示本页 / show this page")(command)
    command.context_class = HelpContext
    return command


def _wrapped(paragraph: str, width: int) -> str:
    """Return a paragraph in lines of at most ``width`` columns, which click leaves as they are."""
    from wcwidth import width as columns
    from wcwidth import wrap

    if paragraph.startswith("\b"):
        return paragraph
    # Chinese has no blanks at which to break a line: it gets some, as long as it takes.
    text = re.sub(_BEHIND_MARK, " ", re.sub(_BETWEEN_CHINESE, "", " ".join(paragraph.split())))
    chinese, *english = re.split(_BOTH, text, maxsplit=1)
    # What does not fit into a line is easier to read with each language in lines of its own.
    parts = [f"{chinese} /", *english] if english and columns(text) > width else [text]
    lines = (line for part in parts for line in wrap(part, width))
    return _NO_WRAPPING + "\n".join(re.sub(_BEHIND_MARK, "", line) for line in lines)
