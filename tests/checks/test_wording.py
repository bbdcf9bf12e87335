"""``wording``: what has a fixed wording is written so."""

from __future__ import annotations

from typing import Any

import pytest

from checker.testing import findings

PHRASE = {"name": "书香云岭、文明云岭", "pattern": "书香云岭.{1,4}云岭", "allowed": ["书香云岭和文明云岭"]}
TERM = {"name": "市民中心"}


def found(text: str, node: str = "paragraph", **options: Any) -> list[tuple[str, str]]:
    """Return what stands there and what should, for each finding."""
    options.setdefault("items", [PHRASE, TERM])
    return [(one.words, one.fields["wording"]) for one in findings("wording", node, f"一、任务\n{text}\n", options)]


class TestReports:
    def test_what_a_pattern_recognises_and_is_written_otherwise(self) -> None:
        assert found("建设书香云岭、和谐云岭。") == [("书香云岭、和谐云岭", "书香云岭、文明云岭")]

    def test_the_words_as_they_are_written(self) -> None:
        (one,) = findings("wording", "paragraph", "建设書香雲嶺、和諧雲嶺。\n", {"items": [PHRASE]})
        assert one.words == "書香雲嶺、和諧雲嶺"
        assert one.fields["wording"] == "书香云岭、文明云岭"

    def test_each_place(self) -> None:
        assert len(found("书香云岭、和谐云岭，书香云岭与文明云岭。\n又见书香云岭加云岭。")) == 3

    def test_a_place_beside_a_right_one(self) -> None:
        text = "书香云岭、文明云岭，书香云岭、美丽云岭。"
        assert found(text) == [("书香云岭、美丽云岭", "书香云岭、文明云岭")]

    @pytest.mark.parametrize("slip", ["县民中心", "区民中心", "镇民中心", "乡民中心"])
    def test_a_level_word_that_replaced_another(self, slip: str) -> None:
        assert found(f"建成{slip}。") == [(slip, "市民中心")]

    def test_such_a_slip_in_a_term_with_marks_of_either_width(self) -> None:
        assert found("建成县级（联）站。", items=[{"name": "市级(联)站"}]) == [("县级（联）站", "市级(联)站")]

    def test_such_a_slip_in_traditional_characters(self) -> None:
        items = [{"name": "智慧城市"}]
        text = "建設智慧城縣，發展經濟，擴大開放，關愛學生。"  # enough of them to be told from simplified ones
        assert [words for words, _ in found(text, items=items)] == ["智慧城縣"]

    def test_a_pattern_with_marks_that_are_written_half_width(self) -> None:
        items = [{"name": "甲，乙，丙", "pattern": "甲，.，丙"}]
        assert found("要甲,丁,丙。", items=items) == [("甲,丁,丙", "甲，乙，丙")]

    def test_with_white_space_elsewhere_in_the_paragraph(self) -> None:
        items = [{"name": "甲，乙，丙", "pattern": "甲，.，丙"}]
        assert found("推进 APP 与 GIS 建设，要甲,丁,丙。", items=items) == [("甲,丁,丙", "甲，乙，丙")]

    def test_the_phrases_of_the_lexicon(self) -> None:
        assert found("增强获得感、幸福感、得安全感。", items="phrases") == [
            ("获得感、幸福感、得安全感", "获得感、幸福感、安全感")
        ]

    def test_the_terms_of_the_lexicon(self) -> None:
        assert found("建设智慧城县，发展县场经济。", items="terms") == [
            ("智慧城县", "智慧城市"),
            ("县场经济", "市场经济"),
        ]

    def test_more_items_beside_those_of_the_lexicon(self) -> None:
        assert found("建设智慧城县和县民中心。", items="terms", more=[TERM]) == [
            ("智慧城县", "智慧城市"),
            ("县民中心", "市民中心"),
        ]

    def test_in_another_attribute(self) -> None:
        text = "（一）建设县民中心\n落实责任。"
        assert found(text, "section") == [("县民中心", "市民中心")]
        assert found(text, "section", field="text") == []
        # Where in the text below a heading it stands cannot be told: it is reported at the heading.
        assert found("（一）建设中心\n办好县民中心。", "section", field="text") == [("（一）建设中心", "市民中心")]

    def test_in_sentences(self) -> None:
        assert found("落实责任。办好县民中心。", "sentence") == [("县民中心", "市民中心")]


class TestLeavesAlone:
    @pytest.mark.parametrize(
        "text",
        [
            "建设书香云岭、文明云岭。",
            "建设书香云岭和文明云岭。",  # allowed
            "建设书香云岭。",  # the pattern does not recognise it
            "办好市民中心。",
            "棠城县民政局办好中心。",
        ],
    )
    def test_what_is_right(self, text: str) -> None:
        assert found(text) == []

    def test_the_wording_itself_in_half_width_and_traditional_characters(self) -> None:
        assert found("建設書香雲嶺､文明雲嶺。", items=[PHRASE]) == []
        assert found("要甲,乙,丙。", items=[{"name": "甲，乙，丙", "pattern": "甲，.，丙"}]) == []

    def test_a_wording_whose_marks_are_folded(self) -> None:
        # 2021—2035 is compared with one kind of dash.
        items = [{"name": "规划（2021—2035年）", "pattern": "规划（2021.{1,5}年）"}]
        assert found("落实规划（2021—2035年）。", items=items) == []
        assert len(found("落实规划（2021—2030年）。", items=items)) == 1

    def test_a_slip_that_is_a_word_of_its_own(self) -> None:
        items = [{"name": "智慧城市", "allowed": ["智慧城区"]}]
        assert found("建设智慧城区。", items=items) == []
        assert len(found("建设智慧城乡。", items=items)) == 1

    def test_a_plan_without_such_nodes(self) -> None:
        assert findings("wording", "target", "加强领导。\n", {"items": [TERM], "field": "metric"}) == []
