"""What a PDF shows to the lines of a source: a line of the page is one, a row of a table too.

Lines are counted on each page as a person counts them: without running headers and page numbers, down the left
column and then the right one where there are two; a row of a table is one line, however many its cells take.
Footnotes come after all else, so that a paragraph goes on over them. It runs in the worker, within its limits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from checker.expressions import expression
from checker.model import Line, PageSetup, Place
from checker.pdf.arranged import Arranged, ArrangedLine
from checker.pdf.columns import in_reading_order
from checker.pdf.page import Document, Page
from checker.pdf.page_setup import Measured, page_setup
from checker.pdf.paragraphs import Margins, Standing, margins, standings
from checker.pdf.printed_lines import PrintedLine, printed_lines
from checker.pdf.rows_over_pages import join_rows
from checker.pdf.running_lines import mark_running
from checker.pdf.settings import alignment_and_indent, runs
from checker.pdf.tables import with_tables
from checker.pdf.unreadable import problems, refuse_without_text
from checker.pdf.written_lines import Written, row, single

_MARK_OF_NOTE = expression(r"[①-⑳⁰¹²³⁴-⁹]|\[[0-9]{1,3}\]|[0-9]{1,2}[\s\u3000]")


def arranged(shown: Document) -> Arranged:
    """Return the lines of a document and how its pages are set up; raises Unreadable for one without text."""
    refuse_without_text(shown)
    pages = [_lines(page) for page in shown.pages]
    mark_running([(page.height, lines) for page, lines in zip(shown.pages, pages, strict=True)])
    join_rows(pages)
    _mark_notes(pages)
    of = _margins(shown.pages, pages)
    written = _written(shown, pages, of)
    lines = tuple(_arranged_line(one, shown) for one in written)
    return Arranged(lines, tuple(_setups(shown, pages, written, of)), problems(shown, pages))


def _arranged_line(one: Written, shown: Document) -> ArrangedLine:
    return ArrangedLine(
        one.line,
        one.standing is not None and one.standing.begins == "continues-unlabelled",
        one.chars[0][0] if one.chars else None,
        tuple(runs(one.chars, shown.fonts)) if not one.line.layout else (),
        *alignment_and_indent(one.standing),
    )


def _lines(page: Page) -> list[PrintedLine]:
    """Return the lines of a page as they are read; those that stand at a right angle to the others last."""
    lines = in_reading_order(with_tables(page))
    for turned in page.turned:
        for line in printed_lines(turned, page.number):
            line.turned = True
            lines.append(line)
    return lines


def _mark_notes(pages: Sequence[Sequence[PrintedLine]]) -> None:
    """Mark the footnotes of each page: smaller lines at its foot, of which the first has the mark of a note."""
    size = _common_size(line for lines in pages for line in lines)
    for lines in pages:
        small: list[PrintedLine] = []
        for line in reversed([line for line in lines if not line.running and not line.turned]):
            if line.cells is not None or line.size > size - 1:
                break
            small.append(line)
        marked = [index for index, line in enumerate(small) if _MARK_OF_NOTE.match(line.text)]
        for line in small[: marked[-1] + 1] if marked else ():
            line.note = True


def _common_size(lines: Iterable[PrintedLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.cells is None and not line.running:
            sizes[line.size] += len(line.chars)
    return sizes.most_common(1)[0][0] if sizes else 0.0


# ------------------------------------------------------------------------------ margins


def _margins(pages: Sequence[Page], lines: Sequence[Sequence[PrintedLine]]) -> Callable[[PrintedLine], Margins]:
    """Return what gives a line its margins: those of its column, or of all pages of its page's kind."""
    kinds: dict[tuple[int, int, int], list[PrintedLine]] = {}
    for page, on_it in zip(pages, lines, strict=True):
        text = [line for line in on_it if not (line.running or line.turned or line.note)]
        kinds.setdefault(_kind(page), []).extend(text)
    known: dict[tuple[int, int, int], Margins] = {}
    for kind, of_kind in kinds.items():
        both = [line for parity in (0, 1) for line in kinds.get((*kind[:2], parity), ())]
        own, shared = margins(of_kind), margins(both)
        # Margins are mirrored where a plan is printed on both sides.
        mirrored = own is not None and shared is not None and abs(own.left - shared.left) > 3 and len(of_kind) >= 20
        chosen = own if mirrored else shared
        known[kind] = chosen or Margins(0.0, 0.0)
    return lambda line: Margins(*line.frame) if line.frame is not None else known[_kind(pages[line.page - 1])]


