"""``sequence``: the numbers of headings and items follow one another.

Numbers count within one heading and one kind of label; where a plan lets them run on across
headings (up to 第九十条), they may. Reported is the heading at which a number is missing before it, stands
a second time, or goes back.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.checks import CheckType
from checker.model import Bilingual, Found, Plan
from checker.numerals import chinese
from checker.view import Heading

# 1. may begin anew within a section, after a paragraph that introduces another list.
_MAY_RESTART = ("third", "fourth", "fifth")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """``sequence`` has no options: ``where`` says which headings are looked at."""


def check(nodes: Sequence[Heading], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each heading whose number does not follow the one before it."""
    last_of_kind: dict[str, Heading] = {}
    last_of_list: dict[tuple[int, str], Heading] = {}
    repeated: set[tuple[int, str]] = set()
    for heading in nodes:
        kind = heading.kind
        listed = (id(heading.parent), kind)
        before = last_of_list.get(listed)
        if before is not None:
            yield from _after(before, heading, kind, listed in repeated)
            (repeated.add if heading.ordinal == before.ordinal else repeated.discard)(listed)
        elif not _begins(heading, last_of_kind.get(kind)):
            ended = last_of_kind.get(kind)  # where the list before ended, if this one goes on from there
            runs_on = ended is not None and ended.ordinal < heading.ordinal and (kind == "article" or ended.ordinal > 1)
            first = ended.ordinal + 1 if ended is not None and runs_on else 1
            yield _found(heading, None, range(first, heading.ordinal))
        last_of_list[listed] = last_of_kind[kind] = heading


def _begins(heading: Heading, before: Heading | None) -> bool:
    """Say whether a list may begin with this number: with 1, or where the list before it ended."""
    return heading.ordinal <= 1 or (before is not None and heading.ordinal == before.ordinal + 1)


def _after(before: Heading, heading: Heading, kind: str, repeated: bool) -> Iterator[Found]:
    """Yield what is wrong with a number behind another; ``repeated`` if that one stood twice.

    Then it may have been meant for the next: （三）（三）（五） is one slip.
    """
    follows = heading.ordinal == before.ordinal + 1 or (repeated and heading.ordinal == before.ordinal + 2)
    if follows or (1 == heading.ordinal < before.ordinal and kind in _MAY_RESTART):
        return
    missing = range(before.ordinal + 1, heading.ordinal)
    yield _found(heading, before, missing)


def _found(heading: Heading, before: Heading | None, missing: range) -> Found:
    """Return the finding: the numbers that are missing, or that one stands twice or goes back."""
    if missing:
        names = [_label(heading, number) for number in missing]
        shown = names if len(names) <= 3 else [names[0], names[-1]]
        gap = "、".join(shown) if len(names) <= 3 else "至".join(shown)
        problem = Bilingual(
            f"前面缺少“{gap}”", f"{' to '.join(shown) if len(names) > 3 else ', '.join(shown)} is missing before it"
        )
    elif before is not None and before.ordinal == heading.ordinal:
        problem = Bilingual("与前一个编号重复", "has the same number as the one before it")
    else:
        after = before.label.strip() if before else ""
        problem = Bilingual(f"排在“{after}”之后，次序颠倒", f"stands after {after}")
    others = (before.span,) if before is not None and not missing else ()
    return Found(heading.span, {"problem": problem}, others, heading)


def _label(heading: Heading, number: int) -> str:
    """Return the label that a number would have in the manner of this heading: （三） of （四）."""
    written = heading.label.strip()
    if any(char in _CIRCLED for char in written):
        return _CIRCLED[number - 1]
    if any(char.isdigit() and char.isdecimal() for char in written):
        digits = "".join(char for char in written if char.isdecimal())
        return written.replace(digits, str(number))
    return written.replace(chinese(heading.ordinal), chinese(number))


CHECK = CheckType(
    "sequence",
    Options,
    check,
    Bilingual("编号连续，不缺、不重、不颠倒", "numbers have no gap and no repeat"),
    nodes=("heading",),
    fields=("problem",),
)
