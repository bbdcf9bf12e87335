"""How Word documents are laid out: fonts, sizes and indents by runs, styles, defaults and themes; pages by sections."""

from __future__ import annotations

from io import BytesIO
from time import perf_counter
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from checker.engine import Review, Selection, check_text
from checker.model import Layout, Text
from checker.word.reading import read


def saved(document: Document) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def read_back(document: Document) -> Text:
    return read(saved(document), ".docx")


def layout(document: Document) -> Layout:
    found = read_back(document).layout
    assert found is not None
    return found


def settings(document: Document) -> list[tuple[str, str | None, float | None]]:
    text = read_back(document)
    assert text.layout is not None
    return [(text.source[one.span.start : one.span.end], one.font, one.size) for one in text.layout.settings]


def set_font(element: Any, font: str, attribute: str = "w:eastAsia") -> None:
    fonts = element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn(attribute), font)


def add_field(paragraph: Any, code: str) -> Any:
    run = paragraph.add_run()
    for kind in ("begin", None, "end"):
        element = OxmlElement("w:instrText" if kind is None else "w:fldChar")
        if kind is None:
            element.text = f" {code} "
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)
    return run


@pytest.fixture
def document() -> Document:
    """A new document whose default style says its font and size."""
    made = docx.Document()
    set_font(made.styles["Normal"].element, "仿宋_GB2312")
    made.styles["Normal"].font.size = Pt(16)
    return made


class TestFonts:
    def test_what_a_run_says_goes_before_its_style_and_that_before_the_default(self, document: Document) -> None:
        style = document.styles.add_style("小标题", 1)
        style.base_style = document.styles["Normal"]
        set_font(style.element, "黑体")
        paragraph = document.add_paragraph("一、总体要求", style="小标题")
        run = paragraph.add_run("总体")
        set_font(run._r, "楷体")
        run.font.size = Pt(14)
        document.add_paragraph("新建步道。")
        assert settings(document) == [
            ("一、总体要求", "黑体", 16),
            ("总体", "楷体", 14),
            ("新建步道。", "仿宋_GB2312", 16),
        ]

    def test_a_style_takes_what_it_does_not_say_from_the_one_it_is_based_on(self, document: Document) -> None:
        below = document.styles.add_style("下", 1)
        set_font(below.element, "宋体")
        above = document.styles.add_style("上", 1)
        above.base_style = below
        above.font.size = Pt(12)
        document.add_paragraph("新建步道。", style="上")
        assert settings(document) == [("新建步道。", "宋体", 12)]

    def test_a_font_of_the_theme(self, document: Document) -> None:
        document.add_paragraph("新建步道。").runs[0]._r.get_or_add_rPr().get_or_add_rFonts().set(
            qn("w:eastAsiaTheme"), "minorEastAsia"
        )
        ((_, font, _),) = settings(document)
        assert font == "宋体"  # what the theme of the template has for the script Hans

    def test_figures_have_no_chinese_font_and_do_not_cut_a_stretch(self, document: Document) -> None:
        paragraph = document.add_paragraph("新建步道")
        set_font(paragraph.add_run("30")._r, "黑体")
        paragraph.add_run("公里。")
        document.add_paragraph("2026")
        assert settings(document) == [("新建步道30公里。", "仿宋_GB2312", 16), ("2026", None, 16)]

    def test_cells_of_a_table_each_have_their_own(self, document: Document) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "任务", "单位"
        set_font(table.cell(0, 1).paragraphs[0].runs[0]._r, "黑体")
        found = [(words, font) for words, font, _ in settings(document) if words.strip("| ")]
        assert found == [("任务", "仿宋_GB2312"), ("单位", "黑体")]


def _indent(properties: Any, **given: str) -> None:
    element = OxmlElement("w:ind")
    for name, value in given.items():
        element.set(qn(f"w:{name}"), value)
    properties.append(element)


