"""Patterns of rules: which of them need no time limit, and that the others have one."""

from __future__ import annotations

import contextlib
import re
import time
from itertools import accumulate
from pathlib import Path

import pytest
import regex
from conftest import REPOSITORY
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.expressions import needle
from checker.host import host
from checker.lexicon import lexicon
from checker.nodes import nodes_of, plain
from checker.parser import parse_text
from checker.patterns import (
    _is_line_by_line,
    _simple,
    _ways,
    compiled,
    lines_with,
    matches,
    pattern_problem,
    search,
)
from checker.reader import read
from checker.rule_reading import load
from checker.view import view

TEXT = "一、总体要求。到2025年，公民具备科学素质的比例超过15.5%（县教育局牵头，县科协配合）；《纲要》第3条"

SIMPLE = [
    "科学素质",
    "具备.{0,4}科学素质|科学素质.{0,8}(?:比例|水平)",
    "^一、",
    "条$",
    "[0-9]{4}年",
    "第[一二三0-9]?条",
    "(?!甲)教育局",
    "(?<=[县市])科协",
    "配合(?<!科协配合)|牵头(?<=局牵头)",
    "^(?<!年)一|年(?<!^年)",
    "（县(教育|体育)局",
    "[^，。]{3}牵头",
    "15.5%",
    "没有这个词",
    "x?y?配合",
]


@pytest.mark.parametrize("pattern", SIMPLE)
def test_a_simple_pattern_finds_what_regex_finds(pattern: str) -> None:
    assert _simple(pattern) is not None
    ours = [(found.start(), found.end(), found.groups()) for found in matches(pattern, TEXT)]
    assert ours == [(found.start(), found.end(), found.groups()) for found in compiled(pattern).finditer(TEXT)]


NOT_SIMPLE = {
    "repeated without end": "县+",
    "a repeated group": "(?:县县)?",
    "classes that other kinds of expressions read otherwise": "[[县]]",
    "a difference of classes": "[a-z--b]",
    "an escape": r"\d",
    "looking behind by more than one width": "(?<=县.{0,2})牵头",
    "what only regex knows": r"\p{Han}",
    "many ways to match, by repeats": ".{0,20}甲.{0,20}乙.{0,20}",
    "many ways to match, by branches": "(?:县|[县])" * 12,
    "many ways to match, by branches within branches": "(?:(?:县|[县])|[县])" * 8,
}


@pytest.mark.parametrize("pattern", NOT_SIMPLE.values(), ids=NOT_SIMPLE)
def test_any_other_pattern_has_a_time_limit(pattern: str) -> None:
    assert _simple(pattern) is None


def test_many_branches_do_not_hang() -> None:
    began = time.perf_counter()
    with pytest.raises(TimeoutError):
        search("(?:科|[科])" * 26 + "甲", "科" * 60)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("pattern", ["^(?!.*牵头)", "^(?!.{30})", "(?<=市)局", "[^。]$", "^$", r"(a)\1", "(?i)abc"])
def test_a_pattern_that_says_something_has_no_problem(pattern: str) -> None:
    assert pattern_problem(pattern) is None


@pytest.mark.parametrize("pattern", [".", r"\S", r"[\s\S]", "(?s)."])
def test_a_pattern_that_any_text_matches_has_one(pattern: str) -> None:
    problem = pattern_problem(pattern)
    assert problem is not None
    assert "等于没有条件" in problem.zh
    assert "any text" in problem.en or "everything" in problem.en
    assert regex.compile(pattern).search("甲")


# --------------------------------------------------------------- all paragraphs at once


def patterns_of_rules() -> list[str]:
    """Return every pattern of the bundled rules and of the wordings that they look for."""
    found: dict[str, None] = {}

    def collect(given: object) -> None:
        if isinstance(given, dict):
            for key, one in given.items():
                if key in ("pattern", "matches", "lacks", "also", "ignore") and isinstance(one, str):
                    found[one] = None
                collect(one)
        elif isinstance(given, (list, tuple)):
            for one in given:
                collect(one)

    for rule in load(host().rule_places, host().checks).rules:
        for look in (rule.definition, *rule.definition.also):
            collect(look.where)
            collect(look.options)
    wordings = lexicon().wordings
    found |= dict.fromkeys(one.pattern for one in (*wordings.phrases, *wordings.terms) if one.pattern)
    return list(found)


