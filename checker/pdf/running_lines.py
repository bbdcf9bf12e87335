"""What stands on every page and is no text of the plan: running headers and footers, page numbers.

A running header stands on most pages with the same words at the same height, outside of the text of these
pages. A heading may stand at the top of two pages, and 附件1, 附件2 at the top of three: so the words have to
be the same (but for a number that counts the pages), and in a document of few pages they have to stand apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from checker.expressions import expression
from checker.pdf.printed_lines import PrintedLine

_NUMBER = r"(?:[0-9０-９]{1,4}|[ivxlIVXL]{1,7}|[一二三四五六七八九十百〇○]{1,5})"
_PAGE_NUMBER = expression(
    rf"[-—–─－·•~\s]*(?:第\s*)?{_NUMBER}\s*(?:页)?(?:\s*[/,，]?\s*(?:共\s*)?[0-9０-９]{{1,4}}\s*(?:页)?)?[-—–─－·•~\s]*$"
    rf"|(?:Page|PAGE|page)\s*{_NUMBER}(?:\s*(?:of|/)\s*{_NUMBER})?$"
)
_BARE = expression(r"[0-9０-９ivxlIVXL一二三四五六七八九十百〇○]+$")
_OF_A_BROWSER = expression(
    r"(?:https?|file)://\S.*[0-9]/[0-9]{1,4}$|[0-9]{1,4}/[0-9]{1,2}/[0-9]{1,4}[,，\s].{0,16}[0-9]{1,2}:[0-9]{2}"
)
"""What browsers print above and below a page: when, from where, and which page."""
_DIGITS = expression("[0-9０-９]+")
_LONGEST_NUMBER = 4
"""No page has a number of more digits."""
_LONGEST = 24
"""No page number is longer, its dashes and 第 3 页，共 10 页 included: time is bounded."""
_HEADING = expression("附件|附表|附录|附图")
_AT_EDGE = 2
"""So many lines at the top and at the bottom of a page may be running ones."""
_FEW = 3
"""In a document of no more pages, a line that is on all of them need not be a running one."""


def mark_running(pages: Sequence[tuple[float, Sequence[PrintedLine]]]) -> None:
    """Mark the running lines of a document, given the height and the lines of each page from top to bottom."""
    pitch = _pitch(pages)
    for at_top in (True, False):
        edges = [_edge(lines, at_top, _AT_EDGE + 1) for _, lines in pages]
        heights = [height for height, _ in pages]
        repeated = list(_repeated(edges, heights, at_top, pitch))
        for edge in edges:
            for line in edge[:_AT_EDGE]:  # the outermost first: what stands below a line of text is text
                line.running = any(line is one for one in repeated)
                if not (line.running or _is_page_number(line.text, _LONGEST)):
                    break
    for height, lines in pages:
        for at_top in (False, True):
            for line in _edge(lines, at_top, 1):
                if _OF_A_BROWSER.match(line.text) and (line.baseline < 0.08 * height or line.baseline > 0.92 * height):
                    line.running = True
            _mark_page_number(height, lines, at_top, pitch)


def _pitch(pages: Sequence[tuple[float, Sequence[PrintedLine]]]) -> float:
    """Return how far lines usually are from each other."""
    steps = [
        after.baseline - before.baseline
        for _, lines in pages
        for before, after in pairwise(line for line in lines if line.cells is None)
        if after.baseline > before.baseline
    ]
    return median(steps) if steps else 28.0


def _edge(lines: Sequence[PrintedLine], at_top: bool, number: int) -> list[PrintedLine]:
    """Return the lines at an edge of a page, the outermost first; rows of tables are no such lines."""
    ordered = sorted(lines, key=lambda line: line.top, reverse=not at_top)
    edge: list[PrintedLine] = []
    for line in ordered[:number]:
        if line.cells is not None:
            break
        edge.append(line)
    return edge


def _repeated(
    edges: Sequence[Sequence[PrintedLine]], heights: Sequence[float], at_top: bool, pitch: float
) -> Iterator[PrintedLine]:
    """Yield the lines that are on most pages, or on most even or odd ones."""
    found: dict[tuple[str, int], list[PrintedLine]] = {}
    for number, (edge, height) in enumerate(zip(edges, heights, strict=True), start=1):
        for line in edge[:_AT_EDGE]:
            words = _without_page_number(line.text, number)
            if not _HEADING.match(words):
                found.setdefault((words, round(line.baseline if at_top else height - line.baseline) // 3), []).append(
                    line
                )
    for (words, level), lines in list(found.items()):
        lines = lines + found.get((words, level + 1), [])  # two sides of one step
        on = {line.page for line in lines}
        written_on = sum(bool(edge) for edge in edges)
        if len(on) < 2 or not _is_on_most(on, written_on):
            continue
        apart = all(_stands_apart(line, edges[line.page - 1], at_top, pitch) for line in lines)
        if apart and (written_on > _FEW or all(_is_small(line, edges[line.page - 1]) for line in lines)):
            yield from lines


def _without_page_number(text: str, page: int) -> str:
    """Return the words of a line, with a mark for the number of its page: 第 3 页, 共 10 页."""

    def marked(found: re.Match[str]) -> str:
        return "#" if len(found[0]) <= _LONGEST_NUMBER and int(found[0]) == page else found[0]

    return _DIGITS.sub(marked, text.replace(" ", "").replace("\u3000", ""))


def _is_on_most(on: set[int], pages: int) -> bool:
    if pages <= _FEW:
        return len(on) == pages
    odd, even = {page for page in on if page % 2}, {page for page in on if not page % 2}
    if len(on) >= 0.6 * pages:
        return True
    return max(len(odd), len(even)) >= max(3, 0.35 * pages)


def _stands_apart(line: PrintedLine, edge: Sequence[PrintedLine], at_top: bool, pitch: float) -> bool:
    """Say whether a line is not one of the lines of text that follow it."""
    others = [other for other in edge if other is not line and (other.top > line.top) == at_top]
    if not others:
        return True
    step = min(abs(other.baseline - line.baseline) for other in others)
    return step >= 1.15 * pitch or any(other.size >= line.size + 1 for other in others)


def _is_small(line: PrintedLine, edge: Sequence[PrintedLine]) -> bool:
    others = [other.size for other in edge if other is not line]
    return not others or line.size <= max(others) - 1


def _is_page_number(text: str, longest: int = 20) -> bool:
    return len(text) <= longest and _PAGE_NUMBER.match(text) is not None


def _mark_page_number(height: float, lines: Sequence[PrintedLine], at_top: bool, pitch: float) -> None:
    """Mark the page number at an edge of a page, also one beside or below a running footer."""
    left = [line for line in lines if not line.running]
    for line in lines:
        if line.running and _is_page_number(line.text):
            line.page_number = True
    edge = _edge(left, at_top, 2)
    if not edge or any(line.page_number for line in lines):
        return
    line = edge[0]
    text = line.text
    if not _is_page_number(text):
        return
    near_edge = line.baseline < 0.12 * height if at_top else line.baseline > 0.85 * height
    apart = len(edge) < 2 or abs(edge[1].baseline - line.baseline) >= 1.15 * pitch or edge[1].size != line.size
    if near_edge and (apart or not _BARE.match(text)):
        line.running = line.page_number = True
