"""Which part of a web page is the article: the plan, without menus, lists of links, and what else stands around it.

By structure first (``<article>``, ``<main>``, landmarks), then by density: the smallest element that holds what
reads like a plan, that is sentences, numbered headings, clauses, the foot of a document. Names of classes say
nothing: each site has its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from checker.expressions import expression
from checker.folding import fold
from checker.plain_text import begins_paragraph
from checker.web.characters import AMPERSAND
from checker.web.tree import Context, Page, contexts, is_article, is_line_end, summed

_SENTENCE = expression("[。；！？]")
_MOST_OF_IT = 0.75
"""An ``<article>`` with this share of what reads like a plan holds the plan."""
_LITTLE = 0.02
_FEW = 120
"""What stands beside the article is left out up to this share, and up to so many characters."""
_SHORTEST_TITLE = 6
_CONTAINERS = frozenset(
    "#document html body main article section div table tbody thead tr td center form fieldset blockquote font span "
    "details figure".split()
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
    kept = _without_lists_of_links(page, inside)
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
    run.words = "".join(page.nodes[text].words for text in run.texts).replace(AMPERSAND, "&").strip()
    before = -1
    for text in run.texts:
        length = len("".join(page.nodes[text].words.split()))
        if within[text].linked:
            run.linked += length
            run.links += page.nodes[text].parent != before
            before = page.nodes[text].parent
        else:
            run.own += length
    if run.own >= run.linked and not run.context.around:
        run.marked = begins_paragraph(fold(run.words[:_FEW]))
        if run.marked or _SENTENCE.search(run.words):
            run.prose = run.own
    return run


# -------------------------------------------------------------------------------- the element


def _root(page: Page, within: Sequence[Context], runs: Sequence[Run]) -> int:
    """Return the smallest element that holds all that reads like a plan, a little aside."""
    prose, marked = [0] * len(page.nodes), [0] * len(page.nodes)
    for run in runs:
        if run.texts:
            owner = page.nodes[run.texts[0]].parent
            prose[owner] += run.prose
            marked[owner] += run.marked
    prose, marked = summed(page, prose), summed(page, marked)
    for name in ("article", "main"):
        own = [n for n, node in enumerate(page.nodes) if name in (node.name, node.attributes.get("role"))]
        outermost = [n for n in own if not within[page.nodes[n].parent].in_article or name == "main"]
        if len(outermost) == 1 and prose[outermost[0]] >= prose[0] * _MOST_OF_IT and prose[0]:
            return outermost[0] if name == "article" else _narrowed(page, within, outermost[0], prose, marked)
    return _narrowed(page, within, 0, prose, marked)


def _narrowed(page: Page, within: Sequence[Context], root: int, prose: Sequence[int], marked: Sequence[int]) -> int:
    """Go down from ``root`` as long as one element within holds what reads like a plan."""
    while True:
        inside = [child for child in page.children(root) if prose[child] and not page.nodes[child].name.startswith("#")]
        best = max(inside, key=lambda child: prose[child], default=-1)
        if best < 0 or page.nodes[best].name not in _CONTAINERS or within[best].row >= 0 or within[best].table >= 0:
            return root
        if prose[root] - prose[best] > min(_FEW, prose[root] * _LITTLE) or marked[root] > marked[best]:
            return root
        if is_article(page.nodes[root]) and not is_article(page.nodes[best]) and page.nodes[root].name == "article":
            return root
        root = best


# ------------------------------------------------------------------------------ around the plan


def _without_lists_of_links(page: Page, runs: list[Run]) -> list[Run]:
    """Return the runs without the menus and lists of links before and behind what reads like a plan.

    Between its paragraphs all stays: a plan names the documents that it rests on, and those may be links.
    """
    prose = [number for number, run in enumerate(runs) if run.prose]
    if not prose:
        return runs
    first, last = prose[0], prose[-1]
    own, linked, links = ([0] * len(page.nodes) for _ in range(3))
    for run in (*runs[:first], *runs[last + 1 :]):
        if run.texts:
            owner = page.nodes[run.texts[0]].parent
            own[owner] += run.own
            linked[owner] += run.linked
            links[owner] += run.links
    for run in runs[first : last + 1]:
        if run.texts:
            own[page.nodes[run.texts[0]].parent] += 1 << 30  # nothing that holds the plan is a list of links
    own, linked, links = summed(page, own), summed(page, linked), summed(page, links)
    lists = {n for n in range(len(page.nodes)) if links[n] >= 2 and linked[n] >= own[n]}
    in_list = [False] * len(page.nodes)
    for number, node in enumerate(page.nodes):
        in_list[number] = number in lists or (node.parent >= 0 and in_list[node.parent])
    return [
        run
        for number, run in enumerate(runs)
        if first <= number <= last or not run.texts or not in_list[run.texts[0]] or run.words.startswith("附件")
    ]


def _title(page: Page, runs: Sequence[Run], kept: Sequence[Run]) -> list[Run]:
    """Return the line with the title of the page, where it stands before the article and is not in it."""
    first = next((run.texts[0] for run in kept if run.texts), 0)
    title = _squeezed(page.title)
    before = [run for run in runs if run.texts and run.texts[0] < first and not run.linked]
    named = [run for run in before if _SHORTEST_TITLE <= len(_squeezed(run.words)) and _squeezed(run.words) in title]
    headings = [run for run in before if run.context.heading == 1 and not run.context.around]
    chosen = max(named, key=lambda run: len(run.words), default=headings[-1] if len(headings) == 1 else None)
    if chosen is None or any(_squeezed(chosen.words) in _squeezed(run.words) for run in kept):
        return []
    return [chosen]


def _squeezed(words: str) -> str:
    return "".join(words.split())
