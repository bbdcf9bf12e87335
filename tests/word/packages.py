"""Word documents for tests, made by python-docx and, what that does not know, by hand; and what stands in them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import docx
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Pt
from lxml import etree

W = nsdecls("w")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SETTINGS = "word/settings.xml"
_TEXT_BOX = (
    f'<w:r {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
    '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="2000000" cy="500000"/>'
    '<wp:docPr id="7" name="box"/><a:graphic><a:graphicData '
    'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
    '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r>'
    "</w:p></w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    '</mc:Choice><mc:Fallback><w:pict><v:shape style="width:150pt;height:40pt"><v:textbox><w:txbxContent><w:p><w:r>'
    "<w:t>{0}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def full_document() -> bytes:
    """Return a draft with all that a Word document may hold beside its text.

    Several fonts, automatic numbers, a table, a footnote, a text box, a picture, a header, a comment, tracked changes,
    and a part that nobody knows.
    """
    document: Any = docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    title = document.add_paragraph(style="Title")
    title.add_run("棠城县全民健身").font.name = "SimHei"
    title.add_run("实施方案（2024-2026年）").font.size = Pt(22)
    numbering = _chinese_numbering(document)
    _numbered(document.add_paragraph("工作目标"), numbering)
    target = document.add_paragraph("到2026年，全县体育场地达到100个")
    target.add_run("，经常锻炼的人占40%。").italic = True
    target._p.append(parse_xml(_TEXT_BOX.format("本方案2024-2025年先行试点。")))
    _numbered(document.add_paragraph("主要任务"), numbering)
    sites = document.add_paragraph()
    sites.add_run("1.建好场地。").bold = True
    sites.add_run("新建一批场地")
    sites._p.append(
        parse_xml(f'<w:r {W}><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>')
    )
    sites.add_run("。（县体育局牵头）")
    matches = document.add_paragraph()
    commented = matches.add_run("2.办好赛事。")
    matches._p.append(_change("ins", 90, "每年"))
    matches._p.append(_change("del", 91, "每季度"))
    matches.add_run("办赛10场。")
    document.add_comment(commented, "请核对场次。", author="张三", initials="张")
    document.add_picture(io.BytesIO(picture()), width=Pt(40))
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for cell, words in zip(table._cells, ("任务", "牵头单位", "编印2024-2026年赛事手册", "县教育局"), strict=True):
        cell.text = words
    made = io.BytesIO()
    document.save(made)
    return with_members(
        made.getvalue(), footnotes("指2024-2025年建成的场地。"), {"customXml/unknown.bin": b"\x00unknown\xff"}
    )


def picture() -> bytes:
    """Return a PNG of one red point."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\xff\0\0")),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chinese_numbering(document: Any) -> int:
    """Add a list 一、二、 to a document; return its number."""
    root = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    )
    root.insert(0, abstract)
    root.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    return 77


def _numbered(paragraph: Any, numbering: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>'))


def _change(kind: str, number: int, words: str) -> Any:
    tag = "t" if kind == "ins" else "delText"
    return parse_xml(
        f'<w:{kind} {W} w:id="{number}" w:author="李四" w:date="2026-01-05T09:00:00Z">'
        f"<w:r><w:rPr><w:b/></w:rPr><w:{tag}>{words}</w:{tag}></w:r></w:{kind}>"
    )


def footnotes(words: str) -> dict[str, bytes]:
    """Return the part with a footnote of the number 2, and the separators that Word wants."""
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        f'</w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{words}</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    return {"word/footnotes.xml": notes.encode()}


def with_members(data: bytes, *members: Mapping[str, bytes]) -> bytes:
    """Return a document with more members, footnotes announced as such."""
    added = {name: content for one in members for name, content in one.items()}
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
        for member in archive.infolist():
            content = archive.read(member)
            if "word/footnotes.xml" in added and member.filename == "[Content_Types].xml":
                kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
                override = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
                content = content.replace(
                    b"</Types>", b'<Default Extension="bin" ContentType="application/x-unknown"/>' + override.encode()
                )
            if "word/footnotes.xml" in added and member.filename == "word/_rels/document.xml.rels":
                relation = (
                    f'<Relationship Id="rId900" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/></Relationships>'
                )
                content = content.replace(b"</Relationships>", relation.encode())
            if member.filename not in added:
                again.writestr(member, content)
        for name, content in added.items():
            again.writestr(name, content)
    return made.getvalue()


def protected(data: bytes, kind: str, enforced: str = "1") -> bytes:
    """Return a document of which Word allows a kind of changes only."""
    root: Any = parse_xml(members(data)[_SETTINGS])
    root.insert(0, parse_xml(f'<w:documentProtection {W} w:edit="{kind}" w:enforcement="{enforced}"/>'))
    return with_members(data, {_SETTINGS: etree.tostring(root)})


def without(data: bytes, name: str) -> bytes:
    """Return a document without one member of its archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for other, content in members(data).items():
            if other != name:
                archive.writestr(other, content)
    return made.getvalue()


def signed(data: bytes) -> bytes:
    """Return a document that says it has a digital signature."""
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    relations = members(data)["_rels/.rels"].replace(b"</Relationships>", relation.encode())
    types = members(data)["[Content_Types].xml"].replace(
        b"</Types>", b'<Default Extension="sigs" ContentType="application/octet-stream"/></Types>'
    )
    changed = {"_rels/.rels": relations, "[Content_Types].xml": types}
    return with_members(data, changed, {"_xmlsignatures/origin.sigs": b""})


# ------------------------------------------------------------------------------- what stands there


def members(data: bytes) -> dict[str, bytes]:
    """Return what a document's archive holds, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def anchored(data: bytes) -> dict[int, str]:
    """Return by the ids of comments the words that they stand at; a mark of a note is ［注］, a drawing ［图］."""
    open_: set[int] = set()
    found: dict[int, str] = {}
    root: Any = docx.Document(io.BytesIO(data)).element
    for element in root.iter():
        if element.tag == qn("w:commentRangeStart"):
            number = int(element.get(qn("w:id")))
            assert number not in found, f"comment {number} begins twice"
            open_.add(number)
            found[number] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            open_.remove(int(element.get(qn("w:id"))))
        words = {
            qn("w:t"): element.text,
            qn("w:delText"): f"［-{element.text}］",
            qn("w:footnoteReference"): "［注］",
            qn("w:drawing"): "［图］",
        }.get(element.tag)
        if words and not any(above.tag == qn("w:txbxContent") for above in element.iterancestors()):
            for number in open_:
                found[number] += words
    assert not open_, f"comments {open_} do not end"
    return found


def comments(data: bytes) -> dict[int, list[str]]:
    """Return by their ids the paragraphs of the comments by plancheck."""
    return {
        one.comment_id: [paragraph.text for paragraph in one.paragraphs]
        for one in docx.Document(io.BytesIO(data)).comments
        if one.author == "plancheck"
    }
