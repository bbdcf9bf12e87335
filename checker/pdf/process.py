"""Reads a PDF in a process of its own: a file that crashes, hangs or fills the memory takes only that with it.

pdfium is written in C and cannot be stopped in the middle of a page; what it is given may be hostile.
"""

from __future__ import annotations

import subprocess
import sys

import msgspec

from checker.model import Bilingual
from checker.pdf.page import Document, Refusal
from checker.problems import Unreadable

SECONDS = 60
"""How long a file may take, the start of the process included."""
_CODE = "import sys; sys.path[:] = sys.argv[1:]; from checker.pdf.worker import main; main()"


def document(data: bytes) -> Document:
    """Return what a PDF shows. Raises Unreadable for one that cannot be read."""
    command = [sys.executable, "-c", _CODE, *sys.path]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, creationflags=flags)
    except subprocess.TimeoutExpired as error:
        raise _gave_up() from error
    if done.returncode == 0:
        try:
            answer = msgspec.msgpack.decode(done.stdout, type=Document | Refusal)
        except msgspec.DecodeError:
            answer = None
        if isinstance(answer, Refusal):
            raise Unreadable(Bilingual(answer.zh, answer.en))
        if answer is not None:
            return answer
    raise _gave_up()


def _gave_up() -> Unreadable:
    zh = "文件过于复杂，或已损坏，在限定的时间和内存内读不出来；请重新导出成 PDF，或另存为 .docx、.txt"
    en = "is too complex, or damaged: it cannot be read within the limits of time and memory. Export it as PDF again"
    return Unreadable(Bilingual(zh, f"{en}, or save it as .docx or .txt"))
