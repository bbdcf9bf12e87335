"""Automatic numbers are written out as Word shows them: they stand nowhere in the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from libreoffice import needs_writer

from word.documents import as_text, in_list, level, numbering, paragraph, texts, word_document

THREE_LEVELS = numbering(
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCountingThousand", "（%2）"),
    level(2, "decimal", "%3."),
    lists=(1, 2),
)


def labels(body: str, list_: str, styles: str = "") -> list[str]:
    """Return what stands before 文 in each line."""
    return [text.removesuffix("文") for text in texts(body, numbering=list_, styles=styles)]


def items(*levels: int, list_id: int = 1) -> str:
    return "".join(paragraph("文", in_list(list_id, at)) for at in levels)


def test_levels_count_on_and_begin_anew_below_a_higher_one() -> None:
    assert labels(items(0, 1, 2, 2, 1, 2, 0, 1), THREE_LEVELS) == [
        "一、", "（一）", "1.", "2.", "（二）", "1.", "二、", "（一）",
    ]  # fmt: skip


def test_a_level_that_is_left_out_counts_as_used() -> None:
    dotted = numbering(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2"))
    assert labels(items(1, 1, 0, 1), dotted) == ["1.1 ", "1.2 ", "2.", "2.1 "]


def test_lists_of_one_abstract_list_count_on() -> None:
    assert labels(items(0) + items(0, list_id=2) + items(0), THREE_LEVELS) == ["一、", "二、", "三、"]


def test_a_list_with_a_start_of_its_own_begins_there_once() -> None:
    anew = (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    assert labels(items(0, 0) + items(0, 0, list_id=3), THREE_LEVELS + anew) == ["一、", "二、", "五、", "六、"]


def test_a_list_may_have_a_level_of_its_own() -> None:
    own = (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1)")}</w:lvlOverride></w:num>'
    )
    assert labels(items(0, 0, list_id=3), THREE_LEVELS + own) == ["A)", "B)"]


def test_a_level_can_go_on_whatever_stands_above() -> None:
    running = numbering(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    assert labels(items(0, 1, 1, 0, 1), running) == ["一、", "1.", "2.", "二、", "3."]


def test_a_level_can_begin_anew_after_one_level_only() -> None:
    list_ = numbering(
        level(0, "decimal", "%1."),
        level(1, "decimal", "(%2)"),
        level(2, "decimal", "[%3]", '<w:lvlRestart w:val="1"/>'),
    )
    assert labels(items(0, 1, 2, 1, 2, 0, 1, 2), list_) == ["1.", "(1)", "[1]", "(2)", "[2]", "2.", "(1)", "[1]"]


def test_legal_numbers_are_digits() -> None:
    list_ = numbering(level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert labels(items(0, 0, 1), list_) == ["第一章", "第二章", "2.1 "]


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("chineseCounting", ["一", "十", "十二", "二十", "九十九"]),
        ("chineseCountingThousand", ["一", "十", "十二", "二十", "九十九"]),
        ("taiwaneseCountingThousand", ["一", "十", "十二", "二十", "九十九"]),
        ("japaneseCounting", ["一", "十", "十二", "二十", "九十九"]),
        ("ideographDigital", ["一", "一〇", "一二", "二〇", "九九"]),
        ("chineseLegalSimplified", ["壹", "拾", "拾贰", "贰拾", "玖拾玖"]),
        ("ideographTraditional", ["甲", "癸", "乙", "癸", "壬"]),
        ("decimal", ["1", "10", "12", "20", "99"]),
        ("decimalZero", ["01", "10", "12", "20", "99"]),
        ("decimalFullWidth", ["１", "１０", "１２", "２０", "９９"]),
        ("decimalHalfWidth", ["1", "10", "12", "20", "99"]),
        ("decimalEnclosedCircle", ["①", "⑩", "⑫", "⑳", "99"]),
        ("decimalEnclosedCircleChinese", ["①", "⑩", "⑫", "⑳", "99"]),
        ("decimalEnclosedParen", ["⑴", "⑽", "⑿", "⒇", "99"]),
        ("ideographEnclosedCircle", ["㊀", "㊉", "12", "20", "99"]),
        ("upperLetter", ["A", "J", "L", "T", "UUUU"]),
        ("lowerLetter", ["a", "j", "l", "t", "uuuu"]),
        ("upperRoman", ["I", "X", "XII", "XX", "XCIX"]),
        ("lowerRoman", ["i", "x", "xii", "xx", "xcix"]),
        ("none", ["", "", "", "", ""]),
        ("a format of the future", ["1", "10", "12", "20", "99"]),
    ],
)
def test_formats(format: str, expected: list[str]) -> None:
    starts = (1, 10, 12, 20, 99)
    list_ = numbering(*(level(at, format, f"%{at + 1}、", start=start) for at, start in enumerate(starts)))
    assert labels(items(0, 1, 2, 3, 4), list_) == [f"{number}、" for number in expected]


@pytest.mark.parametrize(
    ("value", "chinese", "formal"),
    [
        (100, "一百", "壹佰"),
        (101, "一百零一", "壹佰零壹"),
        (110, "一百一十", "壹佰壹拾"),
        (1001, "一千零一", "壹仟零壹"),
        (10010, "一万零一十", "壹万零壹拾"),
    ],
)
def test_large_numbers(value: int, chinese: str, formal: str) -> None:
    list_ = numbering(
        level(0, "chineseCountingThousand", "%1、", start=value),
        level(1, "chineseLegalSimplified", "%2、", start=value),
    )
    assert labels(items(0, 1), list_) == [f"{chinese}、", f"{formal}、"]


def test_the_text_follows_at_once_but_not_a_letter_or_digit() -> None:
    list_ = numbering(level(0, "decimal", "%1"), level(1, "decimal", "%1.%2."), level(2, "chineseCounting", "第%3条"))
    assert labels(items(0, 1, 2), list_) == ["1 ", "1.1.", "第一条"]


def test_signs_of_lists_without_numbers() -> None:
    wingdings = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
    symbol = wingdings.replace("Wingdings", "Symbol")
    list_ = numbering(
        level(0, "bullet", "\uf06c").replace("</w:lvl>", f"{wingdings}</w:lvl>"),
        level(1, "bullet", "\uf0b7").replace("</w:lvl>", f"{symbol}</w:lvl>"),
        level(2, "bullet", "——"),
    )
    assert labels(items(0, 1, 2), list_) == ["●", "·", "——"]


def test_a_paragraph_can_be_taken_out_of_the_list_of_its_style() -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="a"><w:name w:val="条"/><w:pPr>{in_list(1)}</w:pPr></w:style>'
    body = paragraph("文", '<w:pStyle w:val="a"/>')
    out = paragraph("文", f'<w:pStyle w:val="a"/>{in_list(0)}')
    assert labels(body + out + body, THREE_LEVELS, styles=styles) == ["一、", "", "二、"]


def test_styles_number_their_paragraphs_at_the_level_that_names_them() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{at}"><w:name w:val="heading {at}"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for at in (1, 2)
    )
    styles += '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="二级"/><w:basedOn w:val="2"/></w:style>'
    list_ = numbering(
        level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>'),
        level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>'),
    )
    body = "".join(paragraph("文", f'<w:pStyle w:val="{style}"/>') for style in (1, 2, 3, 1))
    assert labels(body, list_, styles=styles) == ["一、", "（一）", "（二）", "二、"]


def test_a_style_may_say_its_level_and_take_the_list_from_the_style_below() -> None:
    styles = (
        f'<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr>{in_list(1)}</w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/><w:pPr>'
        '<w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = "".join(paragraph("文", f'<w:pStyle w:val="{style}"/>') for style in (1, 2, 2))
    assert labels(body, THREE_LEVELS, styles=styles) == ["一、", "（一）", "（二）"]


def test_a_list_by_a_style_of_lists() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="公文"><w:name w:val="公文"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    by_style = (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="公文"/></w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="7"/></w:num>'
    )
    assert labels(items(0, 1, list_id=9), by_style + THREE_LEVELS, styles=styles) == ["一、", "（一）"]


def test_what_leads_nowhere_or_round_in_a_circle_has_no_number() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="c"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="b"/></w:style>'
    )
    circle = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="77"/></w:num>'
    )
    body = items(0) + items(0, list_id=2) + items(0, list_id=3) + paragraph("文", '<w:pStyle w:val="b"/>')
    assert labels(body, circle, styles=styles) == ["", "", "", ""]


def test_damaged_values_are_read_as_if_they_were_not_there() -> None:
    odd = numbering(
        level(0, "decimal", "%1.").replace('w:start w:val="1"', 'w:start w:val="many"'),
        level(77, "decimal", "%1."),
    )
    body = paragraph("文", '<w:numPr><w:ilvl w:val="x"/><w:numId w:val="1"/></w:numPr>') + items(99, -5)
    assert labels(body, odd) == ["1.", "", "2."]


def test_an_empty_paragraph_has_its_number_too() -> None:
    body = items(0) + paragraph("", in_list(1)) + items(0)
    assert labels(body, THREE_LEVELS) == ["一、", "二、", "三、"]


def test_numbers_in_the_cells_of_a_table_count_on() -> None:
    row = f"<w:tr><w:tc>{paragraph('', in_list(1))}</w:tc><w:tc>{paragraph('任务')}</w:tc></w:tr>"
    assert texts(f"<w:tbl>{row}{row}</w:tbl>", numbering=numbering(level(0, "decimal", "%1"))) == [
        "| 1  | 任务 |", "| 2  | 任务 |",
    ]  # fmt: skip


@needs_writer
def test_the_numbers_are_those_of_libreoffice(tmp_path: Path) -> None:
    list_ = numbering(
        level(0, "chineseCountingThousand", "%1、"),
        level(1, "chineseCountingThousand", "（%2）"),
        level(2, "decimal", "%3."),
        level(3, "decimal", "（%4）"),
        level(4, "decimalEnclosedCircle", "%5"),
        level(5, "upperLetter", "%6."),
        level(6, "lowerRoman", "%7)"),
        level(7, "decimal", "%3.%8."),
        lists=(1, 2),
    )
    list_ += (
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = items(0, 1, 2, 2, 3, 4, 4, 3, 7, 7, 2, 7, 1, 2, 0, 1, 5, 5, 6, 6, *[0] * 10)
    body += items(0, list_id=2) + paragraph("文") + items(0, 1, list_id=3) + items(0, 0, list_id=3)
    document = tmp_path / "list.docx"
    document.write_bytes(word_document(body, numbering=list_))
    (shown,) = as_text([document], tmp_path)
    assert [line.replace(" ", "") for line in shown.splitlines() if line] == [
        text.replace(" ", "") for text in texts(body, numbering=list_)
    ]
