"""What the form of a document is about: dates, document numbers, attachments, breaks, what a page left."""

from __future__ import annotations

from typing import Any

import pytest

from checker.nodes import nodes_of
from checker.parser import parse_text
from checker.plain_text import from_string


def found(kind: str, text: str) -> list[Any]:
    return list(nodes_of(parse_text(from_string(text)), kind))


def words(kind: str, text: str) -> list[str]:
    """Return the texts of the nodes, which have to stand where their places say."""
    nodes = found(kind, text)
    for node in nodes:
        assert "".join(text[node.span.start : node.span.end].split()) == node.text
    return [node.text for node in nodes]


class TestDates:
    @pytest.mark.parametrize(
        ("written", "wanted"),
        [
            ("2024年2月29日", (2024, 2, 29, True)),
            ("2023年2月29日", (2023, 2, 29, False)),
            ("2000年2月29日", (2000, 2, 29, True)),
            ("1900年2月29日", (1900, 2, 29, False)),
            ("2024年4月31日", (2024, 4, 31, False)),
            ("2024年12月31日", (2024, 12, 31, True)),
            ("2024年13月1日", (2024, 13, 1, False)),
            ("2024年0月1日", (2024, 0, 1, False)),
            ("2024年5月0日", (2024, 5, 0, False)),
            ("2024年05月06日", (2024, 5, 6, True)),  # that it is padded is another matter
            ("２０２４年５月６日", (2024, 5, 6, True)),
            ("二〇二四年二月二十九日", (2024, 2, 29, True)),
            ("二〇二三年十一月三十一日", (2023, 11, 31, False)),
            ("二○二四年十二月三十日", (2024, 12, 30, True)),
        ],
    )
    def test_of_a_whole_date(self, written: str, wanted: tuple[int, int, int, bool]) -> None:
        (day,) = found("date", f"一、安排\n于{written}前完成。\n")
        assert (day.text, (day.year, day.month, day.day, day.real)) == (written, wanted)

    @pytest.mark.parametrize(
        ("written", "wanted"),
        [("2024年5月", (2024, 5, None, True)), ("2024年13月", (2024, 13, None, False))],
    )
    def test_of_a_month_with_its_year(self, written: str, wanted: tuple[int, int, None, bool]) -> None:
        (day,) = found("date", f"一、安排\n于{written}底前完成。\n")
        assert (day.text, (day.year, day.month, day.day, day.real)) == (written, wanted)

    @pytest.mark.parametrize(
        ("written", "real"), [("5月6日", True), ("2月29日", True), ("2月30日", False), ("九月三十一日", False)]
    )
    def test_without_a_year_it_may_be_of_a_leap_year(self, written: str, real: bool) -> None:
        (day,) = found("date", f"一、安排\n于{written}前完成。\n")
        assert (day.text, day.year, day.real) == (written, None, real)

    @pytest.mark.parametrize(
        "sentence",
        [
            "每月15日报送。",
            "6月底前完成。",
            "12月总结。",
            "2024年底前完成。",
            "为期3个月。",
            "第3月5日内办结。",
            "2024—2025年完成。",
            "本月10日前完成。",
        ],
    )
    def test_what_is_none(self, sentence: str) -> None:
        assert found("date", f"一、安排\n{sentence}\n") == []

    def test_all_of_a_sentence_in_order_with_their_sections(self) -> None:
        days = found("date", "云岭县健身方案\n\n一、安排\n2024年5月6日至6月7日，再到2025年8月。\n")
        assert [(day.text, day.section.title) for day in days] == [
            ("2024年5月6日", "安排"),
            ("6月7日", "安排"),
            ("2025年8月", "安排"),
        ]


