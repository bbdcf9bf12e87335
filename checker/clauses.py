"""Responsibility clauses: where they stand, and what ``clause.lark`` reads in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from msgspec import Struct, field

from checker.expressions import expression
from checker.grammar import Token, Tree, Unexpected, parsed, tables, valued_token
from checker.lexicon import any_of, lexicon, made_of_words
from checker.model import Bilingual, Part, Span, Unit
from checker.outline import Block
from checker.units import (
    Name,
    are_two,
    grouped,
    has_level,
    is_cut,
    is_list,
    is_mostly_list,
    is_unit,
    names_in,
    shares_ending,
    without_brackets,
    written_out,
)

# Leads, responsible and supporting units.
Parts = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
Form = Literal["bracket", "line", "inline", "table"]
# 领导小组（成员单位：甲局、乙局） says who belongs to it, not who does what.
_MEMBERS = expression("(?:主要|组成)?成员(?:单位)?[：为有由]")
_CLAUSE_STOP = expression("[；。，]")
_ANY_STOP = expression("[、，；：]")
# 2025年1, 2月底前 and 2025年12月, 底前
_CUT_DATE = expression("(?:[0-9]|年|月|年底|月底)$")
_REST_OF_DATE = expression(
    "(?:[0-9]{0,3}年)?(?:[0-9]{0,2}月)?(?:[0-9]{0,2}日)?(?:上旬|中旬|下旬|年?[底末])?(?:之?前)?(?:完成)?。?$"
)
_NAME_IN_BRACKETS = expression("（(?P<name>[^（）]{2,10})）(?=[、，]|$)")
_JOINT = expression("会同|联合|并")
_BRACKET = expression("[（〔）〕]")
_BRACKET_OR_SEPARATOR = expression("[（〔）〕、，；。]")
_COMMAS = "，、"
# More than this many characters without a comma are no names with blanks between them.
_LONGEST_NAMES = 80
_VERBS = ("LEAD", "RESPONSIBLE", "SUPPORTER")
_LEAD = expression("牵头")
# How many characters before and behind 牵头 the words of a convention reach: 列第一位的责任单位均为牵头单位.
_CONVENTION = 24
_PART_OF: dict[str, Part] = {"lead": "lead", "responsible": "responsible", "supporter": "supporter"}
"""What the trees of ``clause.lark`` are called that say a part."""


class RawClause(Struct):
    """A clause where it stands, not yet read: one stretch, or several lines of labels."""

    pieces: list[Block]
    whole: Span
    form: Form
    alone: bool
    """True where it is a paragraph of its own."""


class Reading(Struct):
    """What was read in a clause."""

    units: list[Unit] = field(default_factory=list)
    deadline: str | None = None
    problem: Bilingual | None = None
    problem_span: Span | None = None

    def parts(self) -> Parts:
        """Return leads, responsible and supporting units, each once, in order."""
        return parts_of(self.units)


def parts_of(units: Iterable[Unit]) -> Parts:
    """Return the names of leads, responsible and supporting units, each once, in order."""
    names: dict[Part, dict[str, None]] = {"lead": {}, "responsible": {}, "supporter": {}}
    for unit in units:
        names[unit.part][unit.name] = None
    return tuple(names["lead"]), tuple(names["responsible"]), tuple(names["supporter"])


class _Patterns(Struct, frozen=True):
    hint: re.Pattern[str]
    label: re.Pattern[str]
    label_at_start: re.Pattern[str]
    label_behind_stop: re.Pattern[str]
    label_inside: re.Pattern[str]
    verb: re.Pattern[str]
    lead_inside: re.Pattern[str]
    opener: re.Pattern[str]
    open_end: re.Pattern[str]
    mark: re.Pattern[str]
    remark: re.Pattern[str]
    deadline: re.Pattern[str]
    first: re.Pattern[str]
    before_comma: re.Pattern[str]
    star: re.Pattern[str]


@made_of_words()
def _patterns() -> _Patterns:
    words = lexicon().clauses

    def labels(name: str) -> str:
        return f"(?P<{name}>{'|'.join(getattr(words.labels, name))})"

    label = "|".join(labels(name) for name in ("other", "deadline", "supporter", "lead", "responsible"))
    verbs = "|".join(f"(?P<{name}>{'|'.join(getattr(words.verbs, name))})" for name in _PART_OF)
    marks = "|".join(f"(?P<{name}>{pattern})" for name, pattern in words.marks.items())
    plain = "|".join(
        p for name in ("supporter", "lead", "responsible") for p in getattr(words.labels, name) if len(p) > 2
    )
    openers = any_of(words.openers)
    return _Patterns(
        hint=expression(any_of(words.hints)),
        label=expression(f"(?:{label})(?:：|(?=$))"),
        label_at_start=expression(f"(?:{plain}|{'|'.join(words.labels.deadline[:1])}).{{0,2}}："),
        label_behind_stop=expression(f"[。；）〕](?:{plain})："),
        label_inside=expression(f"(?:{plain}|{'|'.join(words.labels.deadline[:1])})："),
        verb=expression(f"(?:{verbs})$"),
        lead_inside=expression("(?<=[^、，])牵头(?!负责|落实|实施|推进|组织|承担|办理|抓总|指导|单位|部门|[、，）]|$)"),
        opener=expression(f"(?:{openers})(?=[^、，])"),
        open_end=expression(f"(?:{words.open_end})$"),
        mark=expression(f"(?:[（〔](?:{marks})[）〕]|(?P<star>\\*))$"),
        remark=expression("|".join(words.remarks)),
        deadline=expression(f"(?:{words.deadline})$"),
        first=expression(words.conventions.first),
        before_comma=expression(words.conventions.before_comma),
        star=expression(words.conventions.star),
    )


# ----------------------------------------------------------------------- where they stand


def begins_clause(folded: str) -> bool:
    """Say whether a folded paragraph begins with the label of a clause."""
    bracket = folded[0] in "（〔"
    labelled = "：" in folded and _patterns().label_at_start.match(folded, int(bracket))
    return bool(labelled) or (bracket and _whole_bracket(folded))


def is_whole_list(folded: str, following: str) -> bool | None:
    """Say whether a labelled list of units, or a deadline, is whole; None for what is neither.

    ``following`` is the line behind it: what ends as a unit does can still be cut, as 市人力资源和社 is.
    """
    patterns = _patterns()
    if "：" not in folded or not patterns.label_at_start.match(folded):
        return None
    last = _ANY_STOP.split(without_brackets(folded))[-1].rstrip("。）〕")
    if folded[-1] != "。" and _CUT_DATE.search(last) and _REST_OF_DATE.match(following):
        return False
    if patterns.verb.search(last) or patterns.deadline.match(last):
        return True
    if not is_unit(last):
        return None
    return folded[-1] == "。" or not _goes_on(last, following)


def _goes_on(last: str, following: str) -> bool:
    """Say whether a line is the rest of a list that was cut inside its ``last`` name."""
    if bracket := _NAME_IN_BRACKETS.match(following):  # 市工信局, （国资委）
        return is_unit(bracket["name"]) and not has_level(bracket["name"])
    first, *others = names_in(following)
    patterns = _patterns()
    verb = patterns.verb.search(first)
    if verb and verb.start():
        first = first[: verb.start()]
    first = patterns.open_end.sub("", first)
    return is_cut(last, first) and all(is_unit(name) or patterns.verb.search(name) for name in others)


def find(block: Block, custom: Custom) -> list[RawClause]:
    """Return the clauses that stand in ``block``, in order."""
    paragraph, folded = block.paragraph, block.paragraph.folded
    hinted = _patterns().hint.search(folded, block.start, block.end)
    if not hinted and not _may_end_with_list(folded, block.start, block.end):
        return []
    found: list[RawClause] = []
    taken = block.start
    for start, end in _brackets(folded, block.start, block.end):
        if start < taken:
            continue
        inner_text = folded[start + 1 : end - 1]
        if _is_clause(inner_text) or (
            custom.says_who_leads and _ends_sentence(folded, end, block.end) and is_mostly_list(inner_text)
        ):
            alone = not folded[block.start : start] and not folded[end : block.end].strip("。；")
            inner = Block(paragraph, start + 1, end - 1 if folded[end - 1] in "）〕" else end)
            found.append(RawClause([inner], paragraph.source_span(start, end), "bracket", alone))
            taken = end
    found += [clause for clause in _labelled(block) if not any(_overlaps(clause, other) for other in found)]
    return sorted(found, key=lambda clause: clause.whole)


def _ends_sentence(folded: str, end: int, block_end: int) -> bool:
    return end >= block_end or folded[end] in "。；"


def _may_end_with_list(folded: str, start: int, end: int) -> bool:
    """Say whether a block ends with brackets, closed or not: they may hold nothing but units."""
    stripped = folded[start:end].rstrip("。；")
    return stripped.endswith(("）", "〕")) or stripped.rfind("（") > stripped.rfind("）")


def _overlaps(one: RawClause, other: RawClause) -> bool:
    return one.whole.start < other.whole.end and other.whole.start < one.whole.end


def _brackets(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the outermost pairs of brackets; one that is never closed ends with the text."""
    depth = 0
    opened = start
    for found in _BRACKET.finditer(folded, start, end):
        if found[0] in "（〔":
            if depth == 0:
                opened = found.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield opened, found.end()
    if depth:
        # （县科协牵头，县教育局配合 without its closing bracket: to the end of the sentence.
        stop = folded.find("。", opened, end)
        yield opened, stop if stop > 0 else end


