"""The grammars of ``grammars/*.lark``: parse tables that lark makes once, and what runs them.

Importing lark takes as long as starting Python three times over, and building a grammar as long
again; a run that checks one plan would spend half of its time on that. So lark is asked only
when the cache has no tables for a grammar: ``grammar_tables`` writes down the tables of lark's
LALR(1) parser, as data, and the few lines here run them and shape the tree by lark's rules. The
tables are numbers and names: nothing that comes from the cache is ever executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from checker.cache import distributions, keep, key, package_stamp, recall
from checker.expressions import expression
from checker.lexicon import grammar_of_plugins, made_of_words
from checker.package_data import read_data

END = "$END"
"""The kind of the token behind the last one, as lark names it."""


class Token:
    """A token: its kind, its value (any object, or the characters read), and where it stands."""

    __slots__ = ("end_pos", "start_pos", "type", "value")

    def __init__(self, kind: str, value: Any, start_pos: int = 0, end_pos: int = 0) -> None:
        self.type = kind
        self.value = value
        self.start_pos = start_pos
        self.end_pos = end_pos

    def __repr__(self) -> str:
        return f"Token({self.type!r}, {self.value!r})"


class Tree:
    """A node of a parsed text: the name of its rule or alias, and what it consists of."""

    __slots__ = ("children", "data")

    def __init__(self, data: str, children: list[Tree | Token]) -> None:
        self.data = data
        self.children = children

    def __repr__(self) -> str:
        return f"Tree({self.data!r}, {self.children!r})"

    def iter_subtrees(self) -> Iterator[Tree]:
        """Yield all trees of this one, those below before those above, in order of the text."""
        found = [self]
        for tree in found:
            found += [child for child in reversed(tree.children) if isinstance(child, Tree)]
        return reversed(found)

    def find_data(self, data: str) -> Iterator[Tree]:
        """Yield all trees of this one with a name."""
        return (tree for tree in self.iter_subtrees() if tree.data == data)


class Unexpected(Exception):
    """A text that is not in the language of a grammar."""

    def __init__(self, token: Token, expected: tuple[str, ...]) -> None:
        super().__init__(f"{token!r} where one of {', '.join(expected)} should be")
        self.token = token
        """The token that does not fit; its kind is empty for characters that are none at all."""
        self.expected = expected
        """The kinds of token that would have fitted, sorted."""


# ---------------------------------------------------------------------------- the tables


class Terminal(Struct, frozen=True, array_like=True):
    """A terminal that the grammar gives a pattern to."""

    name: str
    pattern: str
    priority: int


class Production(Struct, frozen=True, array_like=True):
    """A rule of the grammar as the parser needs it, when it has seen all of its parts."""

    origin: str
    size: int
    data: str
    """What the tree is called: the alias, else the rule's name."""
    single: bool
    """True for ``?rule``: with one child it is that child."""
    kept: tuple[tuple[int, bool], ...] | None
    """Indexes of the parts that become children, and whether the part gives its own children
    instead (``_rule``, and the helper rules of ``*`` and ``+``). None keeps all as they are."""


class Tables(Struct, frozen=True, array_like=True):
    """An LALR(1) parser as data."""

    start: int
    end: int
    """The state in which the whole text has been read."""
    actions: tuple[dict[str, int], ...]
    """For each state: by terminal or rule the state that follows it, or ``~n`` to reduce by production n."""
    productions: tuple[Production, ...]
    terminals: tuple[Terminal, ...]
    """The terminals that have a pattern, in the grammar's order."""
    scanners: tuple[str, ...] = ()
    """Patterns of the tokens that may come, each with the terminals' names as groups, for a
    grammar that reads characters: all of its terminals have patterns. The last is of all terminals."""
    scanner_of: tuple[int, ...] = ()
    """Which of the scanners holds in each state."""
    ignored: tuple[str, ...] = ()


def bundled(name: str) -> str:
    """Return the source of ``grammars/<name>.lark``."""
    return read_data("checker.grammars", f"{name}.lark").decode()


