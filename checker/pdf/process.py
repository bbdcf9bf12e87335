"""Reads a PDF in a process of its own: a file that crashes, hangs or fills the memory takes only that with it.

pdfium is written in C and cannot be stopped in the middle of a page; what it is given may be hostile. Putting
characters together to lines takes time and memory, too: the process does it, within its limits.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from threading import Thread, Timer

import msgspec

from checker.model import Bilingual
from checker.pdf.arranged import Arranged, Refusal
from checker.problems import Unreadable

SECONDS = 60
"""How long a file may take, the start of the process included."""
MAX_ANSWER = 200_000_000
"""How much the process may write, in bytes; a plan of a hundred pages makes a hundredth of it."""
_AT_ONCE = 1 << 20
_CODE = "import sys; sys.path[:] = sys.argv[1:]; from checker.pdf.worker import main; main()"


def arranged(data: bytes) -> Arranged:
    """Return the lines of a PDF. Raises Unreadable for one that cannot be read."""
    written = _answer(data)
    if written is None:
        raise _gave_up()
    try:
        answer = msgspec.msgpack.decode(written, type=Arranged | Refusal)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _gave_up() from error
    if isinstance(answer, Refusal):
        raise Unreadable(Bilingual(answer.zh, answer.en))
    return answer


def _answer(data: bytes) -> bytes | None:
    """Return what the worker writes; None where it fails, takes too long, or writes too much."""
    command = [sys.executable, "-c", _CODE, *sys.path]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    pipe = subprocess.PIPE
    worker = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, creationflags=flags)
    with worker:
        ending = Timer(SECONDS, worker.kill)
        feeding = Thread(target=_feed, args=(worker, data))
        try:
            ending.start()
            feeding.start()
            parts, size = [], 0
            while worker.stdout is not None and (part := worker.stdout.read(_AT_ONCE)):
                parts.append(part)
                size += len(part)
                if size > MAX_ANSWER:
                    return None
            return b"".join(parts) if worker.wait() == 0 else None
        finally:
            ending.cancel()
            worker.kill()
            feeding.join()


def _feed(worker: subprocess.Popen[bytes], data: bytes) -> None:
    """Give the worker the file; it may end before it has taken all."""
    if worker.stdin is not None:
        with suppress(OSError), worker.stdin:
            worker.stdin.write(data)


def _gave_up() -> Unreadable:
    zh = "文件过于复杂，或已损坏，在限定的时间和内存内读不出来；请重新导出成 PDF，或另存为 .docx、.txt"
    en = "is too complex, or damaged: it cannot be read within the limits of time and memory. Export it as PDF again"
    return Unreadable(Bilingual(zh, f"{en}, or save it as .docx or .txt"))
