"""Where paragraphs begin and go on, by where lines begin and end between the margins.

What geometry leaves open (a full line, then one at the margin, in a document without first-line indents) is
left to ``checker.reflow``, which goes by the words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from checker.expressions import expression
from checker.pdf.printed_lines import PrintedLine, gaps, is_wide

Stand = Literal["flush", "indented", "centred", "right", "other"]
"""How a line stands between the margins."""
Begins = Literal["apart", "continues", "continues-unlabelled", "open"]
"""Whether a line begins a paragraph, goes on with the one before, does so unless its words are those of a
beginning, or geometry leaves that open."""

_CLOSING = "，。、；：？！）》”’〉】〕…—,.;:?!)]%％"
_OF_THEIR_OWN = expression("附[件表录图注]|抄送|主送|各.{1,80}[:：]$|(?:[0-9０-９]{4}|二[〇○０])年.{1,8}日$")
_WHOLE = expression(r".*(?:号|日|[)）》〉])$")


class Margins(Struct, frozen=True):
    """Left and right edge of the text of pages of one kind, in points from the left edge of the page."""

    left: float
    right: float


class Standing(Struct, frozen=True):
    """What is known of a line from where it stands."""

    stand: Stand
    begins: Begins
    indent: float
    """How far from the left margin it begins, in characters of its size."""


def margins(lines: Sequence[PrintedLine]) -> Margins | None:
    """Return the margins of lines of running text on pages of one kind; None where there are none."""
    long = [line for line in lines if line.cells is None and line.frame is None and len(line.chars) >= 10]
    if not long:
        long = [line for line in lines if line.cells is None and line.frame is None]
    if not long:
        return None
    size = Counter(line.size for line in long).most_common(1)[0][0]
    least = max(1, 0.03 * len(long), min(2, len(long)))
    left = _outermost([line.left for line in long], least, size)
    # A stop may hang over the margin.
    ending = [line for line in long if line.chars[-1].text[0] not in _CLOSING] or long
    right = -_outermost([-line.right for line in ending], max(min(least, len(ending)), 0.1 * len(ending)), size)
    return Margins(left, right)


def _outermost(edges: list[float], least: float, size: float) -> float:
    """Return the outermost place at which at least so many lines begin, within half a character."""
    ordered = sorted(edges)
    end = 0  # of those near to an edge; it grows as the edges do
    for at, edge in enumerate(ordered):
        while end < len(ordered) and ordered[end] - edge <= 0.5 * size:
            end += 1
        if end - at >= least:
            return ordered[at + (end - at) // 2]
    return ordered[0]


def standings(lines: Sequence[PrintedLine], of: Callable[[PrintedLine], Margins]) -> list[Standing]:
    """Return what is known of each line, given in reading order without running ones; ``of`` gives its margins."""
    size = _common_size(lines)
    stands = [_stand(line, of(line), size) for line in lines]
    prose = [(line, stand) for line, stand in zip(lines, stands, strict=True) if line.cells is None]
    indented = sum(stand == "indented" for _, stand in prose)
    flush = sum(stand == "flush" and len(line.chars) >= 10 for line, stand in prose)
    # Where first lines are indented, lines at the margin go on.
    uses_indents = indented >= 2 and indented >= 0.05 * len(prose) and flush >= 1
    found: list[Standing] = []
    for index, (line, stand) in enumerate(zip(lines, stands, strict=True)):
        before = lines[index - 1] if index else None
        begins: Begins = "apart"
        if before is not None:
            begins = _begins(line, stand, before, stands[index - 1], of(before), uses_indents, size)
        found.append(Standing(stand, begins, max(0.0, (line.left - of(line).left) / (line.size or 1.0))))
    return found


def _common_size(lines: Sequence[PrintedLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.chars)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _stand(line: PrintedLine, margins: Margins, common: float) -> Stand:
    size = line.size or 1.0
    before, after = (line.left - margins.left) / size, (margins.right - line.right) / size
    if line.size > common + 1 and abs(before - after) <= 1.0:
        return "centred"  # a title may fill its line
    if abs(before) < 0.8:
        return "flush"
    if 1.4 <= before <= 2.7:
        return "indented"
    if before > 2.7 and abs(before - after) <= max(1.0, 0.12 * before):
        return "centred"
    if before >= 6 and after <= 5:
        return "right"
    return "other"


def _begins(
    line: PrintedLine,
    stand: Stand,
    before: PrintedLine,
    stand_before: Stand,
    margins: Margins,
    uses_indents: bool,
    size: float,
) -> Begins:
    if line.cells is not None or before.cells is not None or line.turned or before.turned or line.note or before.note:
        return "apart" if not (line.note and before.note) else "open"
    alike = abs(line.size - before.size) <= 0.6
    if "centred" in (stand, stand_before):
        return _of_centred(line, stand, before, stand_before, alike, size)
    if stand == "right" or (stand_before == "right" and stand != "other"):
        return "apart"
    if _are_columns(before, line):
        return "apart"
    full = margins.right - before.right < _first_piece(line) + 1.0 * line.size
    if stand == "indented":
        return "apart" if uses_indents or not full else "open"
    if stand == "flush" and stand_before in ("flush", "indented"):
        if full and alike and not _OF_THEIR_OWN.match(line.text):
            # Of paragraphs without an indent few end with a full line; a label says of one that it is one.
            # So does it of a heading at the margin above indented paragraphs, where a sentence has ended.
            return "continues" if uses_indents and before.text[-1] not in "。！？；" else "continues-unlabelled"
        if not full and (before.text[-1] in "。！？；：" or _is_short(before, margins)):
            return "apart"
    return "open"


def _is_short(line: PrintedLine, margins: Margins) -> bool:
    """Say whether its author ended a line: much room is left, and it ends with nothing that asks for more."""
    return margins.right - line.right > 5 * line.size and line.text[-1] not in "，、（《〔“‘—"


def _are_columns(before: PrintedLine, line: PrintedLine) -> bool:
    """Say whether two lines are rows of a table without ruling lines: gaps of both end at one place."""
    ends = [right for _, right in gaps(before)]
    return bool(ends) and any(abs(right - end) <= 0.5 * line.size for _, right in gaps(line) for end in ends)


def _of_centred(
    line: PrintedLine, stand: Stand, before: PrintedLine, stand_before: Stand, alike: bool, size: float
) -> Begins:
    """Say it of lines of which one is centred: those of one title belong together."""
    together = stand == stand_before and alike and line.font == before.font and line.page == before.page
    if not together or _OF_THEIR_OWN.match(before.text) or line.baseline - before.baseline > 2.5 * line.size:
        return "apart"
    return "continues" if line.size > size + 1 and not _WHOLE.match(before.text) else "open"


def _first_piece(line: PrintedLine) -> float:
    """Return how much room the beginning of a line takes that no line break may cut."""
    seen = line.chars
    end = 1
    while end < len(seen):
        text, last = seen[end].text, seen[end - 1].text
        joined = not text.isspace() and not is_wide(text) and not is_wide(last)
        if not (joined or text[0] in _CLOSING or last[0] in "（《“‘〈【〔(["):
            break
        end += 1
    return seen[end - 1].right - seen[0].left if seen else 0.0
