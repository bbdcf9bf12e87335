"""Pages of ``docs/`` as tests read them: their files, commands, tables and headings."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

DOCS = Path(__file__).resolve().parent.parent / "docs"
Run = Callable[..., Any]


class Block(NamedTuple):
    """A fenced block of a page, or a comment that says what the reader does to a file."""

    kind: str
    """``yaml``, ``text``, ``console``, ``sh``, ``python`` …; ``replace`` and ``remove`` for comments."""
    file: str | None
    """The file that the line before names."""
    content: str
    line: int


class Shown(NamedTuple):
    """A command of a page: what it does and what the page says of that."""

    line: int
    command: str
    shows: str
    page_shows: str


class Page:
    """A page of ``docs/``."""

    def __init__(self, name: str) -> None:
        self.text = (DOCS / name).read_text(encoding="utf-8")
        self.blocks = list(self._blocks())

    def _blocks(self) -> Iterator[Block]:
        found = re.compile(
            r"(?:^\*\*`(?P<file>[^`\n]+)`\*\*\n\n)?^```(?P<kind>\w+)\n(?P<content>.*?)^```$"
            r"|^<!-- (?P<order>replace|remove) (?P<what>.*?) -->$",
            re.MULTILINE | re.DOTALL,
        )
        for match in found.finditer(self.text):
            line = self.text.count("\n", 0, match.start()) + 1
            if match["order"]:
                yield Block(match["order"], None, match["what"], line)
            else:
                yield Block(match["kind"], match["file"], match["content"], line)

    def part(self, heading: str) -> str:
        """Return the text below a heading, up to the next heading of its level or a higher one."""
        level, found, fenced = len(heading.partition(" ")[0]), None, False
        for line in self.text.splitlines(keepends=True):
            fenced ^= line.startswith("```")
            marks = re.match("(#+) ", line)
            if found is None:
                found = "" if re.match(rf"{re.escape(heading)}(?!\w)", line) else None
            elif marks and not fenced and len(marks[1]) <= level:
                return found
            else:
                found += line
        assert found, f"no heading {heading}"
        return found

    def anchors(self) -> set[str]:
        """Return what a link to a heading of the page may name."""
        headings = re.findall("^#+ (.*)$", re.sub("^```.*?^```$", "", self.text, flags=re.M | re.S), re.M)
        return {re.sub(r"[^\w-]", "", heading.replace(" ", "-")).lower() for heading in headings}

    def write_files(self, folder: Path) -> None:
        """Write all files of the page as they stand there."""
        for block in self.blocks:
            if block.file is not None:
                self._write(block, folder)

    def _write(self, block: Block, folder: Path) -> None:
        assert block.file is not None
        path = folder / block.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.content, encoding="utf-8")

    def follow(self, plancheck: Run, folder: Path, others: Mapping[str, Run] | None = None) -> Iterator[Shown]:
        """Do in ``folder`` what the page says, in its order; ``others`` run commands that are not plancheck's."""
        runs = {"plancheck": plancheck, **(others or {})}
        status = 0
        for block in self.blocks:
            if block.file is not None:
                self._write(block, folder)
            elif block.kind == "remove":
                (folder / block.content).unlink()
            elif block.kind == "replace":
                name, before, after = block.content.split(" | ")
                text = (folder / name).read_text(encoding="utf-8")
                assert text.count(before) == 1, (block.line, text)
                (folder / name).write_text(text.replace(before, after), encoding="utf-8")
            elif block.kind == "console":
                for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.content, re.MULTILINE):
                    if command == "echo $?":
                        yield Shown(block.line, command, f"{status}\n", shown)
                        continue
                    name, *arguments = shlex.split(command)
                    done = runs[name](*arguments)
                    status = done.returncode
                    assert status in (0, 1, 2), done.stderr
                    yield Shown(block.line, command, done.stdout + done.stderr, shown)


def rows(text: str) -> list[list[str]]:
    """Return the cells of the rows of all tables in a text, without heads."""
    found = []
    for line in re.findall(r"^\| (.*) \|$", text, re.MULTILINE):
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)]
        found.append(cells)
    heads = {index - 1 for index, cells in enumerate(found) if set("".join(cells)) <= set("- ")}
    return [cells for index, cells in enumerate(found) if index not in heads and index - 1 not in heads]


def named(cell: str) -> list[str]:
    """Return what stands in code marks."""
    return re.findall("`([^`]+)`", cell)
