"""The tree of a web page: what of it a reader sees, and what each text of it is part of.

Source: HTML, sections 4 (elements) and 15.3 (what is displayed, and how); WAI-ARIA 1.2, section 5.4 (landmarks).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from checker.expressions import expression
from checker.model import Bilingual
from checker.problems import Unreadable
from checker.web.numbering import label, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_MARKS = 200_000
"""Of so many tags a page may consist: a long plan has some ten thousand, and each costs time and memory."""
_MOST_COLUMNS = 60
"""In so many columns of a table spans are followed."""

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "title",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "datalist",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "dialog",
        "rp",
        "rt",
        "rtc",
        "del",
        "frameset",
        "noframes",
    ]
)
"""Elements of which a reader sees nothing, or nothing that is text of a plan."""
_BLOCKS = frozenset(
    [
        "html",
        "body",
        "main",
        "article",
        "section",
        "nav",
        "header",
        "footer",
        "aside",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "menu",
        "dir",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "colgroup",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "blockquote",
        "center",
        "form",
        "fieldset",
        "legend",
        "figure",
        "figcaption",
        "address",
        "details",
        "summary",
        "hgroup",
        "hr",
        "pre",
        "listing",
        "plaintext",
        "xmp",
        "search",
    ]
)
"""Elements that begin and end lines of their own."""
_PREFORMATTED = frozenset(["pre", "listing", "plaintext", "xmp"])
_AROUND = frozenset(["nav", "header", "footer", "aside", "search"])
"""Elements around the article, where they are not within it."""
_NOT_CONTENT = frozenset(
    ["navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar", "tablist"]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = expression(r"(?:^|;)\s*display\s*:\s*none\b")
_BOLD = expression(r"(?:^|;)\s*font-weight\s*:\s*(bold|[6-9]00)\b")
_LIGHT = expression(r"(?:^|;)\s*font-weight\s*:\s*(normal|[1-5]00)\b")


class Node(NamedTuple):
    """An element, text or comment that is not hidden; a page has them in the order of the file."""

    name: str
    """``#text``, ``#comment`` or the element's."""
    attributes: Mapping[str, str | None]
    words: str
    """Of a text or comment, as sheltered."""
    offset: int
    """Where a text begins in the file; 0 for what is no text."""
    parent: int
    """Its number among the nodes; -1 for the first."""


class Context(Struct, frozen=True, gc=False):
    """What a node is within; numbers are those of nodes, -1 for none."""

    block: int = -1
    heading: int = 0
    bold: bool = False
    linked: bool = False
    preformatted: bool = False
    item: int = -1
    table: int = -1
    row: int = -1
    cell: int = -1
    in_article: bool = False
    around: bool = False
    """Whether it is in what stands around the article by its own account: a header, a menu."""


class Page(Struct, frozen=True):
    """The nodes of a page that are not hidden."""

    nodes: list[Node]
    ends: list[int]
    """For each node the number of the first one behind it that is not within it."""
    title: str
    """What the page calls itself; empty where it does not."""

    def children(self, number: int) -> Iterator[int]:
        """Yield the numbers of the nodes straight within a node."""
        at = number + 1
        while at < self.ends[number]:
            yield at
            at = self.ends[at]


def parsed(source: str) -> Page:
    """Return the sheltered characters of a file as a page; raises Unreadable for one with too many tags."""
    from justhtml import JustHTML

    marks = source.count("<")
    if marks > _MOST_MARKS:
        zh = f"网页里的标记太多（{marks} 个，上限为 {_MOST_MARKS} 个）；请只保存正文，或复制到 .txt 文件里"
        en = f"the page has too many tags ({marks}, the limit is {_MOST_MARKS}): save the article alone, or as text"
        raise Unreadable(Bilingual(zh, en))
    root = JustHTML(source, sanitize=False, track_node_locations=True).root
    nodes: list[Node] = []
    ends: list[int] = []
    title = ""
    waiting: list[tuple[Any, int]] = [(root, -1)]
    while waiting:
        one, parent = waiting.pop()
        if one is None:
            ends[parent] = len(nodes)
            continue
        name = one.name or ""
        if name == "title" and not title:
            title = one.to_text()
        if name == "head":
            waiting += [(child, parent) for child in reversed(one.children or ()) if child.name == "title"]
        if name in ("#text", "#comment"):
            nodes.append(Node(name, {}, one.data or "", getattr(one, "origin_offset", None) or 0, parent))
            ends.append(len(nodes))
        elif name.startswith(("#", "!")) or not _is_hidden(name, one.attrs or {}):
            if name.startswith("!"):
                continue
            nodes.append(Node(name, getattr(one, "attrs", None) or {}, "", 0, parent))
            ends.append(0)
            waiting.append((None, len(nodes) - 1))
            waiting += [(child, len(nodes) - 1) for child in reversed(one.children or ())]
    return Page(nodes, ends, title)