def _whole_bracket(folded: str) -> bool:
    if folded.rstrip("。；")[-1] not in "）〕":
        return False
    return any(
        start == 0 and end >= len(folded.rstrip("。；")) and _is_clause(folded[1 : end - 1])
        for start, end in _brackets(folded, 0, len(folded))
    )


def _is_clause(inner: str) -> bool:
    """Say whether what stands in brackets names units and their parts."""
    patterns = _patterns()
    if _MEMBERS.match(inner):
        return False
    if (marks := _marks()) and is_list(marks.sub("、", inner)):
        return True
    if len(inner) < 4 or not patterns.hint.search(inner):
        return is_list(inner)
    chunks = _CLAUSE_STOP.split(inner)
    for chunk in chunks:
        found = patterns.label.match(chunk)
        if found and chunk[found.end() - 1] == "：" and found.lastgroup != "deadline":
            return True
    for chunk in chunks:
        verb = patterns.verb.search(chunk)
        if verb is None:
            continue
        before = chunk[: verb.start()]
        last = patterns.open_end.sub("", before.rstrip("、").rpartition("、")[2])
        if before and (is_unit(last) or patterns.open_end.search(before)) and len(last) <= 30:
            return True
        if not before and chunk == verb[0] and verb.lastgroup == "lead":  # （牵头，县科协配合）: the lead is missing
            return True
    return False


