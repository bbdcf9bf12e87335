"""The article of a web page line by line, each character with its place in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from checker.expressions import expression
from checker.model import Bilingual, Line, Place
from checker.outline import labels as outline_labels
from checker.problems import Unreadable
from checker.web.article import Article, Run, article
from checker.web.characters import AMPERSAND, Token, sheltered, stretches, tokens
from checker.web.tree import FROM_ABOVE, columns, labels, parsed

_LINE_END = expression(r"\r\n|\n|\r")
# What a browser shows as a space: no-break spaces, and controls that a character reference names.
_BLANK = dict.fromkeys((0xA0, *range(0x20), *range(0x7F, 0xA0)), " ")


class Written(Struct, frozen=True):
    """A line as read, and where its characters stand in the file."""

    line: Line
    atoms: list[tuple[int, int, int]]
    """``(index in the line, offset in the file, length there)``; the length is 0 for what does not stand there."""

    def place(self, index: int) -> tuple[int, int]:
        """Return start and end of a character in the file; raises Unreadable for one that is not there as such."""
        number = bisect_right(self.atoms, index, key=lambda atom: atom[0]) - 1
        at, offset, length = self.atoms[number]
        behind = self.atoms[number + 1][0] if number + 1 < len(self.atoms) else len(self.line.text)
        if not length:
            zh = "要改的字不在网页里：它是浏览器自动加的编号、表格线或空白"
            en = "what would change is not in the page: a number or a line of a table that browsers add"
            raise Unreadable(Bilingual(zh, en))
        if length == behind - at:
            return offset + index - at, offset + index - at + 1
        return offset, offset + length


class _Growing(Struct):
    """A line that is being put together."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    atoms: list[tuple[int, int, int]] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)

    def add(self, words: str, offset: int, length: int, bold: bool = False) -> None:
        """Append characters that take up ``length`` characters of the file from ``offset`` on."""
        self.atoms.append((self.length, offset, length))
        if bold and self.bold and self.bold[-1][1] == self.length:
            self.bold[-1] = (self.bold[-1][0], self.length + len(words))
        elif bold:
            self.bold.append((self.length, self.length + len(words)))
        self.parts.append(words)
        self.length += len(words)

    def join(self, other: _Growing) -> None:
        """Append another line."""
        self.atoms += [(self.length + index, offset, length) for index, offset, length in other.atoms]
        self.parts += other.parts
        self.length += other.length

    @property
    def last(self) -> str:
        """Its last character; empty while there is none."""
        return self.parts[-1][-1] if self.parts else ""

    @property
    def offset(self) -> int:
        """Where its last characters stand."""
        return self.atoms[-1][1] if self.atoms else 0


def written(source: str) -> list[Written]:
    """Return the lines of the article of a page; those of comments to plancheck are layout."""
    return list(_Lines(source).written())


class _Lines:
    """A page and what has been told of it."""

    def __init__(self, source: str) -> None:
        self._source = sheltered(source)
        self._article: Article = article(parsed(self._source))
        self._page = self._article.page
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(source))]
        self._labels = labels(self._page)
        self._columns: dict[int, dict[int, list[int]]] = {}

    def written(self) -> Iterator[Written]:
        """Yield the lines in order."""
        runs, at = self._article.runs, 0
        while at < len(runs):
            row, behind = runs[at].context.row, at + 1
            while row >= 0 and behind < len(runs) and runs[behind].context.row == row:
                behind += 1
            for run in runs[at:behind]:
                yield from map(self._comment, run.comments)
            if row >= 0:
                yield self._row(row, [run for run in runs[at:behind] if run.texts])
            else:
                heading = runs[at].context.heading
                yield from (self._finished(one, heading) for one in self._grown(runs[at]) if one.length)
            at = behind

    def _place(self, offset: int) -> Place:
        return Place(line=bisect_right(self._starts, offset))

    def _comment(self, number: int) -> Written:
        node = self._page.nodes[number]
        words = f"<!--{node.words.replace(AMPERSAND, '&')}-->"
        return Written(Line(words, ((0, self._place(node.offset)),), layout=True), [(0, node.offset, 0)])

    def _finished(self, one: _Growing, heading: int = 0) -> Written:
        places: list[tuple[int, Place]] = []
        for index, offset, _ in one.atoms:
            place = self._place(offset)
            if not places or places[-1][1] != place:
                places.append((index, place))
        return Written(Line("".join(one.parts), tuple(places), tuple(one.bold), heading=heading), one.atoms)

    # ------------------------------------------------------------------------------ a run

    def _grown(self, run: Run) -> Iterator[_Growing]:
        """Yield the lines of a run: one, save where line ends are kept as they are."""
        growing = self._begun(run)
        blank: Token | None = None
        for text in run.texts:
            context = self._article.contexts[text]
            for token in self._tokens(text):
                if context.preformatted and token.kind == "space" and "\n" in token.words:
                    yield growing
                    growing, blank = _Growing(), None
                elif token.kind == "space":
                    blank = blank or token
                else:
                    if blank is not None and growing.length and _is_shown(blank, growing.last, token.words):
                        growing.add(" ", blank.offset, blank.length)
                    blank = None
                    growing.add(token.words.translate(_BLANK), token.offset, token.length, context.bold)
        yield growing

    def _tokens(self, text: int) -> Iterator[Token]:
        node = self._page.nodes[text]
        for stretch in stretches(node.words, node.offset, self._source):
            yield from tokens(stretch)

    def _begun(self, run: Run) -> _Growing:
        """Return a line with the number that a browser shows before it; with none before a number that is typed."""
        growing = _Growing()
        label = self._labels.pop(run.context.item, "")
        if label and run.texts and outline_labels().match(run.words[:20]) is None:
            growing.add(label, self._page.nodes[run.texts[0]].offset, 0)
        return growing

    # ------------------------------------------------------------------------------ a row

    def _row(self, row: int, runs: Sequence[Run]) -> Written:
        """Return a row of a table; between the lines of a cell stands a space."""
        of_cells: dict[int, list[Run]] = {}
        for run in runs:
            of_cells.setdefault(run.context.cell, []).append(run)
        growing = _Growing()
        cells: list[tuple[int, int]] = []
        growing.add("|", self._page.nodes[runs[0].texts[0]].offset if runs else 0, 0)
        columns = self._cells_of(row)
        for cell in columns:
            growing.add(" ", growing.offset, 0)
            start = growing.length
            for run in of_cells.get(cell, ()) if cell >= 0 else ():
                for one in self._grown(run):
                    if growing.length > start and one.length:
                        growing.add(" ", growing.offset, 0)
                    growing.join(one)
            cells.append((start, growing.length))
            growing.add(" |", growing.offset, 0)
        finished = self._finished(growing)
        above = tuple(number for number, cell in enumerate(columns) if cell == FROM_ABOVE)
        return replace(finished, line=replace(finished.line, cells=tuple(cells), from_above=above))

    def _cells_of(self, row: int) -> list[int]:
        table = self._article.contexts[row].table
        if table not in self._columns:
            self._columns[table] = columns(self._page, table)
        return self._columns[table].get(row, [])


def _is_shown(blank: Token, before: str, behind: str) -> bool:
    """Say whether white space is a space: a line end of the file between Chinese characters is none."""
    if "\n" not in blank.words:
        return True
    return "!" <= before <= "~" and "!" <= behind[:1] <= "~"
