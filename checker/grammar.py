"""The grammars of ``grammars/*.lark``, built once and only when first used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from lark import Lark, Token, Tree
from lark.lexer import Lexer


class _ReadyTokens(Lexer):
    """Hands tokens over as they come: one is a paragraph, a name or a number, not a character."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: Iterable[Token], parser_state: object = None) -> Iterator[Token]:  # type: ignore[override]
        yield from lexer_state


@cache
def token_grammar(name: str) -> Lark:
    """Return the LALR parser of ``grammars/<name>.lark``, which reads tokens made by our own lexers."""
    return Lark(_source(name), parser="lalr", lexer=_ReadyTokens, maybe_placeholders=False)


@cache
def character_grammar(name: str) -> Lark:
    """Return the LALR parser of ``grammars/<name>.lark``, which reads characters."""
    return Lark(_source(name), parser="lalr", maybe_placeholders=False)


def parsed(name: str, tokens: list[Token]) -> Tree[Token]:
    """Parse ``tokens`` by ``grammars/<name>.lark``; raises lark's UnexpectedInput."""
    return token_grammar(name).parse(tokens)


def valued_token(kind: str, value: object) -> Token:
    """Return a token of a kind that carries any value."""
    made = Token(kind, "")
    made.value = value
    return made


def _source(name: str) -> str:
    return files("checker.grammars").joinpath(f"{name}.lark").read_text(encoding="utf-8")
