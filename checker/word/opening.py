"""The bytes of a Word document to what python-docx makes of them.

A document is hostile until proven otherwise: how large it is unpacked is known before anything is unpacked, there
is no DTD in it and so no entity, no macro is run, no link is followed.
"""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE
from docx.opc.part import PartFactory, XmlPart
from docx.oxml.parser import parse_xml
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml.etree import XMLSyntaxError, tostring

from checker.model import Bilingual
from checker.problems import Unreadable
from checker.word import tags

MAX_MEMBERS = 2_000
"""The most files that a document may be made of. One of a hundred pages with its pictures has some fifty."""
MAX_UNPACKED = 200_000_000
"""The most that all of them may hold, in bytes."""
MAX_XML = 50_000_000
"""The most that its text and what belongs to it may hold, in bytes: a hundred pages have some 2 MB."""
MAX_TAGS = 1_200_000
"""The most opening and closing tags of all that: a hundred pages have some 60 000."""
MAX_RELATIONSHIPS = 20_000
_MAX_RATIO = 100
_SMALL = 20_000_000
"""What holds less unpacked may be packed as tightly as it likes: a page of blank lines is."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = 0x1
_BEGINS_XML = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0<", b"\0\0\0<", b"\x4c\x6f\xa7")
"""How what may be read as XML begins, in any encoding; a member is known by that, whatever its name."""
_OTHER_ENCODINGS = (b"\0\0\0<", b"<\0\0\0", b"\0\0\xfe\xff", b"\xff\xfe\0\0", b"\x4c\x6f\xa7")
"""How XML begins in UTF-32 and EBCDIC."""
_ENCODING = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"'>]*)")
_STRICT = b"http://purl.oclc.org/ooxml/"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MACROS = "application/vnd.ms-word."
_DAMAGED = Bilingual(
    "文件已损坏，请用 Word 打开并修复，再另存为 .docx",
    "the file is damaged: open and repair it in Word, then save it as .docx",
)

# python-docx knows one kind of main part, and leaves notes as bytes. Here they are read, and written again.
for _kind in (f"{_WORD}template", f"{_MACROS}document.macroEnabled", f"{_MACROS}template.macroEnabledTemplate"):
    PartFactory.part_type_for.setdefault(f"{_kind}.main+xml", DocumentPart)
for _kind in (CONTENT_TYPE.WML_FOOTNOTES, CONTENT_TYPE.WML_ENDNOTES):
    PartFactory.part_type_for.setdefault(_kind, XmlPart)


def opened(data: bytes) -> Document:
    """Return the document in ``data``; raises Unreadable for what is none, is damaged, or could do harm."""
    if data.startswith(_OLE):
        raise Unreadable(_old(data))
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _check_sizes(members, len(data))
            _check_kind(archive)
            _check_xml(archive, members)
            mended = _mended(archive, data)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(_incomplete(data)) from error
    return _document(mended)


def _document(data: bytes) -> Document:
    try:
        part = Package.open(BytesIO(data)).main_document_part
        is_word = isinstance(part, DocumentPart)
        is_whole = is_word and part.element.tag == f"{tags.W}document" and part.element.find(tags.BODY) is not None
    except XMLSyntaxError as error:
        raise Unreadable(_too_deep() if "depth" in str(error) else _DAMAGED) from error
    except Exception as error:  # python-docx says in many ways that something is not where it should be
        raise Unreadable(_DAMAGED) from error
    if not is_word:
        raise Unreadable(_no_word_file())
    if not is_whole:
        raise Unreadable(_DAMAGED)
    document: Document = part.document
    return document


# --------------------------------------------------------------------------- the archive


def _check_sizes(members: list[ZipInfo], size: int) -> None:
    """Raise Unreadable for what would grow without measure, and for what cannot be unpacked."""
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise Unreadable(_encrypted())
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        raise Unreadable(_DAMAGED)
    if len(members) > MAX_MEMBERS:
        zh = f"文件由 {len(members)} 个部件组成，上限为 {MAX_MEMBERS}；请用 Word 另存一份再检查"
        en = f"made of {len(members)} parts, the limit is {MAX_MEMBERS}: save it anew in Word"
        raise Unreadable(Bilingual(zh, en))
    unpacked = sum(member.file_size for member in members)
    if unpacked > MAX_UNPACKED or (unpacked > _SMALL and unpacked > _MAX_RATIO * size):
        has, limit = f"{unpacked / 1e6:.0f} MB", f"{min(MAX_UNPACKED, max(_SMALL, _MAX_RATIO * size)) / 1e6:.0f} MB"
        zh = f"解压后有 {has}，上限为 {limit}，可能是压缩炸弹；如果不是，请压缩其中的图片后另存"
        en = f"{has} unpacked, the limit is {limit}: a zip bomb? If not, compress its pictures and save it anew"
        raise Unreadable(Bilingual(zh, en))


def _check_kind(archive: ZipFile) -> None:
    """Raise Unreadable for an archive that is no Word document, and say what it is."""
    names = set(archive.namelist())
    if "mimetype" in names and archive.read("mimetype").startswith(b"application/vnd.oasis.opendocument"):
        raise Unreadable(_another("OpenDocument（.odt、.ods）", "OpenDocument (.odt, .ods)"))
    if "OFD.xml" in names:
        raise Unreadable(_fixed_layout())
    if "[Content_Types].xml" not in names:
        zh, en = "普通压缩包；请解压，检查其中的文件", "just a zip archive: unpack it and check what is in it"
        raise Unreadable(Bilingual(f"不是 Word 文档，是{zh}", f"no Word document, {en}"))
    if "_rels/.rels" in names and _STRICT in archive.read("_rels/.rels"):
        zh = "存成了“Strict Open XML”格式；请用 Word 另存为“Word 文档（*.docx）”"
        en = "saved as “Strict Open XML Document”: save it as “Word Document (*.docx)”"
        raise Unreadable(Bilingual(zh, en))
    for name, words in (
        ("xl/workbook.xml", ("Excel 工作簿", "an Excel workbook")),
        ("ppt/presentation.xml", ("PowerPoint 演示文稿", "a PowerPoint presentation")),
    ):
        if name in names:
            raise Unreadable(_another(*words))


def _check_xml(archive: ZipFile, members: list[ZipInfo]) -> None:
    """Raise Unreadable where there is more XML than a document has, or a DTD, which none may have."""
    size = found = relationships = 0
    for member in members:
        with archive.open(member) as file:
            head = file.read(4).lstrip()
        if head and not head.startswith(_BEGINS_XML):
            continue
        size += member.file_size
        if size > MAX_XML:
            raise Unreadable(_too_much())
        content = archive.read(member)
        if (encoding := _declared_encoding(content)) is not None:
            zh = f"其中的 {member.filename} 用了 {encoding} 编码，Word 文档只用 UTF-8、UTF-16；请用 Word 另存一份再检查"
            en = (
                f"{member.filename} in it is in {encoding}; a Word document is in UTF-8 or UTF-16: save it anew in Word"
            )
            raise Unreadable(Bilingual(zh, en))
        if _has_doctype(content) and not member.filename.endswith(".svg"):  # a picture may have one
            zh, en = "里有实体声明，正常的 Word 文档没有；不读", "declares entities, as no Word document does: not read"
            raise Unreadable(Bilingual(f"其中的 {member.filename} {zh}", f"{member.filename} in it {en}"))
        found += content.count(b"<")
        relationships += content.count(b"<") if member.filename.endswith(".rels") else 0
    if found > MAX_TAGS or relationships > MAX_RELATIONSHIPS:
        raise Unreadable(_too_much())


def _declared_encoding(content: bytes) -> str | None:
    """Return the encoding that a part claims to be in, where it is none that it may be in (ECMA-376-2, §8.1.4).

    In another, UTF-7 say, characters of markup may be written so that nothing here would know them.
    """
    if content.startswith(_OTHER_ENCODINGS):
        return "UTF-32 / EBCDIC"
    declared = _ENCODING.match(content[:1000].replace(b"\0", b""))
    if declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"utf-16", b"utf-16le", b"utf-16be", b"us-ascii"):
        return None
    return declared[1].decode("ascii", "replace")[:40]


def _has_doctype(content: bytes) -> bool:
    """Say whether there is a DTD, in which alone entities are declared; a part is in UTF-8 or UTF-16."""
    if b"\0" in content[:4]:
        content = content.replace(b"\0", b"")
    return b"<!DOCTYPE" in content


def _mended(archive: ZipFile, data: bytes) -> bytes:
    """Return the document; where it names parts that it does not have, as WPS writes, a copy that owns to it.

    Such a part counts as one outside of the document: it is not looked for.
    """
    names = set(archive.namelist())
    changed: dict[str, bytes] = {}
    for name in names:
        if name.endswith(".rels"):
            relationships = _without_missing(name, archive.read(name), names)
            if relationships is not None:
                changed[name] = relationships
    if not changed:
        return data
    copy = BytesIO()
    with ZipFile(copy, "w") as written:
        for member in archive.infolist():
            written.writestr(member.filename, changed.get(member.filename) or archive.read(member))
    return copy.getvalue()


def _without_missing(name: str, content: bytes, names: set[str]) -> bytes | None:
    """Return relationships with those outside that lead to no part; None where all lead to one."""
    from posixpath import dirname, join, normpath

    try:
        root = parse_xml(content)
    except XMLSyntaxError:
        return None
    folder, missing = dirname(dirname(name)), False
    for relationship in root:
        target = relationship.get("Target", "")
        if relationship.get("TargetMode") == "External":
            continue
        if normpath(join("/", folder, target)).lstrip("/") not in names:
            relationship.set("TargetMode", "External")
            missing = True
    return tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True) if missing else None


# -------------------------------------------------------------------------- what is said


def _old(data: bytes) -> Bilingual:
    """Return what is said of a file in the container of old Office files."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _encrypted()
    zh = "是旧版 Office（.doc、.wps、.xls 一类）的文件；请改成真正的后缀，或者用 Word 另存为 .docx"
    en = "a file of an older Office (.doc, .wps, .xls): give it its true suffix, or save it as .docx in Word"
    return Bilingual(f"不是 .docx，{zh}", f"no .docx, but {en}")


