"""What is wrong with a baseline that cannot be read, and in which line: looked for only in one that is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from json.decoder import JSONDecodeError

from checker.baseline import SCHEMA, Known
from checker.model import Bilingual

_SPACE = re.compile(r"[ \t\r\n]*")
_CONFLICT = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)", re.MULTILINE)
_NAMES = {dict: "object", list: "array", str: "str", bool: "bool", int: "int", float: "float", type(None): "null"}
_ELSE = Bilingual("不是 plancheck 的基线", "not a baseline of plancheck")


def mistake(source: str, said: str) -> Bilingual:
    """Return place and kind of the first mistake in a file: ``:3:7: …``; ``said`` is what the decoder said of it."""
    try:
        found = json.loads(source)
    except JSONDecodeError as error:
        return _broken(source, error)
    except RecursionError:
        return Bilingual(f": {_ELSE.zh}（嵌套太深）", f": {_ELSE.en} (nested too deeply)")
    except ValueError as error:  # a number with more digits than Python takes
        return Bilingual(f": {_ELSE.zh}（{error}）", f": {_ELSE.en} ({error})")
    for path, what in _mistakes(found):
        place = _place(source, _offset(source, path))
        return Bilingual(f"{place} {what.zh}", f"{place} {what.en}")
    return Bilingual(f": {_ELSE.zh}（{said}）", f": {_ELSE.en} ({said})")


def _broken(source: str, error: JSONDecodeError) -> Bilingual:
    if conflict := _CONFLICT.search(source):
        place = _place(source, conflict.start())
        zh, en = "有没有解决的合并冲突", "a merge conflict that was not resolved"
        return Bilingual(f"{place} {zh}", f"{place} {en}")
    place = _place(source, error.pos)
    zh = f"{place} 不是 JSON（{error.msg}）；是否写错了文件？基线用 plancheck baseline 写"
    en = f"{place} not JSON ({error.msg}): the right file? plancheck baseline writes one"
    return Bilingual(zh, en)


def _mistakes(found: object) -> Iterator[tuple[tuple[str | int, ...], Bilingual]]:
    """Yield what is wrong with the data of a baseline, each with the path that leads to it."""
    if not isinstance(found, dict):
        yield (), _expected("object", found)
        return
    schema = found.get("schema")
    if type(schema) is not int:
        yield (("schema",) if "schema" in found else ()), _ELSE if schema is None else _expected("int", schema)
    elif schema != SCHEMA:
        zh = f"这是第 {schema} 版格式的基线，这个 plancheck 只认第 {SCHEMA} 版"
        yield ("schema",), Bilingual(zh, f"a baseline of format {schema}: this plancheck knows {SCHEMA}")
    yield from (((name,), _unknown(name, ["schema", "drafts"])) for name in found if name not in ("schema", "drafts"))
    drafts = found.get("drafts")
    if not isinstance(drafts, dict):
        yield (("drafts",), _expected("object", drafts)) if "drafts" in found else ((), _missing("drafts"))
        return
    for name, lines in drafts.items():
        if not isinstance(lines, list):
            yield ("drafts", name), _expected("array", lines)
            continue
        for number, line in enumerate(lines):
            yield from ((("drafts", name, number, *path), what) for path, what in _mistakes_of_line(line))


def _mistakes_of_line(line: object) -> Iterator[tuple[tuple[str, ...], Bilingual]]:
    fields = list(Known.__struct_fields__)
    if not isinstance(line, dict):
        yield (), _expected("object", line)
        return
    yield from (((name,), _unknown(name, fields)) for name in line if name not in fields)
    for name in fields:
        wanted = int if name == "count" else str
        if name not in line:
            if wanted is str:
                yield (), _missing(name)
        elif type(line[name]) is not wanted:
            yield (name,), _expected(wanted.__name__, line[name])


def _expected(wanted: str, given: object) -> Bilingual:
    name = _NAMES.get(type(given), type(given).__name__)
    return Bilingual(f"应为 {wanted}，写的是 {name}", f"expected {wanted}, found {name}")


def _missing(name: str) -> Bilingual:
    return Bilingual(f"缺少 {name}", f"lacks {name!r}")


def _unknown(name: str, allowed: list[str]) -> Bilingual:
    zh = f"没有名为“{name[:40]}”的键；可用的：{'、'.join(allowed)}"
    return Bilingual(zh, f"no key named {name[:40]!r}; there are: {', '.join(allowed)}")


# ------------------------------------------------------------------------------ where it stands


def _place(source: str, offset: int) -> str:
    """Return line and column, from 1, as messages have them."""
    return f":{source.count(chr(10), 0, offset) + 1}:{offset - source.rfind(chr(10), 0, offset)}:"


def _offset(source: str, path: tuple[str | int, ...]) -> int:
    """Return where the value stands to which a path of keys and indexes leads, in a source that is JSON."""
    at = _behind_space(source, 0)
    for step in path:
        at = _child(source, at, step)
    return at


def _child(source: str, at: int, step: str | int) -> int:
    decoder = json.JSONDecoder()
    in_object = source[at] == "{"
    last = at
    for number in count():
        at = _behind_space(source, at + 1)
        if source[at] in "}]":
            return last  # of a key that stands twice the last one holds
        key: str | int = number
        if in_object:
            key, at = decoder.raw_decode(source, at)
            at = _behind_space(source, _behind_space(source, at) + 1)
        if key == step:
            last = at
            if not in_object:
                return last
        _, at = decoder.raw_decode(source, at)
        at = _behind_space(source, at)
        if source[at] in "}]":
            return last
    return last


def _behind_space(source: str, at: int) -> int:
    found = _SPACE.match(source, at)
    return found.end() if found else at
