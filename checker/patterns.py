"""Patterns of rules: compiled with the ``regex`` package, searched within a time limit.

No rule file may hang the checker, and none may carry a pattern that says nothing: one that every
text matches, or that no text can match, is an error when the rule is read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from checker.expressions import expression, is_kept, needle
from checker.folding import simplified
from checker.model import Bilingual

if TYPE_CHECKING:
    import regex

    Match = re.Match[str] | regex.Match[str]

PATTERN_SECONDS = 1.0
"""How long one search may take: a rule that needs longer ends as not evaluated."""

# Of every kind of character some, so that a pattern which matches this and the empty text, too, matches any.
_PROBE = "一、工作目标。到2025年，比例超过15.5%（县教育局牵头）；《纲要》“十四五”—Abc xyz-09!?:;/@#*_\n" * 40


# A pattern of these pieces means the same to ``re`` and to ``regex``: groups that are not repeated, what
# stands before or behind, anchors, and single characters or classes that may be repeated a few times.
_PIECE = (
    r"\((?:\?(?:[:=!]|<[=!]))?|\)(?![?*+{])|[|^$]"
    r"|(?:\[\^?(?:(?!--|&&|\|\||~~|\[[\[:.=])[^\]\\])+\]|\\[\[\](){}*+?|^$.\\]|[^\\\[\](){}*+?|^$])"
    r"(?:\?|\{[0-9]{1,2}(?:,[0-9]{1,2})?\})?"
)
# What a pattern asks of the characters around it. In a text of many lines, another line stands there: where
# the end of a line would be one of the characters that must not, as it is of [^x] and \s, that is not the same.
_NOT_LINE_BY_LINE = r"[*+?}]\+|\\[A-Zabdswz]|\(\?[a-zA-Z(>&^#]|\(\?<?[=!](?![^()]*\))|\(\?<?![^()]*[¬.]"
_NO_END_OF_LINE = r"\(\?<?![^()]*[\^$]"
_CLASS = r"\[\^?\]?[^\]]*\]|\\[^A-Za-z]"
_MOST_WAYS = 1000
"""In how many ways a simple pattern may try to match at one place: what bounds its time."""


@lru_cache(maxsize=512)
def compiled(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """Compile a pattern of a rule; raises ``regex.error`` for one that is none."""
    import regex  # costs half an interpreter's start: only a rule that needs it pays

    return regex.compile(pattern, flags)


def search(pattern: str, text: str) -> Match | None:
    """Return where a pattern of a rule first matches; raises TimeoutError if that takes too long."""
    simple = _simple(pattern)
    return simple.search(text) if simple else compiled(pattern).search(text, timeout=PATTERN_SECONDS)


def matches(pattern: str, text: str, flags: int = 0) -> Iterator[Match]:
    """Yield all places where a pattern of a rule matches; raises TimeoutError if that takes too long.

    ``flags`` is 0, or ``re.MULTILINE``, which has the same meaning and number in ``regex``.
    """
    simple = _simple(pattern, flags)
    return simple.finditer(text) if simple else compiled(pattern, flags).finditer(text, timeout=PATTERN_SECONDS)


def lines_with(pattern: str, text: str, starts: Sequence[int], of_one_line: bool = True) -> set[int] | None:
    """Return the numbers of the lines of a text in which a pattern may match; ``starts`` is where each begins.

    This is how a pattern is searched for in hundreds of paragraphs at once. None where only each line can tell.
    ``of_one_line`` is false where what is searched may be several lines, so that a line may begin or end within.
    """
    simple = _simple(pattern)
    if simple and (wanted := needle(pattern)):
        return _lines_with_needle(simple, wanted, text, starts)
    if not _is_line_by_line(pattern) or (not of_one_line and expression(_NO_END_OF_LINE).search(pattern)):
        return None
    return lines_touched(matches(pattern, text, re.MULTILINE), starts)


def _lines_with_needle(pattern: re.Pattern[str], wanted: re.Pattern[str], text: str, starts: Sequence[int]) -> set[int]:
    lines: set[int] = set()
    found = wanted.search(text)
    while found:
        line = bisect_right(starts, found.start()) - 1
        if pattern.search(text[starts[line] : starts[line + 1] - 1]):
            lines.add(line)
        found = wanted.search(text, starts[line + 1])
    return lines


def lines_touched(found: Iterable[Match], starts: Sequence[int]) -> set[int]:
    """Return the numbers of the lines that any of the matches touches; ``starts`` is where each begins."""
    lines: set[int] = set()
    for one in found:
        start, end = one.span()
        lines.update(range(max(0, bisect_right(starts, start) - 1), bisect_right(starts, end)))
    return lines


@lru_cache(maxsize=512)
def _is_line_by_line(pattern: str) -> bool:
    """Say whether a pattern asks nothing of the characters around it that the end of a line could change."""
    bare = expression(_CLASS).sub(lambda found: "¬" if found[0].startswith("[^") else "c", pattern)
    return "\\" not in "".join(expression(_CLASS).findall(pattern)) and not expression(_NOT_LINE_BY_LINE).search(bare)


@lru_cache(maxsize=512)
def _simple(pattern: str, flags: int = 0) -> re.Pattern[str] | None:
    """Return a pattern for ``re`` if it needs neither ``regex`` nor a time limit; None for any other.

    Most patterns of rules are simple, and those of plancheck's own make need not be compiled again.
    """
    if is_kept(pattern, flags):  # only simple ones are compiled there, and those of plancheck's own make
        return expression(pattern, flags)
    if not expression(f"(?:{_PIECE})+").fullmatch(pattern):
        return None
    try:
        return expression(pattern, flags) if _ways(pattern) <= _MOST_WAYS else None
    except re.error:  # regex says what is wrong with it
        return None


class _Group:
    """A group of a pattern as far as it has been read."""

    def __init__(self, looks: bool = False) -> None:
        self.looks = looks
        self.before = 0
        """The ways of its finished branches."""
        self.ways = 1
        """The ways of the branch so far."""
        self.beside = 0
        """What looking around within it costs."""


def _ways(pattern: str) -> int:
    """Return in how many ways a pattern of simple pieces can match at one place, at most.

    What looks ahead or behind is tried once each time that it is come to, and never in another way.
    """
    groups = [_Group()]
    for piece in expression(_PIECE).finditer(pattern):
        group = groups[-1]
        if piece[0].startswith("("):
            groups.append(_Group(looks=piece[0] not in ("(", "(?:")))
        elif piece[0] == "|":
            group.before += group.ways
            group.ways = 1
        elif piece[0] == ")" and len(groups) > 1:
            done, around = groups.pop(), groups[-1]
            around.beside += around.ways * done.beside
            if done.looks:
                around.beside += around.ways * (done.before + done.ways)
            else:
                around.ways *= done.before + done.ways
        else:
            group.ways *= _repeats(piece[0])
    return groups[0].before + groups[0].ways + groups[0].beside


def _repeats(piece: str) -> int:
    """Return how many counts a repeated piece may have: 2 for ``x?``, 5 for ``.{0,4}``."""
    found = expression(r"(?<!^)(?:\?|\{([0-9]{1,2})(?:,([0-9]{1,2}))?\})$").search(piece)
    if found is None:
        return 1
    fewest, most = found.groups()
    return 2 if fewest is None else 1 if most is None else max(1, int(most) - int(fewest) + 1)


def pattern_problem(pattern: str) -> Bilingual | None:
    """Return what is wrong with a pattern of a rule: it is none, matches everything, or never matches."""
    import regex

    try:
        found = compiled(pattern)
        probes = ("", pattern, _PROBE, _PROBE + pattern)
        empty, *others = (bool(found.search(text, timeout=PATTERN_SECONDS)) for text in probes)
        single = all(found.search(char, timeout=PATTERN_SECONDS) for char in "".join(_PROBE[:90].split()))
    except regex.error as error:
        return Bilingual(f"正则表达式“{pattern}”有误：{error}", f"bad pattern {pattern!r}: {error}")
    except TimeoutError:
        return Bilingual(f"正则表达式“{pattern}”太慢", f"pattern {pattern!r} is too slow")
    if _never_matches(pattern):
        zh = f"正则表达式“{pattern}”不可能匹配任何内容"
        return Bilingual(zh, f"pattern {pattern!r} can match nothing")
    if empty and all(others):
        zh = f"正则表达式“{pattern}”能匹配空文字，任何内容都符合，等于没有条件"
        return Bilingual(zh, f"pattern {pattern!r} matches the empty text, and so everything")
    if single and all(others):
        zh = f"正则表达式“{pattern}”匹配任何文字，等于没有条件；要求不为空，用 missing 或 required"
        return Bilingual(zh, f"pattern {pattern!r} matches any text; for what is not empty use missing or required")
    if simplified(pattern) != pattern:
        zh = f"正则表达式“{pattern}”里有繁体字，不会匹配到任何内容：查找前方案已转为简体。请写“{simplified(pattern)}”"
        en = f"pattern {pattern!r} has traditional characters and can match nothing: plans are searched in simplified"
        return Bilingual(zh, f"{en}. Write {simplified(pattern)!r}")
    return None


def problem_in_words(pattern: str) -> Bilingual | None:
    """Return what is wrong with a pattern that is added to the lexicon: drafts are read by it without a time limit."""
    wrong = pattern_problem(pattern)
    if wrong is None and _simple(pattern) is None:
        zh = f"词表里的正则表达式“{pattern}”要简单：次数写明，如 .{{0,20}}，不用 *、+、\\d 和整组重复"
        en = f"pattern {pattern!r} is not simple, as those of words are: .{{0,20}}, no *, + or \\d, no repeated group"
        return Bilingual(zh, en)
    return wrong


def replacement_problem(pattern: str, replacement: str) -> Bilingual | None:
    """Return what is wrong with a replacement for what a pattern matches: a group that it has not."""
    found = compiled(pattern)
    for number, name in expression(r"\\(?:([1-9][0-9]?)|g<([^>]*)>)").findall(replacement):
        known = int(number) <= found.groups if number else name in found.groupindex or name == "0"
        if not known and not (name.isdigit() and int(name) <= found.groups):
            group = number or name
            zh = f"正则表达式里没有第“{group}”组，\\{group} 无从填入"
            return Bilingual(zh, f"the pattern has no group {group!r}")
    return None


def _never_matches(pattern: str) -> bool:
    """Say whether a pattern contradicts itself: ``年$到``, ``到^年``, ``(?!)``, ``[^\\s\\S]``.

    Only what is certain: texts made after the pattern, one for each of its branches, do not match
    it. Where it looks around or uses what Python's ``re`` does not know, nothing is said.
    """
    try:
        try:
            from re import _parser as parser
        except ImportError:  # Python 3.10
            import sre_parse as parser
        texts = _examples(list(parser.parse(pattern)))
    except (Exception, RecursionError):  # ``regex`` knows more than ``re``
        return False
    if texts is None:
        return False
    return not any(compiled(pattern).search(text, timeout=PATTERN_SECONDS) for text in texts)


def _examples(parsed: list[Any], limit: int = 64) -> list[str] | None:
    """Return texts that a parsed pattern describes if anchors are left aside; None where that is not known."""
    texts = [""]
    for operation, argument in parsed:
        more = _of_operation(str(operation), argument)
        if more is None:
            return None
        texts = [text + end for text in texts for end in more][:limit]
    return texts


def _of_operation(operation: str, argument: Any) -> list[str] | None:
    if operation == "AT":
        return [""] if "BOUNDARY" not in str(argument) else None
    if operation == "LITERAL":
        return [chr(argument)]
    if operation == "NOT_LITERAL":
        return ["甲" if argument != ord("甲") else "乙"]
    if operation == "ANY":
        return ["甲"]
    if operation == "IN":
        return _of_class(argument)
    if operation == "BRANCH":
        branches = [_examples(list(branch)) for branch in argument[1]]
        return None if any(b is None for b in branches) else [text for branch in branches for text in branch or ()]
    if operation == "SUBPATTERN":
        return _examples(list(argument[-1]))
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        once = _examples(list(argument[2]))
        if once is None:
            return None
        fewest = [text * argument[0] for text in once]
        return [*fewest, *(text * (argument[0] + 1) for text in once if argument[1] > argument[0])]
    if operation == "ASSERT_NOT" and not list(argument[1]):
        return []  # (?!) fails everywhere
    return None


def _of_class(members: list[Any]) -> list[str] | None:
    """Return one character of a class, or none for a class that is empty."""
    negated = bool(members) and str(members[0][0]) == "NEGATE"
    parts = members[1:] if negated else members
    written = "".join(_member(str(kind), what) for kind, what in parts)
    wanted = re.compile(f"[{'^' if negated else ''}{written}]", re.DOTALL)
    candidates = "".join(
        chr(what if str(kind) == "LITERAL" else what[0]) for kind, what in parts if str(kind) != "CATEGORY"
    )
    return next(([char] for char in f"{candidates}{_PROBE[:90]}\t\n丂\x00" if wanted.match(char)), [])


def _member(kind: str, what: Any) -> str:
    if kind == "LITERAL":
        return re.escape(chr(what))
    if kind == "RANGE":
        return f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}"
    letters = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}
    category = str(what).removeprefix("CATEGORY_")
    letter = letters[category.removeprefix("NOT_")]
    return "\\" + (letter.upper() if category.startswith("NOT_") else letter)
