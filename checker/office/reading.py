"""Drafts in .doc, .wps, .odt and .rtf to a ``Text``, by way of the Word document that LibreOffice makes of them."""

from __future__ import annotations

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from checker.model import Bilingual, Text
from checker.office.converting import converted
from checker.office.program import program
from checker.problems import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF = b"{\\rtf"
ZIP = b"PK\x03\x04"
_ODT = (b"application/vnd.oasis.opendocument.text", b"application/vnd.oasis.opendocument.text-template")
_PAGES = (
    b"<html",
    b"<!doctype html",
    b"mime-version:",
    b"<?xml",
    b"<meta",
    b"<head",
    b"<body",
    b"<div",
    b"<table",
    b"<p",
)
_SECTOR = 512
_WORD = b"\xec\xa5"
"""With this begins the main stream of a Word file ([MS-DOC] 2.5.2, wIdent)."""
_ENCRYPTED = 0x0100
"""fEncrypted, in the word at byte 10 of it."""


def read(data: bytes, suffix: str) -> Text:
    """Return the text of a draft that LibreOffice reads; raises Unreadable for what it does not, or what is none.

    Places are those of the Word document that LibreOffice makes: paragraphs, cells of tables, notes.
    """
    if data.startswith(ZIP) and _is_word(data):
        return _as_word(data, suffix)
    return _as_word(converted(program(suffix), data, suffix, _filter(data, suffix)), suffix)


def _as_word(data: bytes, suffix: str) -> Text:
    from checker.word.reading import read as read_word

    return read_word(data, suffix)


def _filter(data: bytes, suffix: str) -> str | None:
    """Return the filter of LibreOffice for what a file is, None where that may be several.

    Raises Unreadable for one that LibreOffice is not to see: no draft at all, encrypted, or without measure.
    """
    if data.startswith(ZIP):
        _check_archive(data, suffix)
        return "writer8"
    if data.startswith(RTF):
        return "Rich Text Format"
    if data.startswith(OLE):
        _check_compound(data, suffix)
        return None  # Word 6 to 2003 have a filter each
    if not data.strip(b"\0 \t\r\n"):
        raise Unreadable(Bilingual("文件是空的，请看是否已经保存", "the file is empty: has it been saved?"))
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_PAGES):
        raise Unreadable(_page(suffix, start))
    zh = f"不是 {suffix} 文件，或已损坏；请用能打开它的软件另存为 .docx"
    en = f"no {suffix} file, or damaged: save it as .docx with what opens it"
    raise Unreadable(Bilingual(zh, en))


def _page(suffix: str, start: bytes) -> Bilingual:
    """Say what a file is that Word opens all the same: systems of offices name web pages .doc."""
    if start.startswith(b"mime-version:"):
        what, named = "单个文件网页（MHTML）", "a web page in one file (MHTML)"
        other, also = "", ""
    elif start.startswith(b"<?xml"):
        what, named = "XML 文件（如 Word 2003 XML 文档）", "an XML file (such as Word 2003 XML)"
        other, also = "", ""
    else:
        what, named = "网页（办公系统常这样导出）", "a web page"
        other, also = "，或者把后缀改成 .html", ", or rename it to .html"
    zh = f"后缀是 {suffix}，内容却是{what}；请在 Word、WPS 里打开，另存为 .docx{other}"
    en = f"named {suffix}, but it is {named}: open it in Word and save it as .docx{also}"
    return Bilingual(zh, en)


# ------------------------------------------------------------------------------- archives


def _is_word(data: bytes) -> bool:
    """Say whether an archive is a Word document: newer .wps files are, and .doc files that were only renamed."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _check_archive(data: bytes, suffix: str) -> None:
    """Raise Unreadable for an archive that is no OpenDocument text, is encrypted, or grows without measure."""
    from checker.word.opening import MAX_MEMBERS, MAX_UNPACKED

    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
                raise _immense(unpacked, MAX_UNPACKED)
            names = archive.namelist()
            if "mimetype" not in names or archive.read("mimetype").strip() not in _ODT:
                raise _no_document(suffix)
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise _encrypted()
            if not sum(_unpacked(archive, name) for name in names) == unpacked:
                raise _damaged(suffix)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise _damaged(suffix) from error


def _unpacked(archive: ZipFile, name: str) -> int:
    """Return how long a member is when it is unpacked; raises BadZipFile for one that is not what it says."""
    length = 0
    with archive.open(name) as member:
        while piece := member.read(1 << 20):
            length += len(piece)
    return length


def _immense(unpacked: int, limit: int) -> Unreadable:
    has = f"解压后有 {unpacked / 1e6:.0f} MB，或部件太多，上限为 {limit / 1e6:.0f} MB"
    zh = f"{has}，可能是压缩炸弹；如果不是，请压缩其中的图片后另存"
    en = f"{unpacked / 1e6:.0f} MB unpacked, or too many parts (the limit is {limit / 1e6:.0f} MB): a zip bomb?"
    return Unreadable(Bilingual(zh, en))


def _no_document(suffix: str) -> Unreadable:
    zh = f"后缀是 {suffix}，内容却不是文字文档，是别的压缩文件；请核对文件"
    return Unreadable(Bilingual(zh, f"named {suffix}, but it is no text document, it is some other archive"))


def _damaged(suffix: str) -> Unreadable:
    zh, en = f"这个 {suffix} 文件不完整，已损坏；请重新取得或另存", f"this {suffix} file is damaged or cut off"
    return Unreadable(Bilingual(zh, en))


def _encrypted() -> Unreadable:
    zh = "文件加了密码，读不了；请打开文件，去掉密码后另存"
    return Unreadable(Bilingual(zh, "the file is encrypted: open it, take the password away and save it"))


# ------------------------------------------------------------------------- compound files


def _check_compound(data: bytes, suffix: str) -> None:
    """Raise Unreadable for an OLE compound file that is encrypted, or is no Word document."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _encrypted()
    for at in range(_SECTOR, len(data) - 12, _SECTOR):
        if data.startswith(_WORD, at):
            if int.from_bytes(data[at + 10 : at + 12], "little") & _ENCRYPTED:
                raise _encrypted()
            return
    if "WordDocument".encode("utf-16-le") not in data:
        zh = f"后缀是 {suffix}，内容却不是 Word、WPS 文字文档（可能是表格、演示文稿或安装包）；请核对文件"
        en = f"named {suffix}, but it is no Word document (a workbook, slides, an installer?)"
        raise Unreadable(Bilingual(zh, en))
