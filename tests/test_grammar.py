"""The grammars read what lark reads: the same tree, or the same complaint at the same token."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import lark
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import cache, grammar, grammar_tables
from checker.grammar import END, Tables, Token, Tree, Unexpected, parsed, parsed_text, tables, valued_token

GRAMMARS = Path(__file__).resolve().parent.parent / "grammars"
NAMES = sorted(path.stem for path in GRAMMARS.glob("*.lark"))
OF_CHARACTERS = [name for name in NAMES if "%declare" not in (GRAMMARS / f"{name}.lark").read_text(encoding="utf-8")]
LARK = {name: grammar_tables.lark_parser((GRAMMARS / f"{name}.lark").read_text(encoding="utf-8")) for name in NAMES}


def plain(tree: Any) -> Any:
    """Return a tree of lark's or ours as nested tuples."""
    if isinstance(tree, (Tree, lark.Tree)):
        return (tree.data, [plain(child) for child in tree.children])
    return (tree.type, str(tree.value), tree.start_pos or 0)


def larks(name: str, given: Any) -> Any:
    try:
        return plain(LARK[name].parse(given))
    except lark.UnexpectedToken as error:
        return error.token.type, sorted(error.expected)
    except lark.UnexpectedCharacters as error:
        return "", sorted(error.allowed)


def ours(name: str, given: Any) -> Any:
    try:
        return plain(parsed_text(name, given) if isinstance(given, str) else parsed(name, given))
    except Unexpected as error:
        return error.token.type, list(error.expected)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_CHARACTERS])
def test_any_row_of_tokens_is_read_as_lark_reads_it(name: str) -> None:
    kinds = sorted({str(terminal.name) for terminal in LARK[name].terminals} | {"NONE_SUCH"})

    @settings(max_examples=400, deadline=None)
    @given(st.lists(st.sampled_from(kinds), max_size=12))
    def holds(row: list[str]) -> None:
        mine = [valued_token(kind, f"{index}") for index, kind in enumerate(row)]
        theirs = [lark.Token(kind, f"{index}", 0) for index, kind in enumerate(row)]
        assert ours(name, mine) == larks(name, theirs)

    holds()


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_CHARACTERS])
def test_rows_that_the_grammar_takes_are_read_as_lark_reads_them(name: str) -> None:
    """Random tokens are seldom a sentence: here each is chosen among those that may come."""

    @settings(max_examples=300, deadline=None)
    @given(st.lists(st.integers(0, 1000), max_size=25))
    def holds(choices: list[int]) -> None:
        row: list[str] = []
        for choice in choices:
            try:
                parsed(name, [valued_token(kind, "") for kind in [*row, "NONE_SUCH"]])
            except Unexpected as error:
                may_come = [kind for kind in error.expected if kind != END]
            if not may_come:
                break
            row.append(may_come[choice % len(may_come)])
        mine = [valued_token(kind, f"{index}") for index, kind in enumerate(row)]
        theirs = [lark.Token(kind, f"{index}", 0) for index, kind in enumerate(row)]
        assert ours(name, mine) == larks(name, theirs)

    holds()


PIECES = {
    "citation": [
        "《",
        "》",
        "（",
        "）",
        "，",
        "；",
        "纲要",
        "国发〔2021〕9号",
        "办发（2020）3号",
        "“方案”",
        "以下简称",
        "下称",
        "简称",
        "为",
        "：",
        "令第3号",
        '"',
        "字",
        "\n",
    ],
    "schedule": [
        "2022年",
        "2023年度",
        "2024",
        "-",
        "至",
        "到",
        "7月",
        "12",
        "12月",
        "3日",
        "上旬",
        "下半年",
        "第三季度",
        "全年",
        "年底",
        "末",
        "前",
        "底",
        "月份",
        "，",
        "x",
    ],
}


@pytest.mark.parametrize("name", OF_CHARACTERS)
def test_any_characters_are_read_as_lark_reads_them(name: str) -> None:
    @settings(max_examples=800, deadline=None)
    @given(st.lists(st.sampled_from(PIECES[name]), max_size=10).map("".join))
    def holds(text: str) -> None:
        assert ours(name, text) == larks(name, text)

    holds()


