"""The bundled reader of web pages."""

from __future__ import annotations

from checker.hookspecs import hookimpl
from checker.model import Text
from checker.reader import Reader

_MAGIC = (b"<!DOCTYPE html", b"<!doctype html", b"<!DOCTYPE HTML", b"<html", b"<HTML", b"\xef\xbb\xbf<!DOCTYPE html")


@hookimpl
def plancheck_readers() -> list[Reader]:
    """Return the reader of web pages. Those in folders are mostly no drafts: reports of plancheck are some."""
    suffixes = (".html", ".htm", ".shtml", ".xhtml")
    return [Reader("html", suffixes, _read, _MAGIC, write=_write, in_folders=False)]


def _read(data: bytes, suffix: str) -> Text:
    from checker.extras import require

    require("html", "justhtml", reads=suffix or ".html")
    from checker.web.reading import read

    return read(data, suffix)


def _write(source: str, text: Text, was: bytes) -> bytes:
    from checker.web.reading import write

    return write(source, text, was)
