"""``pattern``: the text of each chosen node matches a pattern, or does not.

A node without the field is left alone: that it is missing is the business of ``required``.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from checker.checks import CheckType, Pattern, together
from checker.folding import simplified
from checker.kinds import KINDS
from checker.mending import edit, substituted, substitutions
from checker.model import Bilingual, Edit, Found, Plan
from checker.nodes import column, kind_of, place_in, plain, span_of, value
from checker.patterns import matches, replacement_problem, search
from checker.view import view

Key = Annotated[str, Meta(min_length=1)]


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``pattern`` can be told."""

    pattern: Annotated[
        Pattern, Meta(description="正则表达式，在文字的任何位置查找 / searched for anywhere in the text")
    ]
    must: Annotated[
        Literal["match", "not-match"],
        Meta(description="match：必须匹配；not-match：不得匹配 / whether the text has to match, or must not"),
    ] = "match"
    field: Annotated[
        str | None,
        Meta(description="在哪个属性里找；不写则为标题、全文、原文或名称 / the attribute; title or text by default"),
    ] = None
    fix: Annotated[
        str | dict[Key, str] | None,
        Meta(
            description="not-match：应改成的文字，可用 \\1 等；或者哪些字各换成什么，括号成对地换。"
            "match：换了就匹配的才换"
            " / what should stand there instead, with \\1 and so on; or which characters are replaced by which,"
            " brackets with their partners; for match only where the text then matches"
        ),
    ] = None
    fix_where: Annotated[
        Pattern | None,
        Meta(description="not-match：也匹配它的地方才照 fix 改 / only places that match this, too, are fixed"),
    ] = None
    once: Annotated[bool, Meta(description="全部合并为一个问题 / one violation for all of them")] = False


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each node that does not match, or each match that must not be."""
    found = _forbidden(nodes, options, plan) if options.must == "not-match" else _unmatched(nodes, options, plan)
    yield from together(found) if options.once else found


def _unmatched(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    for node in nodes:
        text = plain(node, options.field or default_field(node, plan), plan)
        if text is not None and not search(options.pattern, text):
            fix, edits = _until_it_matches(node, options, plan)
            yield Found(span_of(node), {"match": ""}, node=node, fix=fix, edits=edits)


def _forbidden(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    around = view(plan)
    field = options.field or (default_field(nodes[0], plan) if nodes else "")
    nodes = around.with_match(nodes, options.pattern, field)
    texts = column(nodes, field, plan)
    # Names of units stand hundreds of times: each text is searched once.
    found = {text: list(matches(options.pattern, simplified(text))) for text in set(texts) if text is not None}
    sure = {text: _sure(options, text) for text, some in found.items() if some}
    for node, text in zip(nodes, texts, strict=True):
        for match in found.get(text, ()):
            place = place_in(node, plan, field, match.start(), match.end())
            words = text[match.start() : match.end()]
            places = sure[text]
            is_sure = options.fix is not None and (places is None or match.span() in places)
            fix, edits = _mended(node, plan, field, options, match, text) if is_sure else (None, ())
            yield Found(place or span_of(node), {"match": words}, node=node, fix=fix, edits=edits)


def _sure(options: Options, text: str) -> frozenset[tuple[int, int]] | None:
    """Return the places in a text that may be fixed; None for all."""
    if options.fix is None or options.fix_where is None:
        return None
    return frozenset(match.span() for match in matches(options.fix_where, simplified(text)))


def _mended(
    node: Any, plan: Plan, field: str, options: Options, match: Any, text: str
) -> tuple[str | None, tuple[Edit, ...]]:
    """Return what should stand at a match, and the edits that put it there; nothing where that cannot be done."""
    start, end = match.span()
    words, source, given = text[start:end], plan.text.source, options.fix
    if isinstance(given, dict):
        edits = substitutions(text, start, end, given, partial(place_in, node, plan, field), source)
        return (substituted(words, given) if edits else None), edits
    fix = match.expand(given or "")
    one = edit(words, fix, place_in(node, plan, field, start, end), source)
    return (fix, (one,)) if one is not None else (None, ())


def _until_it_matches(node: Any, options: Options, plan: Plan) -> tuple[str | None, tuple[Edit, ...]]:
    """Return what should stand at a node, and the edits with which its text matches; nothing where it never does."""
    field = options.field or default_field(node, plan)
    text, source = value(node, field, plan), plan.text.source
    if not isinstance(options.fix, dict) or not search(options.pattern, simplified(substituted(text, options.fix))):
        return None, ()
    edits = substitutions(text, 0, len(text), options.fix, partial(place_in, node, plan, field), source)
    span = span_of(node)
    is_whole = bool(edits) and source[span.start : span.end] == text
    return (substituted(text, options.fix) if is_whole else None), edits


DEFAULT_FIELDS = ("title", "text", "quote", "name")
"""Where a node is looked at unless the rule says where: the first of these that it has."""


def default_field(node: Any, plan: Plan) -> str:
    """Return the attribute in which a node is looked at unless the rule names one."""
    return next(name for name in DEFAULT_FIELDS if name in KINDS[kind_of(node)].attributes)


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if options.field is None and not any(name in KINDS[kind].attributes for name in DEFAULT_FIELDS):
        yield (
            "pattern",
            Bilingual(f"{kind} 没有可查找的文字，请写明 field", f"{kind} has no text of its own: give field"),
        )
    if isinstance(options.fix, str) and options.must == "match":
        zh = "与 must: match 同用的 fix 要写明哪些字各换成什么，如 {'[': 〔}"
        yield "fix", Bilingual(zh, "with must: match, fix has to say which characters are replaced, as in {'[': 〔}")
    elif options.fix_where is not None and (options.fix is None or options.must == "match"):
        zh, en = "fix_where 与 fix、must: not-match 同用", "fix_where goes with fix and must: not-match"
        yield "fix_where", Bilingual(zh, en)
    elif isinstance(options.fix, str) and (wrong := replacement_problem(options.pattern, options.fix)):
        yield "fix", wrong


CHECK = CheckType(
    "pattern",
    Options,
    check,
    Bilingual("文字匹配（或不匹配）正则表达式", "the text matches a pattern, or does not"),
    fields=("match",),
    attributes={"field": ("text",)},
    mistakes=_mistakes,
)
