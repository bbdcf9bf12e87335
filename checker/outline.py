"""Paragraphs to sections: the labels, the titles, and the tree that ``plan.lark`` makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from checker.expressions import expression
from checker.grammar import Terminal, Tree, parsed, tables, valued_token
from checker.lexicon import made_of_words
from checker.model import Paragraph
from checker.numerals import chinese, number
from checker.units import list_at_end

# The level of each kind of label in a plan without chapters.
_LEVELS = {"CHAPTER": 1, "PART": 2, "ARTICLE": 1, "FIRST": 1, "SECOND": 2, "THIRD": 3, "FOURTH": 4, "FIFTH": 5}
_NUMBER_IN_LABEL = expression(r"[一二三四五六七八九十百]+|[0-9]+|[①-⑳⑴-⒇㈠-㈩]")


class Block(Struct):
    """A stretch of one paragraph that is one thing: a heading, an item, running text."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        """The stretch as it stands in the draft."""
        return self.paragraph.text[self.start : self.end]

    @property
    def folded(self) -> str:
        """The stretch in the folded form."""
        return self.paragraph.folded[self.start : self.end]


class Heading(Struct):
    """A numbered heading or item: its label and title, and where its own text begins."""

    paragraph: Paragraph
    kind: str
    level: int
    label: str
    ordinal: int
    title: str | None
    title_end: int
    body_start: int


class Branch(Struct, eq=False):
    """A heading, the blocks straight under it, and the branches below; the root has no heading."""

    heading: Heading | None = None
    blocks: list[Block] = field(default_factory=list)
    branches: list[Branch] = field(default_factory=list)
    parent: Branch | None = None

    def walk(self) -> Iterator[Branch]:
        """Yield this branch and all below it, in document order."""
        yield self
        for branch in self.branches:
            yield from branch.walk()


class Labels:
    """The labels of ``plan.lark``: what a paragraph of each kind begins with."""

    def __init__(self, terminals: Sequence[Terminal]) -> None:
        ranked = sorted(terminals, key=lambda terminal: -terminal.priority)
        self._pattern = expression("|".join(f"(?P<{terminal.name}>{terminal.pattern})" for terminal in ranked))

    def match(self, folded: str, at: int = 0) -> tuple[str, int] | None:
        """Return the kind of label at ``at`` of the folded text and where it ends."""
        found = self._pattern.match(folded, at)
        return (found.lastgroup or "", found.end()) if found else None

    def finditer(self, folded: str) -> Iterator[tuple[str, int, int]]:
        """Yield kind, start and end of everything in the text that looks like a label."""
        for found in self._pattern.finditer(folded):
            yield found.lastgroup or "", found.start(), found.end()


@made_of_words()
def labels() -> Labels:
    """Return the labels that ``plan.lark`` declares."""
    return Labels(tables("plan").terminals)


def ordinal(label: str) -> int:
    """Return the number in a label: （三） is 3."""
    found = _NUMBER_IN_LABEL.search(label)
    return number(found[0]) if found else 0


def outline(front: Sequence[Paragraph], body: Sequence[Block], closing: Sequence[Paragraph]) -> Branch:
    """Return the tree of sections that the blocks of a plan's body make."""
    kinds = [_kind(block) for block in body]
    present = {kind for kind, _ in kinds}
    levels = dict(_LEVELS)
    if "CHAPTER" in present:
        levels |= {kind: level + 1 for kind, level in _LEVELS.items() if kind not in ("CHAPTER", "PART")}
    elif "FIRST" in present:
        levels["ARTICLE"] = _LEVELS["THIRD"]  # articles that run on below 一、 and （一）
    tokens = [valued_token("FRONT", paragraph) for paragraph in front]
    for index, (block, (kind, label_end)) in enumerate(zip(body, kinds, strict=True)):
        if kind in _LEVELS:
            heading = _heading(block, kind, label_end, levels[kind], _has_more(kind, kinds[index + 1 : index + 2]))
            tokens.append(valued_token(f"LEVEL{heading.level}", heading))
            if heading.body_start < block.end:
                tokens.append(valued_token("TEXT", Block(block.paragraph, heading.body_start, block.end)))
        else:
            tokens.append(valued_token(kind, block))
    tokens += [valued_token("CLOSING", paragraph) for paragraph in closing]
    return _grown(parsed("plan", tokens), Branch())