def _labelled(block: Block) -> Iterator[RawClause]:
    """Yield clauses that a label opens: a line of its own, or after a sentence."""
    paragraph, folded = block.paragraph, block.paragraph.folded
    patterns = _patterns()
    at = block.start
    if folded.find("：", at, block.end) < 0:
        return
    if patterns.label_at_start.match(folded, at):
        end = _sentence_end(folded, at, block.end)
        yield RawClause([Block(paragraph, at, end)], paragraph.source_span(at, end), "line", end >= block.end)
        at = end
    while at < block.end and (found := patterns.label_behind_stop.search(folded, max(0, at - 1), block.end)):
        start = found.start() + 1
        end = at = _sentence_end(folded, start, block.end)
        yield RawClause([Block(paragraph, start, end)], paragraph.source_span(start, end), "inline", False)


def _sentence_end(folded: str, start: int, end: int) -> int:
    """Return where a labelled clause ends: at a full stop that no further label follows."""
    at = start
    while (stop := folded.find("。", at, end)) >= 0:
        rest = folded[stop + 1 : end]
        if not rest or not (_patterns().label.match(rest) or _patterns().remark.match(rest)):
            return stop + 1
        at = stop + 1
    return end


def joined(first: RawClause, following: RawClause) -> bool:
    """Take ``following`` into ``first`` if both are lines of one clause: 牵头部门 and 参与部门."""
    if first.form != "line" or following.form != "line":
        return False
    kinds = [_label_kind(piece) for piece in first.pieces]
    if _label_kind(following.pieces[0]) in kinds:
        return False
    first.pieces += following.pieces
    first.whole = Span(first.whole.start, following.whole.end)
    return True


