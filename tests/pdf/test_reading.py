"""What stands on the pages of a PDF is read as its author wrote it, wherever the file sets it."""

from __future__ import annotations

import pytest
from reportlab.lib.pagesizes import A4, landscape

from checker.host import host
from checker.model import Place
from checker.pdf.characters import readable
from checker.testing import assert_reader_conforms
from pdf.printing import (
    LEFT,
    LINES,
    PITCH,
    SIZE,
    TOP,
    Sheet,
    pages_of,
    places,
    printed,
    read_printed,
    set_in_lines,
    texts,
)

FIRST = "为落实全民健身的要求，提高全县居民的健康素养水平，结合本县沿河平原和外来务工人员较多的实际，制定本方案。"
SECOND = "到2026年，全县居民健康素养水平达到32%，经常参加体育锻炼的人数比例达到40%，中小学生近视率控制在45%以内。"
HEADING = "一、总体要求"
PLAN = [FIRST, HEADING, SECOND] * 9


def test_reader_keeps_what_readers_promise() -> None:
    reader = next(reader for reader in host().readers if reader.name == "pdf")
    text = assert_reader_conforms(reader, printed(*pages_of(set_in_lines(PLAN), "棠城县文件汇编")), ".pdf")
    assert texts(text) == PLAN
    assert text.format == "pdf"


def test_lines_are_joined_to_paragraphs_over_pages() -> None:
    lines = set_in_lines(PLAN)
    assert len(lines) > 2 * LINES
    text = read_printed(*pages_of(lines, "棠城县文件汇编"))
    assert texts(text) == PLAN
    starts = [number for number, line in enumerate(lines) if line.startswith("\u3000")]
    assert places(text) == [(number // LINES + 1, number % LINES + 1) for number in starts]


def test_a_paragraph_goes_on_where_its_next_line_begins_with_a_short_sentence() -> None:
    lines = [
        "　　坚持预防为先、共建共享，把健康融入各项政策，推动卫生",
        "健康服务转变。强化责任。以家庭为基础、社区为支点，完善",
        "工作机制。健全体系。",
    ]
    text = read_printed(*pages_of(set_in_lines([FIRST, HEADING]) + lines + set_in_lines([SECOND])))
    assert "".join(line.strip("　") for line in lines) in texts(text)


def test_paragraphs_without_indents_end_with_lines_that_are_not_full() -> None:
    plan = [FIRST, HEADING, SECOND, "二、主要任务", FIRST]
    assert texts(read_printed(*pages_of(set_in_lines(plan, indent=0)))) == plan


def test_lines_are_read_from_top_to_bottom_whatever_comes_first_in_the_file() -> None:
    lines = set_in_lines([FIRST, HEADING, FIRST])

    def draw(sheet: Sheet) -> None:
        for number, line in reversed(list(enumerate(lines))):
            sheet.lines([line[10:]], LEFT + SIZE * 10, TOP + number * PITCH)
            sheet.lines([line[:10]], LEFT, TOP + number * PITCH)

    assert texts(read_printed(draw)) == [FIRST, HEADING, FIRST]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = set_in_lines([FIRST, SECOND, FIRST], characters=12)
    right = set_in_lines([SECOND, FIRST, SECOND], characters=12)

    def draw(sheet: Sheet) -> None:
        sheet.centre("棠城县健康素养促进行动实施方案", TOP - 40)
        sheet.lines(left)
        sheet.lines(right, LEFT + 15 * SIZE)

    text = read_printed(draw)
    assert texts(text) == ["棠城县健康素养促进行动实施方案", FIRST, SECOND, FIRST, SECOND, FIRST, SECOND]
    assert places(text)[4] == (1, 1 + len(left) + 1)


def test_a_table_without_ruling_lines_is_read_across() -> None:
    rows = [
        ("健身步道", "县住建局"),
        ("健康小屋", "县卫健局"),
        ("运动场地", "县文体局"),
        ("科普场馆", "县科协"),
        ("书屋", "县教育局"),
    ]

    def draw(sheet: Sheet) -> None:
        for number, (task, unit) in enumerate(rows * 2):
            sheet.set(task, LEFT, TOP + PITCH * number)
            sheet.set(unit, LEFT + 12 * SIZE, TOP + PITCH * number)

    text = read_printed(draw)
    assert text.source.splitlines()[0] == "健身步道　　　　　　　　县住建局"
    assert len(texts(text)) == 2 * len(rows)
    assert text.paragraphs[0].gaps == ((4, 16),)


# ------------------------------------------------------------------------- characters


def line_of(*pieces: tuple[str, float]) -> str:
    """Return the text of a line of pieces, each with its distance from the left margin in characters."""

    def draw(sheet: Sheet) -> None:
        for text, at in pieces:
            sheet.set(text, LEFT + at * SIZE)

    return read_printed(draw).source.rstrip("\n")


def test_characters_set_apart_make_no_spaces() -> None:
    assert line_of(("健", 0), ("康", 1.3), ("县", 2.9)) == "健康县"


def test_a_character_set_off_from_the_others_has_a_space_before_it() -> None:
    """pdfium loses some spaces that stand in the file."""
    assert line_of(("林沐川", 0), ("县政府", 4)) == "林沐川　县政府"
    assert line_of(("指", 0), ("挥", 2), ("长", 4)) == "指挥长"


def test_a_gap_of_two_characters_stays_one() -> None:
    assert line_of(("签发人：", 0), ("林沐川", 6)) == "签发人：　　林沐川"


def test_latin_words_set_apart_are_two() -> None:
    assert line_of(("Healthy", 0), ("County", 4)).split() == ["Healthy", "County"]


def test_raised_digits_are_superscripts() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.set("面积达到30m")
        sheet.set("2", LEFT + 5 * SIZE + 13, TOP - 6, 9)
        sheet.set("以上", LEFT + 6 * SIZE + 4)

    assert read_printed(draw).source == "面积达到30m²以上\n"


def test_what_is_set_twice_to_look_bold_is_read_once() -> None:
    assert line_of(("健康素养", 0), ("健康素养", 0.03)) == "健康素养"


def test_stretches_that_are_bold_are_marked() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.set("组建专家库。", mode=2)
        sheet.set("遴选骨干。", LEFT + 6 * SIZE)

    paragraph = read_printed(draw).paragraphs[0]
    assert [paragraph.text[start:end] for start, end in paragraph.bold] == ["组建专家库。"]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (0x2F00, "一"),  # KANGXI RADICAL ONE
        (0x2ED3, "长"),  # CJK RADICAL C-SIMPLIFIED LONG
        (0xF92C, "郎"),  # a compatibility ideograph
        (0xFB01, "fi"),
        (0xF0B7, "•"),  # of the font Symbol
        (0x2, "-"),  # pdfium's mark for a hyphen at the end of a line
        (0xFF08, "（"),  # full-width forms are what the author wrote
        (0x3000, "\u3000"),
        (0x200B, ""),
        (0xE123, "\ufffd"),  # for private use: nobody knows what it is
        (0x1F, ""),
    ],
)
def test_characters_are_what_they_stand_for(code: int, shown: str) -> None:
    assert readable(code) == shown


