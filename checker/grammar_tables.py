"""Grammars to parse tables, by lark: called only when the cache has no tables for a grammar."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lark import Lark, Token
from lark.lexer import ContextualLexer, Lexer
from lark.parsers.lalr_analysis import Shift

from checker.grammar import Production, Tables, Terminal


class _ReadyTokens(Lexer):
    """Stands for the lexers of plancheck's own, which hand over tokens: paragraphs, names, numbers."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: object = None) -> Iterator[Token]:
        yield from lexer_state


def lark_parser(source: str) -> Lark:
    """Return lark's own parser of a grammar; one that declares tokens without patterns gets them ready made."""
    if "%declare" in source:
        return Lark(source, parser="lalr", lexer=_ReadyTokens, maybe_placeholders=False)
    return Lark(source, parser="lalr", maybe_placeholders=False)


def made(source: str) -> Tables:
    """Return the parse tables of a grammar. Raises lark's GrammarError."""
    lark: Any = lark_parser(source)
    table = lark.parser.parser._parse_table  # what Lark.save() writes; lark has no other name for it
    start, end = table.start_states["start"], table.end_states["start"]
    order = _in_order(table.states, start)
    number = {state: index for index, state in enumerate(order)}
    productions = {rule: index for index, rule in enumerate(lark.rules)}
    actions = tuple(
        {
            str(symbol): number[argument] if action is Shift else ~productions[argument]
            for symbol, (action, argument) in sorted(table.states[state].items())
        }
        for state in order
    )
    scanners, scanner_of = _scanners(lark, order)
    return Tables(
        start=number[start],
        end=number[end],
        actions=actions,
        productions=tuple(map(_production, lark.rules)),
        terminals=tuple(
            Terminal(str(terminal.name), terminal.pattern.to_regexp(), terminal.priority)
            for terminal in lark.terminals
            if terminal.pattern is not None
        ),
        scanners=scanners,
        scanner_of=scanner_of,
        ignored=tuple(map(str, lark.ignore_tokens)),
    )


def _in_order(states: dict[int, dict[str, tuple[Any, Any]]], start: int) -> list[int]:
    """Return the states as they are reached: lark numbers them differently in each process."""
    order = [start]
    for state in order:
        for _, (action, following) in sorted(states[state].items()):
            if action is Shift and following not in order:
                order.append(following)
    return order


def _production(rule: Any) -> Production:
    """Return what shapes the tree of a rule; compare lark's ParseTreeBuilder."""
    kept = tuple(
        (index, not symbol.is_term and symbol.name.startswith("_"))
        for index, symbol in enumerate(rule.expansion)
        if rule.options.keep_all_tokens or not (symbol.is_term and symbol.filter_out)
    )
    plain = len(kept) == len(rule.expansion) and not any(inlined for _, inlined in kept)
    return Production(
        origin=str(rule.origin.name),
        size=len(rule.expansion),
        data=str(rule.alias or rule.options.template_source or rule.origin.name),
        single=bool(rule.options.expand1 and not rule.alias),
        kept=None if plain else kept,
    )


def _scanners(lark: Any, states: list[int]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the patterns by which lark's contextual lexer cuts characters, and which holds in each state."""
    contextual = lark.parser.lexer
    if not isinstance(contextual, ContextualLexer):
        return (), ()
    of_state = [_scanner(contextual.lexers[state]) for state in states]
    patterns = [*dict.fromkeys(of_state), _scanner(contextual.root_lexer)]
    return tuple(patterns), tuple(map(patterns.index, of_state))


def _scanner(lexer: Any) -> str:
    """Return the pattern of one of lark's lexers: its terminals, the one that is tried first in front."""
    if any(terminal.pattern.type != "re" or terminal.pattern.flags for terminal in lexer.terminals):
        # lark prefers a literal word to a pattern that matches it too; our grammars have none.
        raise ValueError('a grammar that reads characters has patterns only: write /word/ instead of "word"')
    return "|".join(f"(?P<{terminal.name}>{terminal.pattern.to_regexp()})" for terminal in lexer.scanner.terminals)
