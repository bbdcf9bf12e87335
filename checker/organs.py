"""Which names are names of one unit, and which is a slip: what the register of organs tells of a plan's units.

县发改委 and 县发展和改革局 are one unit, 县文化和旅游局 and 县文旅体局 are, for a county has one bureau of culture;
县委宣传部分 is a slip, where the plan or the register knows 县委宣传部.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from checker.expressions import expression
from checker.folding import compared
from checker.lexicon import Organ, any_of, lexicon, made_of_words
from checker.units import is_unit, level_of

_BRACKETS = expression("（[^（）]*）$")
_BRANCH = expression(r"(?P<organ>.{2,}局)(?P<place>[\u4e00-\u9fff]{2,8}?)(?:[省市县区旗])?分局$")
_LEAGUE = expression(r"(?:共青)?团(?P<level>[\u4e00-\u9fff]{0,5}?[省市县区州盟旗镇乡])委(?:员会)?$")
_COMMITTEE = expression("委(?!员)(?=.)")
# A name is a slip only if it stands seldom, and what it is a slip of more often.
_SELDOM = 2
_LONGEST = 40
"""The functions of no bureau take more characters."""


class Sort(Struct, frozen=True):
    """What a name says of its unit."""

    level: str
    """``own`` for the plan's own government, else the level or place that stands before it; empty for none."""
    core: str
    """The name without level and brackets."""
    organs: frozenset[str]
    """Of the register, what the unit is for; empty for one that the register does not know."""
    former_until: int | None = None
    """The last year in which units bore this name."""
    now: str | None = None
    """The name that took its place."""
    bare: bool = False
    """True for a name without a level, which is taken for the plan's own."""


class Known(Struct, frozen=True):
    """What is known of one of the plan's names beside the others."""

    identity: str
    """The name by which the plan calls this unit most often."""
    spelling: str
    """The name, with the level that it lacks if the plan has it with that: 教育局 is 县教育局."""
    meant: str | None = None
    """What it is a slip of."""
    now: str | None = None
    """The unit's present name, where this is one of before a reform."""
    general: bool = False
    """True for no particular unit: 各乡镇, 有关部门, 县直各单位."""


def known_names(names: Sequence[str], place: str, year: int | None) -> dict[str, Known]:
    """Return what is known of each of a plan's ``names``, given as often as they stand.

    ``place`` is the plan's own, ``year`` the one in which it was issued or begins.
    """
    counts = Counter(names)
    plain = {name: compared(name) for name in counts}
    sorts = {name: _sort(plain[name], place) for name in counts}
    identity = _identities(counts, sorts)
    slips = dict(_slips(counts, plain, sorts))
    known: dict[str, Known] = {}
    for name, sort in sorts.items():
        meant = slips.get(name)
        unit = name if meant is None else meant
        known[name] = Known(
            identity.get(unit, unit), _spelling(name, sort, counts, place), meant, _now(sort, year), _is_general(name)
        )
    return known


def _is_general(name: str) -> bool:
    return expression("|".join(lexicon().organs.general)).search(compared(name)) is not None


def _spelling(name: str, sort: Sort, counts: Counter[str], place: str) -> str:
    if sort.bare:
        for whole in (f"{place[-1:]}{name}", f"{place[-1:]}委{name}"):
            if whole in counts:
                return whole
    # A second name is added where it matters: 县市场监管局（县知识产权局）, elsewhere 县市场监管局.
    bare = _BRACKETS.sub("", name)
    return bare if counts[bare] >= counts[name] else name


def _now(sort: Sort, year: int | None) -> str | None:
    if year is None or sort.former_until is None or year <= sort.former_until:
        return None
    return sort.now


def _identities(counts: Counter[str], sorts: dict[str, Sort]) -> dict[str, str]:
    """Return for each name that by which the plan calls the unit most often.

    Names of one level are one unit if they share something that the unit is for.
    """
    leader = {name: name for name in counts}

    def found(name: str) -> str:
        while leader[name] != name:
            name = leader[name]
        return name

    by_organ: dict[tuple[str, str], str] = {}
    for name in counts:
        # A name that the register does not know is at least one with itself, level or no level: 镇财政所, 财政所.
        for organ in sorts[name].organs or {f"={sorts[name].core}"}:
            first = by_organ.setdefault((sorts[name].level, organ), name)
            leader[found(name)] = found(first)
    members: dict[str, list[str]] = {}
    for name in counts:
        members.setdefault(found(name), []).append(name)
    return {name: max(group, key=lambda one: counts[one]) for group in members.values() for name in group}