def test_a_character_that_the_font_does_not_explain_is_unknown() -> None:
    assert readable(0x4E00, mapped=False) == "\ufffd"


# ------------------------------------------------------------------------------- titles


def test_a_title_of_two_lines_is_one_paragraph() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.centre("棠城县健康素养促进行动", TOP)
        sheet.centre("实施方案（2024—2026年）", TOP + 32)
        sheet.lines(set_in_lines([FIRST, HEADING, SECOND]), y=TOP + 90)

    title = "棠城县健康素养促进行动实施方案（2024—2026年）"
    assert texts(read_printed(draw)) == [title, FIRST, HEADING, SECOND]


def test_number_annex_and_date_are_not_joined_with_the_title() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.centre("棠政发〔2024〕11号", TOP, 16)
        sheet.lines(["附件1"], y=TOP + 40)
        sheet.centre("棠城县健康素养促进行动", TOP + 80)
        sheet.centre("2024年3月18日", TOP + 120, 16)
        sheet.lines(set_in_lines([FIRST, SECOND]), y=TOP + 170)

    title = "棠城县健康素养促进行动"
    assert texts(read_printed(draw)) == ["棠政发〔2024〕11号", "附件1", title, "2024年3月18日", FIRST, SECOND]


# ------------------------------------------------------- what belongs to the page alone


def furniture(*pages: object) -> list[str]:
    """Return what is taken for page numbers, running headers and the like."""
    text = read_printed(*pages)  # type: ignore[arg-type]
    return [text.source[span.start : span.end].rstrip("\n") for span in text.furniture]


@pytest.mark.parametrize("form", ["— {} —", "－{}－", "{}", "第{}页", "第 {} 页 共 3 页", "{} / 3", "- {} -"])
def test_page_numbers_are_not_read(form: str) -> None:
    lines = set_in_lines(PLAN)[: 3 * LINES]

    def page(number: int) -> object:
        def draw(sheet: Sheet) -> None:
            sheet.lines(lines[(number - 1) * LINES : number * LINES])
            sheet.page_number(number, form)

        return draw

    found = [line.replace("　", "") for line in furniture(*(page(number) for number in (1, 2, 3)))]
    assert [line.replace(" ", "") for line in found] == [form.format(n).replace(" ", "") for n in (1, 2, 3)]


