"""A terminal for commands that behave differently on one."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest


class OnTerminal(NamedTuple):
    """What a command did whose standard error was a terminal."""

    out: str
    """What came through the pipe that was its standard output."""
    shown: str
    """What the terminal was sent."""
    status: int

    @property
    def screen(self) -> str:
        """What is still to be read when all is done: of each line what was written over it last."""
        lines = self.shown.replace("\r\n", "\n").split("\n")
        return "\n".join(_written_over(line) for line in lines)


def _written_over(line: str) -> str:
    cells: list[str] = []
    for part in line.split("\r"):
        cells[: len(part)] = part
    return "".join(cells).rstrip()


def on_terminal(*arguments: str, cwd: Path, **environment: str) -> OnTerminal:
    """Run ``python -m checker`` in ``cwd`` with a terminal of 100 columns as its standard error."""
    pty, fcntl, termios = (pytest.importorskip(name) for name in ("pty", "fcntl", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    around = {name: value for name, value in os.environ.items() if name not in ("CI", "PRE_COMMIT")}
    process = subprocess.Popen(
        [sys.executable, "-m", "checker", *arguments],
        cwd=cwd,
        env={**around, "TERM": "xterm", "PLANCHECK_CACHE_DIR": str(cwd / ".cache"), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown: list[bytes] = []
    reading = threading.Thread(target=_read, args=(ours, shown))
    reading.start()
    out, _ = process.communicate(timeout=120)
    reading.join()
    os.close(ours)
    print(f"$ plancheck {' '.join(arguments)}\n{out.decode()}\nterminal:\n{b''.join(shown)!r}\n{process.returncode}")
    return OnTerminal(out.decode(), b"".join(shown).decode(), process.returncode)


def _read(terminal: int, shown: list[bytes]) -> None:
    while True:
        try:
            some = os.read(terminal, 65536)
        except OSError:  # so Linux says that nobody writes any more
            return
        if not some:
            return
        shown.append(some)


def typed(shell: Sequence[str], *lines: str, cwd: Path, timeout: float = 60, **environment: str) -> str:
    """Type lines into a shell that runs in a terminal, and return all that the terminal was sent.

    A tab in a line is the Tab key; the shell has to end by itself.
    """
    pty = pytest.importorskip("pty")
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(cwd)
        os.execvpe(shell[0], list(shell), {**os.environ, "TERM": "xterm", **environment})
    shown: list[bytes] = []
    reading = threading.Thread(target=_read, args=(terminal, shown))
    reading.start()
    os.write(terminal, "".join(f"{line}\r" for line in lines).encode())
    reading.join(timeout)
    if reading.is_alive():
        os.kill(process, signal.SIGKILL)
        reading.join()
    os.waitpid(process, 0)
    os.close(terminal)
    print(b"".join(shown).decode(errors="replace"))
    return b"".join(shown).decode(errors="replace").replace("\r", "")
