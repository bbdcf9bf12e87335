"""Readers: bytes of one format to a ``Text``; and finding the drafts that paths name."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import BinaryIO

from msgspec import Struct

from checker.model import Bilingual, Text
from checker.problems import Unreadable

_LOCK = "~$"
"""With this begins the name of the file that Word keeps beside one that is open."""
_CONTENTS = (
    (b"PK\x03\x04", Bilingual(" Word 文件（.docx）或别的压缩包", "those of a Word file (.docx) or another archive")),
    (b"\xd0\xcf\x11\xe0", Bilingual("旧版 Word、WPS 文件（.doc、.wps）", "those of an old Word file (.doc, .wps)")),
    (b"{\\rtf", Bilingual(" RTF 文件（.rtf）", "RTF (.rtf)")),
    (b"%PDF-", Bilingual(" PDF 文件（.pdf）", "a PDF (.pdf)")),
)
"""By how they begin, what files of formats are called that several readers read."""
MAX_SIZE = 20_000_000
"""The largest draft that is read, in bytes, unless ``--max-size`` says otherwise."""


class Reader(Struct, frozen=True):
    """A reader as a plugin registers it."""

    name: str
    suffixes: tuple[str, ...]
    """In small letters, with the dot."""
    read: Callable[[bytes, str], Text]
    """From the bytes of a draft and its suffix to a ``Text``; raises Unreadable."""
    magic: tuple[bytes, ...] = ()
    """What its files begin with: tells it where no reader claims the suffix, as of standard input."""
    origin: Bilingual | None = None
    """The plugin that it comes from, for messages: the host fills it in. None for plancheck's own."""
    write: Callable[[str, Text, bytes], bytes] | None = None
    """From other characters, the ``Text`` in whose place they stand and its bytes to those of a draft, for ``--fix``.

    The encoding stays the same; raises Unreadable for characters that it does not have, and, already with those that
    it has, for a file that may not be changed. None for a format that is not written.
    """
    revise: Callable[[str, Text, bytes], bytes] | None = None
    """The same with what changes as tracked changes, for ``--fix --revisions``; None for a format without them."""
    read_original: Callable[[bytes, str], Text] | None = None
    """Reads a draft as it was before its tracked changes, for ``--revisions original``.

    None for a format without them, of which ``read`` reads all there is.
    """
    in_folders: bool = True
    """False for a format of which folders hold files that are no drafts: they are read where they are named."""
    depends_on: Callable[[], str] | None = None
    """What else than the bytes and plancheck a ``Text`` depends on, as another program's version.

    Results of earlier runs hold while it is the same. None where there is no such thing.
    """


def drafts(path: str, suffixes: Sequence[str]) -> list[str]:
    """Return the drafts that a path names: the file itself, or those below a folder, sorted.

    Raises Unreadable for a path that is not there and for a folder without drafts. Hidden
    files and folders are left out; a folder below that may not be read is among them, for loading
    to say why.
    """
    if path == "-" or os.path.isfile(path):
        return [path]
    if not os.path.exists(path):
        raise Unreadable(missing(path, Bilingual("没有这个文件或文件夹", "no such file or folder")))
    if not os.path.isdir(path):
        raise Unreadable(Bilingual("不是普通文件", "not a regular file"))
    found = sorted(_below(path, tuple(suffixes)))
    if not found:
        zh = f"文件夹里没有可检查的方案（{'、'.join(suffixes)}）；别的格式请先另存为 .docx 或 .txt"
        en = f"no drafts in this folder ({', '.join(suffixes)}); save those of other formats as .docx or .txt first"
        raise Unreadable(Bilingual(zh, en))
    return found


def named_drafts(paths: Sequence[str], suffixes: Sequence[str]) -> Iterator[tuple[str, Unreadable | None]]:
    """Yield each draft that paths name once, in order; a path that names none with the reason."""
    seen: set[str] = set()
    for path in paths:
        try:
            found = drafts(path, suffixes)
        except Unreadable as problem:
            yield path, problem
            continue
        for draft in found:
            place = draft if draft == "-" else os.path.realpath(draft)
            if place not in seen:  # a folder and a file in it: the draft is named once
                seen.add(place)
                yield draft, None


