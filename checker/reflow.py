"""Lines to paragraphs: put together again what wrapping and page breaks cut in two.

A page break leaves blank lines and a page number in the middle of a sentence, even of a
unit's name; an e-mail or a PDF wraps every line at one width; Markdown puts blank lines
everywhere. So blank lines say nothing. What ends a paragraph is its last character, its
width, and how the next line begins.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from unicodedata import east_asian_width

from msgspec import Struct, field

from checker.expressions import expression
from checker.folding import fold, is_traditional, simplifying
from checker.lexicon import any_of, lexicon, made_of_words
from checker.model import Line, Paragraph, Span, Text
from checker.units import is_list, is_mostly_list, office_at_end, opening_bracket, post, takes_level

# Whether a paragraph in the folded form begins anew (a label, a clause, the foot of a document).
Begins = Callable[[str], bool]
# Whether a folded text is a whole list of units, or is cut inside a name that goes on in the next
# line; None for what is no list.
WholeClause = Callable[[str, str], "bool | None"]

_LINE_END = expression(r"\r\n|\n|\r")
_BREAK = expression("[\f\v\x85\u2028\u2029]")
_SPACE = "\\s\\x01-\\x08\\x0e-\\x1f\\x7f\u200b\u200c\u200d\ufeff\u00ad\u2060\u3000"
HIDDEN = "\ufdd0"
"""Stands where a character of the source is not to be read. Unicode keeps it for such use: it is in no text."""
# What is layout inside a line: white space, bold marks, escapes, the tags of a saved web page.
_LAYOUT = expression(
    rf"(?P<space>(?:[{_SPACE}{HIDDEN}]|&(?:nbsp|emsp|ensp);)+)|(?P<bold>\*\*+|__)|(?P<escape>\\(?=[-.#*()\[\]_~>+`]))"
    r"|(?P<tag></?(?:p|br|b|i|u|strong|em|span|div|center|font|section|article|h[1-6])(?:\s[^<>]*)?/?>)"
)
# A class of its own: re finds one of its characters quicker than one of several words.
_MAY_BE_LAYOUT = expression(rf"[{_SPACE}{HIDDEN}*_\\&<]")
_HEADING = expression(r"(#{1,6})(?:\s+|(?=[^#\s]))")
_RULE = expression(r"(?:[-—_*=~─━]\s*){3,}$")
_PAGE_NUMBER = expression(
    r"[\s(（\[【]*[-—–─－·•~]*\s*(?:第\s*)?[0-9０-９]{1,4}\s*(?:页|/\s*[0-9]{1,4}(?:\s*页)?|(?:页)?\s*[,，/]?\s*共\s*[0-9]{1,4}\s*页)?"
    r"\s*[-—–─－·•~]*[\s)）\]】]*$"
)
_PAGE_EDGE = expression(r"[\s()（）\-—–─－]+$")
_ROW = expression(r"\|.*\|\s*$")
_ROW_RULE = expression(r"[|\s:\-—]+$")
_SENTENCE_END = "。！？；："
_COMMA = expression("[，；：]")
# A row of a table that lost its lines: 3 建好书角 县教育局
_COLUMNS = expression("(?:序号|[0-9]{1,3})[ \u3000]+(?![年月日时分至人个名次项万亿元%])[^ \u3000]+[ \u3000]+[^ \u3000]")
# Whom a notice goes to, and the end of a line with a telephone number.
_TO = expression("各[^。；：]{1,80}：$")
_CONTACT = expression("(?:电话|传真|手机)[^，。；、]{0,3}[0-9（）()-]{7,}$")
_CUT_CLAUSE = expression("[^，。；：]{0,12}(?:单位|部门|分工|责任|牵头|配合|机构|主体)：")


class _Line(Struct):
    """One line of the source that has something to read."""

    start: int
    end: int
    text: str
    folded: str
    offsets: list[tuple[int, int]]
    gaps: list[tuple[int, int]]
    bold: list[tuple[int, int]]
    body: str
    """Without the white space and the # around it, as its width is counted."""
    heading: int = 0
    indent: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    row_rule: bool = False
    blank_before: bool = False
    apart: bool = False
    from_above: tuple[int, ...] = ()
    note: bool = False

    @property
    def columns(self) -> int:
        """Its width on a screen."""
        return _columns(self.body)


