"""The bundled reader of Word documents."""

from __future__ import annotations

from checker.hookspecs import hookimpl
from checker.model import Text
from checker.reader import Reader


@hookimpl
def plancheck_readers() -> list[Reader]:
    """Return the reader of Word documents."""
    return [Reader("word", (".docx", ".docm"), _read, (b"PK\x03\x04",), read_original=_read_original)]


def _read(data: bytes, suffix: str) -> Text:
    _require()
    from checker.word.reading import read

    return read(data, suffix)


def _read_original(data: bytes, suffix: str) -> Text:
    _require()
    from checker.word.reading import read_original

    return read_original(data, suffix)


def _require() -> None:
    from checker.extras import require

    require("docx", "docx", reads=".docx")