def _slips(counts: Counter[str], plain: dict[str, str], sorts: dict[str, Sort]) -> Iterator[tuple[str, str]]:
    """Yield each name that is a slip, and what was meant."""
    doubtful = [
        name
        for name, sort in sorts.items()
        if not sort.organs
        and counts[name] <= _SELDOM
        and len(sort.core) >= 2
        and not sort.core.endswith(lexicon().organs.of_places)
    ]
    by_part: dict[str, list[str]] = {}
    for name in counts if doubtful else ():
        for part in _all_but_one(plain[name]):
            by_part.setdefault(part, []).append(name)
    for name in doubtful:
        sort = sorts[name]
        others = dict.fromkeys(other for part in _all_but_one(plain[name]) for other in by_part[part])
        near = [
            other
            for other in others
            if other != name
            and (counts[other] > counts[name] or (sorts[other].organs and counts[other] == counts[name]))
            and _is_slip(plain[name], plain[other], bool(sorts[other].organs))
        ]
        if near:
            yield name, max(near, key=lambda other: counts[other])
        elif meant := _registered_near(plain[name], sort.core):
            yield name, meant


def _all_but_one(name: str) -> Iterator[str]:
    """Yield a name, and what is left of it without one of its characters: of one and its slip one of these is equal."""
    yield name
    for at in range(len(name)):
        yield name[:at] + name[at + 1 :]


def _is_slip(name: str, other: str, registered: bool) -> bool:
    """Say whether one name is the other but for one character that was doubled, dropped, swapped or mistaken."""
    if abs(len(name) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(name, other, strict=False)) if a != b), min(len(name), len(other)))
    rest, rest_of_other = name[start:], other[start:]
    apart = lexicon().organs.telling_apart
    if len(rest) == len(rest_of_other):
        if rest[:2] == rest_of_other[1::-1] and rest[2:] == rest_of_other[2:] and len(rest) > 1:
            return True
        # 大对 for 大队 is no ending of a unit.
        looked_for = not is_unit(name) or (len(rest) > 1 and name.endswith(lexicon().organs.mistaken_in))
        mistaken = rest[1:] == rest_of_other[1:] and looked_for
        # Two short names may well differ in one character and be two units.
        return mistaken and (registered or len(name) >= 7) and not {rest[0], rest_of_other[0]} & set(apart)
    longer, shorter = (rest, rest_of_other) if len(rest) > len(rest_of_other) else (rest_of_other, rest)
    # No name ends in 分 or 一: at its end any character too many is a slip.
    return longer[1:] == shorter and (not shorter or longer[0] not in apart)


def _registered_near(name: str, core: str) -> str | None:
    """Return the registered name of which ``core`` is a slip by a character too many, or two that changed places.

    A character too few or a wrong one may be a name of its own that the register does not know.
    """
    apart, last = lexicon().organs.telling_apart, len(core) - 1  # but no name ends in 分 or 一
    shorter = {core[:i] + core[i + 1 :] for i in range(len(core)) if i == last or core[i] not in apart}
    swapped = {core[:i] + core[i + 1] + core[i] + core[i + 2 :] for i in range(len(core) - 1)}
    for one in sorted(shorter | swapped):
        # 市政民局 has no level that could be told: 市政 is a word.
        if len(one) >= 3 and (_whole(one) or _whole(one[1:])):
            return name.replace(core, one)
    return None


def _whole(core: str) -> bool:
    """Say whether the register has a name as a whole, not made of parts."""
    if core in _bodies():
        return True
    ending = _ending().search(core)
    return ending is not None and core[: ending.start()] in _organs()


# ------------------------------------------------------------------------------ one name