BUNDLED = patterns_of_rules()
DRAFTS = sorted((REPOSITORY / "tests" / "plans").glob("*.txt")) + sorted(
    (REPOSITORY / "samples" / "drafts").glob("*.txt")
)


def test_the_bundled_rules_have_patterns_to_try() -> None:
    assert len(BUNDLED) > 50
    assert sum(_is_line_by_line(pattern) for pattern in BUNDLED) > len(BUNDLED) // 2, "most are searched for at once"


@pytest.mark.parametrize("pattern", BUNDLED)
def test_no_bundled_pattern_needs_more_than_re(pattern: str) -> None:
    assert _simple(pattern) is not None, "importing regex costs half an interpreter's start"


def missed(pattern: str, paragraphs: list[str]) -> list[str]:
    """Return the paragraphs that match a pattern by themselves in whose lines it is not found at once."""
    whole = "\n".join(paragraphs)
    starts = list(accumulate((len(one) + 1 for one in paragraphs), initial=0))
    lines = lines_with(pattern, whole, starts)
    if lines is None:
        return []
    return [one for number, one in enumerate(paragraphs) if number not in lines and search(pattern, one)]


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda path: path.name)
def test_all_paragraphs_at_once_hold_what_each_holds_in_real_layouts(draft: Path) -> None:
    plan = parse_text(read(draft.read_bytes(), str(draft), host().readers))
    nodes = nodes_of(plan, "paragraph")
    for pattern in BUNDLED:
        for field in ("text", "written"):
            alone = [node for node in nodes if search(pattern, plain(node, field, plan) or "")]
            together = view(plan).with_match(nodes, pattern, field)
            assert [node for node in alone if node not in together] == [], (pattern, field)


# Pieces of what bundled patterns look for, so that they come near matching, and across the ends of paragraphs.
PIECES = sorted({piece for pattern in BUNDLED for piece in re.findall("[一-鿿]{1,4}", pattern)})
PARAGRAPH = st.lists(st.sampled_from([*PIECES, *"，。；：、（）《》〈〉“”-—%0123 .,()"]), max_size=8).map("".join)


@given(st.lists(PARAGRAPH, max_size=6), st.sampled_from(BUNDLED))
@settings(max_examples=1500, deadline=None)
def test_all_paragraphs_at_once_hold_what_each_holds(paragraphs: list[str], pattern: str) -> None:
    assert missed(pattern, paragraphs) == []


ATOMS = st.sampled_from(
    [
        "甲",
        "乙",
        "[甲乙]",
        "[^甲]",
        ".",
        "^",
        "$",
        "(?=甲)",
        "(?!甲)",
        "(?<=乙)",
        "(?<!乙)",
        "(?=[^甲])",
        "(?<!^)",
        "甲?",
        ".{0,2}",
        "(?:甲|乙丙)",
        "(?:甲|)",
        "(?:乙?|丙甲)",
        "[丙-乙]",
        "[甲乙]{1,2}",
        "(?=甲丙|乙)",
    ]
)
MADE = st.lists(ATOMS, min_size=1, max_size=4).map("".join)


@given(st.lists(MADE, min_size=1, max_size=2).map("|".join), st.lists(st.text("甲乙丙", max_size=4), max_size=4))
@settings(max_examples=1500, deadline=None)
def test_whatever_the_pattern_it_is_searched_for_at_once_only_where_that_is_the_same(
    pattern: str, paragraphs: list[str]
) -> None:
    assert missed(pattern, paragraphs) == []


@pytest.mark.parametrize(
    "pattern", [r"\A甲", r"甲\Z", r"甲\b", r"(?s)甲.乙", r"甲\s乙", r"(?>甲)", "[^甲](?!.)", "[^丙]*+$"]
)
def test_a_pattern_that_the_end_of_a_line_could_change_is_left_to_each(pattern: str) -> None:
    assert lines_with(pattern, "甲\n乙", [0, 2, 4]) is None


