"""The leadership group: the units that are named as its members."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from checker.clauses import Custom
from checker.expressions import expression
from checker.lexicon import any_of, lexicon, made_of_words
from checker.model import Unit
from checker.reading import Passage, stands_in
from checker.units import Name, is_unit, post, written_out

_MEMBERS = expression(r"(?:组成人员|成员(?:单位)?)(?:主要)?(?:由|包括|有|为|：|分别为|分别由)+(?P<list>[^。；]+)")
# 成立领导小组，由甲局、乙局组成。 and 成立由甲局、乙局组成的领导小组
_MADE_OF = expression("由(?P<list>[^。；由]+?)(?:共同)?组成(?:的(?P<group>[^，。；]{0,40}))?(?=[，。；]|$)")
_LIST_CLOSED = expression("(?:组成|担任|参加|为成员)$")
# The first organ in a name that has two: 县水务局节水中心.
_ORGAN = expression(r"(?:[省市县区州旗]|[\u4e00-\u9fff]{2,4}?[省市县区]).{2,12}?(?:局|厅|委员会|委(?![员托]))(?=.)")
_SEPARATOR = expression("[、，]")
_JOINT = expression("(?:以及|(?:负责人|负责同志|领导|局长|主任|部长|书记|主席)(?:和|及|以及))")
_END_OF_LIST = expression("(?:等(?:有关|相关|成员)*(?:单位|部门)?|组成|担任|参加)$")
_COMMITTEE = expression("[省市县区州旗]委(?=.)")
_AS_MEMBERS = expression("(?:为|担任)(?:领导小组)?成员")


@made_of_words()
def _office_end() -> re.Pattern[str]:
    words = lexicon().units
    offices = any_of(words.offices)
    return expression(
        rf"(?:(?:分管|主要|有关|相关|负责|联系)?(?:{offices})(?:、(?:{offices}))*(?:同志)?(?:（[^（）]*）)?)+(?:担任|组成|为成员|参加|兼任)?等?$"
    )


def find(passages: Sequence[Passage], custom: Custom) -> Iterator[Unit]:
    """Yield the units of the roster, each once, with their part ``roster``."""
    seen: set[str] = set()
    in_lines = False
    for passage in passages:
        if passage.part in ("front", "title"):
            continue
        if passage.part == "heading":
            in_lines = False
            continue
        found, in_lines = _in_passage(passage, in_lines, custom)
        for unit in found:
            if unit.name not in seen:
                seen.add(unit.name)
                yield unit


def _in_passage(passage: Passage, in_lines: bool, custom: Custom) -> tuple[list[Unit], bool]:
    """Return the units that one passage names, and whether lines of persons may follow."""
    folded = passage.folded
    office = post().search(folded[:14]) if "：" in folded[:14] else None
    if office and (office.start() == 0 or passage.block.paragraph.gaps):
        return list(_line(passage, office.end(), custom, listing="单位" in office[0])), True
    if in_lines:
        wide = [index for index, columns in passage.block.paragraph.gaps if columns >= 1]
        if (wide or _office_end().search(folded.rstrip("）"))) and len(folded) <= 40 and not folded.endswith("。"):
            return list(_line(passage, 0, custom, listing=False)), True
        if "成员" not in folded:
            return [], len(folded) <= 40 and not folded.endswith("。")
    if "成员" not in folded and "组成" not in folded:
        return [], False
    units: list[Unit] = []
    for found in _MEMBERS.finditer(folded):
        units += _listed(passage, found.start("list"), _end_of_members(folded, *found.span("list")), custom)
    if not units:
        units = _making_up_a_group(passage, custom)
    for start, end in passage.sentences() if not units else ():
        named = _AS_MEMBERS.search(folded, start, end)
        if named and "、" in folded[start : named.start()]:
            by = max(folded.rfind("由", start, named.start()), folded.rfind("，", start, named.start()), start - 1)
            units += _listed(passage, by + 1, named.start(), custom)
    return units, in_lines and bool(units)


def _end_of_members(folded: str, start: int, end: int) -> int:
    """Return where a list of members ends before the next thing is said: …组成，办公室设在甲局."""
    begins = _beside_members()
    end = _closing(folded, start, end)
    closed = False
    stop = start
    for first, last in _between_commas(folded, start, end):
        if first > start and begins.search(folded, first, last):
            break
        closes = _LIST_CLOSED.search(folded, first, last) is not None
        if closed and not closes:
            break
        closed = closes
        stop = last
    return stop


def _closing(folded: str, start: int, end: int) -> int:
    """Return where the brackets close that a list stands in: 领导小组（成员单位：甲局、乙局）负责…"""
    depth = 0
    for index in range(start, end):
        depth += (folded[index] in "（〔") - (folded[index] in "）〕")
        if depth < 0:
            return index
    return end


def _between_commas(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas."""
    while (comma := folded.find("，", start, end)) >= 0:
        yield start, comma
        start = comma + 1
    yield start, end


@made_of_words()
def _beside_members() -> re.Pattern[str]:
    return expression("|".join(lexicon().units.beside_members))


