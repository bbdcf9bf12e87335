"""What is no Word document, is damaged or hostile gets a clear answer, and soon."""

from __future__ import annotations

import re
import struct
import time
from io import BytesIO
from pathlib import Path
from random import Random
from zipfile import ZIP_BZIP2, ZipFile

import docx
import pytest
from docx.opc.part import XmlPart

from checker.problems import Unreadable
from checker.word.opening import MAX_MEMBERS, MAX_TAGS, opened
from checker.word.parts import related
from checker.word.reading import read
from word.documents import (
    NAMESPACES,
    archive,
    changed,
    in_list,
    level,
    numbering,
    paragraph,
    relationships,
    table,
    word_document,
)

PLAN = paragraph("一、总体要求") + paragraph("建设书香县。")
DOCUMENT = word_document(PLAN)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refusal(data: bytes) -> str:
    """Return why a file is not read."""
    with pytest.raises(Unreadable) as refused:
        read(data, ".docx")
    assert refused.value.message.en
    return refused.value.message.zh


def xml(inner: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<w:document {NAMESPACES}><w:body>{inner}</w:body></w:document>'


# ----------------------------------------------------------------------- what it is instead


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是 Word 文档"),
        (b"%PDF-1.7\n", "不是 Word 文档"),
        (OLE, "旧版 Office（.doc、.wps、.xls 一类）"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "文件已加密；请在 Word 里去掉打开密码"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "OpenDocument"),
        (archive({"OFD.xml": "<a/>"}), "OFD"),
        (archive({"方案.txt": "一、总体要求"}), "是普通压缩包"),
        (changed(DOCUMENT, {"xl/workbook.xml": "<a/>"}), "Excel 工作簿"),
        (changed(DOCUMENT, {"ppt/presentation.xml": "<a/>"}), "PowerPoint"),
        (
            changed(DOCUMENT, {"_rels/.rels": relationships([]).replace("schemas.openxmlformats.org/package", "x")}),
            "已损坏",
        ),
        (
            changed(DOCUMENT, {"_rels/.rels": '<a xmlns="http://purl.oclc.org/ooxml/officeDocument/relationships"/>'}),
            "Strict Open XML",
        ),
        (DOCUMENT[: len(DOCUMENT) // 2], "不完整或者已损坏"),
    ],
)
def test_what_is_no_word_document_is_named(data: bytes, said: str) -> None:
    assert said in refusal(data)


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_documents_with_macros_and_templates_are_read_as_text(kind: str) -> None:
    data = changed(word_document(PLAN, kind), {"word/vbaProject.bin": OLE})
    assert [p.text for p in read(data, ".docm").paragraphs if p.text] == ["一、总体要求", "建设书香县。"]


def test_another_kind_of_main_part_is_no_word_document() -> None:
    assert "不是 Word 文档" in refusal(word_document(PLAN, "application/xml"))


# --------------------------------------------------------------------------------- damaged


@pytest.mark.parametrize(
    "members",
    [
        {"word/document.xml": "<w:document>"},
        {"word/document.xml": "<nothing/>"},
        {"word/document.xml": f"<w:document {NAMESPACES}/>"},
        {"word/document.xml": f"<w:styles {NAMESPACES}/>"},
        {"word/document.xml": b"\xff\xfe\x00garbage"},
        {"[Content_Types].xml": "<Types/>"},
        {"[Content_Types].xml": ""},
        {"_rels/.rels": ""},
        {"word/_rels/document.xml.rels": "<broken"},
    ],
)
def test_damaged_parts(members: dict[str, str | bytes]) -> None:
    assert "已损坏" in refusal(changed(DOCUMENT, members))


def test_damaged_bytes_of_a_member() -> None:
    at = DOCUMENT.index(b"word/document.xml") + 60
    damaged = DOCUMENT[:at] + b"\0" * 20 + DOCUMENT[at + 20 :]
    assert "已损坏" in refusal(damaged)


def test_odd_parts_beside_the_text_do_no_harm() -> None:
    data = word_document(PLAN, styles="<w:p/>", numbering="<w:num/><w:abstractNum/>", settings="")
    assert len([p for p in read(data, ".docx").paragraphs if p.text]) == 2


def test_a_part_that_is_named_but_not_there_is_not_missed() -> None:
    """WPS writes relationships to ``NULL``."""
    missing = {"word/_rels/document.xml.rels": relationships([("image", "NULL"), ("image", "media/gone.png")])}
    data = changed(DOCUMENT, missing)
    assert [p.text for p in read(data, ".docx").paragraphs if p.text] == ["一、总体要求", "建设书香县。"]
    again = BytesIO()
    opened(data).save(again)
    assert len(docx.Document(BytesIO(again.getvalue())).paragraphs) == 2


# --------------------------------------------------------------------------------- hostile


def test_entities_are_refused() -> None:
    laughs = '<!DOCTYPE a [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    said = refusal(changed(DOCUMENT, {"word/document.xml": xml("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", laughs)}))
    assert "word/document.xml 里有实体声明" in said
    outside = '<!DOCTYPE a SYSTEM "http://example.org/a.dtd">'
    assert "实体声明" in refusal(changed(DOCUMENT, {"word/styles.xml": xml("", outside)}))
    wide = xml("", laughs).replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")
    assert "实体声明" in refusal(changed(DOCUMENT, {"word/document.png": wide}))


def test_a_local_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    inner = f'<!DOCTYPE a [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    data = changed(DOCUMENT, {"word/document.xml": xml("<w:p><w:r><w:t>&s;</w:t></w:r></w:p>", inner)})
    assert "机密" not in refusal(data)


def test_nothing_outside_is_looked_for() -> None:
    outside = relationships([("attachedTemplate", "http://192.0.2.1/a.dotm"), ("image", "file:///etc/hostname")])
    outside = outside.replace("<Relationship Id", '<Relationship TargetMode="External" Id')
    began = time.monotonic()
    read(changed(DOCUMENT, {"word/_rels/document.xml.rels": outside}), ".docx")
    assert time.monotonic() - began < 5


def test_zip_bombs() -> None:
    assert "压缩炸弹" in refusal(changed(DOCUMENT, {"word/media/a.bmp": b"\0" * 60_000_000}))
    many = {f"word/media/{number}.png": b"" for number in range(MAX_MEMBERS)}
    assert f"上限为 {MAX_MEMBERS}" in refusal(changed(DOCUMENT, many))


def test_a_bomb_that_lies_about_its_size_is_not_unpacked() -> None:
    large = xml("<w:p/>" * 5_000_000).encode()
    data = changed(DOCUMENT, {"word/document.xml": large})
    assert "压缩炸弹" in refusal(data)
    began = time.monotonic()
    assert "已损坏" in refusal(data.replace(struct.pack("<L", len(large)), struct.pack("<L", 1000)))
    assert time.monotonic() - began < 5


def test_encrypted_and_odd_members() -> None:
    marked = bytearray(DOCUMENT)
    at = marked.rindex(b"PK\x01\x02")
    marked[at + 8] |= 1
    assert "已加密" in refusal(bytes(marked))
    other = BytesIO()
    with ZipFile(other, "w", ZIP_BZIP2) as written:
        written.writestr("[Content_Types].xml", "<a/>")
    assert "已损坏" in refusal(other.getvalue())


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (paragraph() * MAX_TAGS, "内容太多"),
        ("<w:p/>" * 1_000_000, "段落和表格行超过"),
        ("<w:tbl><w:tr><w:tc>" * 100 + PLAN + "</w:tc></w:tr></w:tbl>" * 100, "嵌套太深"),
        ("<w:p>" + "<w:ins>" * 300 + "</w:ins>" * 300 + "</w:p>", "嵌套太深"),
        ("<w:p><w:r>" + "<w:br/>" * 400_000 + "</w:r></w:p>", "段落和表格行超过"),
    ],
)
def test_too_much_is_said_to_be_too_much(inner: str, said: str) -> None:
    assert said in refusal(word_document(inner))


