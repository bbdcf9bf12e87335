"""A draft of any format as a Word file in the form of GB/T 9704—2012."""

from __future__ import annotations

import io
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from libreoffice import needs_writer

from checker import check, parse
from checker.parser import parse_text
from checker.plain_text import from_string
from checker.word.drafting import drafted
from checker.word.manuscript import Manuscript

SAMPLES = Path(__file__).parents[2] / "samples" / "drafts"
NOTICE = """\
棠城县人民政府办公室文件
棠政办发〔2024〕5号

棠城县人民政府办公室关于印发
《棠城县全民健身实施方案（2024—2026年）》的通知

各乡镇人民政府，县政府各部门：

《棠城县全民健身实施方案（2024—2026年）》已经县政府同意，现予印发。

棠城县人民政府办公室
2024年3月5日

棠城县全民健身实施方案
（2024—2026年）

为推动全民健身，制定本方案。

一、总体要求
（一）指导思想
以人民为中心。
（二）工作目标。到2026年，场地达到100个。
二、主要任务
（一）场地建设行动
1.建好场地。新建一批场地。（县体育局牵头）
（1）选址。由乡镇提出。
抄送：县委办公室。
棠城县人民政府办公室　　　2024年3月5日印发
"""
TABLE = """\
# 棠城县全民健身实施方案（2024—2026年）

一、主要任务

1.**建好场地。**新建一批场地。（县体育局牵头）

附件

# 棠城县全民健身任务分工表

| 序号 | 任务 | 牵头单位 |
| --- | --- | --- |
| 1 | 建好场地 | 县体育局 |
| 2 | 办好赛事 |  |
"""


def made(source: str, format: str = "txt") -> Manuscript:
    return drafted(parse_text(from_string(source, format)))


def document_of(source: str, format: str = "txt") -> Any:
    return docx.Document(io.BytesIO(made(source, format).was))


def paragraph(document: Any, words: str) -> Any:
    return next(one for one in document.paragraphs if one.text.startswith(words))


def fonts(one: Any) -> list[tuple[str, str | None]]:
    """Return the words of a paragraph's runs, each with the font that the run itself names."""
    found = []
    for run in one.runs:
        named = run._r.rPr.rFonts if run._r.rPr is not None else None
        found.append((run.text, None if named is None else named.get(qn("w:eastAsia"))))
    return found