def _has_more(kind: str, following: Sequence[tuple[str, int]]) -> bool:
    """Say whether something stands under a heading: text, a table, items of a finer kind."""
    if not following:
        return False
    below = following[0][0]
    return below not in _LEVELS or _LEVELS[below] > _LEVELS[kind]


def _grown(tree: Tree, branch: Branch) -> Branch:
    """Hang what stands in ``tree`` on ``branch``."""
    for child in tree.children:
        if isinstance(child, Tree):
            under = branch
            if child.data.startswith("section"):
                under = Branch(parent=branch)
                branch.branches.append(under)
            _grown(child, under)
        elif isinstance(child.value, Heading):
            branch.heading = child.value
        elif isinstance(child.value, Block):
            branch.blocks.append(child.value)
    return branch


def _kind(block: Block) -> tuple[str, int]:
    """Return the kind of token that ``block`` is, and where its label ends."""
    if block.paragraph.cells:
        return "ROW", block.start
    found = labels().match(block.paragraph.folded, block.start)
    if found is None or (found[1] >= block.end and found[0] not in ("CHAPTER", "PART", "ARTICLE")):
        return "TEXT", block.start
    return found


def _heading(block: Block, kind: str, label_end: int, level: int, has_text: bool) -> Heading:
    paragraph = block.paragraph
    # An article is an item, however high it stands: most articles are sentences without a title.
    start, end, body = title_range(paragraph, label_end, block.end, 3 if kind == "ARTICLE" else level, has_text)
    label = paragraph.text[block.start : label_end]
    return Heading(
        paragraph,
        kind,
        min(level, 6),
        label,
        ordinal(paragraph.folded[block.start : label_end]),
        paragraph.text[start:end] if end > start else None,
        end if end > start else label_end,
        body,
    )


# ---------------------------------------------------------------------------- the titles

_QUOTED = expression("“[^”]{0,300}”|（[^（）]{0,300}）|《[^》]{0,300}》|‘[^’]{0,300}’")
_STOPS = expression(r"[。：；！？]|(?<=[\u4e00-\u9fff”）])\.(?=[\u4e00-\u9fff“])")
_TRAILING = "。：；，、;,.:!！？-"
_CLAUSE_IN_BRACKETS = expression(
    r"[（〔](?=[^（）〔〕]*(?:[（〔][^（）〔〕]*[）〕][^（）〔〕]*)*(?:牵头|责任单位|责任部门|责任分工|负责|配合|参加|参与)[^（）〔〕]*(?:[（〔][^（）〔〕]*[）〕][^（）〔〕]*)*[）〕]?)"
)
# The words stand before the look behind them: re finds them quickly.
_CLAUSE_LABEL = expression("(?:牵头|责任|主责|负责|配合|实施)(?<=[。；）]..)(?:单位|部门|分工)：")
_SENTENCE_STOP = expression("[。；]")
_ORDERS = expression("要|应当|必须")