class TestParagraphs:
    @pytest.mark.parametrize(
        ("given", "indent"),
        [
            ({"firstLineChars": "200", "firstLine": "9999"}, 2),
            ({"firstLine": "640"}, 2),
            ({"left": "640", "hanging": "640"}, 0),
            ({"leftChars": "200"}, 2),
            ({}, 0),
        ],
    )
    def test_the_indent_of_the_first_line_in_characters(
        self, document: Document, given: dict[str, str], indent: float
    ) -> None:
        paragraph = document.add_paragraph("新建步道。")
        _indent(paragraph._p.get_or_add_pPr(), **given)
        assert [one.indent for one in layout(document).settings] == [indent]

    def test_each_number_of_an_indent_is_inherited_by_itself(self, document: Document) -> None:
        style = document.styles.add_style("正文缩进", 1)
        _indent(style.element.get_or_add_pPr(), firstLineChars="200")
        paragraph = document.add_paragraph("新建步道。", style="正文缩进")
        _indent(paragraph._p.get_or_add_pPr(), right="-2")
        assert [one.indent for one in layout(document).settings] == [2]

    def test_the_level_of_a_list_says_how_far_its_paragraphs_are_indented(self, document: Document) -> None:
        numbering = document.part.numbering_part.element
        abstract = numbering.find(qn("w:abstractNum"))
        level = abstract.find(qn("w:lvl"))
        for said in level.findall(qn("w:pPr")):
            level.remove(said)
        said = OxmlElement("w:pPr")
        _indent(said, firstLine="640")
        level.append(said)
        (id,) = (
            one.get(qn("w:numId"))
            for one in numbering.findall(qn("w:num"))
            if one.find(qn("w:abstractNumId")).get(qn("w:val")) == abstract.get(qn("w:abstractNumId"))
        )
        paragraph = document.add_paragraph("新建步道。")
        list_ = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        list_.get_or_add_ilvl().val, list_.get_or_add_numId().val = 0, int(id)
        assert {one.indent for one in layout(document).settings} == {2}

    def test_two_full_width_spaces_are_an_indent_too(self, document: Document) -> None:
        document.add_paragraph("　　新建步道。")
        assert [one.indent for one in layout(document).settings] == [2]

    def test_alignment_of_the_paragraph_or_its_style(self, document: Document) -> None:
        document.styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        document.add_paragraph("阅读方案").alignment = WD_ALIGN_PARAGRAPH.CENTER
        document.add_paragraph("新建步道。")
        assert [one.alignment for one in layout(document).settings] == ["center", "justify"]