class TestPages:
    def test_paper_margins_and_grid_are_those_of_the_standard(self) -> None:
        (pages,) = document_of(NOTICE).sections
        sides = (pages.page_width, pages.page_height, pages.top_margin, pages.right_margin)
        assert [round(side.mm, 1) for side in sides] == [210, 297, 37, 26]
        assert [round(side.mm, 1) for side in (pages.bottom_margin, pages.left_margin)] == [35, 28]
        grid = pages._sectPr.find(qn("w:docGrid"))
        assert grid.get(qn("w:type")) == "linesAndChars"
        high = int(grid.get(qn("w:linePitch"))) / 20
        wide = 16 + int(grid.get(qn("w:charSpace"))) / 4096
        assert 22 * high <= 225 / 25.4 * 72 < 23 * high
        assert 28 * wide == pytest.approx(156 / 25.4 * 72, abs=0.1)

    def test_page_numbers_stand_outside_between_dashes(self) -> None:
        document = document_of(NOTICE)
        assert document.settings.odd_and_even_pages_header_footer
        (pages,) = document.sections
        for footer, side in (
            (pages.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (pages.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            (number,) = footer.paragraphs
            assert number.text == "— 1 —"
            assert number.alignment == side
            assert {run.font.size for run in number.runs} == {Pt(14)}
            assert {font for _, font in fonts(number)} == {"宋体"}
            assert " PAGE " in "".join(one.text or "" for one in number._p.iter(qn("w:instrText")))


class TestStyles:
    @pytest.mark.parametrize(
        ("style", "font", "size", "level"),
        [
            ("Title", "方正小标宋简体", 22, None),
            ("Body Text", "仿宋_GB2312", 16, None),
            ("Heading 1", "黑体", 16, "0"),
            ("Heading 2", "楷体_GB2312", 16, "1"),
            ("Heading 3", "仿宋_GB2312", 16, "2"),
            ("Heading 4", "仿宋_GB2312", 16, "3"),
        ],
    )
    def test_each_has_its_font_its_size_and_lines_of_one_height(
        self, style: str, font: str, size: float, level: str | None
    ) -> None:
        found = document_of(NOTICE).styles[style]
        named = found.element.rPr.rFonts
        assert {named.get(qn(f"w:{one}")) for one in ("ascii", "hAnsi", "eastAsia")} == {font}, "figures, too"
        assert found.font.size == Pt(size)
        assert found.font.bold is None and found.font.color.rgb is None, "nothing of the template's look"
        assert found.paragraph_format.line_spacing == Pt(28.95)
        outline = found.element.pPr.find(qn("w:outlineLvl"))
        assert (outline.get(qn("w:val")) if outline is not None else None) == level

    def test_elements_stand_in_the_order_that_word_expects(self) -> None:
        order = ["keepNext", "keepLines", "numPr", "snapToGrid", "spacing", "ind", "jc", "outlineLvl"]
        run_order = ["rFonts", "b", "bCs", "i", "iCs", "snapToGrid", "color", "spacing", "kern", "sz", "szCs"]
        for style in document_of(NOTICE).styles:
            for properties, known in ((style.element.pPr, order), (style.element.rPr, run_order)):
                if style.name not in ("Title", "Body Text", "Normal", "Heading 1", "Heading 2") or properties is None:
                    continue
                found = [one.tag.partition("}")[2] for one in properties]
                places = [known.index(one) for one in found if one in known]
                assert places == sorted(places), style.name


class TestParts:
    @pytest.mark.parametrize(
        ("words", "style"),
        [
            ("棠城县人民政府办公室关于印发", "Title"),
            ("（2024—2026年）", "Title"),
            ("一、总体要求", "Heading 1"),
            ("（一）指导思想", "Heading 2"),
            ("（二）工作目标。", "Body Text"),
            ("以人民为中心", "Body Text"),
            ("各乡镇人民政府", "Normal"),
        ],
    )
    def test_each_has_its_style(self, words: str, style: str) -> None:
        assert paragraph(document_of(NOTICE), words).style.name == style

    def test_a_heading_that_goes_on_as_text_has_its_font_on_its_own_words_only(self) -> None:
        found = fonts(paragraph(document_of(NOTICE), "（二）工作目标"))
        assert found == [("（二）工作目标", "楷体_GB2312"), ("。到2026年，场地达到100个。", None)]

    def test_the_text_is_indented_by_two_characters_and_the_addressees_are_not(self) -> None:
        document = document_of(NOTICE)
        assert document.styles["Body Text"].element.pPr.ind.get(qn("w:firstLineChars")) == "200"
        assert paragraph(document, "各乡镇人民政府")._p.pPr.ind is None

    def test_head_and_foot_of_the_document_have_their_places(self) -> None:
        document = document_of(NOTICE)
        assert paragraph(document, "棠政办发").alignment == WD_ALIGN_PARAGRAPH.CENTER
        day = paragraph(document, "2024年3月5日")
        assert day.alignment == WD_ALIGN_PARAGRAPH.RIGHT
        assert day._p.pPr.ind.get(qn("w:rightChars")) == "400"
        assert paragraph(document, "抄送")._p.pPr.ind.get(qn("w:leftChars")) == "100"

    def test_the_plan_behind_its_notice_begins_on_a_new_page(self) -> None:
        document = document_of(NOTICE)
        new = [one.text for one in document.paragraphs if one.paragraph_format.page_break_before]
        assert new == ["棠城县全民健身实施方案"]

    def test_what_a_web_page_has_above_the_title_is_no_document(self) -> None:
        document = document_of("您的位置：首页\n棠城县全民健身实施方案（2024—2026年）\n一、主要任务\n办好赛事。\n")
        assert not any(one.paragraph_format.page_break_before for one in document.paragraphs)

    def test_rows_become_a_table_whose_head_stands_on_each_page(self) -> None:
        (table,) = document_of(TABLE, "md").tables
        assert [[cell.text for cell in row.cells] for row in table.rows] == [
            ["序号", "任务", "牵头单位"],
            ["1", "建好场地", "县体育局"],
            ["2", "办好赛事", ""],
        ]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert sum(table.columns[at].width for at in range(3)) == pytest.approx(Mm(156), rel=0.001)

    def test_an_annex_begins_on_a_new_page_and_has_a_title_of_its_own(self) -> None:
        document = document_of(TABLE, "md")
        assert paragraph(document, "附件").paragraph_format.page_break_before
        assert paragraph(document, "棠城县全民健身任务分工表").style.name == "Title"

    def test_bold_words_stay_bold_and_marks_of_markdown_are_gone(self) -> None:
        one = paragraph(document_of(TABLE, "md"), "1.")
        assert [(run.text, run.bold) for run in one.runs] == [
            ("1.", None),
            ("建好场地。", True),
            ("新建一批场地。（县体育局牵头）", None),
        ]


class TestText:
    def test_all_of_it_is_there_once_in_its_order(self) -> None:
        words = [one.text for one in document_of(NOTICE).paragraphs]
        assert words == [line for line in NOTICE.splitlines() if line]

    def test_every_character_stands_where_the_manuscript_says(self) -> None:
        for path in sorted(SAMPLES.glob("*.*")):
            if path.suffix not in (".txt", ".md"):
                continue
            plan = parse(path)
            found = drafted(plan)
            for piece in found.pieces:
                words = piece.element.text[piece.at : piece.at + piece.end - piece.start]
                assert words == plan.text.source[piece.start : piece.end], path.name
            assert [piece.start for piece in found.pieces] == sorted(piece.start for piece in found.pieces)

    @pytest.mark.parametrize(
        "source", ["一", "第一段\n第二段\n", "| 甲 | 乙 |\n", "\x00控制\x1b字符\ufffe\n", "（一）" * 500]
    )
    def test_any_text_becomes_a_document(self, source: str) -> None:
        found = document_of(source)
        assert found.paragraphs or found.tables

    def test_the_same_draft_becomes_the_same_file(self) -> None:
        assert made(NOTICE).was == made(NOTICE).was

    def test_a_long_draft_takes_a_time_that_grows_with_it(self) -> None:
        def seconds(number: int) -> float:
            source = "一、主要任务\n" + "建好场地，办好赛事。\n" * number
            plan = parse_text(from_string(source))
            began = time.process_time()
            drafted(plan)
            return time.process_time() - began

        assert seconds(3200) < 10 * max(seconds(800), 0.3)


BROUGHT_BY_LINES = {"gongwen/broken-paragraph", "gongwen/page-residue"}
"""What is about the lines and pages of a text file: a Word file made of it has others."""


@pytest.mark.parametrize("name", [path.name for path in sorted(SAMPLES.glob("*.*")) if path.suffix in (".txt", ".md")])
def test_the_word_file_of_a_sample_has_the_same_violations(name: str, tmp_path: Path) -> None:
    path = tmp_path / "draft.docx"
    path.write_bytes(drafted(parse(SAMPLES / name)).was)
    before, after = (
        Counter(
            (one.rule, one.section_label, one.message)
            for one in check(place).files[0].violations
            if one.rule not in BROUGHT_BY_LINES
        )
        for place in (SAMPLES / name, path)
    )
    assert before == after


@needs_writer
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext here")
def test_libreoffice_sets_it_on_pages_of_22_lines(tmp_path: Path) -> None:
    source = "棠城县全民健身实施方案\n一、主要任务\n" + "".join(f"{number}.办好赛事。\n" for number in range(1, 61))
    path = tmp_path / "draft.docx"
    path.write_bytes(made(source).was)
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120)
    text = subprocess.run(
        ["pdftotext", "-layout", str(path.with_suffix(".pdf")), "-"], check=True, capture_output=True, timeout=60
    ).stdout.decode()
    pages = [[line.strip() for line in page.splitlines() if line.strip()] for page in text.split("\f")]
    assert len(pages[1]) == 23, "22 lines and the page number"
    assert pages[1][-1].replace(" ", "") == "—2—"


class TestLargeTables:
    """What no table of Word can hold is written as paragraphs, and nothing is lost."""

    @pytest.mark.parametrize(
        ("columns", "rows", "tables"), [(63, 2, 1), (64, 2, 0), (1_500, 1_500, 0), (60, 800, 1), (60, 900, 0)]
    )
    def test_rows_are_paragraphs(self, columns: int, rows: int, tables: int) -> None:
        head = "|" + "任务|" * columns + "\n|" + "---|" * columns + "\n"
        source = f"# 棠城县实施方案\n\n{head}" + "|县教育局|6月|\n" * rows
        began = time.process_time()
        document = document_of(source, "md")
        assert time.process_time() - began < 20
        assert len(document.tables) == tables
        words = "".join(str(one.text) for one in document.element.iter(qn("w:t")))
        assert (words.count("任务"), words.count("县教育局")) == (columns, rows)

    def test_all_tables_together_are_bounded(self) -> None:
        head = "|" + "任务|" * 60 + "\n|" + "---|" * 60 + "\n"
        table = head + "|县教育局|6月|\n" * 500
        source = f"# 棠城县实施方案\n\n{table}\n做好工作。\n\n{table}"
        document = document_of(source, "md")
        assert len(document.tables) == 1