def _kind(page: Page) -> tuple[int, int, int]:
    return round(page.width), round(page.height), page.number % 2


# -------------------------------------------------------------------------------- lines


def _written(
    shown: Document, pages: Sequence[Sequence[PrintedLine]], of: Callable[[PrintedLine], Margins]
) -> list[Written]:
    """Return the lines of the source, page by page, then the footnotes."""
    body = [line for lines in pages for line in lines if not line.running]
    notes = [line for line in body if line.note]
    body = [line for line in body if not line.note]
    standing = {id(line): known for of_it in (body, notes) for line, known in _known(of_it, of)}
    places = _places(pages)
    written: list[Written] = []
    for page, lines in zip(shown.pages, pages, strict=True):
        for line in lines:
            if not line.note:
                written.append(_source_line(line, places[id(line)], standing.get(id(line)), shown))
        if page.slanting.strip():
            watermark = Line(page.slanting, ((0, Place(page=page.number)),), layout=True)
            written.append(Written(watermark, (), None, None))
    written += [_source_line(line, places[id(line)], standing[id(line)], shown) for line in notes]
    return written


def _known(
    lines: Sequence[PrintedLine], of: Callable[[PrintedLine], Margins]
) -> Iterator[tuple[PrintedLine, Standing]]:
    yield from zip(lines, standings(lines, of), strict=True)


def _places(pages: Sequence[Sequence[PrintedLine]]) -> dict[int, Place]:
    """Return where people find each line, by the line's identity."""
    places: dict[int, Place] = {}
    note = 0
    for number, lines in enumerate(pages, start=1):
        count = 0
        for line in lines:
            if line.running:
                places[id(line)] = Place(page=number)
                continue
            count += 1
            if line.note:
                note += bool(_MARK_OF_NOTE.match(line.text)) or not note
                places[id(line)] = Place("footnote", note, page=number, line=count)
            else:
                places[id(line)] = Place(page=number, line=count)
    return places


def _source_line(line: PrintedLine, place: Place, standing: Standing | None, shown: Document) -> Written:
    if line.cells is not None:
        return row(line, place, shown.fonts)
    return single(line, place, standing, shown.fonts)


# ------------------------------------------------------------------------------- layout


def _setups(
    shown: Document,
    pages: Sequence[Sequence[PrintedLine]],
    written: Sequence[Written],
    of: Callable[[PrintedLine], Margins],
) -> Iterator[PageSetup]:
    """Yield how pages are set up, those of one kind in a row together."""
    starts: dict[int, int] = {}
    at = 0
    for one in written:
        starts.setdefault(one.line.places[0][1].page, at)
        at += len(one.line.text) + 1
    together = groupby(zip(shown.pages, pages, strict=True), key=lambda pair: _kind(pair[0])[:2])
    for _, group in together:
        of_kind = list(group)
        lines = tuple(line for _, on_it in of_kind for line in on_it)
        start = next((starts[page.number] for page, _ in of_kind if page.number in starts), None)
        plain = next((line for line in lines if line.frame is None and not line.running), None)
        if start is None or plain is None:
            continue
        measured = Measured(tuple(page for page, _ in of_kind), lines, start)
        if (setup := page_setup(measured, of(plain), shown.fonts)) is not None:
            yield setup
