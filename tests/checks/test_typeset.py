"""``typeset``: text is set in the face and size that it should be."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from checker.checks.typeset import CHECK, Options
from checker.model import Found, Layout, Setting, Span
from checker.nodes import nodes_of
from checker.parser import parse_text
from checker.plain_text import from_string

SOURCE = "棠城县全民健身实施方案\n一、工作目标\n新建步道。\n办好赛事。\n"
FIRST, SECOND = Span(19, 24), Span(25, 30)


def found(options: Options, *settings: Setting) -> list[Found]:
    plan = parse_text(replace(from_string(SOURCE), layout=Layout((), settings)))
    return list(CHECK.check(nodes_of(plan, "setting"), options, plan))


def said(one: Found, name: str) -> str:
    given = one.fields[name]
    assert isinstance(given, tuple)
    return str(given[0])


class TestWhatItReports:
    def test_only_what_is_wrong_and_all_that_is_wanted(self) -> None:
        (one,) = found(Options(("仿宋",), 16), Setting(FIRST, "宋体", 16))
        assert (said(one, "found"), said(one, "wanted")) == ("宋体", "仿宋、三号（16磅）")

    def test_the_same_fault_once_with_all_places_and_another_one_apart(self) -> None:
        same = found(Options(("仿宋",)), Setting(FIRST, "宋体"), Setting(SECOND, "宋体"))
        assert [(one.span, one.others) for one in same] == [(FIRST, (SECOND,))]
        assert len(found(Options(("仿宋",)), Setting(FIRST, "宋体"), Setting(SECOND, "黑体"))) == 2

    def test_a_size_without_a_name_in_points(self) -> None:
        (one,) = found(Options(size=16), Setting(FIRST, None, 15.0), Setting(SECOND, None, 16))
        assert said(one, "found") == "小三（15磅）"
        (one,) = found(Options(size=16), Setting(FIRST, None, 13.5))
        assert said(one, "found") == "13.5磅"

    def test_alignment_and_indent(self) -> None:
        (one,) = found(Options(alignment="center", indent=2), Setting(FIRST, None, None, "left", 0))
        assert said(one, "found") == "左对齐、段首空0字"


class TestWhatItLeavesAlone:
    @pytest.mark.parametrize(
        "font", ["仿宋", "仿宋_GB2312", "FangSong_GB2312", "方正仿宋简体", "STFangsong", "FZFSJW--GB1-0"]
    )
    def test_every_font_of_a_face(self, font: str) -> None:
        assert found(Options(("仿宋",)), Setting(FIRST, font)) == []

    def test_what_the_document_does_not_say(self) -> None:
        assert found(Options(("仿宋",), 16, alignment="center", indent=2), Setting(FIRST)) == []

    def test_a_size_within_the_tolerance(self) -> None:
        assert found(Options(size=16, size_tolerance=0.5), Setting(FIRST, None, 15.6)) == []

    def test_the_indent_of_what_does_not_begin_a_paragraph(self) -> None:
        assert found(Options(indent=2), Setting(Span(21, 24), None, None, None, 0)) == []


def test_a_face_that_the_words_do_not_have_is_a_mistake() -> None:
    assert CHECK.mistakes is not None
    ((name, mistake),) = CHECK.mistakes(Options(("仿宋体",)), "setting")
    assert (name, "小标宋、仿宋、黑体" in mistake.zh) == ("faces", True)


def test_options_without_anything_wanted_are_a_mistake() -> None:
    assert CHECK.mistakes is not None
    assert [name for name, _ in CHECK.mistakes(Options(), "setting")] == [""]
