"""Edits: only what changes is touched, a bracket with its partner, or nothing at all."""

from __future__ import annotations

import pytest

from checker.mending import edit, substituted, substitutions
from checker.model import Edit, Span

ROUND = {"(": "（", ")": "）"}
ANGLE = {"<": "〈", ">": "〉", "《": "〈", "》": "〉"}


def made(text: str, start: int, end: int, table: dict[str, str], source: str | None = None) -> list[tuple[int, str]]:
    found = substitutions(text, start, end, table, Span, text if source is None else source)
    assert all(one.span.end - one.span.start == 1 for one in found)
    return [(one.span.start, one.text) for one in found]


def test_a_bracket_is_replaced_with_its_partner() -> None:
    assert made("市(县)级", 1, 2, ROUND) == [(1, "（"), (3, "）")]
    assert made("市(县(区))级", 1, 2, ROUND) == [(1, "（"), (6, "）")]


def test_a_partner_that_is_right_already_stays() -> None:
    assert made("市(县）级", 1, 2, ROUND) == [(1, "（")]
    assert made("市（县)级", 1, 4, ROUND) == [(3, "）")]


@pytest.mark.parametrize("text", ["市(县级", "市(县(区)级", "(市)县)级"])
def test_where_a_bracket_has_no_partner_nothing_is_replaced(text: str) -> None:
    assert made(text, 0, 2, ROUND) == []


def test_the_half_bracket_of_a_number_is_none() -> None:
    assert made("1）做(好)事", 3, 4, ROUND) == [(3, "（"), (5, "）")]


def test_title_marks_of_another_kind_are_not_partners() -> None:
    assert made("《关于<办法>的通知》", 3, 7, ANGLE) == [(3, "〈"), (6, "〉")]
    assert made("《关于《办法》的通知》", 6, 7, ANGLE) == [(6, "〉"), (3, "〈")]


def test_longer_keys_come_first() -> None:
    assert substituted("1--2-3", {"-": "—", "--": "～"}) == "1～2—3"


def test_words_that_a_line_end_cuts_are_left_alone() -> None:
    assert made("甲,乙", 1, 2, {",": "，"}, source="甲\n,乙") == []
    assert edit("，，", "，", Span(1, 4), "甲，\n，乙") is None
    assert edit("，，", "，", Span(1, 3), "甲，，乙") == Edit(Span(1, 3), "，")
    assert edit("，，", "，", None, "甲，，乙") is None
