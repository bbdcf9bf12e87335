"""Bytes of every kind: a reader makes a sound text of them or says why not, in bounded time and memory, and goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from formats import numbered_word_file, web_page, word_file
from fuzzing import damaged
from pdf.printing import pages_of, printed, set_in_lines

from checker.model import Plan
from checker.parser import parse_text
from checker.plain_text import read as read_text

SECONDS = float(os.environ.get("PLANCHECK_FUZZ_SECONDS", "6"))
"""How long each format is tried; a longer run by hand finds more."""
SEED = int(os.environ.get("PLANCHECK_FUZZ_SEED", "20260601"))
DRAFTS = Path(__file__).parent.parent / "samples" / "drafts"
SAMPLES = ("hegu-science.txt", "lanxi-greening.txt")


def pdf_file(plan: Plan) -> bytes:
    """Return the paragraphs of a plan as pages set like an official document."""
    paragraphs = [paragraph.text for paragraph in plan.text.paragraphs if paragraph.text]
    return printed(*pages_of(set_in_lines(paragraphs)))


FILES: dict[str, tuple[Callable[[Plan], bytes], ...]] = {
    ".docx": (word_file, numbered_word_file),
    ".html": (web_page,),
    ".pdf": (pdf_file,),
    ".txt": (lambda plan: plan.text.source.encode(), lambda plan: plan.text.source.encode("gb18030")),
}


def plans() -> list[Plan]:
    return [parse_text(read_text((DRAFTS / name).read_bytes(), ".txt")) for name in SAMPLES]


@pytest.mark.skipif(sys.platform == "win32", reason="memory is bounded by resource limits")
@pytest.mark.parametrize("suffix", FILES)
def test_damaged_files_give_a_text_or_a_reason(suffix: str, tmp_path: Path) -> None:
    paths = []
    for number, data in enumerate(make(plan) for make in FILES[suffix] for plan in plans()):
        paths.append(tmp_path / f"{number}{suffix}")
        paths[-1].write_bytes(data)
    command = [
        sys.executable,
        str(Path(__file__).with_name("fuzzing.py")),
        suffix,
        str(SECONDS),
        str(SEED),
        *map(str, paths),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS + 120)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"
    assert int(done.stdout.split()[0]) > 10


def test_files_are_really_damaged() -> None:
    data = word_file(plans()[0])
    random = Random(1)
    made = [damaged(data, random) for _ in range(50)]
    assert sum(one != data for one in made) > 45
    assert sum(one.startswith(b"PK") for one in made) > 25  # most are still archives, so that what is inside is read
