"""The bundled reader of PDF files, with the extra ``pdf``."""

from __future__ import annotations

from checker.hookspecs import hookimpl
from checker.model import Text
from checker.reader import Reader


@hookimpl
def plancheck_readers() -> list[Reader]:
    """Return the reader of PDF files."""
    return [Reader("pdf", (".pdf",), _read, magic=(b"%PDF-",))]


def _read(data: bytes, suffix: str) -> Text:
    from checker.extras import require

    require("pdf", "pypdfium2", reads=".pdf")
    from checker.pdf.reading import read

    return read(data, suffix)
