"""The file of a Word document with some of its parts replaced, and every other byte for byte as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from checker.model import Bilingual
from checker.problems import Unreadable


def with_parts(was: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the bytes of a document with some members of its archive replaced, and those that it lacks added.

    What a library writes that knows only part of the format would leave out, or write otherwise, what it does not
    know. Raises Unreadable for what is no archive.
    """
    made = io.BytesIO()
    missing = dict(parts)
    try:
        with zipfile.ZipFile(io.BytesIO(was)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again:
            for member in archive.infolist():
                data = missing.pop(member.filename, None)
                # Its name, time and attributes stay; sizes and checksum are those of what is written.
                again.writestr(member, archive.read(member) if data is None else data, member.compress_type)
            for name, data in missing.items():
                again.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        zh, en = "文件的压缩包不完整，写不回去", "its archive is damaged and cannot be written again"
        raise Unreadable(Bilingual(zh, en)) from error
    return made.getvalue()


def member(data: bytes, name: str) -> bytes | None:
    """Return one member of a document's archive; None where there is none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name) if name in archive.namelist() else None