class TestDocumentNumbers:
    @pytest.mark.parametrize(
        "written",
        [
            "云政发〔2024〕5号",
            "云政发[2024]5号",
            "云政发［2024］5号",
            "云政发【2024】5号",
            "云政发（2024）5号",
            "云政发(2024)5号",
            "云政发〔2024〕第5号",
            "云政发〔2024〕05号",
            "云政发〔2024年〕5号",
            "云政办函〔1999〕128号",
            "中共云岭县委发〔2024〕5号",
        ],
    )
    def test_in_any_brackets_and_form(self, written: str) -> None:
        assert words("doc_number", f"一、总则\n（{written}）印发。\n") == [written]

    @pytest.mark.parametrize("behind", ["，制定本方案", "。", "）", "文件要求", "》"])
    def test_without_its_last_character(self, behind: str) -> None:
        assert words("doc_number", f"一、总则\n按照国发〔2021〕9{behind}\n") == ["国发〔2021〕9"]

    @pytest.mark.parametrize(
        "lead", ["根据", "按照", "贯彻", "落实", "参照", "见", "和", "以及", "经研究的", "印发", "转发文件"]
    )
    def test_words_before_it_are_cut_off(self, lead: str) -> None:
        assert words("doc_number", f"一、总则\n{lead}国发〔2021〕9号文件要求。\n") == ["国发〔2021〕9号"]

    def test_several_in_a_row(self) -> None:
        text = "一、总则\n按照云政发〔2024〕5号、云政办函(2024)第6号和国发〔2021〕9号。\n"
        assert words("doc_number", text) == ["云政发〔2024〕5号", "云政办函(2024)第6号", "国发〔2021〕9号"]

    @pytest.mark.parametrize(
        "sentence",
        [
            "《体育建设规划（2021—2025年）》第3号附件。",
            "《健身方案（2024年）》和5号楼。",
            "项目开发〔2024〕3个。",  # goes on as nothing does behind a number
            "云岭健身〔2024〕12，",  # no word that a number ends with
            "（2024）5号",
            "和（2024）5号",
            "建成球场2024个。",
        ],
    )
    def test_what_is_none(self, sentence: str) -> None:
        assert words("doc_number", f"一、总则\n{sentence}\n") == []


HEAD = "云岭县健身方案\n\n一、主要任务\n"


class TestAttachments:
    def kinds(self, text: str) -> list[tuple[str, int | None, str | None, bool]]:
        return [(one.form, one.number, one.name, one.found) for one in found("attachment", HEAD + text)]

    @pytest.mark.parametrize("before", ["见", "详见", "参见", "（见", "按照", "按", "，"])
    def test_a_mention_with_a_number(self, before: str) -> None:
        (one,) = found("attachment", f"{HEAD}任务分工表{before}附件2。\n")
        assert (one.form, one.number, one.text, one.found) == ("mention", 2, "附件2", False)

    def test_a_mention_without_a_number_says_where_it_is_to_be_seen(self) -> None:
        assert self.kinds("任务分工表（见附件）。\n") == [("mention", None, None, False)]

    @pytest.mark.parametrize("sentence", ["申请人上传附件即可办理。", "邮件附件不超过五个。"])
    def test_other_attachments_are_none_of_the_documents(self, sentence: str) -> None:
        assert self.kinds(sentence + "\n") == []

    def test_in_chinese_numerals(self) -> None:
        assert self.kinds("任务分工表见附件二。\n") == [("mention", 2, None, False)]

    def test_a_list_of_one(self) -> None:
        assert self.kinds("落实责任（见附件）。\n\n附件：任务分工表\n") == [
            ("mention", None, None, True),
            ("list", None, "任务分工表", True),
        ]

    def test_a_list_of_several_begins_on_its_first_line(self) -> None:
        assert self.kinds("落实责任。\n\n附件：1.任务分工表\n2.指标表\n3、名单\n") == [
            ("list", 1, "任务分工表", True),
            ("list", 2, "指标表", True),
            ("list", 3, "名单", True),
        ]

    def test_a_number_before_the_colon(self) -> None:
        assert self.kinds("落实责任。\n\n附件1：任务分工表\n") == [("list", 1, "任务分工表", True)]

    @pytest.mark.parametrize(("line", "number"), [("附件", None), ("附件1", 1), ("附件二", 2), ("附件3：", 3)])
    def test_the_attachment_itself(self, line: str, number: int | None) -> None:
        assert ("annex", number, None, True) in self.kinds(f"落实责任。\n\n{line}\n\n任务分工表\n")

    def test_a_mention_of_one_that_is_not_there(self) -> None:
        assert self.kinds("见附件1、详见附件3。\n\n附件：1.任务分工表\n2.指标表\n")[:2] == [
            ("mention", 1, None, True),
            ("mention", 3, None, False),
        ]

    def test_the_only_one_bears_no_number_and_may_be_called_the_first(self) -> None:
        assert self.kinds("见附件1。\n\n附件：任务分工表\n")[0] == ("mention", 1, None, True)


