"""Slips of the hand in YAML that people make who write Chinese: full-width signs, a blank left out, a tab.

PyYAML sees them late and names them in words of its own trade, often a line below. Here each is
found at its own place, with what should stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.model import Bilingual

HALF_WIDTH = {"｛": "{", "｝": "}", "［": "[", "］": "]", "“": '"', "”": '"', "‘": "'", "’": "'"}
_NAME = r"[A-Za-z_][\w./-]*"
_START = rf"^[ \t]*(?:- +)*(?P<name>{_NAME})"
_BLOCK = re.compile(r"(?:^|[:\-][ \t]+)[|>][-+0-9]*[ \t]*(?:#.*)?$")


class Place(NamedTuple):
    """A place in a file, line and column counted from 0; ``yaml.Mark`` has the same."""

    line: int
    column: int


class Slip(NamedTuple):
    """What stands where in a line, and what it should be."""

    start: Place
    end: Place
    message: Bilingual


def certain(lines: Sequence[str]) -> Iterator[Slip]:
    """Yield the slips of a file that is no YAML, or not what it seems to be."""
    for number, line in _outside_blocks(lines):
        for start, end, zh, en in _slips_of(line):
            yield Slip(Place(number, start), Place(number, end), Bilingual(zh, en))


def likely(line: str, number: int) -> Slip | None:
    """Return what may be meant by a line of which PyYAML said that it is wrong; None if that cannot be told."""
    for pattern, zh, en in _LIKELY:
        if found := re.search(pattern, line):
            start, end = found.span("at")
            given = {"key": found["key"], "value": found["value"].strip(), "at": found["at"].strip()}
            quoted = f"{given['key']}: '{given['value']}'".replace("''", "'")
            message = Bilingual(zh.format(**given, quoted=quoted), en.format(**given, quoted=quoted))
            return Slip(Place(number, start), Place(number, end), message)
    return None


def text_hint(given: str) -> Bilingual | None:
    """Return why a text stands where something else is wanted: a slip that YAML lets pass; None if none is seen."""
    if given[:1] in ("｛", "［"):
        half = HALF_WIDTH[given[0]]
        return Bilingual(
            f"“{given[0]}”是全角括号，要用半角括号“{half}”", f"{given[0]!r} is full-width, {half!r} is needed"
        )
    if found := re.match(rf"(?P<name>{_NAME})：", given):
        return Bilingual(*_full_width_colon(found["name"]))
    if found := re.match(rf"(?P<name>{_NAME}):(?=\S)", given):
        return Bilingual(*_no_blank(found["name"]))
    return None


def unquoted(word: str) -> str:
    """Return a word without full-width quotes around it."""
    return word[1:-1] if len(word) > 2 and word[0] in "“”‘’" and word[-1] in "“”‘’" else word


def _outside_blocks(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are YAML, with their numbers: no comments, no texts below ``|``."""
    block: int | None = None
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip(" \t"))
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if block is not None and indent > block:
            continue
        block = indent if _BLOCK.search(line) else None
        yield number, line


def _slips_of(line: str) -> Iterator[tuple[int, int, str, str]]:
    indent = re.match(r"[ \t\u3000\u00a0]*", line)
    assert indent is not None
    for at, char in enumerate(indent[0]):
        if char != " ":
            what = Bilingual("制表符（Tab）", "a tab") if char == "\t" else Bilingual("全角空格", "a wide blank")
            yield at, at + 1, f"缩进里有{what.zh}，只能用半角空格", f"{what.en} in the indentation: use blanks only"
            break
    found = re.match(rf"{_START}(?P<at>：)", line)
    if found:
        yield (*found.span("at"), *_full_width_colon(found["name"]))
        return
    found = re.match(rf"{_START}(?P<at>:)(?=[^\s:/])", line)
    if found:
        yield (*found.span("at"), *_no_blank(found["name"]))
        return
    found = re.match(rf"{_START}:[ \t]+(?P<value>.*)$", line)
    if not found:
        return
    value, start = found["value"], found.start("value")
    if value[:1] in ("｛", "［"):
        half = HALF_WIDTH[value[0]]
        zh = f"有全角括号“{value[0]}”，要用半角括号“{half}”"
        yield start, start + 1, zh, f"a full-width {value[0]!r}: {half!r} is needed"
    elif value[:1] in ("{", "["):
        yield from _slips_in_brackets(value, start)