@made_of_words(2048)
def _sort(name: str, place: str) -> Sort:
    """Return what a folded name says of its unit, in a plan of ``place``."""
    bare = _BRACKETS.sub("", name)
    if league := _LEAGUE.match(bare):
        return Sort(_level(league["level"], place), "共青团", frozenset({"共青团"}))
    if branch := _BRANCH.match(bare):
        whose = branch["place"].rstrip("省市县区旗")
        if whose and whose in place:  # 市生态环境局某某分局 is the county's own
            inner = _sort(branch["organ"], place)
            return Sort("own", inner.core, inner.organs, inner.former_until, inner.now)
    level, core = _split(bare.removeprefix("中共"), place)
    organs, former = _resolved(core)
    until, now = former or (None, None)
    return Sort(level or "own", core, organs, until, now, not level)


def _split(name: str, place: str) -> tuple[str, str]:
    """Return the level of a name, and the name without it: 县委宣传部 is ``own`` and 宣传部."""
    core = place[:-1] if len(place) > 2 else ""
    for own in (place, _innermost(core)):
        if own and name.startswith(own) and len(name) > len(own) + 1:
            rest = name[len(own) :].removeprefix(place[-1:] if own != place else "")
            return "own", _COMMITTEE.sub("", rest, count=1) if _COMMITTEE.match(rest) else rest
    prefix = level_of(name)
    rest = name[len(prefix) :]
    if not prefix.endswith("委") and _COMMITTEE.match(rest):
        rest = rest[1:]
    return _level(prefix.removesuffix("委"), place), rest


def _innermost(core: str) -> str:
    """Return the last place in a name of places: 某市云山 is 云山."""
    cut = max(core.rfind(level) for level in "省市县区州盟旗") if core else -1
    return core[cut + 1 :] if 0 < cut < len(core) - 1 else core


def _level(written: str, place: str) -> str:
    if written and place.endswith(written):
        return "own"
    return written


@made_of_words(2048)
def _resolved(core: str) -> tuple[frozenset[str], tuple[int, str] | None]:
    """Return what a unit with this name is for, and the last year and present name of a former one."""
    if core in _bodies():
        name, until = _bodies()[core]
        return frozenset({name}), until
    ending = _ending().search(core)
    if ending is None or ending.start() == 0:
        return frozenset(), None
    stem = core[: ending.start()]
    if beside := ending["beside"]:
        # Of a kind of its own, by the last word of its name: 机关事务服务中心, 机关事务中心.
        known = {_organs()[stem][0]} if stem in _organs() else _parts_of(stem) or ()
        return frozenset(name + beside[-2:] for name in known), None
    if stem in _organs():
        name, until = _organs()[stem]
        return frozenset({name}), until
    parts = _parts_of(stem)
    return (frozenset(parts) if parts and len(parts) > 1 else frozenset()), None


@made_of_words(2048)
def _parts_of(stem: str) -> frozenset[str] | None:
    """Return the functions of which the name of a merged bureau is made; None if it is made of others."""
    if not stem:
        return frozenset()
    if len(stem) > _LONGEST:
        return None
    for joint in lexicon().organs.joints:
        if stem.startswith(joint) and (rest := _parts_of(stem[len(joint) :])) is not None:
            return rest
    for length in range(min(len(stem), 12), 0, -1):
        name = _parts().get(stem[:length])
        if name is not None and (rest := _parts_of(stem[length:])) is not None:
            return rest | {name}
    return None


_Table = dict[str, tuple[str, tuple[int, str] | None]]


@made_of_words()
def _organs() -> _Table:
    return _table(lexicon().organs.organs)


@made_of_words()
def _bodies() -> _Table:
    return _table(lexicon().organs.bodies)


def _table(organs: Iterable[Organ]) -> _Table:
    found: _Table = {}
    for organ in reversed(tuple(organs)):  # of two with one name the first holds
        found |= dict.fromkeys((organ.name, *organ.short), (organ.name, None))
        found |= {former.name: (organ.name, (former.until, organ.name)) for former in organ.former}
    return found


@made_of_words()
def _parts() -> dict[str, str]:
    words = lexicon().organs
    return {part: organ.name for organ in reversed(words.organs) for part in (organ.name, *organ.short, *organ.parts)}


@made_of_words()
def _ending() -> re.Pattern[str]:
    words = lexicon().organs
    return expression(f"(?:(?P<beside>{any_of(words.beside)})|{any_of(words.endings)})$")
