"""What plugins return while a run goes on, held against the draft: a finding is one, and lies inside of it.

A mistake raises Unsound, or Unreadable where it costs the draft; the message names the plugin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from checker.model import (
    Bilingual,
    Edit,
    Found,
    Layout,
    Paragraph,
    Place,
    PlacedEdit,
    Plan,
    Position,
    Text,
    Violation,
)
from checker.problems import Problem, Unreadable
from checker.reader import Reader
from checker.reporters.words import printable

RAISED = (Exception, SystemExit)
"""What code of a plugin may raise without ending the run."""
_RULE_ID = re.compile(r"\w[\w.-]*/\w[\w.-]*")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What ends lines, commands a terminal or turns the direction of a text: no edit writes it into a draft."""
_MAX_MESSAGE = 2000
_MAX_ID = 200
_MAX_COUNT = 2**63 - 1
"""The largest number that every reader of JSON can hold."""


class Unsound(Problem):
    """Something that a plugin returned and that cannot be used."""


def said_by(error: BaseException) -> str:
    """Return the type of an exception and what it says, in no more than so many characters; saying it may fail."""
    name = type(error).__name__
    try:
        words = str(error)
    except Exception:
        return name
    return f"{name}: {words}"[:_MAX_MESSAGE] if words else name


def raised(error: BaseException) -> Bilingual:
    """Return what is said of an exception that a plugin's code raised."""
    return Bilingual(f"出错：{said_by(error)}", f"raised {said_by(error)}")


def stated(problem: Problem) -> Bilingual:
    """Return the message of a Problem that a plugin's code raised; one that has none, as its subclasses may, raised."""
    message = getattr(problem, "message", None)
    if isinstance(message, Bilingual) and isinstance(message.zh, str) and isinstance(message.en, str):
        return message
    return raised(problem)


def of_plugin(origin: Bilingual, reason: Bilingual) -> Bilingual:
    """Return a sentence with the name of the plugin in front."""
    return Bilingual(f"{origin.zh}{reason.zh}", f"{origin.en} {reason.en}")


# ------------------------------------------------------------------------------- readers


def read_by_plugin(reader: Reader, origin: Bilingual, data: bytes, suffix: str, original: bool = False) -> Text:
    """Return the ``Text`` that a plugin's reader makes; raises Unreadable for what it raises and for no sound text.

    ``original`` asks for the draft as it was before tracked changes.
    """
    try:
        text = (reader.read_original if original and reader.read_original else reader.read)(data, suffix)
    except Unreadable as error:
        raise Unreadable(stated(error)) from error
    except RAISED as error:
        raise Unreadable(of_plugin(origin, raised(error))) from error
    if wrong := text_problem(text):
        zh, en = f"的读取器“{reader.name}”：{wrong.zh}", f"(reader {reader.name!r}): {wrong.en}"
        raise Unreadable(of_plugin(origin, Bilingual(zh, en)))
    return text


def written_by_plugin(
    reader: Reader, origin: Bilingual, source: str, text: Text, was: bytes, tracked: bool = False
) -> bytes:
    """Return the bytes that a plugin's reader makes of characters; raises Unreadable for what it raises.

    ``tracked`` asks for what changes as tracked changes.
    """
    write, named = (reader.revise, "revise") if tracked else (reader.write, "write")
    try:
        data: object = write(source, text, was) if write is not None else None
    except Unreadable as error:
        raise Unreadable(stated(error)) from error
    except RAISED as error:
        raise Unreadable(of_plugin(origin, raised(error))) from error
    if isinstance(data, bytes):
        return data
    name = type(data).__name__
    zh, en = (
        f"的读取器“{reader.name}”：{named} 返回了 {name}，应是 bytes",
        f"(reader {reader.name!r}): {named} returned {name}",
    )
    raise Unreadable(of_plugin(origin, Bilingual(zh, en)))


def text_problem(text: object) -> Bilingual | None:
    """Return what is wrong with what a reader made; None for a sound ``Text``."""
    if not isinstance(text, Text):
        return Bilingual(f"返回了 {type(text).__name__}，应是 Text", f"returned {type(text).__name__}, not a Text")
    for name in ("source", "format", "encoding"):
        if not isinstance(getattr(text, name), str):
            kind = type(getattr(text, name)).__name__
            return Bilingual(f"交出的 {name} 是 {kind}，应是 str", f"returned a {name} that is {kind}, not str")
    try:
        return _disagreement(text)
    except Exception as error:  # places that are no numbers, paragraphs that are none
        said = said_by(error)
        return Bilingual(f"交出的 Text 不成样子（{said}）", f"returned a Text that makes no sense ({said})")


