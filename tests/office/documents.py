"""Drafts in the formats of LibreOffice, made by LibreOffice, and a server that counts who asks it."""

from __future__ import annotations

import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from types import TracebackType
from zipfile import ZipFile

from docx import Document
from libreoffice import SOFFICE, needs_writer

FILTERS = {".odt": "odt:writer8", ".doc": "doc:MS Word 97", ".rtf": "rtf:Rich Text Format"}
_WORD = "docx:MS Word 2007 XML"


OFFICE = SOFFICE
needs_office = needs_writer


def word_document() -> bytes:
    """Return a Word document with a heading, automatic numbers and a table."""
    document = Document()
    document.add_heading("棠城县全民阅读实施方案", 1)
    for words in ("一、总体要求", "办好讲座。（县教育局牵头）"):
        document.add_paragraph(words)
    for words in ("建好书屋。", "办好活动。"):
        document.add_paragraph(words, style="List Number")
    table = document.add_table(2, 2, style="Table Grid")
    for number, words in enumerate(("任务", "牵头单位", "办好讲座", "县教育局")):
        table.cell(number // 2, number % 2).text = words
    document.add_paragraph("")
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def convert(data: bytes, to: str, folder: Path, suffix: str = ".docx") -> bytes:
    """Return what LibreOffice makes of a document, with a profile of its own as it comes."""
    source = folder / f"made{suffix}"
    source.write_bytes(data)
    target = folder / "converted"
    command = [str(OFFICE), "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", FILTERS.get(to, _WORD), "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (target / f"made{to}").read_bytes()


_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}


def open_document(body: str) -> bytes:
    """Return an OpenDocument text."""
    names = " ".join(f'xmlns:{name}="{address}"' for name, address in _NAMES.items())
    content = f'<?xml version="1.0"?><office:document-content {names} office:version="1.2"><office:body><office:text>'
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"{content}{body}</office:text></office:body></office:document-content>")
        archive.writestr("META-INF/manifest.xml", manifest)
    return made.getvalue()


class Requests:
    """A server on this computer that keeps which paths were asked for."""

    def __init__(self) -> None:
        paths: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                paths.append(self.path)
                self.send_response(404)
                self.end_headers()

            do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - named after the methods of HTTP

            def log_message(self, format: str, *arguments: object) -> None:
                """Say nothing."""

        self.paths = paths
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Requests:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
