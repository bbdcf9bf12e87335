"""Reports held against reports that are kept in files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from checker.model import Bilingual
from checker.testing.asking import failure


def assert_same_report(report: str, expected: str | os.PathLike[str], *, rewrite: bool = False) -> None:
    """Compare a report with the one that the file ``expected`` keeps, in UTF-8, to the last character.

    Raises AssertionError with the lines that differ (``-`` as kept, ``+`` as reported; a line with
    characters that cannot be seen is shown as Python writes it), and for a file that is not there.
    With ``rewrite`` the file is written, its folder too: let an option of your test runner say so, and
    read what has changed before you keep it.

    For example::

        def test_report(request: pytest.FixtureRequest) -> None:
            report = render(made_report)
            assert_same_report(report, FOLDER / "draft.expected", rewrite=request.config.getoption("--rewrite"))
    """
    __tracebackhide__ = True
    path = Path(expected)
    if rewrite:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(report.encode())
        return
    try:
        kept = path.read_bytes().decode()
    except FileNotFoundError as error:
        zh = f"{path}：还没有这个文件；用 rewrite=True 写出，然后读一遍"
        raise failure(Bilingual(zh, f"{path}: is not there yet; write it with rewrite=True, and read it")) from error
    if kept != report:
        zh, en = f"报告与 {path} 不同", f"the report differs from {path}"
        raise failure(Bilingual(zh, en), *_difference(kept, report))


def _difference(kept: str, report: str) -> Iterator[str]:
    old, new = (list(map(_seen, text.split("\n"))) for text in (kept, report))
    yield from unified_diff(old, new, "原有 / kept", "现在 / reported", lineterm="", n=2)


def _seen(line: str) -> str:
    return line if line.isprintable() and line == line.rstrip() else repr(line)