class _Growing(Struct):
    """A paragraph that may go on in the next line."""

    lines: list[_Line] = field(default_factory=list)
    folded: str = ""


def read_text(
    source: str,
    begins: Begins,
    whole_clause: WholeClause,
    format: str = "txt",
    encoding: str = "utf-8",
    known: Sequence[Line] = (),
) -> Text:
    """Return ``source`` as paragraphs, each character of it in exactly one.

    ``begins`` and ``whole_clause`` tell of a folded text whether it begins a paragraph, and
    whether a list of units is whole: the grammars know that, not this module. Characters that are
    HIDDEN are in no text of a paragraph, and leave no gap. ``known`` are the lines of the source as the
    reader of a format with marks of its own knows them; none for a format in which all marks are characters.
    """
    bounds = list(_line_bounds(source))
    starts = tuple(start for start, _ in bounds) or (0,)
    table = simplifying(source) if is_traditional(source) else {}
    marked = dict(zip((start for start, _ in bounds), known, strict=True)) if known else {}
    lines = _content_lines(source, bounds, table, marked)
    width = _Wrapping.of(lines)
    groups: list[_Growing] = []
    for line in lines:
        current = groups[-1] if groups else None
        if current is not None and _continues(current, line, width, begins, whole_clause):
            current.lines.append(line)
            current.folded += _joint(current.folded, line.folded) + line.folded
        else:
            groups.append(_Growing([line], line.folded))
    paragraphs = _partition(source, [_paragraph(group) for group in groups])
    return Text(source, tuple(paragraphs), starts, format, encoding)


# ----------------------------------------------------------------------------- the lines


def _line_bounds(source: str) -> Iterator[tuple[int, int]]:
    """Yield start of each line and end of its content, without the line end."""
    start = 0
    for match in _LINE_END.finditer(source):
        yield start, match.start()
        start = match.end()
    if start < len(source):
        yield start, len(source)


def _content_lines(
    source: str, bounds: list[tuple[int, int]], table: dict[int, str], known: Mapping[int, Line]
) -> list[_Line]:
    """Return the lines that have something to read: no blank lines, rules, page numbers."""
    kept: list[_Line] = []
    blank = False
    if _BREAK.search(source):
        bounds = [stretch for start, end in bounds for stretch in _between_breaks(source, start, end)]
    raw = [(start, end, source[start:end].replace(HIDDEN, "").strip()) for start, end in bounds]
    noise = _page_numbers([text for _, _, text in raw])
    for index, (start, end, stripped) in enumerate(raw):
        marks = known.get(start)
        if not stripped or index in noise or _RULE.match(stripped) or (marks is not None and marks.layout):
            blank = True
            continue
        line = _line(source, start, end, table)
        if marks is not None:
            _take_marks(line, marks)
        if not line.text:
            blank = True
            continue
        line.blank_before, blank = blank, False
        kept.append(line)
    return kept


