"""The grammars of ``grammars/*.lark``, built once and only when first used."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lark import Lark
from lark.lexer import Lexer


@cache
def grammar(name: str, lexer: type[Lexer]) -> Lark:
    """Return the LALR parser of ``grammars/<name>.lark``, fed by ``lexer``."""
    source = files("checker.grammars").joinpath(f"{name}.lark").read_text(encoding="utf-8")
    return Lark(source, parser="lalr", lexer=lexer, maybe_placeholders=False)


@cache
def character_grammar(name: str) -> Lark:
    """Return the parser of ``grammars/<name>.lark``, which reads characters, not tokens."""
    source = files("checker.grammars").joinpath(f"{name}.lark").read_text(encoding="utf-8")
    return Lark(source, parser="lalr", maybe_placeholders=False)