def _slips_in_brackets(value: str, start: int) -> Iterator[tuple[int, int, str, str]]:
    found: re.Match[str] | None
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", lambda quoted: " " * len(quoted[0]), value)
    for key in re.finditer(rf"(?:^[{{\[]|[{{,，])\s*(?P<name>{_NAME})(?P<at>：)", bare):
        yield (start + key.start("at"), start + key.end("at"), *_full_width_colon(key["name"]))
    if found := re.search(rf"(?P<at>，)\s*{_NAME}\s*[:：]", bare):
        zh = "有全角逗号“，”，各项之间要用半角逗号加空格“, ”"
        yield start + found.start("at"), start + found.end("at"), zh, "a full-width comma: ', ' is needed"
    if found := re.search(r"(?P<at>[｝］])\s*(?:#.*)?$", bare):
        half = HALF_WIDTH[found["at"]]
        zh = f"有全角括号“{found['at']}”，要用半角括号“{half}”"
        en = f"a full-width {found['at']!r}: {half!r} is needed"
        yield start + found.start("at"), start + found.end("at"), zh, en


def _full_width_colon(name: str) -> tuple[str, str]:
    zh = f"有全角冒号“：”，键后面要用半角冒号加空格：{name}: …"
    return zh, f"a full-width colon '：': behind a key a colon and a blank are needed: {name}: ..."


def _no_blank(name: str) -> tuple[str, str]:
    return f"冒号后面缺空格：写成 {name}: …", f"a blank is missing behind the colon: write {name}: ..."


_KEY = rf"^[ \t]*(?:- +)*(?P<key>{_NAME}):[ \t]+"
_LIKELY = [
    (
        rf"{_KEY}(?P<value>(?P<at>\{{)[^}}]*\}}\s*[^\s,}}\]#].*)$",
        "值以“{{”开头，会读成键值对；是文字就整段加半角引号：{quoted}",
        "a value that begins with '{{' is read as a mapping; put the whole text in quotes: {quoted}",
    ),
    (
        rf"{_KEY}(?P<value>(?P<at>[@`%*&!\]}},]).*)$",
        "值不能以“{at}”开头；是文字就整段加半角引号：{quoted}",
        "a value cannot begin with {at!r}; put the whole text in quotes: {quoted}",
    ),
    (
        rf"{_KEY}(?P<value>[^'\"\[{{|>][^#]*?(?P<at>: |:$).*)$",
        "这段文字里有“冒号加空格”，会读成又一个键；整段加半角引号：{quoted}",
        "a text with a colon and a blank is read as one more key; put all of it in quotes: {quoted}",
    ),
    (
        rf"{_KEY}(?P<value>(?P<at>(?P<q>['\"])[^'\"]*(?P=q))\s*[^\s#,'\"].*)$",
        "引号只括住了一部分；引号要括住整段文字",
        "the quotes hold only a part; they have to hold the whole text",
    ),
]
_SAID = [
    ("mapping values", "这里不应有冒号；文字里有冒号就整段加半角引号"),
    ("expected ':'", "这一行应为“键: 值”，缺少半角冒号加空格"),
    ("expected ',' or", "括号没有闭合，或各项之间缺少半角逗号"),
    ("node content", "括号没有闭合，或少写了一项"),
    ("end of stream", "引号没有闭合"),
    ("alias", "以“*”开头会读成别名；是文字就加半角引号"),
    ("start any token", "这里不能用这个字符开头；是文字就整段加半角引号"),
    ("block end", "缩进或层级不对"),
    ("expected key", "缩进或层级不对"),
    ("block mapping", "缩进或层级不对"),
    ("constructor", "不能用以“!”开头的标签；是文字就加半角引号"),
    ("single document", "一个文件里只能有一份，这里的“---”另起了一份；请分成两个文件，或删去"),
    ("escape", "双引号里的反斜杠“\\”有误；正则表达式用单引号括起来"),
    ("special characters", "有不能用的控制字符"),
]


def in_words(said: str) -> Bilingual:
    """Return what PyYAML said, explained in Chinese as far as it is known."""
    known = next((zh for word, zh in _SAID if word in said), None)
    en = "only one document in a file: '---' begins another" if "single document" in said else "not valid YAML"
    return Bilingual(f"{known}（{said}）" if known else f"不是正确的 YAML（{said}）", f"{en}: {said}")