def _below(folder: str, suffixes: tuple[str, ...]) -> Iterator[str]:
    closed: list[str] = []
    for base, folders, names in os.walk(folder, onerror=lambda error: closed.append(error.filename)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if name.lower().endswith(suffixes) and not name.startswith((".", _LOCK)):
                yield os.path.join(base, name)
    yield from closed  # a folder that may not be read is not passed over in silence: loading it fails


def load(path: str, max_size: int = MAX_SIZE) -> bytes:
    """Return the bytes of a draft; ``-`` is standard input. Raises Unreadable."""
    try:
        if path == "-":
            import sys

            data = _read_once(sys.stdin.buffer, max_size + 1)
        else:
            status = os.stat(path)
            if stat.S_ISDIR(status.st_mode):
                os.scandir(path).close()  # says so where there is no permission
                raise IsADirectoryError
            if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for who writes into it
                raise Unreadable(Bilingual("不是普通文件", "not a regular file"))
            if status.st_size > max_size:
                raise _too_large(status.st_size, max_size)
            with open(path, "rb") as file:
                data = file.read()
    except OSError as error:
        raise _unreadable(error, path) from error
    if len(data) > max_size:
        raise _too_large(len(data), max_size)
    return data


@lru_cache(maxsize=1)  # standard input can be read only once, and is checked, then shown, or mended
def _read_once(stream: BinaryIO, size: int) -> bytes:
    return stream.read(size)


def _too_large(size: int, max_size: int) -> Unreadable:
    has, limit = f"{size} B", f"{max_size} B"
    if max_size >= 1e6:
        has, limit = f"{size / 1e6:.1f} MB", f"{max_size / 1e6:g} MB"
    return Unreadable(
        Bilingual(
            f"文件太大：{has}，上限为 {limit}（可用 --max-size 调整）",
            f"too large: {has}, the limit is {limit} (see --max-size)",
        )
    )


def missing(path: str, words: Bilingual) -> Bilingual:
    """Return ``words``, which say that there is no such file, with a guess from what lies where it should be."""
    from difflib import get_close_matches

    folder, name = os.path.split(path)
    try:
        beside = sorted(os.listdir(folder or os.curdir))
    except OSError:
        beside = []
    if name in beside:
        zh, en = "链接指向的文件不在了", "what the link leads to has gone"
        return Bilingual(f"{words.zh}，{zh}", f"{words.en}: {en}")
    if near := get_close_matches(name, beside, n=1, cutoff=0.8):
        guess = shown(os.path.join(folder, near[0]))
        return Bilingual(f"{words.zh}。您是不是想写“{guess}”？", f"{words.en}. Did you mean {guess!r}?")
    return Bilingual(f"{words.zh}，请核对路径", f"{words.en}: check the path")


def _unreadable(error: OSError, path: str) -> Unreadable:
    if isinstance(error, FileNotFoundError):
        return Unreadable(missing(path, Bilingual("没有这个文件", "no such file")))
    reasons = {
        PermissionError: Bilingual("没有读取权限，请先改权限", "no permission to read it: change that first"),
        IsADirectoryError: Bilingual("是文件夹，不是文件；请写其中的文件", "a folder, not a file: name a file in it"),
    }
    known = reasons.get(type(error))
    return Unreadable(known or Bilingual(f"无法读取（{error.strerror}）", f"cannot be read ({error.strerror})"))


def shown(path: str) -> str:
    """Return a path as reports name it: a name that is no UTF-8 has marks for its odd bytes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read(data: bytes, path: str, readers: Sequence[Reader], original: bool = False) -> Text:
    """Return the ``Text`` of a draft; raises Unreadable for one that nobody can read.

    A file with a suffix that no reader claims, and that begins like none of theirs, is read as plain
    text, if it is text. ``original`` asks for the draft as it was before tracked changes.
    """
    suffix = os.path.splitext(path)[1].lower()
    reader = reader_of(data, path, readers)
    if reader is None:
        raise Unreadable(Bilingual("没有能读这种文件的读取器", "there is no reader for such a file"))
    if not data and reader.magic:
        raise Unreadable(Bilingual("文件是空的，请看是否已经保存", "the file is empty: has it been saved?"))
    _refuse_another_format(data, suffix, reader, readers)
    if reader.origin is None:
        return (reader.read_original if original and reader.read_original else reader.read)(data, suffix)
    from checker.soundness import read_by_plugin

    return read_by_plugin(reader, reader.origin, data, suffix, original)


def _refuse_another_format(data: bytes, suffix: str, reader: Reader, readers: Sequence[Reader]) -> None:
    """Raise Unreadable for a file whose name says one format, and whose first bytes another."""
    if suffix not in reader.suffixes or data.startswith(reader.magic):
        return
    others = [other for one in readers if one.magic and data.startswith(one.magic) for other in one.suffixes]
    if others and not set(others) & set(reader.suffixes):
        named = next((name for first, name in _CONTENTS if data.startswith(first)), None)
        content = named or Bilingual(f"{others[0]} 文件", f"those of a {others[0]} file")
        zh = f"后缀是 {suffix}，内容却是{content.zh}；请改成真正的后缀"
        raise Unreadable(Bilingual(zh, f"named {suffix}, but its contents are {content.en}: give it its true suffix"))


def reader_of(data: bytes, path: str, readers: Sequence[Reader]) -> Reader | None:
    """Return the reader of a draft: by its suffix, else by what it begins with, else that of plain text.

    That is the first one that no first bytes tell.
    """
    suffix = os.path.splitext(path)[1].lower()
    for reader in readers:
        if suffix in reader.suffixes:
            return reader
    for reader in readers:
        if reader.magic and data.startswith(reader.magic):
            return reader
    return next((reader for reader in readers if not reader.magic), None)
