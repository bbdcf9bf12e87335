"""The bundled readers."""

from __future__ import annotations

from checker.hookspecs import hookimpl
from checker.model import Text
from checker.reader import Reader


@hookimpl
def plancheck_readers() -> list[Reader]:
    """Return the reader of plain text and Markdown."""
    return [Reader("text", (".txt", ".md"), _read_text, write=_write_text)]


def _read_text(data: bytes, suffix: str) -> Text:
    from checker.plain_text import read

    return read(data, suffix)


def _write_text(source: str, text: Text, was: bytes) -> bytes:
    from checker.plain_text import write

    return write(source, text, was)