def names_units(clause: RawClause) -> bool:
    """Say whether any line of a clause is labelled as a list of units."""
    return any(_label_kind(piece) not in ("deadline", "other") or "；" in piece.folded for piece in clause.pieces)


def _label_kind(piece: Block) -> str:
    found = _patterns().label.match(piece.folded)
    return found.lastgroup or "" if found else ""


# ------------------------------------------------------------------------ what they say


class _Piece(Block):
    """A token's stretch of a paragraph; of a name, the part that a mark gives it and what stands before it."""

    mark: Part | None = None
    after: str = "，"


class _Word(NamedTuple):
    """What a part of a stretch between two commas is: a name, a verb, a deadline."""

    kind: str
    start: int
    end: int
    mark: Part | None = None


class Custom(Struct, frozen=True):
    """What a plan says once of all its clauses, and where it is."""

    first: bool = False
    before_comma: bool = False
    star: bool = False
    level: str = ""
    place_core: str = ""

    @property
    def says_who_leads(self) -> bool:
        """Whether the place in a list says who leads, so that clauses need no words: 〔甲局、乙局〕."""
        return self.first or self.before_comma or self.star


def customs(folded: str, level: str, place_core: str) -> Custom:
    """Return the conventions that a plan's text states, with its own level and place."""
    patterns = _patterns()
    around = "\n".join(
        folded[max(0, found.start() - _CONVENTION) : found.end() + _CONVENTION] for found in _LEAD.finditer(folded)
    )
    return Custom(
        bool(patterns.first.search(around)),
        bool(patterns.before_comma.search(around)),
        bool(patterns.star.search(around)),
        level,
        place_core,
    )


def read(clause: RawClause, custom: Custom) -> Reading:
    """Return what a clause says; one that the grammar cannot read keeps what could be read."""
    tokens = _lexed(clause.pieces, _is_closed(clause))
    reading = Reading()
    tree: Tree | None
    try:
        tree = parsed("clause", tokens)
    except Unexpected as error:
        reading.problem, reading.problem_span = _explained(error, clause)
        tree = _recovered(tokens, error)
    if tree is not None:
        _named(tree, custom, reading)
    return reading


def _is_closed(clause: RawClause) -> bool:
    """Say whether a bracket ends a clause: one that was opened may end with its line."""
    last = clause.pieces[-1] if clause.pieces else None
    return (
        last is not None and clause.form == "bracket" and last.paragraph.folded[last.end : last.end + 1] in ("）", "〕")
    )


def _lexed(pieces: Sequence[Block], closed: bool) -> list[Token]:
    """Cut a clause at its punctuation into lists of names, labels, verbs and deadlines.

    ``closed`` says whether a bracket ends it. A separator that separates nothing is a token
    ``STRAY``, a name that none separates from the one before ``UNSEPARATED``: both stand in no
    clause that the grammar knows, and the list around them goes on.
    """
    tokens: list[Token] = []
    names: list[_Piece] = []  # of the list that the last token is
    separator = ""
    for piece in pieces:
        for before, at, words in _words(piece, closed):
            separator = before or separator
            for kind, start, end, mark in words:
                if kind == "，":
                    separator = kind
                    continue
                read = _Piece(piece.paragraph, at + start, at + end, mark)
                if kind == "STRAY":
                    tokens.append(valued_token(kind, read))
                    continue
                if kind == "NAME":
                    first, *others = _side_by_side(read)
                    if names and separator:
                        first.after = separator
                        names.append(first)
                    else:
                        names = [first]
                        tokens.append(valued_token("NAMES", names))
                    names += others
                    tokens += [valued_token("UNSEPARATED", other) for other in others]
                else:
                    if names and kind in _VERBS and piece.paragraph.folded.endswith("、", 0, read.start):  # 甲局、配合
                        tokens.append(valued_token("STRAY", _Piece(read.paragraph, read.start - 1, read.end)))
                    names = []
                    tokens.append(valued_token(kind, read))
                separator = ""
    return tokens