def _between_breaks(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a line between form feeds and the like: they end a paragraph, not a line."""
    for found in _BREAK.finditer(source, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _page_numbers(lines: list[str]) -> set[int]:
    """Return the indexes of lines that are page numbers, also of ``(``, ``—``, ``19``, ``—``, ``)``."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if len(line) <= 24 and line and _PAGE_NUMBER.match(line):
            found.add(index)
            for step in (-1, 1):
                beside = index + step
                while 0 <= beside < len(lines) and (not lines[beside] or _PAGE_EDGE.match(lines[beside])):
                    if lines[beside]:
                        found.add(beside)
                    beside += step
    return found


def _line(source: str, start: int, end: int, table: dict[int, str]) -> _Line:
    """Take the layout out of one line, and keep where each character stood."""
    content = source[start:end]
    body = content.lstrip()
    indent = _columns(content[: len(content) - len(body)].replace("\t", "    "))
    while body.startswith(HIDDEN):
        body = body.lstrip(HIDDEN).lstrip()
    at = start + len(content) - len(body)
    heading = 0
    if body.startswith("#") and (match := _HEADING.match(body)):
        heading = len(match[1])
        at += match.end()
        body = body[match.end() :]
    body = body.rstrip()
    while body.endswith(HIDDEN):
        body = body.rstrip(HIDDEN).rstrip()
    text, offsets, gaps, bold = _without_layout(body, at)
    folded = fold(text)
    if table:
        folded = folded.translate(table)
    line = _Line(start, end, text, folded, offsets, gaps, bold, body, heading, indent)
    if body.startswith("|") and _ROW.match(body) and body.count("|") >= 3:
        line.cells = tuple(_cells(text))
        line.row_rule = bool(_ROW_RULE.match(body))
    elif body.count("\t") >= 2:
        line.cells = tuple(_tabbed(body, at, line))
    return line


def _take_marks(line: _Line, known: Line) -> None:
    """Let a line be what its reader knows of it."""

    def ranges(of: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        for first, last in of:
            yield _index(line, line.start + first), _index(line, line.start + last)

    line.heading = line.heading or known.heading
    line.apart, line.note = known.apart, known.note
    if known.bold:
        line.bold = [(first, last) for first, last in ranges(known.bold) if last > first]
    if known.cells:
        line.cells, line.row_rule = tuple(ranges(known.cells)), False
        line.from_above = known.from_above


def _without_layout(
    body: str, at: int
) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]], list[tuple[int, int]]]:
    """Return text, runs ``(index, offset)``, gaps ``(index, columns)`` and bold ranges of a line."""
    if not _MAY_BE_LAYOUT.search(body):
        return body, [(0, at)], [], []
    parts: list[str] = []
    offsets: list[tuple[int, int]] = []
    gaps: list[tuple[int, int]] = []
    bold: list[tuple[int, int]] = []
    length = last = 0
    opened: int | None = None
    for match in _layout_in(body):
        piece = body[last : match.start()]
        if piece:
            offsets.append((length, at + last))
            parts.append(piece)
            length += len(piece)
        last = match.end()
        if match["space"]:
            before = parts[-1][-1] if parts else ""
            blank = match[0].replace(HIDDEN, "")
            if blank == " " and _is_latin(before) and _is_latin(body[last : last + 1]):
                offsets.append((length, at + match.start() + match[0].index(" ")))
                parts.append(" ")
                length += 1
            elif length and blank:
                gaps.append((length, _columns(blank.replace("\t", "    "))))
        elif match["bold"]:
            if opened is None:
                opened = length
            else:
                if length > opened:
                    bold.append((opened, length))
                opened = None
    if last < len(body):
        offsets.append((length, at + last))
        parts.append(body[last:])
        length += len(body) - last
    if opened is not None and length > opened:  # ** opened here, closed on the next line
        bold.append((opened, length))
    return "".join(parts), offsets, gaps, bold


def _layout_in(body: str) -> Iterator[re.Match[str]]:
    """Yield what is layout in ``body``."""
    at = 0
    while candidate := _MAY_BE_LAYOUT.search(body, at):
        found = _LAYOUT.match(body, candidate.start())
        at = found.end() if found else candidate.end()
        if found:
            yield found


def _is_latin(char: str) -> bool:
    return "!" <= char <= "~" and char.isalnum()


def _columns(text: str) -> int:
    """Return the width of ``text`` on a screen: a 汉字 is two columns."""
    if text.isascii():
        return len(text)
    return sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, int]):
    """The columns of each character, asked of Unicode once."""

    def __missing__(self, char: str) -> int:
        width = 2 if east_asian_width(char) in "FW" or char in "“”‘’—…·" else 1
        if char <= "\uffff":  # rarer ones are not kept: there are a million of them
            self[char] = width
        return width


_WIDTHS = _Widths()
# No draft is wrapped at more columns than this.
_WIDEST = 200
# More than any offset.
_BEYOND = 1 << 62
# How far from the margin a line may end: a word or a number does not fit.
_TOLERANCE = 5


