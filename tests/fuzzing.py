"""Damaged files, one after another for some seconds: each has to give a sound ``Text``, or Unreadable with its reason.

Run by ``test_fuzz.py`` in a process of its own, which a library written in C may bring down::

    python tests/fuzzing.py .docx 10 20260601 draft.docx
"""

from __future__ import annotations

import io
import os
import resource
import sys
import time
import zipfile
from pathlib import Path
from random import Random

from checker.engine import Review, check_paths, completed_for
from checker.host import host
from checker.model import Text
from checker.parser import parse_text
from checker.problems import Problem, Unreadable
from checker.reader import read
from checker.reporters.docx import render
from checker.soundness import text_problem
from checker.word.revising import revise, write

MEMORY = 3_000_000_000
"""What the process may take, in bytes."""
SLOWEST = 20.0
"""What one file may take, in seconds: on a machine that does other work beside."""
_COMMENTED = 0.1
"""How many of the documents that can be read are checked and commented: that takes longest."""
_PIECES = (
    b"\0",
    b"\xff",
    b"&",
    b"<",
    b"]]>",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"<w:p>",
    b"</w:p>",
    b"<w:tbl>",
    b"<w:numId w:val='99999999999'/>",
    b'w:val="-1"',
    b"<div>" * 50,
    b"</table>",
    b"<!--",
    b"endobj",
    b"stream\n",
    b"/Length 999999999",
    b"9" * 30,
    "一、".encode(),
    "\u202e".encode(),
    b"xref",
    b"%%EOF",
    b"PK\x03\x04",
)


def damaged(data: bytes, random: Random) -> bytes:
    """Return a file with some of its bytes changed, cut out, doubled or moved; of an archive inside of its members."""
    if data.startswith(b"PK") and random.random() < 0.75:
        return _with_member_damaged(data, random)
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        data = _once(data, random)
    return data


def _once(data: bytes, random: Random) -> bytes:
    at, length = random.randrange(len(data) + 1), random.choice((1, 2, 8, 100, 2000))
    match random.randrange(7):
        case 0:
            return data[:at] + random.randbytes(length % 9) + data[at + length % 9 :]
        case 1:
            return data[:at]
        case 2:
            return data[:at] + data[at + length :]
        case 3:
            return data[:at] + data[at : at + length] * random.choice((2, 3, 50)) + data[at + length :]
        case 4:
            return data[:at] + random.choice(_PIECES) + data[at:]
        case 5:
            other = random.randrange(len(data) + 1)
            return data[:at] + data[other : other + length] + data[at:]
        case _:
            return data[:at] + random.choice(_PIECES) + data[at + length :]


def _with_member_damaged(data: bytes, random: Random) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        names = was.namelist()
        chosen = set(random.sample(names, k=random.choice((1, 1, 2))))
        for name in names:
            content = was.read(name)
            if name in chosen:
                for _ in range(random.choice((1, 2, 5))):
                    content = _once(content, random)
                if random.random() < 0.1:
                    continue
            archive.writestr(name, content)
    return made.getvalue()


def tried(path: Path, random: Random) -> str | None:
    """Return what is wrong with what comes of a file; None where all is well."""
    began = time.perf_counter()
    data, suffix = path.read_bytes(), path.suffix
    try:
        text = read(data, f"draft{suffix}", host().readers)
        if wrong := text_problem(text):
            return wrong.en
        parse_text(text)
        if suffix == ".docx":
            _write_again(path, text, data, random)
    except Unreadable as unreadable:
        if not all(unreadable.message):
            return "Unreadable without a reason"
    except Exception as error:
        return f"raised {error!r}"
    taken = time.perf_counter() - began
    return f"took {taken:.1f} s" if taken > SLOWEST else None


def _write_again(path: Path, text: Text, data: bytes, random: Random) -> None:
    """Write a document that was read with one character changed, and now and then with comments."""
    at = random.randrange(len(text.source))
    source = f"{text.source[:at]}改{text.source[at + 1 :]}"
    for written in (write, revise):
        try:
            made = written(source, text, data)
        except Unreadable as unreadable:  # what Word makes itself cannot be changed
            assert all(unreadable.message), "Unreadable without a reason"
        else:
            read(made, path.name, host().readers)
    if random.random() < _COMMENTED:
        review = Review(plugins=host((), False))
        report = check_paths([str(path)], review)
        try:
            made = render(completed_for(("rules", "plans", "drafts"), report, [str(path)], review))
        except Problem as problem:
            assert all(problem.message), "a problem without a reason"
        else:
            read(made, path.name, host().readers)


def main(suffix: str, seconds: float, seed: int, paths: list[str]) -> int:
    """Print how many files were tried; at the first that fails keep it, say what is wrong, and return 1."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    files = [Path(path).read_bytes() for path in paths]
    kept = Path(f"tried-{seed}-{os.getpid()}{suffix}")  # its own, for runs beside each other
    random, end, number = Random(seed), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        number += 1
        kept.write_bytes(damaged(random.choice(files), random))  # what a crash leaves behind
        if wrong := tried(kept, random):
            print(f"{suffix} {number} of seed {seed}: {wrong}; kept as {kept.absolute()}")
            return 1
    kept.unlink(missing_ok=True)
    print(f"{number} files")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))