@pytest.mark.parametrize(
    "inner",
    [
        "<w:tbl><w:tr><w:tc>" * 80 + PLAN + "</w:tc></w:tr></w:tbl>" * 80,
        "<w:tbl><w:tr><w:tc/><w:tc>" * 80 + PLAN + "</w:tc></w:tr></w:tbl>" * 80,
        "<w:p>" + "<w:ins>" * 240 + "<w:r><w:t>书</w:t></w:r>" + "</w:ins>" * 240 + "</w:p>",
        "<w:p><w:r><w:pict><w:txbxContent>" * 60 + PLAN + "</w:txbxContent></w:pict></w:r></w:p>" * 60,
        "<w:sdt><w:sdtContent>" * 120 + PLAN + "</w:sdtContent></w:sdt>" * 120,
        table(*(("任务",) * 1000,) * 20),
        "<w:p><w:r>" + '<w:fldChar w:fldCharType="begin"/>' * 100_000 + "</w:r></w:p>" + PLAN,
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{PLAN}</w:tc><w:tc/></w:tr></w:tbl>',
        "<!-- a --><?b c?>" + PLAN,
    ],
)
def test_what_is_odd_but_bounded_is_read(inner: str) -> None:
    began = time.monotonic()
    assert any(one.text for one in read(word_document(inner), ".docx").paragraphs)
    assert time.monotonic() - began < 30