def _side_by_side(name: _Piece) -> list[_Piece]:
    """Return the names in a stretch that white space alone separates: 县应急局 县水利局; else the stretch."""
    paragraph, found = name.paragraph, [name]
    if name.end - name.start > _LONGEST_NAMES:
        return found
    gaps, folded = paragraph.gaps, paragraph.folded
    for index in range(bisect_left(gaps, (name.start + 1, 0)), bisect_left(gaps, (name.end, 0))):
        gap, last = gaps[index][0], found[-1]
        if are_two(folded[last.start : gap], folded[gap : name.end]) and gap not in paragraph.cuts:
            found[-1:] = [
                _Piece(paragraph, last.start, gap, None, last.after),
                _Piece(paragraph, gap, name.end, name.mark, "、"),
            ]
    return found


def _words(piece: Block, closed: bool) -> Iterator[tuple[str, int, tuple[_Word, ...]]]:
    """Yield words of a piece with the separator before them and the index from which theirs count."""
    patterns = _patterns()
    folded = piece.paragraph.folded
    has_remark = patterns.remark.search(folded, piece.start, piece.end) is not None
    inside_label = ""
    for start, end, separator in _chunks(folded, piece.start, piece.end, closed):
        if not separator:
            yield "", start, (_Word("STRAY", 0, end - start),)
            continue
        if has_remark and patterns.remark.search(folded[start:end]):
            yield separator, start, ()
            continue
        if folded.find("：", start, end) < 0:
            yield separator, *_unlabelled(folded, start, end, inside_label)
            continue
        for first, last in _labelled_stretches(folded, start, end):
            at = first
            while (label := patterns.label.match(folded, at, last)) and folded[label.end() - 1] == "：":
                inside_label = label.lastgroup or ""
                yield separator, at, (_Word(_label_token(inside_label), 0, label.end() - at),)
                at, separator = label.end(), ""
                if folded.find("：", at, last) < 0:
                    break
            if at < last:
                yield separator, *_unlabelled(folded, at, last, inside_label)
                separator = ""