def _disagreement(text: Text) -> Bilingual | None:
    starts, source = text.line_starts, text.source
    if not starts or starts[0] != 0 or any(b <= a for a, b in pairwise(starts)):
        return Bilingual("line_starts 应从 0 开始，依次增大", "line_starts has to begin with 0 and grow")
    if starts[-1] > len(source):
        return Bilingual("line_starts 超出全文", "line_starts goes beyond the source")
    end = 0
    for number, paragraph in enumerate(text.paragraphs, start=1):
        if paragraph.span.start != end or paragraph.span.end < end:
            zh, en = (
                "没有紧接上一段：各段应当不重不漏地覆盖全文",
                "does not follow the one before: they cover all, once",
            )
            return Bilingual(f"第 {number} 段{zh}", f"paragraph {number} {en}")
        end = paragraph.span.end
        if wrong := _paragraph_problem(paragraph):
            return Bilingual(f"第 {number} 段{wrong.zh}", f"paragraph {number} {wrong.en}")
    if text.paragraphs and end != len(source):
        return Bilingual("各段没有覆盖到全文末尾", "the paragraphs do not reach the end of the source")
    offsets = [offset for offset, _ in text.places]
    if offsets != sorted(offsets) or not all(0 <= offset <= len(source) for offset in offsets):
        return Bilingual("的 places 应当依次增大，不超出全文", "has 'places' that do not grow, or go beyond the source")
    msgspec.convert(msgspec.to_builtins(text.places), tuple[tuple[int, Place], ...])
    msgspec.convert(msgspec.to_builtins(text.layout), Layout | None)
    return None


def _paragraph_problem(paragraph: Paragraph) -> Bilingual | None:
    length, span = len(paragraph.text), paragraph.span
    if len(paragraph.folded) != length:
        return Bilingual("的 text 与 folded 长短不一", "has 'text' and 'folded' of different lengths")
    if "\n" in paragraph.text or "\r" in paragraph.text:
        return Bilingual("的 text 里有换行", "has a line break in its 'text'")
    indexes = [index for index, _ in paragraph.runs]
    offsets = [offset for _, offset in paragraph.runs]
    if length and (not indexes or indexes[0] != 0):
        return Bilingual("的 runs 应从 0 开始", "has 'runs' that do not begin with 0")
    if indexes != sorted(indexes) or offsets != sorted(offsets):
        return Bilingual("的 runs 应当依次增大", "has 'runs' that do not grow")
    stops = [*indexes[1:], length] if indexes else []  # blank lines have none
    for index, offset, stop in zip(indexes, offsets, stops, strict=True):
        if not (span.start <= offset and offset + stop - index <= span.end):
            return Bilingual("的 runs 超出该段", "has 'runs' that go beyond it")
    places = [*(gap[0] for gap in paragraph.gaps), *paragraph.cuts]
    places += [index for pair in (*paragraph.bold, *paragraph.cells) for index in pair]
    if any(not 0 <= index <= length for index in places):
        return Bilingual("的 gaps、cuts、bold 或 cells 超出该段", "has gaps, cuts, bold or cells that go beyond it")
    return None


# ------------------------------------------------------------------------------ findings


def sound_reason(given: object) -> Bilingual | None:
    """Return what a check type says is missing in its options; raises Unsound for what is no sentence."""
    if given is None or isinstance(given, Bilingual):
        return given
    name = type(given).__name__
    zh, en = f"的 waits_for 返回了 {name}，应是 Bilingual 或 None", f"returned {name} from waits_for, not a Bilingual"
    raise Unsound(Bilingual(zh, en))


def sound_findings(found: Iterable[object], plan: Plan) -> list[Found]:
    """Return what a check found; raises Unsound for what is no finding, or lies outside of the draft."""
    sound: list[Found] = []
    length = len(plan.text.source)
    for one in found:
        if not isinstance(one, Found):
            name = type(one).__name__
            raise Unsound(Bilingual(f"返回了 {name}，应是 Found", f"it returned {name}, not a Found"))
        for span in (one.span, *one.others):
            if not (_is_pair(span) and 0 <= span[0] <= span[1] <= length):
                zh, en = f"报告的位置 {span!r} 不在方案里", f"it reported a place outside of the draft: {span!r}"
                raise Unsound(Bilingual(zh, en))
        if not isinstance(one.fix, (str, type(None))):
            name = type(one.fix).__name__
            raise Unsound(
                Bilingual(f"的 fix 是 {name}，应是 str 或 None", f"it gave a fix that is {name}, not str or None")
            )
        for edit in one.edits:
            if not _is_edit(edit, length):
                zh, en = f"的 edits 里有 {edit!r}，不是方案里的 Edit", f"it gave an edit that is none: {edit!r}"
                raise Unsound(Bilingual(zh, en))
        if not isinstance(one.about, str | None):
            name = type(one.about).__name__
            raise Unsound(Bilingual(f"about 是 {name}，应是 str 或 None", f"'about' is {name}, neither str nor None"))
        sound.append(one)
    return sound