def _cells(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges between the bars of a Markdown row."""
    bars = [index for index, char in enumerate(text) if char == "|"]
    for left, right in pairwise(bars):
        yield left + 1, right


def _tabbed(body: str, at: int, line: _Line) -> Iterator[tuple[int, int]]:
    """Yield the ranges between the tabs of a line pasted from a spreadsheet."""
    start = 0
    for cell in body.split("\t"):
        first, last = at + start, at + start + len(cell)
        inside = [_index(line, offset) for offset in (first, last)]
        yield inside[0], inside[1]
        start += len(cell) + 1


def _index(line: _Line, offset: int) -> int:
    """Return the index in the line's text of the first character at or after ``offset``."""
    if not line.offsets:
        return len(line.text)
    number = max(0, bisect_right(line.offsets, offset, key=lambda run: run[1]) - 1)
    at, source = line.offsets[number]
    following = line.offsets[number + 1][0] if number + 1 < len(line.offsets) else len(line.text)
    return min(max(at, at + offset - source), following)


# ----------------------------------------------------------------------- what goes together


class _Wrapping(Struct, frozen=True):
    """The width at which every line of a draft was broken, if it was."""

    columns: int = 0
    characters: int = 0

    @classmethod
    def of(cls, lines: list[_Line]) -> _Wrapping:
        """Find the width; zero means that lines are whole paragraphs."""
        prose = [line for line in lines if (len(line.body) >= 16 or line.columns >= 16) and not line.cells]
        if len(prose) < 8:
            return cls()
        whole = sum(len(line.body) > _WIDEST for line in prose)
        columns = 0 if whole >= _may_stick_out(prose) else _common_longest([line.columns for line in prose], _TOLERANCE)
        characters = _common_longest([line.end - line.start for line in prose], 1)
        return cls(columns, characters)

    def __bool__(self) -> bool:
        return bool(self.columns or self.characters)

    def is_full(self, line: _Line) -> bool:
        """Say whether ``line`` reaches the margin."""
        return bool(self.columns and line.columns + line.indent >= self.columns - _TOLERANCE) or bool(
            self.characters and line.end - line.start >= self.characters - 1
        )


def _common_longest(lengths: list[int], tolerance: int) -> int:
    """Return the greatest length if two in five come close to it, else 0."""
    longest = sorted(lengths)[-_may_stick_out(lengths)]
    near = sum(longest - tolerance <= length <= longest + tolerance for length in lengths)
    return longest if near * 5 >= len(lengths) * 2 and longest <= _WIDEST else 0


def _may_stick_out(lines: Sequence[object]) -> int:
    """Return the rank of the line that sets the width: an unbreakable number, a long heading do not."""
    return max(1, len(lines) // 50)


# What a clause may have left for its last line: 等单位参加。
_REST_OF_CLAUSE = expression(
    "(?=[等配参协])(?:等(?:有关|相关)*(?:单位|部门))?(?:配合|参加|参与|协助)?(?:落实|实施)?[。）〕]"
)


def _continues(current: _Growing, line: _Line, width: _Wrapping, begins: Begins, whole_clause: WholeClause) -> bool:
    """Say whether ``line`` goes on with the paragraph ``current``."""
    last = current.lines[-1]
    if line.apart or line.cells or last.cells or line.heading or current.lines[0].heading:
        return False
    if line.folded[0] in "，。、；：）》”！？〕" and current.folded[-1] not in "。！？；":
        return True
    if current.folded[-1] in "（〔《“" and not line.bold:
        return True
    if _REST_OF_CLAUSE.match(line.folded) and "、" in current.folded[-40:] and current.folded[-1] not in "。！？；":
        return True
    if line.bold and line.bold[0][0] == 0 and not (last.bold and last.bold[-1][1] == len(last.text)):
        return False
    if last.bold == [(0, len(last.text))] and current.lines == [last] and not (line.bold and line.bold[0][0] == 0):
        return False
    tail = current.folded[-240:]
    ended = _is_ended(tail)
    if width and width.is_full(last):
        return _continues_wrapped(current, line, ended, begins)
    if begins(line.folded) or ended:
        return False
    return not _stands_alone(current, line, begins, whole_clause)


def _continues_wrapped(current: _Growing, line: _Line, ended: bool, begins: Begins) -> bool:
    """The same for a line at the margin of a draft in which every line is broken there."""
    if begins(line.folded):
        # 按照第 / 3、4项 …: what looks like a label is none in the middle of a sentence.
        return (
            not ended and current.folded[-1] not in "）〕" and line.folded[0] in "0123456789" and "。" in current.folded
        )
    if not ended and (current.folded[-1] in "，、" or _open_bracket(current.folded[-80:])):
        return True
    indented = line.indent > current.lines[-1].indent and (len(current.lines) > 1 or line.indent >= 2)
    if ended:
        return not (indented or line.blank_before or _begins_with_title(line.folded))
    return not (indented and line.indent >= 4)


def _begins_with_title(folded: str) -> bool:
    """Say whether a text begins with a short sentence that can be the title of a measure."""
    stop = folded.find("。")
    return 3 <= stop <= 30 and not _COMMA.search(folded, 0, stop)


def _is_ended(folded: str) -> bool:
    """Say whether a paragraph can end with this: a full stop, also before a closing quote."""
    stripped = folded.rstrip("”’\"'」』")
    if not stripped:
        return True
    if stripped[-1] in _SENTENCE_END:
        return not _open_bracket(folded)
    # 。） ends too, and so does a clause: （市教育局牵头）
    return stripped[-1] in "）〕" and (
        stripped.rstrip("）〕")[-1:] in _SENTENCE_END or _is_clause_end(stripped) or _is_remark_end(stripped)
    )


@made_of_words()
def _clause_end() -> re.Pattern[str]:
    """Return the pattern of brackets at the end of a paragraph that hold a word of a clause."""
    inside = "(?:[^（）〔〕\n]|[（〔][^（）〔〕]*[）〕])*"
    return expression(f"[（〔]{inside}(?:{any_of(lexicon().clauses.hints)}){inside}[）〕]$")


def _is_clause_end(folded: str) -> bool:
    return bool(_clause_end().search(folded[-600:]))


def _is_remark_end(folded: str) -> bool:
    """Say whether the brackets at the end stand behind a sentence, or hold a list of units for it.

    …。（见附件） and …水平（市教育局、市科协）, but not 有关部门（市教育局、市科协）, which goes on.
    """
    opening = opening_bracket(folded, 0, len(folded))
    before = folded[: max(0, opening)]
    if not before or before[-1] in "。！？；":
        return bool(before)
    inside = folded[opening + 1 : -1]
    if before.endswith(lexicon().clauses.collective_nouns) or takes_level(before):
        return False
    return is_list(inside) or is_mostly_list(inside)


def _open_bracket(folded: str) -> bool:
    """Say whether a bracket was opened not long ago and not closed."""
    for opener, closer in (("（", "）"), ("《", "》")):
        at = folded.rfind(opener)
        if at >= 0 and at > folded.rfind(closer) and len(folded) - at < 60:
            return folded[-1] not in "。！？；"
    return False


@made_of_words()
def _line_end() -> re.Pattern[str]:
    """Return the pattern of the end of a line that is whole without a full stop."""
    return expression(f"(?:{'|'.join(lexicon().documents.line_ends)})$")


@made_of_words()
def _web_line() -> re.Pattern[str]:
    """Return the pattern of a line that a web page puts above a document: 索引号：…"""
    return expression(f"(?:{'|'.join(lexicon().documents.web_labels.values())})：")


def _stands_alone(current: _Growing, line: _Line, begins: Begins, whole_clause: WholeClause) -> bool:
    """Say whether a paragraph without a full stop is whole: a heading, a date, a name."""
    folded = current.folded
    if _COLUMNS.match(line.body) or _TO.match(line.folded) or _CONTACT.search(folded[-60:]):
        return True
    if folded[-1] in "，、“《（〔-" or _open_bracket(folded[-80:]):
        return folded.startswith("抄送") and folded[-1] not in "，、"
    if post().match(folded) and office_at_end().search(folded):
        return True
    inside = "。" in folded or "；" in folded
    labelled = begins(folded)
    whole = whole_clause(folded, line.folded)
    if whole is not None:
        return whole
    if labelled and _CUT_CLAUSE.match(folded):
        return False  # a clause that is cut inside a name
    if inside:
        return False
    commas = folded.count("，")
    if labelled:
        return len(folded) <= (40 if not commas else 28)
    if post().match(folded) or any(columns >= 2 for _, columns in current.lines[-1].gaps):
        return len(folded) <= 40
    if "：" in folded and _web_line().match(folded):
        return True
    if commas or "：" in folded[:-1]:
        return False
    return len(folded) <= 22 or (bool(_line_end().search(folded)) and len(folded) <= 60)


def _joint(before: str, after: str) -> str:
    """Return what goes between two lines that are joined: a space between Latin words."""
    return " " if before and after and _is_latin(before[-1]) and _is_latin(after[0]) and before[-1].isalpha() else ""


# --------------------------------------------------------------------------- the paragraphs


def _paragraph(group: _Growing) -> Paragraph:
    """Join the lines of ``group``."""
    if len(group.lines) == 1:
        line = group.lines[0]
        return _joined(group, line.text, line.folded, line.offsets, line.gaps, line.bold, ())
    parts: list[str] = []
    folded: list[str] = []
    runs: list[tuple[int, int]] = []
    gaps: list[tuple[int, int]] = []
    bold: list[tuple[int, int]] = []
    cuts: list[int] = []
    length = 0
    for line in group.lines:
        joint = _joint(parts[-1] if parts else "", line.text)
        if parts:
            if joint:  # stands for the line end before this line
                runs.append((length, group.lines[len(cuts)].end))
                parts.append(joint)
                folded.append(joint)
                length += 1
            cuts.append(length)
        runs += [(length + index, offset) for index, offset in line.offsets]
        gaps += [(length + index, columns) for index, columns in line.gaps]
        bold += [(length + start, length + end) for start, end in line.bold]
        parts.append(line.text)
        folded.append(line.folded)
        length += len(line.text)
    return _joined(group, "".join(parts), "".join(folded), runs, gaps, bold, tuple(cuts))


def _joined(
    group: _Growing,
    text: str,
    folded: str,
    runs: list[tuple[int, int]],
    gaps: list[tuple[int, int]],
    bold: list[tuple[int, int]],
    cuts: tuple[int, ...],
) -> Paragraph:
    first, last = group.lines[0], group.lines[-1]
    return Paragraph(
        Span(first.start, last.end),
        text,
        folded,
        tuple(runs),
        tuple(gaps),
        tuple(_merged(bold)) if bold else (),
        cuts,
        heading=first.heading,
        cells=() if first.row_rule else first.cells,
        layout=first.row_rule,
        from_above=first.from_above,
        note=first.note,
    )


def _merged(ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join ranges that touch: bold that went on over a line break."""
    start = end = -1
    for left, right in ranges:
        if left == end:
            end = right
            continue
        if end > start:
            yield start, end
        start, end = left, right
    if end > start:
        yield start, end


def _partition(source: str, paragraphs: list[Paragraph]) -> Iterator[Paragraph]:
    """Give every character between paragraphs to a paragraph of layout."""
    at = 0
    for paragraph in paragraphs:
        if paragraph.span.start > at:
            yield _layout(at, paragraph.span.start)
        yield paragraph
        at = paragraph.span.end
    if at < len(source):
        yield _layout(at, len(source))


def _layout(start: int, end: int) -> Paragraph:
    return Paragraph(Span(start, end), "", "", (), layout=True)


def divided(paragraph: Paragraph, at: list[int]) -> list[Paragraph]:
    """Divide a paragraph before each of the indexes ``at``, which grow: line breaks that were lost."""
    cuts = [0, *at, len(paragraph.text)]
    spans = [paragraph.span.start, *(paragraph.offset(index) for index in at), paragraph.span.end]
    pieces = []
    for (start, end), (first, last) in zip(pairwise(cuts), pairwise(spans), strict=True):
        runs, gaps, joined = paragraph.runs, paragraph.gaps, paragraph.cuts
        inside = bisect_right(runs, (start, _BEYOND)), bisect_left(runs, (end, -1))
        wide = bisect_right(gaps, (start, _BEYOND)), bisect_left(gaps, (end, -1))
        marked = bisect_right(paragraph.bold, start, key=itemgetter(1)), bisect_left(paragraph.bold, (end, -1))
        pieces.append(
            Paragraph(
                Span(first, last),
                paragraph.text[start:end],
                paragraph.folded[start:end],
                ((0, paragraph.offset(start)), *((index - start, offset) for index, offset in runs[slice(*inside)])),
                tuple((index - start, columns) for index, columns in gaps[slice(*wide)]),
                tuple((max(a, start) - start, min(b, end) - start) for a, b in paragraph.bold[slice(*marked)]),
                tuple(index - start for index in joined[bisect_right(joined, start) : bisect_left(joined, end)]),
            )
        )
    return pieces