# Whole sentences, so that none of these lines is joined with another.
MANY = HEAD + "各单位要落实责任，完成各项任务，按时报送情况。\n" * 8
OPEN = "加强科普工作，提高公民的科学素质，建立健全工作机制，"


class TestBreaks:
    def test_by_the_end_of_a_line(self) -> None:
        (one,) = found("break", f"{MANY}{OPEN}\n推动工作落实到位。\n")
        assert (one.before, one.after, one.blank) == ("立健全工作机制，", "推动工作落实到位", False)

    def test_by_an_empty_line(self) -> None:
        (one,) = found("break", f"{MANY}{OPEN}\n\n推动工作落实到位。\n")
        assert (one.after, one.blank) == ("推动工作落实到位", True)

    def test_by_a_page_number(self) -> None:
        (one,) = found("break", f"{MANY}{OPEN}\n- 3 -\n推动工作落实到位。\n")
        assert (one.after, one.blank) == ("推动工作落实到位", True)

    def test_at_the_last_character_before_it(self) -> None:
        text = f"{MANY}{OPEN}\n\n推动工作落实到位。\n"
        (one,) = found("break", text)
        assert one.span == (text.index(OPEN) + len(OPEN) - 1, text.index(OPEN) + len(OPEN))

    def test_windows_ends_of_lines_are_no_empty_lines(self) -> None:
        (one,) = found("break", f"{MANY}{OPEN}\n推动工作落实到位。\n".replace("\n", "\r\n"))
        assert one.blank is False

    def test_a_text_set_in_short_lines_is_not_broken_by_them(self) -> None:
        lines = f"{OPEN}\n推动各项工作落实到位，形成长效机制，\n确保取得实效。\n"
        assert found("break", HEAD + lines * 6) == []

    def test_but_by_the_empty_lines_in_it(self) -> None:
        lines = f"{OPEN}\n推动各项工作落实到位，形成长效机制，\n确保取得实效。\n"
        (one,) = found("break", HEAD + lines * 6 + f"{OPEN}\n\n推动工作落实到位。\n")
        assert one.blank is True

    def test_none_in_whole_paragraphs(self) -> None:
        assert found("break", MANY) == []


class TestResidue:
    @pytest.mark.parametrize(
        "line",
        ["3", "- 3 -", "—3—", "— 12 —", "第3页", "第 3 页 共 9 页", "第3页/共9页", "3/9页", "3/9", "(3)", "－３－"],
    )
    def test_a_page_number_between_paragraphs(self, line: str) -> None:
        (one,) = found("residue", f"{HEAD}完成任务。\n\n{line}\n\n落实责任。\n")
        assert (one.kind, one.text) == ("page-number", "".join(line.split()))

    def test_several_below_one_another(self) -> None:
        text = f"{HEAD}完成任务。\n\n- 3 -\n\n- 4 -\n\n落实责任。\n"
        assert words("residue", text) == ["-3-", "-4-"]

    def test_one_on_several_lines(self) -> None:
        (one,) = found("residue", f"{HEAD}完成任务。\n\n（\n— 19\n—\n）\n\n落实责任。\n")
        assert one.text == "（—19—）"

    @pytest.mark.parametrize("line", ["【打印本页】", "字体：大 中 小", "扫一扫在手机打开当前页", "上一篇：健身通知"])
    def test_words_of_a_web_page(self, line: str) -> None:
        (one,) = found("residue", f"{HEAD}完成任务。\n\n{line}\n")
        assert one.kind == "web"

    @pytest.mark.parametrize("line", ["完成任务。", "建成球场3个。", "----", "自助打印证明，扫码办理。", "1234567"])
    def test_what_is_none(self, line: str) -> None:
        assert found("residue", f"{HEAD}完成任务。\n\n{line}\n\n落实责任。\n") == []

    def test_a_whole_paragraph_that_speaks_of_such_words_is_none(self) -> None:
        long = "各单位要在网站首页设置“扫一扫”专栏，方便群众扫码办理，" * 3 + "落实责任。"
        assert found("residue", f"{HEAD}{long}\n") == []