def title_range(paragraph: Paragraph, start: int, end: int, level: int, has_text: bool) -> tuple[int, int, int]:
    """Return start and end of the title of a numbered item, and where its text begins.

    ``has_text`` says whether more text follows in paragraphs of its own. A title has no
    end (start == end) when the item is running text from its first word: 1.加强领导，…
    """
    folded = paragraph.folded
    bold = next(((a, b) for a, b in paragraph.bold if a <= start + 1 < b <= end or a < start < b <= end), None)
    if bold and (bold[1] < end or "。" not in folded[start : bold[1] - 1]):
        stop = bold[1]
        while stop > start and folded[stop - 1] in _TRAILING:
            stop -= 1
        following = bold[1]
        while following < end and folded[following] in "。：；-":
            following += 1
        if stop > start:
            return start, stop, following
    limit = _clause_start(folded, start, end)
    clause = limit < end
    masked = _QUOTED.sub(lambda quoted: "〇" * len(quoted[0]), folded[start:limit])
    gap = next((index - start for index, columns in paragraph.gaps if start + 2 < index < limit and columns >= 2), None)
    stop_match = _STOPS.search(masked)
    if gap is not None and (stop_match is None or gap < stop_match.start()) and gap <= 30 and "，" not in masked[:gap]:
        return start, start + gap, start + gap
    if stop_match is None:
        return _standing_alone(start, limit, masked, level, has_text, clause)
    stop = stop_match.start()
    sentence = masked[:stop]
    rest = start + stop + 1
    if stop_match[0] == "：" and ("，" in sentence or len(sentence) > 25):
        later = _SENTENCE_STOP.search(masked)
        if later is None:
            return _standing_alone(start, limit, masked, level, has_text, clause)
        stop, sentence, rest = later.start(), masked[: later.start()], start + later.start() + 1
    more = rest < limit or has_text
    whole = rest >= limit and not clause
    if whole and sentence.endswith("的"):
        return start, start, start  # 在楼道停放电动自行车的；is an item of a list
    if (whole and has_text and level <= 2 and len(sentence) <= 50) or _is_title(sentence, level, more):
        return start, start + stop, rest
    return start, start, start


def _clause_start(folded: str, start: int, end: int) -> int:
    """Return where the first responsibility clause begins, ``end`` where there is none."""
    bracket = _CLAUSE_IN_BRACKETS.search(folded, start, end)
    stop = bracket.start() if bracket else end
    if not bracket and folded[end - 1] in "）〕":
        stop = list_at_end(folded, start, end)
    label = _CLAUSE_LABEL.search(folded, start, end) if folded.find("：", start, end) >= 0 else None
    return min(stop, label.start()) if label else stop


def _standing_alone(
    start: int, limit: int, masked: str, level: int, has_text: bool, clause: bool
) -> tuple[int, int, int]:
    """Return the title of an item without a full stop: the whole of it, or nothing."""
    length = len(masked.rstrip(_TRAILING))
    commas = masked[:length].count("，")
    if level <= 2 and (length <= 50 or (has_text and not commas)):
        fits = not (clause and (commas > 1 or length > 40))
    else:
        # 在楼道停放电动自行车的；is an item of a list, not the title of one.
        fits = (
            not masked[:length].endswith("的")
            and length <= 40
            and (commas == 0 or (commas == 1 and length <= 30 and has_text))
        )
    if not length or not fits:
        return start, start, start
    return start, start + length, limit


def _is_title(sentence: str, level: int, more: bool) -> bool:
    """Say whether the first sentence of a numbered item is its title."""
    commas = sentence.count("，")
    length = len(sentence)
    if not sentence or (not more and commas):
        return bool(sentence) and level <= 2 and commas == 1 and length <= 30
    if commas == 0:
        return length <= (45 if level <= 2 else 40)
    parts = [len(part) for part in sentence.split("，")]
    # 健全机制，强化保障。 is a title; 各乡镇要高度重视，认真抓好落实。 is a sentence.
    even = max(parts) <= (16 if level <= 2 else 14) and max(parts) - min(parts) <= 6
    return commas <= 2 and length <= 36 and even and not _ORDERS.search(sentence)


def section_id(branch: Branch) -> str:
    """Return the path of ordinals of a section: 二.1."""
    assert branch.heading is not None
    own = branch.heading.ordinal
    if branch.parent is None or branch.parent.heading is None:
        return chinese(own) if branch.heading.level == 1 else str(own)
    return f"{section_id(branch.parent)}.{own}"
