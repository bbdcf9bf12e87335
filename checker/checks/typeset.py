"""``typeset``: text is set in one of the faces, in the size, aligned and indented as it should be.

Stretches with the same fault are one finding with all places. What a document does not say (the font of a stretch
without 汉字) is not asked.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from checker.checks import CheckType, together
from checker.lexicon import lexicon
from checker.model import Alignment, Bilingual, Found, Plan
from checker.typesetting import SetStretch, size_name

_ALIGNMENTS: dict[Alignment, Bilingual] = {
    "left": Bilingual("左对齐", "left-aligned"),
    "center": Bilingual("居中", "centred"),
    "right": Bilingual("右对齐", "right-aligned"),
    "justify": Bilingual("两端对齐", "justified"),
}


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``typeset`` can be told."""

    faces: Annotated[
        tuple[str, ...],
        Meta(description="可用的字体，见词表 fonts / faces that may be used, of the words in fonts.yaml"),
    ] = ()
    size: Annotated[Annotated[float, Meta(gt=0)] | None, Meta(description="字号，磅 / size in points")] = None
    size_tolerance: Annotated[
        float, Meta(description="字号允许相差多少磅 / how far off the size may be, in points", ge=0)
    ] = 0.5
    alignment: Annotated[Alignment | None, Meta(description="对齐方式 / alignment of the paragraph")] = None
    indent: Annotated[
        Annotated[float, Meta(ge=0)] | None,
        Meta(description="段首空几个字 / indent of the first line, in characters"),
    ] = None
    indent_tolerance: Annotated[
        float, Meta(description="段首空格允许相差几个字 / how far off the indent may be, in characters", ge=0)
    ] = 0.5


def check(nodes: Sequence[SetStretch], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield a finding for each way in which text is set otherwise, with the way in which it should be."""
    wanted = _listed(tuple(_wanted(options)))
    wrong: dict[Bilingual, list[Found]] = {}
    for node in nodes:
        if faults := tuple(_faults(node, options)):
            said = _listed(faults)
            fields: dict[str, object] = {"found": said, "wanted": wanted}
            wrong.setdefault(said, []).append(Found(node.span, fields, node=node))
    for said, found in wrong.items():
        yield from together(found, about=said.zh)


def _faults(node: SetStretch, options: Options) -> Iterator[Bilingual]:
    """Yield what is wrong with a stretch: its font, its size, its alignment, its indent."""
    if options.faces and node.font is not None and node.face not in options.faces:
        yield Bilingual(node.font, node.font)
    if options.size is not None and _is_off(node.size, options.size, options.size_tolerance):
        yield _size(node.size or 0)
    if options.alignment is not None and node.alignment not in (None, options.alignment):
        yield _ALIGNMENTS[node.alignment]
    if options.indent is not None and node.begins and _is_off(node.indent, options.indent, options.indent_tolerance):
        yield _indent(node.indent or 0)


def _is_off(number: float | None, wanted: float, tolerance: float) -> bool:
    return number is not None and abs(number - wanted) > tolerance


def _wanted(options: Options) -> Iterator[Bilingual]:
    if options.faces:
        english = {face.name: face.english for face in lexicon().fonts.faces}
        yield Bilingual("或".join(options.faces), " or ".join(english.get(face, face) for face in options.faces))
    if options.size is not None:
        yield _size(options.size)
    if options.alignment is not None:
        yield _ALIGNMENTS[options.alignment]
    if options.indent is not None:
        yield _indent(options.indent)


def _size(points: float) -> Bilingual:
    name = size_name(points)
    return Bilingual(f"{name}（{points:g}磅）" if not name.endswith("磅") else name, f"{points:g} pt")


def _indent(characters: float) -> Bilingual:
    return Bilingual(f"段首空{characters:.3g}字", f"indented by {characters:.3g}")


def _listed(said: tuple[Bilingual, ...]) -> Bilingual:
    return Bilingual("、".join(one.zh for one in said), ", ".join(one.en for one in said))


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if not options.faces and options.size is None and options.alignment is None and options.indent is None:
        zh = "faces、size、alignment、indent 至少写一个"
        yield "", Bilingual(zh, "give faces, size, alignment or indent")
    known = [face.name for face in lexicon().fonts.faces]
    for face in options.faces:
        if face not in known:
            zh = f"词表里没有字体“{face}”，有：{'、'.join(known)}"
            yield "faces", Bilingual(zh, f"no face {face!r} in fonts.yaml, which has {', '.join(known)}")


CHECK = CheckType(
    "typeset",
    Options,
    check,
    Bilingual("字体、字号、对齐、缩进符合要求", "font, size, alignment and indent are as they should be"),
    nodes=("setting",),
    fields=("found", "wanted"),
    mistakes=_mistakes,
)