@made_of_words()
def _group() -> re.Pattern[str]:
    """Return the pattern of a leadership group, and of the teams that are none."""
    return expression(f"(?P<leading>{any_of(lexicon().units.groups)})|[组队团](?![长织成员])")


def _making_up_a_group(passage: Passage, custom: Custom) -> list[Unit]:
    """Return the units of which a leadership group is said to be made: 领导小组由甲局、乙局组成."""
    if stands_in(passage.section, "actions") or stands_in(passage.section, "projects"):
        return []
    for found in _MADE_OF.finditer(passage.folded):
        sentence = passage.folded[: found.start()].rpartition("。")[2]
        groups = list(_group().finditer(found["group"] or sentence))
        if groups and groups[-1]["leading"]:
            units = _listed(passage, *found.span("list"), custom)
            if len(units) >= 2:
                return units
    return []


@lru_cache(maxsize=1)
def _person_in_brackets() -> re.Pattern[str]:
    """Return the pattern of a person with the post in brackets: 王某（县教育局局长）."""
    return expression("[\u4e00-\u9fff·]{2,4}（(?P<post>[^（）]*)）")


def _line(passage: Passage, start: int, custom: Custom, listing: bool) -> Iterator[Unit]:
    """Yield the units of one line: 姓名  单位职务, or a list of member units."""
    folded = passage.folded
    if "（" in folded and (bracket := _person_in_brackets().match(folded, start)):
        persons = [bracket, *_person_in_brackets().finditer(folded, bracket.end())]
        # 王某（县教育局局长）、李某（县财政局局长）
        posts = [piece for person in persons for piece in _pieces(folded, *person.span("post"))]
        units = [unit for post in posts if (unit := _of_office(folded, *post))]
        if units:
            yield from (_unit(passage, *unit, custom) for unit in units)
            return
    gaps = [index for index, _ in passage.block.paragraph.gaps if index > start]
    if listing or ("、" in folded[start:] and not gaps):
        yield from _listed(passage, start, len(folded), custom)
        return
    for begin in [*gaps[::-1], start]:
        units = [u for piece in _pieces(folded, begin, len(folded)) if (u := _of_office(folded, *piece))]
        if units:
            yield from (_unit(passage, *unit, custom) for unit in units)
            return


def _of_office(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the range of the unit whose officer is named from ``start``: 县教育局副局长."""
    office = _office_end().search(folded, start, end)
    if office is None or office.start() <= start:
        return None
    stop = office.start()
    if stop - start == 1 and folded.startswith("党委", stop):
        stop += 2  # 镇党委书记 is of 镇党委
    if separator := _SEPARATOR.search(folded, start, stop):
        stop = separator.start()
    name = folded[start:stop]
    organ = _ORGAN.match(name)  # the second is an office of the first
    if organ and not _COMMITTEE.match(name) and not name.endswith(("委员会", "委")):
        stop = start + organ.end()
    return (start, stop) if is_unit(folded[start:stop]) or folded[start:stop].endswith("委") else None


def _listed(passage: Passage, start: int, end: int, custom: Custom) -> list[Unit]:
    """Return the units of a list: 由甲局、乙局分管负责人和丙所主要负责人担任."""
    folded = passage.folded
    names: list[Name] = []
    places: list[tuple[int, int]] = []
    for left, right in _pieces(folded, start, end):
        for begin, stop in _split_at_office(folded, left, right):
            if is_unit(folded[begin:stop]) or folded[stop - 1] in "局委办部院校台所":
                names.append(Name(passage.text(begin, stop), folded[begin:stop], "、" if names else "，"))
                places.append((begin, stop))
    full = written_out(names, custom.level, custom.place_core)
    return [
        Unit(name, "roster", passage.span(*place), passage.text(*place), passage.section, prefix)
        for (name, prefix), place in zip(full, places, strict=True)
    ]


def _pieces(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between 、 and ， outside of brackets."""
    depth = 0
    first = start
    for index in range(start, end):
        char = folded[index]
        depth += (char in "（〔") - (char in "）〕")
        if depth == 0 and char in "、，":
            yield first, index
            first = index + 1
    yield first, end


def _split_at_office(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the units in 丙局分管负责人和丁所: two, joined after the officer of the first."""
    joint = _JOINT.search(folded, start, end)
    if joint:
        yield from _split_at_office(
            folded, start, joint.end() - (2 if folded[joint.end() - 2 : joint.end()] == "以及" else 1)
        )
        yield from _split_at_office(folded, joint.end(), end)
        return
    office = _office_end().search(folded, start, end)
    stop = office.start() if office and office.start() > start else end
    if ended := _END_OF_LIST.search(folded, start, stop):
        stop = ended.start()
    if stop > start:
        yield start, stop


def _unit(passage: Passage, start: int, stop: int, custom: Custom) -> Unit:
    text = passage.text(start, stop)
    name, prefix = written_out([Name(text, passage.folded[start:stop], "，")], custom.level, custom.place_core)[0]
    return Unit(name, "roster", passage.span(start, stop), text, passage.section, prefix)