@pytest.mark.parametrize(
    "text",
    [
        "《规划纲要》（国发〔2021〕9号，以下简称《纲要》）",
        "《规定》",
        "《甲〈乙〉》（见附件“三”；下称“丙”）（丁）",
        "（",
        "《甲》）",
    ],
)
def test_citations_are_read_as_lark_reads_them(text: str) -> None:
    assert ours("citation", text) == larks("citation", text)


def test_trees_are_walked_in_the_order_of_the_text() -> None:
    tree = parsed_text("citation", "《甲》（乙发〔2021〕9号，简称《丙》）（下称“丁”）")
    assert [below.data for below in tree.iter_subtrees()] == [
        below.data
        for below in LARK["citation"].parse("《甲》（乙发〔2021〕9号，简称《丙》）（下称“丁”）").iter_subtrees()
    ]
    assert [found.data for found in tree.find_data("alias")] == ["alias", "alias"]


def test_a_long_plan_does_not_nest_deeply() -> None:
    tokens = [valued_token(kind, "") for kind in ("LEVEL1", "TEXT", "LEVEL2", "TEXT") * 5000]
    assert len(list(parsed("plan", tokens).find_data("section2"))) == 5000


def test_what_may_come_is_said_of_the_end_too() -> None:
    with pytest.raises(Unexpected) as stopped:
        parsed("clause", [valued_token("LABEL_LEAD", "")])
    assert stopped.value.token.type == END
    assert (END, list(stopped.value.expected)) == larks("clause", [lark.Token("LABEL_LEAD", "")])
    assert stopped.value.expected


# ----------------------------------------------------------------------------- the cache


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an empty cache, with nothing left in memory."""
    monkeypatch.setenv("PLANCHECK_CACHE_DIR", str(tmp_path))
    tables.cache_clear()
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets longer whenever lark builds a grammar."""
    built: list[str] = []
    real = grammar_tables.made

    def noted(source: str) -> Tables:
        built.append(source)
        return real(source)

    monkeypatch.setattr(grammar_tables, "made", noted)
    return built


@pytest.mark.parametrize("name", NAMES)
def test_tables_from_the_cache_are_those_that_lark_made(empty: Path, made: list[str], name: str) -> None:
    first = tables(name)
    tables.cache_clear()
    assert tables(name) == first
    assert len(made) == 1


@pytest.mark.parametrize("ingredient", ["source", "package", "lark"])
def test_other_ingredients_make_other_tables(
    empty: Path, made: list[str], monkeypatch: pytest.MonkeyPatch, ingredient: str
) -> None:
    tables("clause")
    tables.cache_clear()
    if ingredient == "source":
        source = (GRAMMARS / "clause.lark").read_bytes() + b"\n"
        monkeypatch.setattr(grammar, "read_data", lambda package, name: source)
    elif ingredient == "package":
        monkeypatch.setattr(grammar, "package_stamp", lambda: "another")
    else:
        monkeypatch.setattr(grammar, "distributions", lambda *names: "lark-9.9.9.dist-info")
    tables("clause")
    assert len(made) == 2
    tables.cache_clear()
    tables("clause")
    assert len(made) == 2


@pytest.mark.parametrize("rubbish", [b"", b"\0" * 40, b"cut"])
def test_damaged_tables_are_made_anew(empty: Path, made: list[str], rubbish: bytes) -> None:
    first = tables("clause")
    (entry,) = (path for path in empty.rglob("*") if path.is_file())
    entry.write_bytes(entry.read_bytes()[:100] if rubbish == b"cut" else rubbish)
    tables.cache_clear()
    assert tables("clause") == first
    assert len(made) == 2
    tables.cache_clear()
    assert cache.recall("grammars", entry.parent.name + entry.stem, Tables) == first


def test_tables_are_the_same_in_every_process() -> None:
    program = "import sys; from checker.grammar_tables import made; print(repr(made(open(sys.argv[1]).read())))"
    said = {
        subprocess.run(
            [sys.executable, "-c", program, GRAMMARS / "plan.lark"],
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


def test_a_word_in_a_grammar_of_characters_is_refused() -> None:
    with pytest.raises(ValueError, match="write /word/"):
        grammar_tables.made('start: "a" NAME\nNAME: /[a-z]+/\n')


def test_tokens_say_what_they_are() -> None:
    assert repr(Tree("start", [Token("NAME", "甲局")])) == "Tree('start', [Token('NAME', '甲局')])"
