"""The real LibreOffice, for tests that need one with Writer in it; elsewhere they are skipped, visibly."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


def _with_writer() -> str | None:
    found = shutil.which("soffice")
    return found if found is not None and any(Path(found).resolve().parent.glob("libsw*lo.so")) else None


SOFFICE = _with_writer()
"""Its program; None where there is none, or one without Writer."""
needs_writer = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice Writer is not installed")