def _is_hidden(name: str, attributes: Mapping[str, str | None]) -> bool:
    if name in _UNSEEN:
        return not (name == "dialog" and "open" in attributes)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style) and _HIDDEN.search((style or "").lower()) is not None


# ------------------------------------------------------------------------- what is within what


def contexts(page: Page) -> list[Context]:
    """Return for each node what it is within."""
    tables = _tables_of_data(page)
    found: list[Context] = []
    for number, node in enumerate(page.nodes):
        outer = found[node.parent] if node.parent >= 0 else Context()
        found.append(outer if node.name.startswith("#") else _inner(outer, number, node, tables))
    return found


def _inner(outer: Context, number: int, node: Node, tables: set[int]) -> Context:
    name, attributes = node.name, node.attributes
    in_article = outer.in_article or is_article(node)
    if name not in _BLOCKS:
        bold = _bold(outer.bold, name, attributes)
        linked = outer.linked or (name == "a" and "href" in attributes)
        if (bold, linked, in_article) == (outer.bold, outer.linked, outer.in_article):
            return outer
        return _changed(outer, bold=bold, linked=linked, in_article=in_article)
    table = number if number in tables else -1 if name == "table" else outer.table
    in_table = table >= 0
    return Context(
        block=number,
        heading=_HEADINGS.get(name, outer.heading),
        bold=_bold(outer.bold, name, attributes),
        linked=outer.linked,
        preformatted=outer.preformatted or name in _PREFORMATTED,
        item=number if name == "li" else -1 if name in ("ul", "ol") else outer.item,
        table=table,
        row=number if name == "tr" and in_table else outer.row if in_table else -1,
        cell=number if name in ("td", "th") and in_table else outer.cell if in_table else -1,
        in_article=in_article,
        around=outer.around
        or (name in _AROUND and not (in_article and name in ("header", "footer", "aside")))
        or (attributes.get("role") or "") in _NOT_CONTENT,
    )


def _changed(outer: Context, *, bold: bool, linked: bool, in_article: bool) -> Context:
    from msgspec.structs import replace

    return replace(outer, bold=bold, linked=linked, in_article=in_article)


def _bold(outer: bool, name: str, attributes: Mapping[str, str | None]) -> bool:
    style = (attributes.get("style") or "").lower()
    if style and "font-weight" in style:
        if _BOLD.search(style):
            return True
        if _LIGHT.search(style):
            return False
    return outer or name in ("b", "strong")


def is_article(node: Node) -> bool:
    """Say whether an element is, by its own account, the article or the main part of a page."""
    return node.name in ("article", "main") or (node.attributes.get("role") or "") in ("article", "main")


def is_line_end(node: Node) -> bool:
    """Say whether a line ends at a node that is no text: where a block begins, or by ``<br>``."""
    return node.name == "br" or node.name in _BLOCKS


# ----------------------------------------------------------------------------------- tables


