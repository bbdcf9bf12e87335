"""What reports share: words without commands, places, reasons."""

from __future__ import annotations

from datetime import date

import pytest
from reports import violation

from checker.model import Waived
from checker.reporters.cells import markdown_text
from checker.reporters.words import acceptance, full_message, places, printable, printable_lines, waiver


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\x9b", "\u202e", "\n", "\ufffe", "\uffff"])
def test_what_commands_a_terminal_or_may_stand_in_no_xml_is_a_mark(char: str) -> None:
    assert printable(f"甲{char}乙") == "甲\ufffd乙"


def test_lines_stay_lines_where_they_may() -> None:
    assert printable_lines("甲\x1b\n\t乙\r\n") == "甲\ufffd\n 乙\ufffd\n"


class TestPlaces:
    def test_of_a_single_one_are_not_counted(self) -> None:
        assert places(violation("f0", lines=(4,)), "zh") == ""

    def test_are_counted_with_their_lines(self) -> None:
        given = violation("f0", count=3, lines=(4, 9))
        assert places(given, "zh") == "（共 3 处，见第 4、9 行）"
        assert places(given, "en") == " (3 places, lines 4, 9)"

    @pytest.mark.parametrize(
        ("language", "message", "said"),
        [
            ("zh", "半角括号（共3处）", "（见第 4、9 行）"),
            ("en", "Half-width brackets: 3 in all", " (lines 4, 9)"),
            ("en", "A paragraph is cut (3 in all)", " (lines 4, 9)"),
            ("en", "A paragraph is cut (13 in all)", " (3 places, lines 4, 9)"),
        ],
    )
    def test_are_not_counted_again_where_the_message_does(self, language: str, message: str, said: str) -> None:
        assert places(violation("f0", count=3, lines=(4, 9), message=message), language) == said

    @pytest.mark.parametrize(("message", "zh", "en"), [("“,”", "（共 2 处）", " (2 places)"), ("“,”，共2处", "", "")])
    def test_in_the_line_that_is_reported_need_no_lines(self, message: str, zh: str, en: str) -> None:
        given = violation("f0", count=2, line=4, lines=(4,), message=message)
        assert (places(given, "zh"), places(given, "en")) == (zh, en)

    def test_in_one_other_line_are_named_as_such(self) -> None:
        given = violation("f0", count=2, line=4, lines=(9,))
        assert (places(given, "zh"), places(given, "en")) == ("（共 2 处，见第 9 行）", " (2 places, line 9)")

    def test_of_which_there_are_very_many_end_with_dots(self) -> None:
        given = violation("f0", count=20, lines=tuple(range(1, 21)))
        assert places(given, "zh") == "（共 20 处，见第 1、2、3、4、5、6、7、8、9、10、11、12… 行）"


class TestReasons:
    by_all = Waived("configuration", "本级没有农村", "张三", date(2026, 12, 31))

    def test_are_told_with_who_and_until_when(self) -> None:
        assert acceptance(self.by_all, "zh") == "已豁免：本级没有农村；张三；至 2026-12-31"
        assert acceptance(self.by_all, "en") == "waived: 本级没有农村; 张三; until 2026-12-31"
        assert waiver(Waived("baseline"), "zh") == "（在基线里）"

    def test_stand_behind_the_message(self) -> None:
        given = violation("f0", waived=Waived("comment", "不设"))
        assert full_message(given, "zh") == "消息 f0（已豁免：不设）"
        assert full_message(given, "en") == "消息 f0 (waived: 不设)"


def test_a_text_of_markdown_begins_no_heading() -> None:
    assert markdown_text("# 甲|乙") == "\\# 甲&#124;乙"
