"""The bundled reader of the formats that LibreOffice turns into Word documents."""

from __future__ import annotations

from checker.hookspecs import hookimpl
from checker.model import Text
from checker.reader import Reader

_MAGIC = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"PK\x03\x04")


@hookimpl
def plancheck_readers() -> list[Reader]:
    """Return the reader of .doc, .wps, .odt and .rtf."""
    return [Reader("office", (".doc", ".wps", ".odt", ".rtf"), _read, _MAGIC, depends_on=_depends_on)]


def _read(data: bytes, suffix: str) -> Text:
    from checker.extras import require

    require("docx", "docx", reads=suffix or ".doc")
    from checker.office.reading import read

    return read(data, suffix or ".doc")


def _depends_on() -> str:
    from checker.office.program import stamp

    return stamp()
