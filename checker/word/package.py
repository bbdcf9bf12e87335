"""The file of a Word document with some of its parts replaced, and every other byte for byte as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping

from docx.opc.constants import CONTENT_TYPE
from docx.oxml.parser import parse_xml
from lxml import etree

from checker.expressions import expression
from checker.model import Bilingual
from checker.problems import Unreadable


def with_parts(was: bytes, parts: Mapping[str, bytes], without: Collection[str] = ()) -> bytes:
    """Return the bytes of a document with some members of its archive replaced, and those that it lacks added.

    Those of ``without`` are left out. A library that knows only part of the format would lose, or write otherwise,
    what it does not know. Raises Unreadable for what is no archive.
    """
    made = io.BytesIO()
    missing = dict(parts)
    try:
        with zipfile.ZipFile(io.BytesIO(was)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
            for member in archive.infolist():
                if member.filename in without:
                    continue
                data = missing.pop(member.filename, None)
                # Its name, time and attributes stay; sizes and checksum are those of what is written.
                again.writestr(member, archive.read(member) if data is None else data, member.compress_type)
            for name, data in missing.items():
                again.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        zh, en = "文件的压缩包不完整，写不回去", "its archive is damaged and cannot be written again"
        raise Unreadable(Bilingual(zh, en)) from error
    return made.getvalue()


TYPES = "[Content_Types].xml"
_NO_PLAIN_DOCUMENT = expression(r"(?:macroEnabled|macroEnabledTemplate|template)\.main\+xml$")
_MACROS = ("/vbaProject", "/wordVbaData")
"""How the types of relations to macros end, and to what belongs to them (MS-OFFMACRO2, 2.2)."""


def xml_of(root: etree._Element) -> bytes:
    """Return a part as it stands in a file."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def without_macros(was: bytes) -> bytes:
    """Return a document with macros, or a template, as a document without; any other as it is.

    Word opens no file called .docx that says that it is one of these.
    """
    types = parse_xml(member(was, TYPES) or b"<Types/>")
    mains = [one for one in types if _NO_PLAIN_DOCUMENT.search(one.get("ContentType", ""))]
    if not mains:
        return was
    for main in mains:
        main.set("ContentType", CONTENT_TYPE.WML_DOCUMENT_MAIN)
    with zipfile.ZipFile(io.BytesIO(was)) as archive:
        all_relations = {name: archive.read(name) for name in archive.namelist() if name.endswith(".rels")}
    parts: dict[str, bytes] = {}
    gone: set[str] = set()
    for name, data in all_relations.items():
        relations = parse_xml(data or b"<Relationships/>")
        folder = name.replace("_rels/", "").rpartition("/")[0]
        macros = [one for one in relations if one.get("Type", "").endswith(_MACROS)]
        for one in macros:
            target = one.get("Target", "")
            gone.add(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/"))
            relations.remove(one)
        if macros:
            parts[name] = xml_of(relations)
    for one in [one for one in types if one.get("PartName", "").lstrip("/") in gone]:
        types.remove(one)
    of_gone = {"/_rels/".join(name.rpartition("/")[::2]) + ".rels" for name in gone}
    kept = {name: data for name, data in parts.items() if name not in of_gone}
    return with_parts(was, {**kept, TYPES: xml_of(types)}, gone | of_gone)


def member(data: bytes, name: str) -> bytes | None:
    """Return one member of a document's archive; None where there is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name) if name in archive.namelist() else None
