"""How pages and text are set, as far as a PDF shows it."""

from __future__ import annotations

import pytest

from checker.model import PageSetup, Setting
from pdf.printing import LINES, TOP, Draw, Sheet, pages_of, read_printed, set_in_lines

BODY = (
    "到下一年，全县居民健康素养水平达到目标，按照规划要求，经常参加体育锻炼的人数比例稳步提高，中小学生近视率得到控制。"
)
MOST = [BODY, "一、总体要求"] * 30
MM = 25.4 / 72


def setups(*pages: Draw, **options: object) -> tuple[PageSetup, ...]:
    text = read_printed(*pages, **options)
    assert text.layout is not None
    return text.layout.pages


def settings(*pages: Draw) -> list[tuple[str, Setting]]:
    """Return each stretch of text with its setting."""
    text = read_printed(*pages)
    assert text.layout is not None
    return [(text.source[one.span.start : one.span.end], one) for one in text.layout.settings]


def test_full_pages_tell_margins_lines_and_characters() -> None:
    lines = set_in_lines(MOST)
    (setup,) = setups(*pages_of(lines, "棠城县文件汇编"))
    assert (setup.start, setup.width, setup.height) == (0, 210.0, 297.0)
    assert setup.lines == LINES
    assert setup.characters == 27
    assert setup.left == pytest.approx(79 * MM, abs=0.1)
    # The first line is set at 105 pt; it is 28 pt high, with the characters in the middle or 22.4 pt below its top.
    assert (105 - 22.4) * MM <= setup.top <= (105 - 0.38 * 16 - 14) * MM
    assert setup.bottom is None


def test_lines_that_end_at_one_place_tell_the_right_margin() -> None:
    def justified(sheet: Sheet) -> None:
        for number in range(12):
            y = TOP + 28 * number
            sheet.set("到2026年健康素养水平" + "1" * (number % 3), y=y)
            sheet.set("稳步提高", 79 + 23 * 16, y)

    (setup,) = setups(justified)
    assert setup.right == pytest.approx(210 - (79 + 27 * 16) * MM, abs=0.1)


def test_ragged_lines_do_not_tell_the_right_margin() -> None:
    """Full lines of 汉字 end at one place anyhow, with anything up to a character left free."""

    def ragged(sheet: Sheet) -> None:
        for number in range(12):
            sheet.set("健康素养" * 5 + "1" * (number % 4) + "健康素养", y=TOP + 28 * number)

    (setup,) = setups(ragged)
    assert setup.right is None


def test_page_numbers_are_told_with_their_size() -> None:
    (setup,) = setups(*pages_of(set_in_lines(MOST)))
    assert (setup.page_number, setup.page_number_font, setup.page_number_size) == (True, "STSong-Light", 14.0)


def test_pages_without_numbers() -> None:
    (setup,) = setups(*pages_of(set_in_lines(MOST), page_numbers=False))
    assert (setup.page_number, setup.page_number_font, setup.page_number_size) == (False, None, None)


def test_one_short_page_does_not_tell_how_many_lines_a_page_has() -> None:
    (setup,) = setups(*pages_of(set_in_lines([BODY])))
    assert (setup.lines, setup.characters) == (None, None)


def test_each_stretch_has_its_font_and_size() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.centre("棠城县健康素养促进行动方案", TOP)
        sheet.lines(set_in_lines([BODY, "一、总体要求", BODY]), y=TOP + 60)

    (title, of_title), *body = settings(draw)
    assert title == "棠城县健康素养促进行动方案"
    assert (of_title.font, of_title.size, of_title.alignment) == ("STSong-Light", 22.0, "center")
    assert {(one.font, one.size, one.indent) for _, one in body} == {("STSong-Light", 16.0, 2.0)}
    assert "".join(words for words, _ in body) == f"{BODY}一、总体要求{BODY}"


def test_sizes_that_change_within_a_line_are_told_apart() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.set("健康素养", 79)
        sheet.set("（试行）", 79 + 4 * 16, size=12)

    assert [(words, one.size) for words, one in settings(draw)] == [("健康素养", 16.0), ("（试行）", 12.0)]


def test_page_numbers_and_headers_have_no_setting() -> None:
    found = settings(*pages_of(set_in_lines(MOST), "棠城县文件汇编"))
    assert found
    assert not [words for words, _ in found if "汇编" in words or "—" in words]
