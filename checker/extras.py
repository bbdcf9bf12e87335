"""What is installed only where it is wanted: ``pip install 'plancheck[docx]'``."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

from checker.model import Bilingual
from checker.problems import Problem, Unreadable


def require(extra: str, *modules: str, reads: str) -> None:
    """Raise Unreadable, with what to install, where one of the modules of an extra is missing.

    ``reads`` is what it is needed for, by its suffix: ``.docx``.
    """
    if _are_there(modules):
        return
    install = f"pip install 'plancheck[{extra}]'"
    zh, en = f"读 {reads} 文件要先安装：{install}", f"to read {reads} files, first {install}"
    raise Unreadable(Bilingual(zh, en))


def require_to_write(extra: str, *modules: str, writes: str) -> None:
    """Raise Problem, with what to install, where one of the modules of an extra is missing that write a report."""
    if not _are_there(modules):
        install = f"pip install 'plancheck[{extra}]'"
        zh, en = f"写 {writes} 文件要先安装：{install}", f"to write {writes} files, first {install}"
        raise Problem(Bilingual(zh, en))


def _are_there(modules: Sequence[str]) -> bool:
    return all(find_spec(module) is not None for module in modules)