def test_many_lists_and_long_labels_are_bounded() -> None:
    long = "%1" * 5_000
    levels = f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="{long}"/></w:lvl></w:abstractNum>'
    lists = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="0"/></w:num>' for at in range(1, 2_000))
    styles = "".join(f'<w:style w:styleId="{at}"><w:basedOn w:val="{at + 1}"/></w:style>' for at in range(2_000))
    said = '<w:pPr><w:pStyle w:val="{0}"/><w:numPr><w:numId w:val="{0}"/></w:numPr></w:pPr>'
    inner = "".join(f"<w:p>{said.format(at)}</w:p>" for at in range(1, 2_000))
    began = time.monotonic()
    text = read(word_document(inner + PLAN, numbering=levels + lists, styles=styles), ".docx")
    assert len(text.source) < 2_000 * 500
    assert time.monotonic() - began < 30


# ---------------------------------------------------------------- nothing passed over in silence


def test_pictures_without_text_are_said_to_be_a_scan() -> None:
    assert "可能是扫描件" in refusal(word_document("<w:p><w:r><w:drawing/></w:r></w:p>"))
    assert "没有文字" in refusal(word_document("<w:p/>"))


def test_another_file_inside_is_said() -> None:
    assert "嵌着另一个文件" in refusal(word_document(PLAN + '<w:altChunk r:id="rId9"/>'))


def test_notes_are_parts_that_can_be_written_again() -> None:
    data = word_document(PLAN, footnotes=f'<w:footnote w:id="1">{paragraph("注")}</w:footnote>')
    document = opened(data)
    root = related(document, "footnotes")
    assert root is not None
    assert any(
        isinstance(r.target_part, XmlPart) and r.target_part.element is root for r in document.part.rels.values()
    )


# ---------------------------------------------------------------------------------- at random

RICH = word_document(
    PLAN
    + paragraph("甲", in_list(1))
    + paragraph("乙", '<w:pStyle w:val="a"/><w:outlineLvl w:val="1"/>', "<w:b/>")
    + table(("任务", f'<w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr>{paragraph("单位")}'), ("甲", "乙"))
    + '<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText><w:fldChar w:fldCharType="separate"/>'
    '<w:t>目录</w:t><w:fldChar w:fldCharType="end"/><w:footnoteReference w:id="1"/></w:r><w:del><w:r><w:delText>删'
    "</w:delText></w:r></w:del><w:ins><w:r><w:br/><w:tab/></w:r></w:ins><w:r><w:pict><w:txbxContent><w:p/>"
    "</w:txbxContent></w:pict></w:r></w:p>",
    numbering=numbering(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2")),
    styles='<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 1"/><w:basedOn w:val="b"/></w:style>',
    footnotes=f'<w:footnote w:id="1">{paragraph("注")}</w:footnote>',
)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_becomes_of_its_elements_it_is_read_or_refused(seed: int) -> None:
    random = Random(seed)
    with ZipFile(BytesIO(RICH)) as whole:
        members = {name: whole.read(name).decode() for name in whole.namelist()}
    for _ in range(40):
        name = random.choice(sorted(members))
        pieces = re.split(r'(<[^>]*>|"[^"]*")', members[name])
        for _ in range(random.randint(1, 4)):
            at, other = random.randrange(len(pieces)), random.randrange(len(pieces))
            pieces[at] = random.choice((pieces[other], "", pieces[at] * 2, '"-1"', '"99999999999"'))
        try:
            assert read(archive(members | {name: "".join(pieces)}), ".docx").paragraphs
        except Unreadable as refused:
            assert refused.message.zh


# ------------------------------------------------------------------------- rows and encodings


@pytest.mark.parametrize("encoding", ["UTF-7", "utf-7", "GB18030", "UTF-32", "EBCDIC-CP-US"])
def test_a_part_in_an_encoding_that_hides_its_tags_is_refused(encoding: str) -> None:
    part = xml(PLAN).replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    said = refusal(changed(DOCUMENT, {"word/document.xml": part}))
    assert f"word/document.xml 用了 {encoding} 编码" in said


def test_a_part_may_be_in_utf_16() -> None:
    part = xml(PLAN).replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")
    assert "建设书香县" in read(changed(DOCUMENT, {"word/document.xml": part}), ".docx").source


def row_of(cells: int, span: int) -> bytes:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{paragraph("县教育局")}</w:tc>'
    return word_document(PLAN + f"<w:tbl><w:tr>{cell * cells}</w:tr></w:tbl>")


def test_a_row_of_thousands_of_cells_is_refused_soon() -> None:
    began = time.monotonic()
    assert "表格的一行有 1000 个以上的单元格" in refusal(row_of(60_000, 63))
    assert time.monotonic() - began < 20


def test_a_row_has_no_more_columns_than_word_makes_and_all_of_its_cells_are_read() -> None:
    source = read(row_of(63, 63), ".docx").source
    assert source.count("县教育局") == 63
    assert source.count("|") <= 2 * 63 + 63


def test_more_characters_than_a_plan_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.word.body.MAX_CHARACTERS", 10)
    assert "文字超过 10 个字" in refusal(DOCUMENT)