def test_the_number_of_a_single_page_is_not_read() -> None:
    assert furniture(*pages_of(set_in_lines([FIRST, SECOND]))) == ["— 1 —"]


def test_a_running_header_is_not_read() -> None:
    pages = pages_of(set_in_lines(PLAN * 2), "棠城县文件汇编", page_numbers=False)
    assert len(pages) > 3
    assert furniture(*pages) == ["棠城县文件汇编"] * len(pages)


def test_a_small_running_header_of_two_pages_is_not_read() -> None:
    pages = pages_of(set_in_lines(PLAN[:14]), "棠城县文件汇编", page_numbers=False)
    assert len(pages) == 2
    assert furniture(*pages) == ["棠城县文件汇编"] * 2


def test_a_heading_at_the_top_of_two_pages_is_read() -> None:
    body = set_in_lines([FIRST, SECOND])
    heading = set_in_lines([HEADING])
    pages = [pages_of([*heading, *body], page_numbers=False)[0] for _ in range(2)]
    assert furniture(*pages) == []


def test_annexes_at_the_top_of_pages_are_read() -> None:
    body = set_in_lines([FIRST, SECOND])
    pages = [pages_of([f"附件{number}", "", *body], page_numbers=False)[0] for number in range(1, 6)]
    assert furniture(*pages) == []


def test_a_lone_number_among_the_lines_of_a_page_is_kept_in_place() -> None:
    """It may be a page number that was copied: that is for a rule to say, not for the reader."""

    def draw(sheet: Sheet) -> None:
        sheet.lines([*set_in_lines([FIRST]), "12", *set_in_lines([SECOND])])

    assert furniture(draw) == []


def test_what_browsers_print_around_a_page_is_not_read() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.set("2024/3/18 10:30", 20, 20, 8)
        sheet.lines(set_in_lines([FIRST, HEADING, SECOND]))
        sheet.set("https://www.example.com/plan.html  1/1", 20, 825, 8)

    assert furniture(draw) == ["2024/3/18 10:30", "https://www.example.com/plan.html 1/1"]


def test_a_watermark_is_not_read() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.lines(set_in_lines([FIRST, HEADING, SECOND]))
        sheet.canvas.translate(200, 300)
        sheet.canvas.rotate(45)
        sheet.canvas.setFont("STSong-Light", 60)
        sheet.canvas.drawString(0, 0, "征求意见稿")

    text = read_printed(draw)
    assert texts(text) == [FIRST, HEADING, SECOND]
    assert "征求意见稿" in text.source


def test_footnotes_come_last_and_their_paragraph_goes_on() -> None:
    lines = set_in_lines(PLAN)
    cut = LINES - 3
    assert not lines[cut].startswith("　")

    def first(sheet: Sheet) -> None:
        sheet.lines(lines[:cut])
        sheet.set("①健康素养：获取和理解健康信息的能力。", y=TOP + PITCH * (LINES - 1), size=10)
        sheet.page_number(1)

    def second(sheet: Sheet) -> None:
        sheet.lines(lines[cut : 2 * cut])
        sheet.page_number(2)

    text = read_printed(first, second)
    *body, note = texts(text)
    assert note == "①健康素养：获取和理解健康信息的能力。"
    assert len(body) > 8
    assert body[:-1] == PLAN[: len(body) - 1]
    assert text.place(text.source.index("①")) == Place("footnote", 1, page=1, line=cut + 1)


# ------------------------------------------------------------------------ turned pages


def test_a_page_that_is_shown_turned_is_read_as_it_is_shown() -> None:
    lines = set_in_lines([FIRST, HEADING, SECOND])

    def draw(sheet: Sheet) -> None:
        sheet.canvas.setPageRotation(90)
        sheet.canvas.translate(A4[0], 0)
        sheet.canvas.rotate(90)
        Sheet(sheet.canvas, A4[0]).lines(lines)

    text = read_printed(draw)
    assert texts(text) == [FIRST, HEADING, SECOND]
    assert text.layout is not None
    # Canvas takes the size for that of the page as shown: its own box is landscape, and turned.
    assert (text.layout.pages[0].width, text.layout.pages[0].height) == (210.0, 297.0)


def test_a_page_set_sideways_is_read_as_if_it_were_turned() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.translate(A4[0], 0)
        sheet.canvas.rotate(90)
        Sheet(sheet.canvas, A4[0]).lines(set_in_lines([FIRST, HEADING, SECOND]))

    assert texts(read_printed(draw)) == [FIRST, HEADING, SECOND]


def test_a_landscape_page_among_others_has_margins_of_its_own() -> None:
    text = read_printed(*pages_of(set_in_lines(PLAN)), size=landscape(A4))
    assert text.layout is not None
    assert text.layout.pages[0].width == 297.0
