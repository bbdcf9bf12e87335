"""The bundled reader of Word documents."""

from __future__ import annotations

from checker.hookspecs import hookimpl
from checker.model import Text
from checker.reader import Reader

# An encrypted document is an OLE compound file: it is for this reader to say so.
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


@hookimpl
def plancheck_readers() -> list[Reader]:
    """Return the reader of Word documents."""
    return [
        Reader(
            "word",
            (".docx", ".docm"),
            _read,
            _MAGIC,
            write=_write,
            revise=_revise,
            read_original=_read_original,
        )
    ]


def _read(data: bytes, suffix: str) -> Text:
    _require()
    from checker.word.reading import read

    return read(data, suffix)


def _read_original(data: bytes, suffix: str) -> Text:
    _require()
    from checker.word.reading import read_original

    return read_original(data, suffix)


def _write(source: str, text: Text, was: bytes) -> bytes:
    from checker.word.revising import write

    return write(source, text, was)


def _revise(source: str, text: Text, was: bytes) -> bytes:
    from checker.word.revising import revise

    return revise(source, text, was)


def _require() -> None:
    from checker.extras import require

    require("docx", "docx", reads=".docx")