@made_of_words(8)
def tables(name: str) -> Tables:
    """Return the parse tables of a grammar that is in use."""
    return tables_of(grammar_of_plugins(name) or bundled(name))


def tables_of(source: str) -> Tables:
    """Return the parse tables of a grammar, from the cache or made by lark; raises what lark raises."""
    address = key("grammar", source, package_stamp(), distributions("lark"))
    known = recall("grammars", address, Tables)
    if known is None:
        from checker.grammar_tables import made

        known = made(source)
        keep("grammars", address, known)
    return known


# ---------------------------------------------------------------------------- the parser


def parsed(name: str, tokens: Sequence[Token]) -> Tree:
    """Parse ready tokens by ``grammars/<name>.lark``; raises Unexpected."""
    given = iter(tokens)
    end = Token(END, "")
    return _run(tables(name), lambda state: next(given, end))


def parsed_text(name: str, text: str) -> Tree:
    """Parse characters by ``grammars/<name>.lark``; raises Unexpected."""
    return _run(tables(name), _Scanner(name, text).next_token)


def valued_token(kind: str, value: object) -> Token:
    """Return a token of a kind that carries any value."""
    return Token(kind, value)


def _run(parser: Tables, next_token: Callable[[int], Token]) -> Tree:
    """Shift and reduce until the end; ``next_token`` gets the parser's state, on which its reading may depend."""
    actions, productions, end = parser.actions, parser.productions, parser.end
    states = [parser.start]
    values: list[Any] = []
    while True:
        token = next_token(states[-1])
        kind = token.type
        while (action := actions[states[-1]].get(kind, None)) is None or action < 0:
            if action is None:
                raise Unexpected(token, tuple(sorted(name for name in actions[states[-1]] if name.isupper())))
            production = productions[~action]
            children: list[Any] = []
            if size := production.size:
                children = values[-size:]
                del states[-size:], values[-size:]
            states.append(actions[states[-1]][production.origin])
            values.append(_shaped(production, children))
            if kind == END and states[-1] == end:
                tree: Tree = values[-1]
                return tree
        states.append(action)
        values.append(token)


def _shaped(production: Production, children: list[Any]) -> Tree | Token:
    """Return the tree for a production, without what the grammar filters out (``_TOKEN``) or inlines (``_rule``)."""
    if production.kept is not None:
        kept: list[Any] = []
        for index, inlined in production.kept:
            if not inlined:
                kept.append(children[index])
            elif kept:
                kept += children[index].children
            else:  # the list of a repetition grows at its end: taken over, not copied each time
                kept = children[index].children
        children = kept
    if production.single and len(children) == 1:
        child: Tree | Token = children[0]
        return child
    return Tree(production.data, children)


# --------------------------------------------------------------- tokens from characters


@made_of_words(8)
def _scanners(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(expression(pattern) for pattern in tables(name).scanners)


class _Scanner:
    """Cuts characters into the tokens that the grammar may have next, the one of highest priority first."""

    def __init__(self, name: str, text: str) -> None:
        self._tables = tables(name)
        self._scanners = _scanners(name)
        self._text = text
        self._at = 0

    def next_token(self, state: int) -> Token:
        """Return the token that comes next in a state of the parser; raises Unexpected."""
        scanner = self._scanners[self._tables.scanner_of[state]]
        while self._at < len(self._text):
            found = scanner.match(self._text, self._at)
            if found is None:
                raise Unexpected(self._misplaced(), tuple(sorted(set(scanner.groupindex) - {*self._tables.ignored})))
            self._at = found.end()
            if (kind := found.lastgroup or "") not in self._tables.ignored:
                return Token(kind, found[0], found.start(), found.end())
        return Token(END, "", self._at, self._at)

    def _misplaced(self) -> Token:
        """Return the token that stands where none of those that may come does."""
        at = self._at
        while found := self._scanners[-1].match(self._text, at):
            if found.lastgroup not in self._tables.ignored:
                return Token(found.lastgroup or "", found[0], found.start(), found.end())
            at = found.end()
        return Token("", self._text[self._at], self._at, self._at + 1)