def _encrypted() -> Bilingual:
    return Bilingual(
        "文件已加密；请在 Word 里去掉打开密码，再检查",
        "the file is encrypted: take its password away in Word first",
    )


def _incomplete(data: bytes) -> Bilingual:
    if data.startswith(b"PK"):
        zh, en = "文件不完整或者已损坏，请重新下载或复制", "the file is cut off or damaged: download or copy it again"
        return Bilingual(zh, en)
    return _no_word_file()


def _no_word_file() -> Bilingual:
    return Bilingual("不是 Word 文档；请核对文件", "no Word document: check which file this is")


def _another(zh: str, en: str) -> Bilingual:
    return Bilingual(
        f"不是 Word 文档，是 {zh} 文件；请改成真正的后缀，或者另存为 .docx",
        f"no Word document, but {en}: give it its true suffix, or save it as .docx",
    )


def _fixed_layout() -> Bilingual:
    return Bilingual(
        "是 OFD 版式文件，读不了；请在 OFD 阅读器里另存为 PDF 或者 Word（.docx）再检查",
        "an OFD file (fixed layout), which is not read: save it as PDF or Word (.docx) in an OFD reader",
    )


def _too_deep() -> Bilingual:
    return Bilingual(
        "内容嵌套太深（例如表格套表格），读不了；请用 Word 另存一份再检查",
        "nested too deeply to be read (a table in a table in a table …): save it anew in Word",
    )


def _too_much() -> Bilingual:
    return Bilingual(
        f"内容太多：文字部分解压后超过 {MAX_XML // 1_000_000} MB，或者超过 {MAX_TAGS} 个标记；请分成几个文件检查",
        f"too much in it: more than {MAX_XML // 1_000_000} MB of text unpacked, or {MAX_TAGS} tags: split it up",
    )