def _tables_of_data(page: Page) -> set[int]:
    """Return the tables whose rows are rows of a table; the others only say where on the page things stand."""
    lengths, blocks = _lengths(page), _counts(page, lambda node: is_line_end(node))
    wide: dict[int, int] = {}
    for number, node in enumerate(page.nodes):
        if node.name == "table":
            wide[number] = 0
    if not wide:
        return set()
    holding = _counts(page, lambda node: node.name == "table")
    headed = _counts(page, lambda node: node.name in ("h1", "h2", "h3"))
    for number in wide:
        rows = list(_rows(page, number))
        cells = [[cell for cell in _cells(page, row) if lengths[cell]] for row in rows]
        wide[number] = sum(len(row) >= 2 for row in cells)
        longest = max((cell for row in cells for cell in row), key=lambda cell: lengths[cell], default=-1)
        if longest >= 0 and lengths[longest] > 500 and lengths[longest] * 2 > lengths[number] and blocks[longest] > 8:
            wide[number] = 0  # the article stands in one cell
    return {
        number
        for number, rows_wide in wide.items()
        if rows_wide
        and holding[number] == 1
        and not headed[number]
        and (page.nodes[number].attributes.get("role") or "") not in ("presentation", "none")
    }


def _lengths(page: Page) -> list[int]:
    """Return how many characters stand in each node, white space aside."""
    lengths = [len("".join(node.words.split())) if node.name == "#text" else 0 for node in page.nodes]
    return summed(page, lengths)


def _counts(page: Page, wanted: Any) -> list[int]:
    return summed(page, [int(not node.name.startswith("#") and wanted(node)) for node in page.nodes])


def summed(page: Page, values: list[int]) -> list[int]:
    """Return for each node its own value and those of all within it."""
    for number in range(len(values) - 1, 0, -1):
        values[page.nodes[number].parent] += values[number]
    return values


def _rows(page: Page, table: int) -> Iterator[int]:
    for child in page.children(table):
        name = page.nodes[child].name
        if name == "tr":
            yield child
        elif name in ("thead", "tbody", "tfoot"):
            yield from (row for row in page.children(child) if page.nodes[row].name == "tr")


def _cells(page: Page, row: int) -> Iterator[int]:
    return (cell for cell in page.children(row) if page.nodes[cell].name in ("td", "th"))


FROM_LEFT, FROM_ABOVE = -1, -2
"""Stand for a cell into which another one reaches."""


def columns(page: Page, table: int) -> dict[int, list[int]]:
    """Return for each row of a table its cells by column; FROM_LEFT or FROM_ABOVE where another one reaches in."""
    placed: dict[int, list[int]] = {}
    reaching: dict[int, int] = {}  # for how many more rows a column is taken
    for row in _rows(page, table):
        line: list[int] = []
        taken = {column for column, rows in reaching.items() if rows > 0}
        reaching = {column: rows - 1 for column, rows in reaching.items() if rows > 1}
        for cell in _cells(page, row):
            while len(line) in taken:
                line.append(FROM_ABOVE)
            attributes = page.nodes[cell].attributes
            across = min(max(1, whole(attributes.get("colspan")) or 1), max(1, _MOST_COLUMNS - len(line)))
            down = max(1, whole(attributes.get("rowspan")) or 1)
            if down > 1 and len(line) < _MOST_COLUMNS:
                reaching |= dict.fromkeys(range(len(line), len(line) + across), down - 1)
            line += [cell, *[FROM_LEFT] * (across - 1)]
        while len(line) in taken:
            line.append(FROM_ABOVE)
        placed[row] = line
    return placed


# ------------------------------------------------------------------------------------ lists


def labels(page: Page) -> dict[int, str]:
    """Return the number that a browser shows before each item of an ordered list."""
    found: dict[int, str] = {}
    for number, node in enumerate(page.nodes):
        if node.name == "ol":
            items = [child for child in page.children(number) if page.nodes[child].name == "li"]
            found |= _numbered(page, node, items)
    return found


def _numbered(page: Page, of_list: Node, items: Sequence[int]) -> Iterator[tuple[int, str]]:
    step = -1 if "reversed" in of_list.attributes else 1
    start = whole(of_list.attributes.get("start"))
    following = start if start is not None else 1 if step > 0 else len(items)
    for item in items:
        attributes = page.nodes[item].attributes
        value = whole(attributes.get("value"))
        number = following if value is None else value
        yield item, label(number, attributes, of_list.attributes)
        following = number + step