def _labelled_stretches(folded: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """Return the stretches that begin with a label: 牵头单位：甲局　配合单位：乙局 is two."""
    if folded.count("：", start, end) == 1 and _patterns().label_inside.match(folded, start, end):
        return ((start, end),)
    inside = (found.start() for found in _patterns().label_inside.finditer(folded, start, end))
    return pairwise([start, *(cut for cut in inside if cut > start), end])


def _unlabelled(folded: str, start: int, end: int, inside_label: str) -> tuple[int, tuple[_Word, ...]]:
    """Return the words of one stretch: a deadline, a remark, or names and verbs."""
    if inside_label in ("deadline", "other"):
        return start, (_Word(inside_label.upper(), 0, end - start),)
    if folded[start:end] in lexicon().clauses.openers:  # 由、甲局配合
        return start, (_Word("STRAY", 0, end - start),)
    before = start - 1 if start else 0  # patterns look one character back
    return before, _names_and_verbs(folded[before:end], start - before)


def _label_token(kind: str) -> str:
    return f"_LABEL_{kind.upper()}" if kind in ("deadline", "other") else f"LABEL_{kind.upper()}"


def _chunks(folded: str, start: int, end: int, closed: bool) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches between separators outside of brackets, and the separator before each.

    A comma with nothing on one of its sides is a stretch of its own, with no separator before
    it: ，， or 责任单位：、甲局, and where a bracket closes the clause 配合，）.
    """
    depth = 0
    first, separator = start, "，"
    for found in _BRACKET_OR_SEPARATOR.finditer(folded, start, end):
        char = found[0]
        if char in "（〔":
            depth += 1
        elif char in "）〕":
            depth = max(0, depth - 1)
        elif depth == 0:
            if found.start() > first:
                yield first, found.start(), separator
                stray = char in _COMMAS and folded[found.start() - 1] == "："
            else:
                stray = char in _COMMAS or (first > start and folded[first - 1] in _COMMAS)
            if stray:
                yield found.start() - (start < first == found.start()), found.end(), ""
            first, separator = found.end(), char if char == "、" else "，"
    if end > first:
        yield first, end, separator
    elif closed and start < first and folded[first - 1] in _COMMAS:
        yield first - 1, end, ""


@made_of_words(512)  # a plan has the same few units hundreds of times
def _names_and_verbs(folded: str, start: int) -> tuple[_Word, ...]:
    """Return what stands in a stretch from ``start``: 由县科协等单位牵头 is a name and a verb."""
    deadline = _patterns().deadline.match(folded, start)
    if deadline:
        return (_Word("DEADLINE", start, len(folded)),)
    marks = _marks()
    return tuple(_cut_at_marks(marks, folded, start) if marks else _cut_at_verbs(folded, start, len(folded)))


@made_of_words()
def _marks() -> re.Pattern[str] | None:
    """Return a pattern of the tokens to which the grammar gives one: those of plugins, plancheck's own has none."""
    terminals = tables("clause").terminals
    return expression("|".join(f"(?P<{one.name}>{one.pattern})" for one in terminals)) if terminals else None


def _cut_at_marks(marks: re.Pattern[str], folded: str, start: int) -> Iterator[_Word]:
    """Yield the names, verbs and marks from ``start``: 甲局→乙局 is a name, a mark and a name."""
    for found in marks.finditer(folded, start):
        if found.start() > start:
            yield from _cut_at_verbs(folded, start, found.start())
        if found[0]:
            yield _Word(found.lastgroup or "", found.start(), found.end())
        start = found.end()
    if start < len(folded):
        yield from _cut_at_verbs(folded, start, len(folded))


def _cut_at_verbs(folded: str, start: int, end: int) -> Iterator[_Word]:
    """Yield the names and verbs from ``start`` to ``end``: 甲局牵头乙局配合 is two of each."""
    patterns = _patterns()
    while inside := patterns.lead_inside.search(folded, start, end):
        yield from _cut_at_verbs(folded, start, inside.end())
        yield _Word("，", inside.end(), inside.end())
        start = inside.end()
        if (joint := _JOINT.match(folded, start)) and joint.end() < end:
            start = joint.end()
    if opener := patterns.opener.match(folded, start, end):
        start = opener.end()
    verb = patterns.verb.search(folded, start, end)
    stop = verb.start() if verb else end
    mark: Part | None = None
    if marked := patterns.mark.search(folded, start, stop):
        stop = marked.start()
        mark = "lead" if marked["star"] else marked.lastgroup  # type: ignore[assignment]
    elif folded[start : start + 1] == "*":
        start, mark = start + 1, "lead"
    if open_end := patterns.open_end.search(folded, start, stop):
        stop = open_end.start()
    if stop > start:
        yield _Word("NAME", start, stop, mark)
    if verb:
        yield _Word((verb.lastgroup or "").upper(), verb.start(), end)


def _named(tree: Tree, custom: Custom, reading: Reading) -> None:
    """Write out the names in a parsed clause and give each its part."""
    listed = [(piece, part) for part, pieces in _lists(tree, reading) for piece in pieces]
    names = grouped([Name(piece.text, piece.folded, piece.after) for piece, _ in listed])
    if not names:
        return
    pieces = _joined_pieces(listed, names)
    full = written_out(names, custom.level, custom.place_core)
    labelled_lead = any(part == "lead" for _, part in listed)
    comma_groups = 0
    for index in range(len(names) - 2, -1, -1):
        if pieces[index + 1][0].mark and names[index + 1].after == "、" and shares_ending(names[index].folded):
            pieces[index][0].mark = pieces[index + 1][0].mark  # 甲、乙市政府*: the star is for both
    for index, (name, piece_part, written) in enumerate(zip(names, pieces, full, strict=True)):
        piece, part = piece_part
        full_name, prefix = written
        if index and name.after == "，":
            comma_groups += 1
        leads = piece.mark == "lead" or (
            not labelled_lead and ((custom.first and index == 0) or (custom.before_comma and comma_groups == 0))
        )
        fallback: Part = "supporter" if labelled_lead else "responsible"
        chosen: Part = "lead" if leads else piece.mark or part or fallback
        span = piece.paragraph.source_span(piece.start, piece.end)
        reading.units.append(Unit(full_name, chosen, span, piece.text, prefix=prefix))


def _joined_pieces(listed: list[tuple[_Piece, Part | None]], names: Sequence[Name]) -> list[tuple[_Piece, Part | None]]:
    """Return piece and part for each name after 各市、县、区政府 was joined to one."""
    if len(listed) == len(names):
        return listed
    out: list[tuple[_Piece, Part | None]] = []
    at = 0
    for name in names:
        first, part = listed[at]
        count = name.folded.count("、") - first.folded.count("、") + 1
        last = listed[at + count - 1][0]
        out.append((_Piece(first.paragraph, first.start, last.end, first.mark or last.mark), part))
        at += count
    return out


def _lists(tree: Tree, reading: Reading, part: Part | None = None) -> Iterator[tuple[Part | None, list[_Piece]]]:
    """Yield the lists of names of a parsed clause with their parts, and note its deadline.

    A list has the part that a verb or label beside it says, else the one after which a tree around it is named.
    """
    part = next((said for child in tree.children if (said := _said(child))), None) or _PART_OF.get(tree.data, part)
    for child in tree.children:
        if isinstance(child, Tree):
            yield from _lists(child, reading, part)
        elif child.type == "NAMES":
            yield part, child.value
        elif child.type == "DEADLINE":
            reading.deadline = child.value.text


def _said(child: Tree | Token) -> Part | None:
    """Return the part that a verb or a label says; None for what is neither."""
    if isinstance(child, Token) or child.data not in _PART_OF:
        return None
    bare = all(isinstance(token, Token) and token.type != "NAMES" for token in child.children)
    return _PART_OF[child.data] if bare else None


def _recovered(tokens: list[Token], error: Unexpected) -> Tree | None:
    """Parse a broken clause without the tokens that the grammar stumbles over, one after another."""
    rest = list(tokens)
    while rest:
        index = next((i for i, token in enumerate(rest) if token is error.token), len(rest) - 1)
        del rest[index]
        try:
            return parsed("clause", rest)
        except Unexpected as next_error:
            error = next_error
    return None


_EXPECTED = {
    "NAMES": Bilingual("单位名称", "the name of a unit"),
    "LEAD": Bilingual("“牵头”", "牵头"),
    "SUPPORTER": Bilingual("“配合”或“参加”", "配合 or 参加"),
    "RESPONSIBLE": Bilingual("“负责”", "负责"),
    "DEADLINE": Bilingual("完成时限", "a deadline"),
    "OTHER": Bilingual("姓名或说明", "a name or a remark"),
}
# What should stand where a clause has one of these tokens, which no grammar expects anywhere.
_INSTEAD = {"STRAY": _EXPECTED["NAMES"], "UNSEPARATED": Bilingual("顿号", "a 、")}


def _explained(error: Unexpected, clause: RawClause) -> tuple[Bilingual, Span]:
    """Say where reading stopped and what the grammar expected there."""
    wanted = [_EXPECTED[name] for name in error.expected if name in _EXPECTED] or [_EXPECTED["NAMES"]]
    if error.token.type in _INSTEAD:
        wanted = [_INSTEAD[error.token.type]]
    piece = error.token.value
    if isinstance(piece, list):
        piece = piece[0]  # the first name of a list
    if isinstance(piece, _Piece) and piece.end > piece.start:
        at, span = piece.text, piece.paragraph.source_span(piece.start, piece.end)
    else:
        at, span = "", Span(clause.whole.end, clause.whole.end)
    zh = "、".join(word.zh for word in wanted[:3])
    en = ", ".join(word.en for word in wanted[:3])
    where = Bilingual(f"读到“{at}”处", f"at {at}") if at else Bilingual("读到末尾", "at the end")
    return Bilingual(f"{where.zh}读不下去，这里应为{zh}", f"reading stopped {where.en}: expected {en}"), span
