"""A draft line by line: what is marked where, and what is a heading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reports import violation

from checker.model import PlacedEdit, Plan, Waived
from checker.pages.marking import Line, Numbered, marked_lines
from checker.parser import parse_text
from checker.plain_text import from_string

DRAFTS = Path(__file__).resolve().parents[2] / "samples" / "drafts"
DRAFT = """\
某县全民健身实施方案（2024—2026年）

一、主要任务
（一）场地行动。新建步道，
修缮球场。
1.建设步道。建成10公里。（县体育局牵头）
"""


def plan(text: str = DRAFT) -> Plan:
    return parse_text(from_string(text))


def at(line: int, column: int, end_column: int, end_line: int | None = None, **more: Any) -> Any:
    """Return a violation at a place."""
    place = {"line": line, "column": column, "end_line": end_line or line, "end_column": end_column, "lines": (line,)}
    return violation("f", **{**place, **more})


def marked(*violations: Any, text: str = DRAFT) -> tuple[Line, ...]:
    return marked_lines(plan(text), [Numbered(number, one) for number, one in enumerate(violations, start=1)])


def written(line: Line) -> str:
    """Return a line with its numbers in front of, and its marks around, what they mark: ``1[步道]``."""
    words = ""
    for piece in line.pieces:
        words += "".join(f"{badge.number}{'' if badge.first else '+'}" for badge in piece.badges)
        words += f"[{piece.text}]" if piece.numbers else piece.text
    return words


class TestLines:
    def test_all_lines_of_the_source_are_there_once(self) -> None:
        lines = marked()
        assert "\n".join("".join(piece.text for piece in line.pieces) for line in lines) + "\n" == DRAFT
        assert [line.number for line in lines] == [1, 2, 3, 4, 5, 6]

    def test_line_ends_of_windows_are_no_part_of_them(self) -> None:
        assert written(marked(text="一、甲\r\n乙。\r\n")[1]) == "乙。"

    def test_title_and_headings_are_told_apart(self) -> None:
        kinds = [line.kind for line in marked()]
        assert kinds[0] == "title"
        assert kinds[2] == "h1"

    def test_a_heading_that_goes_on_as_text_is_bold_and_no_line_of_its_own(self) -> None:
        line = marked()[3]
        assert line.kind == ""
        assert [piece.text for piece in line.pieces if piece.bold] == ["（一）场地行动"]

    def test_those_of_the_second_plan_in_a_file_are_told_too(self) -> None:
        lines = marked(text=(DRAFTS / "jinglan-science.txt").read_text("utf-8"))
        titles = [written(line) for line in lines if line.kind == "title"]
        assert [title.partition("（")[0] for title in titles] == [
            "镜澜区全民科学素质行动规划纲要实施方案",
            "镜澜区科普阵地开放共享工作方案",
        ]
        assert [line.kind for line in lines][-20:].count("h1") > 0


class TestMarks:
    def test_a_place_is_marked_and_has_its_number_in_front(self) -> None:
        assert written(marked(at(6, 3, 7))[5]) == "1.1[建设步道]。建成10公里。（县体育局牵头）"

    def test_two_that_overlap_are_cut_where_they_meet_the_shortest_first(self) -> None:
        line = marked(at(6, 3, 7), at(6, 5, 10))[5]
        assert written(line) == "1.1[建设]2[步道][。建成]10公里。（县体育局牵头）"
        assert [piece.numbers for piece in line.pieces if piece.numbers] == [(1,), (1, 2), (2,)]

    def test_one_in_the_other_and_two_at_one_place(self) -> None:
        line = marked(at(6, 1, 23), at(6, 3, 7), at(6, 3, 7, severity="info"))[5]
        assert written(line) == "1[1.]23[建设步道][。建成10公里。（县体育局牵头）]"
        assert line.pieces[1].numbers == (2, 3, 1)
        assert line.pieces[1].severity == "error"

    def test_one_over_several_lines_has_its_number_once(self) -> None:
        lines = marked(at(4, 8, 3, end_line=5))
        assert written(lines[3]) == "（一）场地行动1[。][新建步道，]".replace("][", "")
        assert written(lines[4]) == "[修缮]球场。"

    def test_further_places_are_marked_where_they_are_known_to_the_character(self) -> None:
        edits = (PlacedEdit(1, 1, 1, 2, "甲"), PlacedEdit(5, 1, 5, 3, "乙"))
        lines = marked(at(1, 1, 2, lines=(1, 5), count=2, edits=edits))
        assert written(lines[4]) == "1+[修缮]球场。"

    def test_of_others_the_line_has_the_number(self) -> None:
        lines = marked(at(3, 1, 3, lines=(3, 5, 6), count=3))
        assert [written(lines[number])[:2] for number in (2, 4, 5)] == ["1[", "1+", "1+"]

    def test_an_empty_place_marks_the_character_behind_it(self) -> None:
        assert written(marked(at(5, 3, 3))[4]) == "修缮1[球]场。"

    def test_one_at_the_end_of_a_line_has_its_number_there(self) -> None:
        assert written(marked(at(5, 6, 6))[4]) == "修缮球场。1[]"

    def test_accepted_ones_have_no_severity_of_their_own(self) -> None:
        line = marked(at(6, 3, 7, waived=Waived("comment", "无")))[5]
        (piece,) = [piece for piece in line.pieces if piece.numbers]
        assert (piece.severity, piece.badges[0].waived) == (None, True)

    def test_a_place_that_the_draft_does_not_have_marks_nothing(self) -> None:
        assert [written(line) for line in marked(at(90, 1, 2), at(5, 900, 901))] == DRAFT.splitlines()

    def test_many_at_one_place_stay_few_in_the_page(self) -> None:
        line = marked(*[at(6, 3, 7)] * 200)[5]
        assert max(len(piece.numbers) for piece in line.pieces) == 8
        assert sum(len(piece.badges) for piece in line.pieces) == 200
