"""What every reader has to keep, tried with a draft of its format and with what is none."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from checker.contributions import Fault
from checker.contributions import readers as sound_readers
from checker.model import Bilingual, Paragraph, Text
from checker.parser import parse_text
from checker.problems import Unreadable
from checker.reader import Reader
from checker.soundness import RAISED, raised, text_problem
from checker.testing.asking import failure

_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""What may end a line of the source."""
_HEAD = 8
"""So many bytes tell most formats."""


def assert_reader_conforms(reader: Reader, data: bytes, suffix: str) -> Text:
    """Read ``data``, a draft of the reader's format, and hold what comes of it against what a reader promises.

    ``suffix`` (``.docx``) is that of the draft. The ``Text`` has to be sound: its paragraphs cover the
    source once, every character of a paragraph leads back to the same character of the source, and
    every line to its place; read again, it is the same; and the parser makes a plan of it. Empty,
    random and truncated bytes have to give such a Text, or Unreadable with its message. Returns the
    Text of ``data``; raises AssertionError for whatever does not hold.

    For example::

        def test_reader() -> None:
            text = assert_reader_conforms(READER, (SAMPLES / "draft.docx").read_bytes(), ".docx")
            assert text.paragraphs[0].text == "棠城县全民健身实施方案"
    """
    __tracebackhide__ = True
    if wrong := _mistake_in(reader, data, suffix):
        raise failure(_of(reader, wrong))
    text = _tried(reader, data, suffix)
    if isinstance(text, Unreadable):
        zh, en = f"读不了给它的方案：{text.message.zh}", f"cannot read the draft that it is given: {text.message.en}"
        raise failure(_of(reader, Bilingual(zh, en)))
    if not any(paragraph.text for paragraph in text.paragraphs):
        raise failure(_of(reader, Bilingual("没有读出文字", "read no text")))
    if _tried(reader, data, suffix) != text:
        zh, en = "读两次，结果不一样", "makes something else of the same draft the second time"
        raise failure(_of(reader, Bilingual(zh, en)))
    for name, other in _others(data):
        try:
            _tried(reader, other, suffix)
        except AssertionError as error:
            raise failure(name, str(error)) from error
    return text


def _mistake_in(reader: Reader, data: bytes, suffix: str) -> Bilingual | None:
    """Return what is wrong with the reader itself, as a plugin gives it, or with what it is asked."""
    try:
        sound_readers([reader])
    except Fault as fault:
        return fault.message
    if suffix not in reader.suffixes and not data.startswith(reader.magic):
        known = "、".join(reader.suffixes)
        zh, en = f"不读 {suffix} 文件，只读 {known}", f"does not read {suffix}, only {', '.join(reader.suffixes)}"
        return Bilingual(zh, en)
    return None


def _tried(reader: Reader, data: bytes, suffix: str) -> Text | Unreadable:
    """Return the sound Text that a reader makes of ``data``, or why it makes none."""
    try:
        text = reader.read(data, suffix)
    except Unreadable as unreadable:
        if not isinstance(unreadable.message, Bilingual) or not all(unreadable.message):
            zh, en = "Unreadable 要带中英文的原因", "Unreadable needs a reason in both languages"
            raise failure(_of(reader, Bilingual(zh, en))) from unreadable
        return unreadable
    except RAISED as error:
        raise failure(_of(reader, raised(error))) from error
    if wrong := text_problem(text) or _misplaced(text):
        raise failure(_of(reader, wrong))
    try:
        parse_text(text)
    except Exception as error:
        zh, en = f"读出的文字解析不了：{error!r}", f"made a text that cannot be parsed: {error!r}"
        raise failure(_of(reader, Bilingual(zh, en))) from error
    return text


def _others(data: bytes) -> Iterator[tuple[Bilingual, bytes]]:
    """Yield what is no draft, or none any more, each with its name; the same each time."""
    yield Bilingual("空文件：", "an empty file:"), b""
    for end in sorted({1, _HEAD, len(data) // 4, len(data) // 2, len(data) * 3 // 4, len(data) - 1}):
        if 0 < end < len(data):
            yield Bilingual(f"截断到 {end} 个字节：", f"cut off after {end} bytes:"), data[:end]
    random = Random(20210601)
    for size in (1, 2, 16, 300, 5000):
        noise = random.randbytes(size)
        yield Bilingual(f"{size} 个随机字节：", f"{size} random bytes:"), noise
        zh, en = f"开头 {_HEAD} 个字节后面跟 {size} 个随机字节：", f"its first {_HEAD} bytes, then {size} random ones:"
        yield Bilingual(zh, en), data[:_HEAD] + noise
    for number in range(4):
        at = random.randrange(max(1, len(data)))
        damaged = bytes([*data[:at], *random.randbytes(3), *data[at + 3 :]])
        yield Bilingual(f"第 {at} 个字节起有三个坏了：", f"three bytes damaged from {at} on ({number}):"), damaged


# ------------------------------------------------------------------------------- places


def _misplaced(text: Text) -> Bilingual | None:
    """Return which place of a sound Text is not where a person would look for it; None if all are."""
    for number, paragraph in enumerate(text.paragraphs, start=1):
        if (index := _misled(paragraph, text.source)) is not None:
            char, place = paragraph.text[index], text.position(paragraph.offset(index))
            zh = f"第 {number} 段的第 {index + 1} 个字“{char}”不在 {place.line}:{place.column}"
            en = f"character {index + 1} of paragraph {number}, {char!r}, does not stand at {place.line}:{place.column}"
            return Bilingual(zh, en)
    starts = set(text.line_starts)
    for start in text.line_starts[1:]:
        if text.source[start - 1] not in _BREAKS:
            place = text.position(start)
            zh, en = f"第 {place.line} 行前面没有换行", f"line {place.line} begins where no line has ended"
            return Bilingual(zh, en)
    for offset, char in enumerate(text.source[:-1]):
        if char == "\n" and offset + 1 not in starts:
            line = text.position(offset).line
            zh, en = f"第 {line} 行中间有换行", f"line {line} has a line break in its middle"
            return Bilingual(zh, en)
    return None


def _misled(paragraph: Paragraph, source: str) -> int | None:
    """Return the index of the first character of a paragraph that does not lead back to itself in the source."""
    before = -1
    for index, char in enumerate(paragraph.text):
        offset = paragraph.offset(index)
        # What a format writes as &lt; stands where that begins.
        same = source[offset] in (char, "&") or (source[offset].isspace() and char.isspace())
        if not same or offset <= before:
            return index
        before = offset
    return None


def _of(reader: Reader, said: Bilingual) -> Bilingual:
    return Bilingual(f"读取器“{reader.name}”：{said.zh}", f"reader {reader.name!r}: {said.en}")