def _is_edit(edit: object, length: int) -> bool:
    return (
        isinstance(edit, Edit)
        and isinstance(edit.text, str)
        and _is_pair(edit.span)
        and 0 <= edit.span[0] <= edit.span[1] <= length
    )


def _is_pair(span: object) -> bool:
    return isinstance(span, tuple) and len(span) == 2 and all(type(end) is int for end in span)


# ---------------------------------------------------------------------------- violations


def sound_violations(given: object, plan: Plan) -> list[Violation]:
    """Return the violations that a plugin returned, without what commands a terminal; raises Unsound."""
    if isinstance(given, (str, bytes)) or not isinstance(given, Sequence):
        name = type(given).__name__
        zh, en = (
            f"返回了 {name}，应是问题（Violation）的列表或 None",
            f"returned {name}, not a list of Violations or None",
        )
        raise Unsound(Bilingual(zh, en))
    return [_sound_violation(one, plan) for one in given]


def _sound_violation(given: object, plan: Plan) -> Violation:
    if not isinstance(given, Violation):
        name = type(given).__name__
        raise Unsound(
            Bilingual(f"返回的列表里有 {name}，应是 Violation", f"returned a list with {name}, not Violation")
        )
    try:
        one: Violation = msgspec.convert(msgspec.to_builtins(given), Violation)
    except (msgspec.ValidationError, TypeError, OverflowError) as error:
        raise Unsound(Bilingual(f"返回的问题有错：{error}", f"returned a violation with a mistake: {error}")) from error
    if not _RULE_ID.fullmatch(one.rule) or len(one.rule) > _MAX_ID:
        named = f"{one.rule[:_MAX_ID]!r}"
        zh, en = f"规则编号 {named} 应写成“规则包/规则”", f"the rule id {named} has to be pack/rule"
        raise Unsound(Bilingual(f"返回的问题有错：{zh}", f"returned a violation with a mistake: {en}"))
    text = plan.text
    start, end = Position(one.line, one.column), Position(one.end_line, one.end_column)
    if not (_is_in(text, start) and _is_in(text, end) and start <= end and 1 <= one.count <= _MAX_COUNT and one.lines):
        zh = f"返回的问题不在方案里：{one.line}:{one.column} 至 {one.end_line}:{one.end_column}"
        en = f"returned a violation outside of the draft: {one.line}:{one.column} to {one.end_line}:{one.end_column}"
        raise Unsound(Bilingual(zh, en))
    if not all(_is_within_a_line(text, edit) for edit in one.edits):
        zh, en = "返回的问题的 edits 不在方案的一行之内", "returned a violation with edits that are not within a line"
        raise Unsound(Bilingual(zh, en))
    if any(not 1 <= line <= len(text.line_starts) for line in one.lines):
        raise Unsound(Bilingual("返回的问题不在方案里（lines）", "returned a violation outside of the draft (lines)"))
    return replace(
        one,
        message=printable(one.message)[:_MAX_MESSAGE],
        basis=printable(one.basis) if one.basis else None,
        fix=_without_controls(one.fix) if one.fix else one.fix,
        excerpt=printable(one.excerpt),
        section=printable(one.section) if one.section else None,
        section_label=printable(one.section_label) if one.section_label else None,
        node=printable(one.node),
        source_line=text.line(one.line),
        fingerprint=printable(one.fingerprint),
    )


def _is_within_a_line(text: Text, edit: PlacedEdit) -> bool:
    if edit.line != edit.end_line or edit.column > edit.end_column or not _is_in(text, Position(edit.line, 1)):
        return False
    return edit.column >= 1 and edit.end_column <= len(text.line(edit.line)) + 1 and not _CONTROLS.search(edit.text)


def _is_in(text: Text, place: Position) -> bool:
    if not 1 <= place.line <= len(text.line_starts):
        return False
    start = text.line_starts[place.line - 1]
    stop = text.line_starts[place.line] if place.line < len(text.line_starts) else len(text.source) + 1
    return place.column >= 1 and start + place.column - 1 <= stop


def _without_controls(words: str) -> str:
    return "\n".join(map(printable, words.split("\n")))
