"""The lines of a document: what stands in them, where people find it, and which element holds it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from checker.model import Place
from checker.word import tags
from checker.word.body import WrittenLine
from word.documents import in_list, level, lines, numbering, paragraph, run, table, texts, word_document

BREAK = "<w:r><w:br/></w:r>"


def line_of(body: str, index: int = 0, **parts: str) -> WrittenLine:
    return lines(word_document(body, **parts))[index]


def places(body: str, **parts: str) -> list[tuple[Place, ...]]:
    return [tuple(place for _, place in written.line.places) for written in lines(word_document(body, **parts))]


# ------------------------------------------------------------------------------ characters


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<w:t>建设</w:t><w:tab/><w:t>书香</w:t>", "建设　书香"),
        ("<w:t>2024</w:t><w:noBreakHyphen/><w:t>2026</w:t>", "2024-2026"),
        ("<w:t>书</w:t><w:softHyphen/><w:lastRenderedPageBreak/><w:t>香</w:t>", "书香"),
        ('<w:t>不少于</w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5</w:t>', "不少于≥5"),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t>', "☑是"),
        ('<w:sym w:font="宋体" w:char="2160"/><w:t>级</w:t>', "Ⅰ级"),
        ('<w:sym w:font="Symbol" w:char="nonsense"/>', "□"),
        ("<w:t> 书 香 </w:t>", "书 香"),
        ('<w:t xml:space="preserve"> 书\n香 </w:t>', " 书 香 "),
        ("<w:rPr><w:vanish/></w:rPr><w:t>不印的</w:t>", ""),
        ('<w:rPr><w:vanish w:val="0"/></w:rPr><w:t>印的</w:t>', "印的"),
        ('<w:footnoteReference w:id="2"/><w:commentReference w:id="0"/><w:t>书</w:t>', "书"),
        (
            "<w:ruby><w:rt><w:r><w:t>shū</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>书</w:t></w:r></w:rubyBase></w:ruby>",
            "书",
        ),
    ],
)
def test_what_stands_in_a_run(inner: str, expected: str) -> None:
    assert texts(f"<w:p><w:r>{inner}</w:r></w:p>") == [expected]


@pytest.mark.parametrize(
    "holder",
    [
        '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
        '<w:smartTag w:uri="a" w:element="b">{}</w:smartTag>',
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:customXml w:uri="a" w:element="b">{}</w:customXml>',
        '<w:fldSimple w:instr="DOCPROPERTY 标题">{}</w:fldSimple>',
        '<w:dir w:val="ltr">{}</w:dir>',
        "<w:ins>{}</w:ins>",
        '<mc:AlternateContent><mc:Choice Requires="w14">{}</mc:Choice><mc:Fallback>{}</mc:Fallback>'
        "</mc:AlternateContent>",
    ],
)
def test_what_holds_runs_is_gone_through_once(holder: str) -> None:
    assert texts(f"<w:p>{run('建设')}{holder.replace('{}', run('书香'))}{run('县')}</w:p>") == ["建设书香县"]


def test_formulas_are_read() -> None:
    formula = "<m:oMath><m:r><m:t>a</m:t></m:r><m:sSup><m:e><m:r><m:t>b</m:t></m:r></m:e></m:sSup></m:oMath>"
    assert texts(f"<w:p>{run('按')}{formula}{run('计')}</w:p>") == ["按ab计"]


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code: str, result: str) -> str:
    instruction = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    return mark("begin") + instruction + mark("separate") + result + mark("end")


def test_the_code_of_a_field_is_not_text_its_result_is() -> None:
    inner = field(" PAGEREF a ", run("12"))
    assert texts(f"<w:p>{run('见第')}{field(' IF 1 = 1 ', run('共') + inner)}{run('页')}</w:p>") == ["见第共12页"]


def test_a_field_whose_end_is_missing_hides_no_text() -> None:
    broken = f"<w:p>{mark('begin')}<w:r><w:instrText>REF a</w:instrText></w:r></w:p>"
    assert texts(broken + paragraph("一、总体要求")) == ["", "一、总体要求"]
    assert texts(f"<w:p>{mark('end')}{mark('separate')}{run('书香')}</w:p>") == ["书香"]


# --------------------------------------------------------------------------------- pieces


def held(written: WrittenLine) -> list[str]:
    """Return the characters of each piece, as the line has them and as the element has them."""
    for piece in written.pieces:
        own = written.line.text[piece.start : piece.end]
        inside = (piece.element.text or "")[piece.at : piece.at + len(own)]
        assert piece.element.tag != tags.TEXT or inside.replace("\n", " ") == own
    return [written.line.text[piece.start : piece.end] for piece in written.pieces]


def test_each_character_leads_to_its_element() -> None:
    body = f"<w:p>{run('建设')}<w:r><w:tab/><w:t> 书\n香 </w:t></w:r>{run('。')}</w:p>"
    assert held(line_of(body)) == ["建设", "　", "书 香", "。"]


def test_automatic_numbers_have_no_element() -> None:
    body = f"<w:p><w:pPr>{in_list(1)}</w:pPr>{run('总体')}{run('要求')}</w:p>"
    written = line_of(body, numbering=numbering(level(0, "chineseCounting", "%1、")))
    assert written.line.text == "一、总体要求"
    assert [(piece.start, piece.end) for piece in written.pieces] == [(2, 4), (4, 6)]
    assert held(written) == ["总体", "要求"]


def test_lines_of_one_paragraph_have_their_own_pieces() -> None:
    body = f"<w:p>{run('甲')}{BREAK}{BREAK}{run('乙')}{run('丙', '<w:b/>')}{BREAK}{run('丁', '<w:b/>')}{BREAK}</w:p>"
    found = lines(word_document(body))
    assert [written.line.text for written in found] == ["甲", "", "乙丙", "丁"]
    assert [held(written) for written in found] == [["甲"], [], ["乙", "丙"], ["丁"]]
    assert [written.line.bold for written in found] == [(), (), ((1, 2),), ((0, 1),)]
    assert {written.line.places for written in found} == {((0, Place(paragraph=1)),)}


def test_pieces_of_a_row_lie_in_its_cells() -> None:
    body = table(("任务", paragraph("县教育局") + paragraph() + paragraph("县科协")))
    written = line_of(body)
    assert written.line.text == "| 任务 | 县教育局 县科协 |"
    assert held(written) == ["任务", "县教育局", "县科协"]
    assert [written.line.text[start:end] for start, end in written.line.cells] == ["任务", "县教育局 县科协"]


# ----------------------------------------------------------------------- headings and bold


def style(style_id: str, name: str, inner: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{style_id}"><w:name w:val="{name}"/>{inner}</w:style>'


STYLES = (
    style("1", "heading 1")
    + style("2", "一级标题", '<w:basedOn w:val="1"/>')
    + style("3", "正文标题", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:rPr><w:b/></w:rPr>')
    + style("4", "标题 4")
    + style("strong", "Strong", "<w:rPr><w:b/></w:rPr>", "character")
)


@pytest.mark.parametrize(
    ("properties", "heading"),
    [
        ('<w:pStyle w:val="1"/>', 1),
        ('<w:pStyle w:val="2"/>', 1),
        ('<w:pStyle w:val="3"/>', 3),
        ('<w:pStyle w:val="4"/>', 4),
        ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', 0),
        ('<w:outlineLvl w:val="0"/>', 1),
        ('<w:outlineLvl w:val="x"/>', 0),
        ('<w:pStyle w:val="none of these"/>', 0),
        ("", 0),
    ],
)
def test_headings_by_style_or_outline_level(properties: str, heading: int) -> None:
    assert line_of(paragraph("总体要求", properties), styles=STYLES).line.heading == heading


@pytest.mark.parametrize(
    ("properties", "run_properties", "bold"),
    [
        ("", "<w:b/>", True),
        ("", '<w:b w:val="false"/>', False),
        ('<w:pStyle w:val="3"/>', "", True),
        ('<w:pStyle w:val="3"/>', '<w:b w:val="0"/>', False),
        ("", '<w:rStyle w:val="strong"/>', True),
        ('<w:pStyle w:val="3"/>', '<w:rStyle w:val="strong"/>', False),  # both switch it on: it is off again
        ("", "<w:bCs/>", False),
    ],
)
def test_bold_by_run_and_style(properties: str, run_properties: str, bold: bool) -> None:
    line = line_of(paragraph("要求", properties, run_properties), styles=STYLES).line
    assert line.bold == (((0, 2),) if bold else ())


def test_bold_runs_side_by_side_are_one_and_a_number_is_as_what_follows() -> None:
    body = f"<w:p><w:pPr>{in_list(1)}</w:pPr>{run('建好', '<w:b/>')}{run('场地', '<w:b/>')}{run('。')}</w:p>"
    line = line_of(body, numbering=numbering(level(0, "decimal", "%1."))).line
    assert (line.text, line.bold) == ("1.建好场地。", ((0, 6),))


# --------------------------------------------------------------------------------- tables


def merged(inner: str, vertical: str = "", span: int = 1) -> str:
    said = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    said += {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[vertical]
    return f"<w:tcPr>{said}</w:tcPr>{paragraph(inner)}"


def cells(body: str) -> list[Sequence[str]]:
    return [[w.line.text[a:b] for a, b in w.line.cells] for w in lines(word_document(body))]


def test_a_row_is_a_line_and_its_places_are_cells() -> None:
    body = paragraph("附件") + table(("任务", "牵头单位"), ("建好书角", "县教育局")) + paragraph("完")
    assert texts(body) == ["附件", "| 任务 | 牵头单位 |", "| 建好书角 | 县教育局 |", "完"]
    assert places(body) == [
        (Place(paragraph=1),),
        (Place(table=1, row=1, cell=1), Place(table=1, row=1, cell=2)),
        (Place(table=1, row=2, cell=1), Place(table=1, row=2, cell=2)),
        (Place(paragraph=2),),
    ]
    row = line_of(body, 1).line
    assert [row.text[index] for index, _ in row.places] == ["|", "牵"]


def test_a_cell_merged_over_rows_is_written_once() -> None:
    body = table(
        (merged("任务"), merged("牵头单位")),
        (merged("建好书角"), merged("县教育局", "restart")),
        (merged("培训骨干"), merged("看不见的", "continue")),
    )
    assert cells(body) == [["任务", "牵头单位"], ["建好书角", "县教育局"], ["培训骨干", ""]]
    assert [written.line.from_above for written in lines(word_document(body))] == [(), (), (1,)]


def test_columns_stay_in_line_under_a_cell_that_goes_over_several() -> None:
    body = table(
        (merged("任务", "restart"), merged("分工", span=2)),
        (merged("", "continue"), merged("牵头单位"), merged("配合单位")),
    )
    assert cells(body) == [["任务", "分工", ""], ["", "牵头单位", "配合单位"]]
    assert places(body)[0] == (Place(table=1, row=1, cell=1), Place(table=1, row=1, cell=2))


def test_the_first_row_is_merged_with_none() -> None:
    assert cells(table((merged("任务", "continue"), merged("单位")))) == [["任务", "单位"]]


def test_a_table_of_one_column_only_sets_text() -> None:
    inner = paragraph("一、总体要求") + paragraph("建设书香县。")
    body = table((inner,), ("二、任务",))
    assert texts(body) == ["一、总体要求", "建设书香县。", "二、任务"]
    assert places(body) == [(Place(table=1, row=1, cell=1),)] * 2 + [(Place(table=1, row=2, cell=1),)]
    assert all(not written.line.cells for written in lines(word_document(body)))


def test_a_table_in_a_cell_that_only_sets_text_is_a_table() -> None:
    assert texts(table((paragraph("附件") + table(("任务", "单位")),))) == ["附件", "| 任务 | 单位 |"]


def test_a_table_in_a_cell_of_a_table_is_text_of_the_cell() -> None:
    inner = paragraph("如下") + table(("甲", "乙"), ("丙", "丁"))
    assert texts(table(("任务", inner))) == ["| 任务 | 如下 甲 乙 丙 丁 |"]


def test_line_breaks_in_a_cell_are_spaces() -> None:
    assert texts(table(("任务", f"<w:p>{run('甲')}{BREAK}{run('乙')}</w:p>"))) == ["| 任务 | 甲 乙 |"]


# ----------------------------------------------------------------------------- other parts


def box(*inner: str) -> str:
    content = f"<w:txbxContent>{''.join(inner)}</w:txbxContent>"
    drawing = f"<w:drawing><wps:txbx>{content}</wps:txbx></w:drawing>"
    picture = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_comes_once_after_its_paragraph_and_stands_apart() -> None:
    body = f"<w:p>{run('前')}{box(paragraph('甲'), paragraph('乙'))}{run('后')}</w:p>" + paragraph("下")
    found = [written.line for written in lines(word_document(body))]
    assert [(line.text, line.apart) for line in found] == [("前后", False), ("甲", True), ("乙", False), ("下", True)]
    assert [line.places[0][1] for line in found] == [
        Place(paragraph=1),
        Place("text-box", 1, paragraph=1),
        Place("text-box", 1, paragraph=2),
        Place(paragraph=2),
    ]


def test_a_text_box_in_a_text_box_and_one_in_a_cell() -> None:
    inner = f"<w:p>{run('外')}{box(paragraph('内'))}</w:p>"
    body = table(("任务", f"<w:p>{run('单位')}{box(inner)}</w:p>"))
    found = [written.line for written in lines(word_document(body))]
    assert [(line.text, line.places[0][1].number) for line in found] == [("| 任务 | 单位 |", 0), ("外", 1), ("内", 2)]


def test_an_older_text_box_is_read_too() -> None:
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('内部')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert texts(f"<w:p>{old}</w:p>") == ["", "内部"]


def note(kind: str, note_id: int, text: str) -> str:
    return f'<w:{kind} w:id="{note_id}">{paragraph(text)}</w:{kind}>'


def reference(kind: str, note_id: int, more: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{note_id}"{more}/></w:r>'


def test_notes_come_last_in_the_order_of_their_marks() -> None:
    body = f"<w:p>{run('甲')}{reference('endnote', 1)}{reference('footnote', 3)}{run('乙')}"
    body += f"{reference('footnote', 2)}</w:p>"
    parts = {
        "footnotes": note("footnote", 2, "注二") + note("footnote", 3, "注一") + note("footnote", 4, "没有用到"),
        "endnotes": note("endnote", 1, "尾注"),
    }
    found = [written.line for written in lines(word_document(body, **parts))]
    assert [(line.text, line.places[0][1]) for line in found] == [
        ("甲乙", Place(paragraph=1)),
        ("注一", Place("footnote", 1, paragraph=1)),
        ("注二", Place("footnote", 2, paragraph=1)),
        ("尾注", Place("endnote", 1, paragraph=1)),
    ]
    assert [(line.apart, line.note) for line in found] == [(False, False)] + [(True, True)] * 3


def test_a_note_with_a_mark_of_its_own_is_not_counted() -> None:
    own = reference("footnote", 1, ' w:customMarkFollows="1"')
    notes = note("footnote", 1, "星号") + note("footnote", 2, "注")
    found = places(f"<w:p>{run('甲')}{own}{reference('footnote', 2)}</w:p>", footnotes=notes)
    assert [place.number for (place,) in found] == [0, 0, 1]


def test_a_table_of_contents_is_nothing_to_read() -> None:
    entry = f'<w:p><w:pPr><w:pStyle w:val="T"/></w:pPr>{run("一、总体要求")}<w:r><w:tab/></w:r>{run("1")}</w:p>'
    begin = f"{mark('begin')}<w:r><w:instrText> TOC \\o </w:instrText></w:r>{mark('separate')}"
    first = f"<w:p>{begin}{run('一、总体要求1')}</w:p>"
    last = f"<w:p>{run('二、任务2')}</w:p><w:p>{mark('end')}</w:p>"
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{paragraph('目录')}{paragraph('一、总体要求1')}</w:sdtContent></w:sdt>"
    )
    for contents in (entry + entry, first + last, control):
        body = paragraph("方案") + paragraph("目　录") + paragraph() + contents + paragraph("一、总体要求")
        found = [written.line for written in lines(word_document(body, styles=style("T", "toc 1")))]
        assert [line.text for line in found if line.text and not line.layout] == ["方案", "一、总体要求"]
        assert any(line.layout and line.text.startswith("一、") for line in found)


def test_a_table_of_contents_without_an_end_is_none() -> None:
    first = f"<w:p>{mark('begin')}<w:r><w:instrText>TOC</w:instrText></w:r>{mark('separate')}{run('方案')}</w:p>"
    found = lines(word_document(first + paragraph("一、总体要求")))
    assert [(written.line.text, written.line.layout) for written in found] == [("方案", False), ("一、总体要求", False)]


def test_headers_and_footers_are_no_text() -> None:
    body = paragraph("方案") + '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    assert texts(body, header=paragraph("内部资料")) == ["方案"]


def test_blocks_in_content_controls_are_read_and_count() -> None:
    body = f"<w:sdt><w:sdtContent>{paragraph('甲')}</w:sdtContent></w:sdt>" + paragraph("乙")
    assert texts(body) == ["甲", "乙"]
    assert places(body) == [(Place(paragraph=1),), (Place(paragraph=2),)]
