"""Which part of a web page is the article: the plan, without menus, lists of links, and what else stands around it.

By structure first (``<article>``, ``<main>``, landmarks), then by density: the smallest element that holds what
reads like a plan, that is sentences, numbered headings, clauses, the foot of a document. Names of classes say
nothing: each site has its own.
"""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from checker.clauses import begins_clause
from checker.document_words import document_words
from checker.expressions import expression
from checker.folding import fold
from checker.lexicon import lexicon
from checker.outline import labels
from checker.web.characters import AMPERSAND
from checker.web.tree import Context, Page, contexts, is_line_end, summed

_SENTENCE = expression("[。；！？]")
_MOST_OF_IT = 0.75
"""An ``<article>`` with this share of what reads like a plan holds the plan."""
_LITTLE = 0.02
_FEW = 120
"""What stands beside the article is left out up to this share, and up to so many characters."""
_LONGEST_LINE = 60
"""Longer than this is no line of a page's own, nor a signature."""
_SHORTEST_TITLE = 6
_TITLE_ENDS = expression(r"[_|｜]|\s[-–—]+\s")
_FOOT = ("附件", "附表", "抄送", "（此件", "此件")
_CONTAINERS = frozenset(
    [
        "#document",
        "html",
        "body",
        "main",
        "article",
        "section",
        "div",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "center",
        "form",
        "fieldset",
        "blockquote",
        "font",
        "span",
        "details",
        "figure",
    ]
)
"""Elements that may hold the article as a whole."""


class Run(Struct):
    """What stands on a line of its own: texts with nothing between them that ends a line."""

    texts: list[int] = field(default_factory=list)
    comments: list[int] = field(default_factory=list)
    """Comments before it or within it."""
    context: Context = Context()
    words: str = ""
    own: int = 0
    """How many of its characters are in no link, white space aside."""
    linked: int = 0
    links: int = 0
    prose: int = 0
    """How many of its characters read like a plan."""
    marked: bool = False
    """Whether it begins as paragraphs of a plan do: with a number, as a clause, as the foot of a document."""
    signed: bool = False
    """Whether it is the date, or the issuer with the date, under a document."""
    furniture: bool = False
    """Whether it is a line that pages put around a document: 【打印】, 上一篇, 版权所有."""


class Article(Struct, frozen=True):
    """The runs of the article, and of the whole page what else is needed to read them."""

    page: Page
    contexts: Sequence[Context]
    runs: list[Run]


def article(page: Page) -> Article:
    """Return the article of a page; without runs for a page without text."""
    within = contexts(page)
    runs = [run for run in _runs(page, within) if run.words or run.comments]
    seen = [run for run in runs if not run.context.around]
    if not any(run.words for run in seen):  # all of it is header, menu or footer, by its own account
        seen = runs
    root = _root(page, within, seen)
    inside = [run for run in seen if _is_in(page, root, run)]
    if not any(run.words for run in inside):
        inside = seen
    kept = _without_furniture(page, inside)
    return Article(page, within, [*_title(page, runs, kept), *kept])


def _is_in(page: Page, root: int, run: Run) -> bool:
    first = (run.texts or run.comments)[0]
    return root <= first < page.ends[root]


# ------------------------------------------------------------------------------------ runs


def _runs(page: Page, within: Sequence[Context]) -> Iterator[Run]:
    """Yield the text of a page line by line, as it is displayed."""
    run = Run()
    ended = False
    for number, node in enumerate(page.nodes):
        if node.name == "#comment":
            if "plancheck" in node.words:
                run.comments.append(number)
        elif node.name == "#text":
            if ended or (run.texts and run.context.block != within[number].block):
                if run.texts:
                    yield _measured(page, within, run)
                    run = Run()
                ended = False
            if not run.texts:
                if not node.words.strip():
                    continue
                run.context = within[number]
            run.texts.append(number)
        elif is_line_end(node):
            ended = True
    if run.texts or run.comments:
        yield _measured(page, within, run)


def _measured(page: Page, within: Sequence[Context], run: Run) -> Run:
    own, linked = "", ""
    before = -1
    for text in run.texts:
        node = page.nodes[text]
        words = html.unescape(node.words.replace(AMPERSAND, "&"))
        run.words += words
        if within[text].linked:
            linked += words
            run.links += node.parent != before
            before = node.parent
        else:
            own += words
    run.words = " ".join(run.words.split())
    run.own, run.linked = len(squeezed(own)), len(squeezed(linked))
    run.furniture = _is_furniture(run.words)
    if run.words and run.own >= run.linked and not run.context.around and not run.furniture:
        _read(run, fold(run.words))
    return run


def _read(run: Run, folded: str) -> None:
    """Tell whether a run reads like a plan."""
    start = folded[:_FEW]
    run.marked = labels().match(start) is not None or begins_clause(start) or start.startswith(_FOOT)
    run.signed = len(folded) < _LONGEST_LINE and document_words().signature.match(folded) is not None
    if run.marked or _SENTENCE.search(folded):
        run.prose = run.own


