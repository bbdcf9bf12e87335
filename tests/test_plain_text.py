"""Strings to texts: what a format marks and is not to be read is in no paragraph, and moves nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from checker.model import Position, Text
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.soundness import text_problem

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "drafts"


def read(marked: str) -> Text:
    """Return a text of which what stands between ‹ and ›, these included, is not read."""
    text = from_string(marked, "marked", unread=[found.span() for found in re.finditer("‹[^›]*›", marked)])
    assert text_problem(text) is None
    assert text.source == marked
    return text


def texts(text: Text) -> list[str]:
    return [paragraph.text for paragraph in text.paragraphs if not paragraph.layout]


class TestUnread:
    @pytest.mark.parametrize(
        ("marked", "plain"),
        [
            ("‹@一 ›一、工作目标\n到2025年‹注›，培训‹* ›100人。", "一、工作目标\n到2025年，培训100人。"),
            ("一、工作目标‹ 标题›\n‹整行都不读›\n　　‹- ›加强培训。", "一、工作目标\n\n　　加强培训。"),
            ("推广Open‹*› Source‹*›理念。", "推广Open Source理念。"),
            ("推广 Open‹*›Source 理念。", "推广 OpenSource 理念。"),
            ("‹>›# 一、工作目标\n‹>›**加强培训。**", "# 一、工作目标\n**加强培训。**"),
            ("一、任务\n‹>›1.甲。\n‹>› ‹>›12\n‹>›2.乙。", "一、任务\n1.甲。\n12\n2.乙。"),
            ("加强‹一段\n不读的话›培训，\n举办讲座。", "加强\n培训，\n举办讲座。"),
        ],
    )
    def test_is_read_as_if_it_were_not_there(self, marked: str, plain: str) -> None:
        assert texts(read(marked)) == texts(from_string(plain))

    def test_leaves_no_gap_between_words(self) -> None:
        (paragraph,) = read("县教育局‹*›县科协").paragraphs
        assert paragraph.gaps == ()
        (paragraph,) = read("县教育局 ‹*› 县科协").paragraphs
        assert paragraph.gaps == ((4, 2),)

    def test_every_character_has_its_place_in_the_source(self) -> None:
        marked = "‹@›一、工作‹…›目标\r\n‹- ›培训Open‹*› Source，\n‹- ›举办。"
        for paragraph in read(marked).paragraphs:
            for index, char in enumerate(paragraph.text):
                assert marked[paragraph.offset(index)] == char

    def test_the_nodes_of_a_plan_stand_where_a_person_looks(self) -> None:
        text = read("‹%注›\n‹@一 ›一、工作目标\n‹- ›到2025年‹（暂定）›，全县培训‹约›教师100人。")
        plan = parse_text(text)
        assert (plan.sections[0].title, text.position(plan.sections[0].span.start)) == ("工作目标", Position(2, 6))
        (target,) = plan.targets
        assert (target.quote, target.value, text.position(target.span.start)) == (
            "全县培训教师100人",
            100,
            Position(3, 18),
        )

    def test_stretches_may_lie_in_any_order_and_over_one_another(self) -> None:
        source = "甲乙丙丁戊。"
        assert texts(from_string(source, unread=[(3, 4), (0, 2), (1, 2), (0, 1)])) == ["丙戊。"]
        assert texts(from_string(source, unread=[(0, 5), (1, 2)])) == ["。"]

    def test_all_of_it(self) -> None:
        source = "甲\n乙"
        assert texts(from_string(source, unread=[(0, 3)])) == []

    @pytest.mark.parametrize("stretch", [(-1, 2), (2, 1), (0, 7)])
    def test_a_stretch_outside_of_the_source_is_an_error(self, stretch: tuple[int, int]) -> None:
        with pytest.raises(ValueError, match="no stretch"):
            from_string("甲乙丙丁戊。", unread=[stretch])

    @pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*-*.txt")))
    def test_a_mark_before_each_line_of_a_draft_moves_columns_only(self, name: str) -> None:
        try:
            source = (SAMPLES / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            source = (SAMPLES / name).read_text(encoding="gb18030")
        lines = source.splitlines(keepends=True)
        marked = "".join(f"@@{line}" for line in lines)
        assert facts(from_string(marked, unread=marks(lines))) == facts(from_string(source))


def marks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the stretches of two characters in front of each line."""
    starts = [2 * number + sum(map(len, lines[:number])) for number in range(len(lines))]
    return [(start, start + 2) for start in starts]


def facts(text: Text) -> list[object]:
    """Return what was read, with lines."""
    plan = parse_text(text)
    named = [*plan.sections, *plan.measures, *plan.stages]
    return [
        texts(text),
        [(node.title if hasattr(node, "title") else node.label, text.position(node.span.start).line) for node in named],
        [(clause.leads, clause.responsible, clause.supporters) for clause in plan.clauses],
        [(target.quote, target.value, target.year) for target in plan.targets],
    ]