class TestPages:
    def test_paper_and_margins_in_millimetres(self, document: Document) -> None:
        section = document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        document.add_paragraph("新建步道。")
        (page,) = layout(document).pages
        found = (page.width, page.height, page.top, page.bottom, page.left, page.right)
        assert found == pytest.approx((210, 297, 37, 35, 28, 26), abs=0.02)

    def test_a_turned_section_has_its_own_page_from_its_first_line(self, document: Document) -> None:
        document.add_paragraph("新建步道。")
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        document.add_paragraph("任务分工表")
        text = read_back(document)
        assert text.layout is not None
        first, second = text.layout.pages
        assert first.height > first.width
        assert second.width > second.height
        assert text.source[second.start :].startswith("任务分工表")

    def test_what_pages_were_before_a_tracked_change_is_no_section(self, document: Document) -> None:
        document.add_paragraph("新建步道。")
        change = OxmlElement("w:sectPrChange")
        before = OxmlElement("w:sectPr")
        size = OxmlElement("w:pgSz")
        size.set(qn("w:w"), "5000")
        before.append(size)
        change.append(before)
        document.sections[0]._sectPr.append(change)
        (page,) = layout(document).pages
        assert page.width == pytest.approx(215.9)

    def test_page_numbers_of_many_sections_are_found_in_no_time(self, document: Document) -> None:
        for _ in range(600):
            document.add_section(WD_SECTION.NEW_PAGE)
        document.add_paragraph("新建步道。")
        began = perf_counter()
        assert len(layout(document).pages) >= 1
        assert perf_counter() - began < 5  # each section looked at all before it, and each of these at its number

    def test_lines_by_the_fixed_spacing_of_the_text(self, document: Document) -> None:
        section = document.sections[0]
        section.page_height, section.top_margin, section.bottom_margin = Mm(297), Mm(37), Mm(35)
        for _ in range(3):
            spacing = document.add_paragraph("新建步道三十公里。").paragraph_format
            spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28)
        assert layout(document).pages[0].lines == 22  # 225 mm are 637.8 points

    def test_lines_and_characters_by_the_grid(self, document: Document) -> None:
        section = document.sections[0]
        section.page_width, section.left_margin, section.right_margin = Mm(210), Mm(28), Mm(26)
        section.page_height, section.top_margin, section.bottom_margin = Mm(297), Mm(37), Mm(35)
        for grid in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(grid)
        grid = OxmlElement("w:docGrid")
        for name, value in {"type": "linesAndChars", "linePitch": "579", "charSpace": "-842"}.items():
            grid.set(qn(f"w:{name}"), value)
        section._sectPr.append(grid)
        document.add_paragraph("新建步道。")
        (page,) = layout(document).pages
        assert (page.lines, page.characters) == (22, 28)

    def test_lines_are_not_known_without_either(self, document: Document) -> None:
        document.add_paragraph("新建步道。")
        for grid in document.sections[0]._sectPr.findall(qn("w:docGrid")):
            document.sections[0]._sectPr.remove(grid)
        assert layout(document).pages[0].lines is None

    def test_no_page_numbers(self, document: Document) -> None:
        document.add_paragraph("新建步道。")
        document.sections[0].footer.paragraphs[0].text = "第 1 页"  # typed, no number
        assert layout(document).pages[0].page_number is False

    def test_page_numbers_in_the_footer_and_in_sections_that_go_on_with_it(self, document: Document) -> None:
        document.add_paragraph("新建步道。")
        run = add_field(document.sections[0].footer.paragraphs[0], "PAGE")
        run.font.name, run.font.size = "宋体", Pt(14)
        document.add_section(WD_SECTION.NEW_PAGE)
        document.add_paragraph("任务分工表")
        pages = layout(document).pages
        assert [(one.page_number, one.page_number_font, one.page_number_size) for one in pages] == [
            (True, "宋体", 14),
            (True, "宋体", 14),
        ]

    def test_the_number_of_all_pages_is_no_page_number(self, document: Document) -> None:
        document.add_paragraph("新建步道。")
        add_field(document.sections[0].footer.paragraphs[0], "NUMPAGES")
        assert layout(document).pages[0].page_number is False


def test_the_rules_speak_of_what_a_new_document_has_otherwise(document: Document) -> None:
    """A document as Word makes it, with a heading and text in the fonts of the standard."""
    document.add_paragraph("棠城县全民健身实施方案")
    heading = document.add_paragraph("一、工作目标")
    set_font(heading.runs[0]._r, "黑体")
    document.add_paragraph("到2026年，新建步道30公里。")
    report = check_text(read_back(document), "棠城.docx", Review(Selection(("gongwen",))))
    found = {one.rule.removeprefix("gongwen/layout-"): one.message for one in report.violations if "layout" in one.rule}
    assert found.pop("margins").startswith("页边距为上25.4、下25.4、左31.7、右31.7毫米")
    assert found.pop("page-size") == "用纸宽215.9毫米、高279.4毫米，应为 A4：宽210毫米、高297毫米"
    assert found.pop("page-number") == "没有页码"
    assert found.pop("title") == "标题排成了仿宋_GB2312、三号（16磅），应为小标宋、二号（22磅）、居中"
    assert found.pop("indent") == "段首空0字，应为段首空2字"
    assert set(found) <= {"lines", "characters"}  # by the grid of the template