def _is_furniture(words: str) -> bool:
    """Say whether a line is one that pages put around a document; 发文字号：… says of the document itself."""
    documents = lexicon().documents
    if len(words) > _LONGEST_LINE or not any(word in words for word in documents.web_words):
        return False
    return not any(expression(documents.web_labels[name]).match(words) for name in ("number", "issuer", "date"))


def squeezed(words: str) -> str:
    """Return words without white space."""
    return "".join(words.split())


# -------------------------------------------------------------------------------- the element


def _root(page: Page, within: Sequence[Context], runs: Sequence[Run]) -> int:
    """Return the smallest element that holds all that reads like a plan, a little aside."""
    weights = _Weights(page, runs)
    for name in ("article", "main"):
        own = [n for n, node in enumerate(page.nodes) if name in (node.name, node.attributes.get("role"))]
        outermost = [n for n in own if not within[page.nodes[n].parent].in_article or name == "main"]
        if len(outermost) == 1 and weights.prose[outermost[0]] >= max(1, weights.prose[0] * _MOST_OF_IT):
            return outermost[0] if name == "article" else _narrowed(page, within, outermost[0], weights)
    return _narrowed(page, within, 0, weights)


class _Weights:
    """How much of what reads like a plan each node holds."""

    def __init__(self, page: Page, runs: Sequence[Run]) -> None:
        prose, marked = [0] * len(page.nodes), [0] * len(page.nodes)
        for run in runs:
            if run.texts:
                owner = page.nodes[run.texts[0]].parent
                prose[owner] += run.prose
                marked[owner] += run.marked
        self.prose, self.marked = summed(page, prose), summed(page, marked)
        self.signatures = [run.texts[0] for run in runs if run.signed]

    def is_signed(self, start: int, end: int) -> bool:
        """Say whether a signature stands among these nodes."""
        at = bisect_left(self.signatures, start)
        return at < len(self.signatures) and self.signatures[at] < end


def _narrowed(page: Page, within: Sequence[Context], root: int, weights: _Weights) -> int:
    """Go down from ``root`` as long as one element within holds what reads like a plan."""
    prose, marked = weights.prose, weights.marked
    while True:
        inside = [child for child in page.children(root) if prose[child] and not page.nodes[child].name.startswith("#")]
        best = max(inside, key=lambda child: prose[child], default=-1)
        if best < 0 or page.nodes[best].name not in _CONTAINERS or within[best].table >= 0:
            return root
        if prose[root] - prose[best] > min(_FEW, prose[root] * _LITTLE) or marked[root] > marked[best]:
            return root
        if page.nodes[root].name == "article" or weights.is_signed(page.ends[best], page.ends[root]):
            return root
        root = best


# ------------------------------------------------------------------------------ around the plan


def _without_furniture(page: Page, runs: list[Run]) -> list[Run]:
    """Return the runs without menus, lists of links and lines of the page before and behind what reads like a plan.

    Between its paragraphs all stays: a plan names the documents that it rests on, and those may be links.
    """
    prose = [number for number, run in enumerate(runs) if run.prose]
    if not prose:
        return runs
    first, last = prose[0], prose[-1]
    own, linked, links = ([0] * len(page.nodes) for _ in range(3))
    for number, run in enumerate(runs):
        if run.texts:
            owner = page.nodes[run.texts[0]].parent
            own[owner] += run.own if not first <= number <= last else 1 << 30  # what holds the plan is no list
            linked[owner] += run.linked
            links[owner] += run.links
    own, linked, links = summed(page, own), summed(page, linked), summed(page, links)
    listed = [False] * len(page.nodes)
    for number, node in enumerate(page.nodes):
        around = node.parent >= 0 and listed[node.parent]
        listed[number] = around or (links[number] >= 2 and linked[number] >= own[number])

    def is_kept(number: int, run: Run) -> bool:
        if first <= number <= last or not run.texts or run.words.startswith(_FOOT):
            return True
        return not run.furniture and not listed[run.texts[0]]

    return [run for number, run in enumerate(runs) if is_kept(number, run)]


def _title(page: Page, runs: Sequence[Run], kept: Sequence[Run]) -> list[Run]:
    """Return the line with the title of the page, where it stands before the article and is not in it."""
    first = next((run.texts[0] for run in kept if run.texts), 0)
    title = max(map(squeezed, _TITLE_ENDS.split(page.title)), key=len)
    before = [run for run in runs if run.texts and run.texts[0] < first and not run.linked and not run.furniture]
    named = [run for run in before if _is_named(squeezed(run.words), title)]
    headings = [run for run in before if run.context.heading == 1 and not run.context.around]
    chosen = max(named, key=lambda run: len(run.words), default=headings[-1] if len(headings) == 1 else None)
    inside = squeezed("".join(run.words for run in kept))
    return [chosen] if chosen is not None and squeezed(chosen.words) not in inside else []


def _is_named(words: str, title: str) -> bool:
    """Say whether words are the title of the page, or nearly all of it, or hold it."""
    shorter, longer = sorted((words, title), key=len)
    return len(shorter) >= _SHORTEST_TITLE and shorter in longer and len(shorter) * 2 >= len(longer)
