"""LibreOffice on this computer: where it is, and what tells one installation from another."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from checker.model import Bilingual
from checker.problems import Unreadable

VARIABLE = "PLANCHECK_SOFFICE"
"""The environment variable that names the program, where it is none of the usual."""
_NAMES = ("soffice", "libreoffice")


def program(suffix: str) -> str:
    """Return the path of LibreOffice; raises Unreadable, with what to install, where there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        if os.path.isfile(named):
            return named
        zh = f"环境变量 {VARIABLE} 写的是 {named}，没有这个文件；应写 LibreOffice 的 soffice 程序"
        en = f"{VARIABLE} names {named}, and there is no such file: name the program soffice of LibreOffice"
        raise Unreadable(Bilingual(zh, en))
    found = _installed()
    if found is not None:
        return found
    zh = (
        f"读 {suffix} 文件要用 LibreOffice，这台电脑上没有找到；请安装 LibreOffice（装在别处的，用环境变量 {VARIABLE} "
        "写明 soffice 程序），或者在 Word、WPS 里另存为 .docx"
    )
    en = (
        f"{suffix} files are read by LibreOffice, which was not found: install it (or name its program soffice in "
        f"{VARIABLE}), or save the file as .docx"
    )
    raise Unreadable(Bilingual(zh, en))


def stamp() -> str:
    """Return what tells this LibreOffice from another version or none; what it makes of a draft depends on that."""
    named = os.environ.get(VARIABLE) or _installed()
    if not named:
        return ""
    place = os.path.realpath(named)
    beside = [
        place,
        *(os.path.join(os.path.dirname(place), name) for name in ("soffice.bin", "versionrc", "version.ini")),
    ]
    return "\n".join(map(_state, beside))


def _state(path: str) -> str:
    try:
        status = os.stat(path)
    except OSError:
        return path
    return f"{path} {status.st_size} {status.st_mtime_ns}"


def _installed() -> str | None:
    for place in _usual():
        if os.path.isfile(place):
            return place
    for name in _NAMES:
        found = shutil.which(name)
        if found and Path(found).is_absolute() and Path(found).parent != Path.cwd():  # no program beside a draft
            return found
    return None


def _usual() -> list[str]:
    """Return where installers put it, on systems that do not put it on the path."""
    if sys.platform == "win32":
        folders = [os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432")]
        return [os.path.join(folder, "LibreOffice", "program", "soffice.exe") for folder in folders if folder]
    if sys.platform == "darwin":
        return ["/Applications/LibreOffice.app/Contents/MacOS/soffice"]
    return []