@pytest.mark.parametrize(
    ("pattern", "lines"), [("(?<![^甲])乙", {1}), ("甲(?![^乙])", {0}), ("甲(?!.)", {0}), ("(?<!^)乙", set())]
)
def test_one_with_something_to_look_for_first_is_searched_for_in_each_line_alone(pattern: str, lines: set[int]) -> None:
    assert lines_with(pattern, "甲\n乙", [0, 2, 4]) == lines


# ------------------------------------------------------------------------- what it costs


@pytest.mark.parametrize(
    ("pattern", "ways"),
    [
        ("甲乙", 1),
        ("甲?", 2),
        ("甲|乙|丙", 3),
        (".{0,4}", 5),
        (".{0,4}甲.{0,4}", 25),
        (".{3}", 1),
        ("(?:甲|乙)(?:丙|丁)", 4),
        ("(?:甲|乙?)", 3),
        # What looks ahead is tried once for each way in which it is come to, and is none itself.
        ("甲(?=乙|丙)", 3),
        (".{0,4}(?=乙)", 10),
        ("(?<!甲|乙)丙", 3),
        (".{0,9}(?!.{0,9}甲)", 10 + 10 * 10),
    ],
)
def test_in_how_many_ways_a_simple_pattern_can_match(pattern: str, ways: int) -> None:
    assert _ways(pattern) == ways


def test_looking_around_many_times_is_bounded_too() -> None:
    assert _ways(".{0,30}(?=.{0,30}甲)(?!.{0,30}乙)") > 1000
    assert _simple(".{0,30}(?=.{0,30}甲)(?!.{0,30}乙)") is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?:县|县县)+$", "县" * 60 + "市"),
        ("(?:.{0,20}县){9}$", "县" * 200 + "市"),
        ("(县+)+市", "县" * 60),
        (r"(?=(县|县县)+$)", "县" * 60 + "市"),
    ],
)
def test_a_hostile_pattern_ends_in_time_however_it_is_searched_for(pattern: str, text: str) -> None:
    began = time.perf_counter()
    for searching in (
        lambda: search(pattern, text),
        lambda: list(matches(pattern, text)),
        lambda: lines_with(pattern, f"{text}\n{text}", [0, len(text) + 1, 2 * len(text) + 2]),
    ):
        with contextlib.suppress(TimeoutError):
            searching()
    assert time.perf_counter() - began < 8


def test_where_no_line_may_begin_several_lines_are_left_to_each() -> None:
    assert lines_with("(?<!^)[^甲]", "乙\n甲", [0, 2, 4]) is not None
    assert lines_with("(?<!^)[^甲]", "乙\n甲", [0, 2, 4], of_one_line=False) is None
    assert lines_with("^[^甲]", "乙\n甲", [0, 2, 4], of_one_line=False) is not None


# ---------------------------------------------------------------- what has to stand there


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("成立[^。]{0,20}领导小组", "领导小组"),  # the rarer end
        ("(?:成立|组建)[^。]{0,20}组", "成立|组建"),
        ("县(?:人民|)政府[要应]", "县人民政府应|县人民政府要|县政府应|县政府要"),
        ("(?:小组|领导小组)的", "小组的"),  # stands in the longer one, too
        ("(?<!各)县(?!长)(?=政府)", "政府"),  # what follows has to stand there
        ("[a-z](?<!km)", "[a-z]"),
        ("[甲乙]丙?", "[乙甲]"),
        (".{2}年$", "[年]"),
        ("甲{2,3}", "[甲]"),
    ],
)
def test_what_a_text_must_hold(pattern: str, wanted: str) -> None:
    found = needle(pattern)
    assert found is not None and found.pattern == wanted


@pytest.mark.parametrize("pattern", ["[^甲]", ".", "甲?", "(?:甲|.)", "^", "(?!甲)", "[一-鿿]{2}", "[0-9]年|[。、]"])
def test_where_next_to_nothing_has_to_stand_there(pattern: str) -> None:
    assert needle(pattern) is None
