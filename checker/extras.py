"""What is installed only where it is wanted: ``pip install 'plancheck[docx]'``."""

from __future__ import annotations

from importlib.util import find_spec

from checker.model import Bilingual
from checker.problems import Problem, Unreadable


def require(extra: str, *modules: str, reads: str) -> None:
    """Raise Unreadable, with what to install, where one of the modules of an extra is missing.

    ``reads`` is what it is needed for, by its suffix: ``.docx``.
    """
    if install := _missing(extra, modules):
        raise Unreadable(Bilingual(f"读 {reads} 文件要先安装：{install}", f"to read {reads} files, first {install}"))


def require_to_write(extra: str, *modules: str, writes: str) -> None:
    """Raise Problem, with what to install, where one of the modules of an extra is missing that write a report."""
    if install := _missing(extra, modules):
        raise Problem(Bilingual(f"写 {writes} 文件要先安装：{install}", f"to write {writes} files, first {install}"))


def _missing(extra: str, modules: tuple[str, ...]) -> str:
    """Return what installs an extra; nothing where all of its modules are there."""
    return "" if all(map(find_spec, modules)) else f"pip install 'plancheck[{extra}]'"
