"""Patterns from the cache are the patterns that ``re`` compiles, or ``re`` compiles them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import msgpack

from checker import expressions
from checker.expressions import expression, keep_new_expressions

PATTERNS = [
    "",
    "字",
    r"[\u4e00-\u9fff]{2,8}(?P<kind>局|委|办)(?!公)",
    r"(?P<y>[0-9]{4})年(?P<m>[0-9]{1,2}|[一二三]{1,3})月",
    r"(?<=[。；）])(?:牵头|责任)：",
    r"(a)(?P<b>b)?(?(b)c|d)",
    r"(?i)Straße|ſ",
    r"\b\w+\s*\d+\Z",
]
Start = Callable[[], None]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Return a function after which all is as at the start of a process, but for the cache."""
    monkeypatch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path))

    def anew() -> None:
        monkeypatch.setattr(expressions, "_kept", None)
        monkeypatch.setattr(expressions, "_compiled", {})
        monkeypatch.setattr(expressions, "_new", {})

    anew()
    return anew


@pytest.fixture
def no_compiling(monkeypatch: pytest.MonkeyPatch) -> Start:
    def forbid() -> None:
        def refuse(*arguments: Any) -> None:
            raise AssertionError("compiled again")

        monkeypatch.setattr(re, "compile", refuse)

    return forbid


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.MULTILINE | re.DOTALL])
def test_a_kept_pattern_is_the_same(start: Start, no_compiling: Start, pattern: str, flags: int) -> None:
    plain = re.compile(pattern, flags)
    assert expression(pattern, flags) == plain
    keep_new_expressions()
    start()
    no_compiling()
    kept = expression(pattern, flags)
    assert kept == plain
    assert (kept.groups, kept.groupindex, kept.flags) == (plain.groups, plain.groupindex, plain.flags)


@settings(max_examples=200, deadline=None)
@given(st.text("ab年月0（）", max_size=12), st.sampled_from(PATTERNS))
def test_a_kept_pattern_finds_the_same(text: str, pattern: str) -> None:
    code = expressions._code(pattern, 0)
    assert code is not None
    found = [(one.span(), one.groupdict(), one.lastgroup) for one in expressions._made(pattern, code).finditer(text)]
    assert found == [(one.span(), one.groupdict(), one.lastgroup) for one in re.finditer(pattern, text)]


def test_a_pattern_is_made_once(start: Start) -> None:
    assert expression("一样") is expression("一样")
    assert expression("一样") is not expression("一样", re.IGNORECASE)


def test_nothing_is_kept_unasked(start: Start, tmp_path: Path) -> None:
    expression("没有人问")
    assert not list(tmp_path.rglob("*.msgpack"))


def test_later_runs_add_to_what_is_kept(start: Start, no_compiling: Start) -> None:
    expression("甲")
    keep_new_expressions()
    start()
    expression("乙")
    keep_new_expressions()
    start()
    no_compiling()
    assert expression("甲").match("甲")
    assert expression("乙").match("乙")


def test_a_run_with_nothing_new_writes_nothing(start: Start, tmp_path: Path) -> None:
    expression("甲")
    keep_new_expressions()
    (entry,) = tmp_path.rglob("*.msgpack")
    entry.write_bytes(b"as it was")
    expression("甲")
    keep_new_expressions()
    assert entry.read_bytes() == b"as it was"


def test_what_is_kept_does_not_grow_without_bound(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "_MOST", 3)
    for word in "甲乙丙":
        expression(word)
    keep_new_expressions()
    start()
    expression("乙")
    expression("丁")
    keep_new_expressions()
    start()
    assert set(expressions._known()) == {"0:乙", "0:丁"}


@pytest.mark.parametrize("ingredient", ["package", "engine", "byte order"])
def test_code_of_another_making_is_not_used(start: Start, monkeypatch: pytest.MonkeyPatch, ingredient: str) -> None:
    expression("甲")
    keep_new_expressions()
    start()
    if ingredient == "package":
        monkeypatch.setattr(expressions, "package_stamp", lambda: "another")
    elif ingredient == "engine":
        monkeypatch.setattr(expressions, "_sre", Engine(expressions._sre, MAGIC=1))
    else:
        monkeypatch.setattr(expressions.sys, "byteorder", "middle")
    assert expressions._known() == {}
    assert expression("甲").match("甲")


class Engine:
    """The engine of ``re`` with something changed."""

    def __init__(self, real: Any, **changed: Any) -> None:
        self.__dict__.update(changed, real=real)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def refuse(*arguments: Any) -> None:
    raise RuntimeError("invalid SRE code")


def test_an_engine_that_refuses_the_code_is_no_error(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    expression("甲")
    keep_new_expressions()
    start()
    monkeypatch.setattr(expressions, "_sre", Engine(expressions._sre, compile=refuse))
    assert expression("甲").match("甲")


def test_code_that_differs_from_that_of_re_is_not_kept(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    other = re.compile("乙")
    monkeypatch.setattr(expressions, "_sre", Engine(expressions._sre, compile=lambda *arguments: other))
    expression("甲")
    keep_new_expressions()
    start()
    assert {name: msgpack.decode(kept) for name, kept in expressions._known().items()} == {"0:甲": None}
    expression("甲")
    assert not expressions._new, "asked once, not at every run"


def test_another_python_compiles(start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(expressions, "_sre", None)
    assert expression("甲").match("甲")
    keep_new_expressions()
    assert not list(tmp_path.rglob("*.msgpack"))


def test_the_code_is_refused_when_it_is_not_valid() -> None:
    code = expressions._code("[一二三]{2}", 0)
    assert code is not None
    broken = expressions.Code(code.flags, code.groups, code.names, b"\xff" * len(code.code), None)
    with pytest.raises(RuntimeError):
        expressions._made("[一二三]{2}", broken)
