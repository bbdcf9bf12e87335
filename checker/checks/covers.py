"""``covers``: each item of a list is there, in one of its wordings."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from checker.checks import CheckType, Place, place_of
from checker.folding import compared
from checker.model import Bilingual, Found, Plan
from checker.nodes import value

Words = Annotated[str, Meta(min_length=1)]


class Item(Struct, frozen=True, forbid_unknown_fields=True):
    """A thing that has to be there."""

    name: Words
    wordings: Annotated[
        tuple[Words, ...], Meta(description="写出其中任何一个就算有；不写则为 name / any of these words will do")
    ] = ()
    name_en: str | None = None


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``covers`` can be told."""

    items: Annotated[tuple[Item, ...], Meta(min_length=1, description="要有的各项 / what has to be there")]
    field: Annotated[str, Meta(description="在节点的哪个属性里找 / the attribute in which it is looked for")] = "title"
    report_at: Annotated[
        tuple[Place, ...],
        Meta(description="报告在哪种章节的标题处，依次寻找；没有则在方案标题处 / at which sections it is reported"),
    ] = ()


def check(nodes: Sequence[Any], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield a finding for each item that no node's field has in any of its wordings."""
    texts = [compared(str(value(node, options.field, plan) or "")) for node in nodes]
    for item in options.items:
        wordings = [compared(wording) for wording in item.wordings or (item.name,)]
        if not any(wording in text for wording in wordings for text in texts):
            fields: dict[str, object] = {"name": item.name, "name_en": item.name_en or item.name}
            yield Found(place_of(plan, options.report_at), fields, about=item.name)


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    for index, item in enumerate(options.items):
        if not all(compared(wording) for wording in (item.name, *item.wordings)):
            zh = "空白的说法哪里都有，等于没有要求"
            yield f"items[{index}]", Bilingual(zh, "a blank wording is found in any text")


CHECK = CheckType(
    "covers",
    Options,
    check,
    Bilingual("清单各项都要写到", "each item of a list is there"),
    needs_nodes=False,
    gives_node=False,
    fields=("name", "name_en"),
    attributes={"field": ("text",)},
    mistakes=_mistakes,
)
