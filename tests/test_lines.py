"""Lines that readers of Word, PDF and the like hand over: what they know of them, and where people find them."""

import pytest
from click import unstyle

from checker.engine import Review, Selection, check_text
from checker.lines import from_lines
from checker.model import Bilingual, Line, Place, PlacedEdit, Report, Text
from checker.parser import parse_text
from checker.places import where
from checker.problems import Unreadable
from checker.reporters import concise, text
from checker.tree import plan_tree


def words(text: Text) -> list[str]:
    return [paragraph.text for paragraph in text.paragraphs if not paragraph.layout]


class TestWhatIsKnownOfALine:
    def test_bold_is_where_the_reader_says_although_spaces_and_marks_are_left_out(self) -> None:
        text = from_lines([Line("　 建好 书角。建成12个。", bold=((2, 8),))], "docx")
        (paragraph,) = (one for one in text.paragraphs if not one.layout)
        assert paragraph.text == "建好书角。建成12个。"
        assert [paragraph.text[start:end] for start, end in paragraph.bold] == ["建好书角。"]

    def test_a_heading_ends_its_paragraph_although_no_mark_stands_before_it(self) -> None:
        lines = [Line("加强基层公共阅读服务体系建设，", heading=2), Line("办好书屋。")]
        assert words(from_lines(lines, "docx")) == ["加强基层公共阅读服务体系建设，", "办好书屋。"]
        assert [one.heading for one in from_lines(lines, "docx").paragraphs if not one.layout] == [2, 0]

    def test_cells_are_where_the_reader_says_even_with_a_bar_in_one(self) -> None:
        text = from_lines([Line("| 图书|报刊 | 县文旅局 |", cells=((2, 7), (10, 14)))], "docx")
        (paragraph,) = (one for one in text.paragraphs if not one.layout)
        assert [paragraph.text[start:end] for start, end in paragraph.cells] == ["图书|报刊", "县文旅局"]

    def test_a_line_apart_does_not_go_on_with_the_one_before(self) -> None:
        lines = [Line("建成农家书屋和社区书房，"), Line("数据来自县文旅局", apart=True)]
        assert words(from_lines(lines, "docx")) == ["建成农家书屋和社区书房，", "数据来自县文旅局"]
        assert words(from_lines([lines[0], Line("数据来自县文旅局")], "docx")) == [
            "建成农家书屋和社区书房，数据来自县文旅局"
        ]

    def test_a_running_header_is_not_read_and_does_not_cut_a_paragraph(self) -> None:
        lines = [Line("建成农家书屋，办好社"), Line("棠城县阅读方案", layout=True), Line("区书房12个。")]
        assert words(from_lines(lines, "pdf")) == ["建成农家书屋，办好社区书房12个。"]

    def test_a_line_end_inside_of_a_line_is_a_space(self) -> None:
        assert from_lines([Line("一\r\n二")], "docx").source == "一  二\n"

    @pytest.mark.parametrize("lines", [[], [Line("")], [Line(" 　\t")]])
    def test_nothing_to_read_is_said(self, lines: list[Line]) -> None:
        with pytest.raises(Unreadable):
            from_lines(lines, "docx")


class TestPlaces:
    @pytest.mark.parametrize(
        ("place", "said"),
        [
            (None, Bilingual("第 12 行", "line 12")),
            (Place(paragraph=3), Bilingual("第 3 段", "paragraph 3")),
            (Place(table=1, row=2, cell=3), Bilingual("表 1 第 2 行第 3 格", "table 1, row 2, cell 3")),
            (Place("footnote", 2, paragraph=1), Bilingual("脚注 2 第 1 段", "footnote 2, paragraph 1")),
            (Place("text-box", 1, table=1, row=1, cell=2), Bilingual("文本框 1 表 1 第 1 行第 2 格", "")),
            (Place(page=3, line=5), Bilingual("第 3 页第 5 行", "page 3, line 5")),
        ],
    )
    def test_how_people_call_them(self, place: Place | None, said: Bilingual) -> None:
        found = where(12, place)
        assert found.zh == said.zh
        assert not said.en or found.en == said.en

    def test_a_row_has_the_places_of_its_cells(self) -> None:
        cells = tuple(Place(table=1, row=1, cell=number) for number in (1, 2))
        lines = [Line("阅读方案", ((0, Place(paragraph=1)),)), Line("| 甲 | 乙 |", ((0, cells[0]), (5, cells[1])))]
        text = from_lines(lines, "docx")
        assert [text.place(text.source.index(char)) for char in "阅甲乙"] == [Place(paragraph=1), *cells]

    def test_the_tree_of_a_plan_speaks_of_them(self) -> None:
        read = from_lines(
            [Line(words, ((0, Place(page=2, line=at)),)) for at, words in enumerate(("方案", "一、目标"))], "pdf"
        )
        assert "第 2 页第 1 行  一、目标" in unstyle(plan_tree(parse_text(read)))

    def test_what_is_found_leads_back_to_its_characters(self) -> None:
        read = from_lines([Line("方案"), Line("一、目标")], "docx")
        assert read.span(PlacedEdit(2, 3, 2, 5, "")) == (5, 7)
        assert read.span(PlacedEdit(2, 9, 9, 1, "")) == (7, len(read.source))  # beyond the line, beyond the text

    def test_reports_speak_of_them_and_not_of_lines(self) -> None:
        lines = [("棠城县阅读方案", 1), ("一、工作目标", 2), ("队伍队伍建设。", 5), ("书屋书屋建设。", 8)]
        read = from_lines([Line(words, ((0, Place(paragraph=at)),)) for words, at in lines], "docx")
        review = Review(Selection(("gongwen/repeated-word",)))
        file = check_text(read, "棠城.docx", review)
        report = Report("1", {}, (file,), shows_summary=False)
        assert [(one.line, one.place, one.lines, one.places) for one in file.violations] == [
            (3, Place(paragraph=5), (3,), (Place(paragraph=5),)),
            (4, Place(paragraph=8), (4,), (Place(paragraph=8),)),
        ]
        assert concise.render(report).splitlines()[0].startswith("棠城.docx:第 5 段: error gongwen/repeated-word ")
        assert "  第 8 段  错误  gongwen/repeated-word" in unstyle(text.render(report))
