"""An office with drafts in folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from drafts import BAD, CLEAN

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file below the folder in which the command runs."""

    def put(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return put


@pytest.fixture
def office(write: Write) -> Write:
    """Put ``bad.txt`` (one error: plan/lead-unit, line 8) here and into ``sub``, and a clean draft."""
    write("bad.txt", BAD)
    write("sub/bad.txt", BAD)
    write("clean.txt", CLEAN)
    return write
