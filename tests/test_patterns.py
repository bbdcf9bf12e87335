"""Patterns of rules: which of them need no time limit, and that the others have one."""

from __future__ import annotations

import time

import pytest
import regex

from checker.patterns import _simple, compiled, matches, pattern_problem, search

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
