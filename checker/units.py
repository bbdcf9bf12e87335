"""Names of units written out: 区科协、教育局 is 区科协 and 区教育局."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from checker.expressions import expression
from checker.lexicon import any_of, lexicon, made_of_words
from checker.model import Prefix

_BRACKETS = str.maketrans("()", "（）")
_BRACKETS_AT_END = expression("[（〔][^（）〔〕]*[）〕]$")
_IN_BRACKETS = expression("（[^（）]*）")
_INNER_BRACKETS = expression("（[^（）]*）|〔[^〔〕]*〕")
_GOVERNMENT = expression("(?:人民)?政府|(?:街道)?办事处|管委会|管理委员会|党工委")
_COMMITTEE = expression(".{0,6}[省市县区州盟旗]委")
_BETWEEN_NAMES = expression("[、，]")
_MAY_BE_NAME = expression(r"[\u4e00-\u9fff]{1,24}\*?$")


class Name(Struct):
    """A name as it stands in a clause, and what separates it from the one before."""

    text: str
    folded: str
    after: str
    """``、`` inside a group of names, ``，`` at the start of one."""


class _Patterns(Struct, frozen=True):
    level: re.Pattern[str]
    league: re.Pattern[str]
    placed: re.Pattern[str]
    no_place: re.Pattern[str]
    party: re.Pattern[str]
    always_party: re.Pattern[str]
    takes_level: re.Pattern[str]
    unit: re.Pattern[str]
    shared: tuple[re.Pattern[str], ...]
    unprefixed: re.Pattern[str]
    collective: re.Pattern[str]
    collective_end: re.Pattern[str]


@made_of_words()
def _patterns() -> _Patterns:
    words = lexicon().units
    levels = "".join(words.levels)
    not_a_level = "|".join(words.not_a_level)
    takes = any_of(words.takes_level)
    collective = any_of(words.collective)
    return _Patterns(
        level=expression(rf"(?!{not_a_level})(?P<level>[{levels}])(?P<committee>委(?=[^、员]))?(?=.)"),
        league=expression(rf"(?:共青)?团(?P<level>[{levels}])委"),
        placed=expression(
            rf"(?P<place>[^（）各]{{2,5}}?[{levels}])(?P<committee>委(?=[^员]))?(?=[^{levels}、]{{2,}}$)"
        ),
        no_place=expression(any_of(words.no_place)),
        party=expression(rf"(?:{any_of(words.party)})$"),
        always_party=expression(rf"(?:{any_of(words.always_party)})$"),
        takes_level=expression(rf"(?:{takes})$"),
        unit=expression(rf"(?:{takes}|{any_of(words.other_endings)})$"),
        shared=tuple(expression(f"(?P<ending>{ending})$") for ending in words.shared_endings),
        unprefixed=expression(
            "各|有关|相关|其他|其它|驻|中央|国家|全国|本|上级|涉|所有|成员|人行|属地|中共|基层|市场主体|国网"
        ),
        collective=expression(rf"各(?:{collective})+$"),
        collective_end=expression(rf"(?:{collective})(?:人民政府|政府|办事处|管委会|党工委|（[^（）]*）)*$"),
    )


@made_of_words(512)  # a plan names the same few units hundreds of times
def is_unit(folded: str) -> bool:
    """Say whether a folded text ends as the names of units do."""
    return bool(_patterns().unit.search(_bare(folded)))


def level_of(folded: str) -> str:
    """Return the level prefix that a folded name has of its own: 区, 区委, 某市; empty for none."""
    return _prefix(folded)


def has_level(folded: str) -> bool:
    """Say whether a folded name begins with a level and ends as a unit that takes one: 县教育局."""
    return bool(_prefix(folded)) and bool(_patterns().takes_level.search(_bare(folded.rstrip("*"))))


def are_two(first: str, second: str) -> bool:
    """Say whether white space between two folded words stands for a comma: 县应急局 县水利局.

    Not in 市 科协, nor in 县委 县直机关工委, which is one name.
    """
    return has_level(first) and has_level(second) and not _COMMITTEE.fullmatch(first)


def shares_ending(folded: str) -> bool:
    """Say whether a folded name is a bare place, whose ending stands behind a later one."""
    return 1 < len(folded) <= 5 and not is_unit(folded)


def is_cut(last: str, first: str) -> bool:
    """Say whether a line end may have cut one name into ``last`` and ``first``, though ``last`` ends as units do.

    市人力资源和社, 会保障局; 市国有资产监督管理委, 员会; 市委, 宣传部; but not 市民政局, 市教育局.
    """
    whole = last + first
    if not _MAY_BE_NAME.match(first) or has_level(first) or not is_unit(whole):
        return False
    if _COMMITTEE.fullmatch(last):
        return bool(_patterns().party.fullmatch(first))
    if _GOVERNMENT.fullmatch(first):
        return last.endswith(tuple(lexicon().units.collective))
    return (takes_level(whole) and not takes_level(last)) or _cuts_ending(last, first)


def _cuts_ending(last: str, first: str) -> bool:
    """Say whether an ending of names stands on both sides of a cut: 委, 员会."""
    words = lexicon().units
    return any(
        last.endswith(ending[:at]) and first.startswith(ending[at:])
        for ending in (*words.takes_level, *words.other_endings)
        for at in range(1, len(ending))
    )


def names_in(folded: str) -> list[str]:
    """Return the names of a folded list of units, without what stands in brackets behind them."""
    return _BETWEEN_NAMES.split(without_brackets(folded.rstrip("。；")))


def without_brackets(folded: str) -> str:
    """Return a folded text without its brackets and what stands in them."""
    return _INNER_BRACKETS.sub("", folded) if "（" in folded or "〔" in folded else folded


def is_list(folded: str) -> bool:
    """Say whether a folded text holds nothing but units: 区教育局、区科协."""
    if len(folded) < 8 or "。" in folded[:-1]:
        return False
    names = names_in(folded)
    if len(names) < 2 and not folded.endswith("*"):
        return False
    return all(is_unit(name.rstrip("*")) or len(name) <= 3 for name in names) and any(has_level(name) for name in names)


def is_mostly_list(folded: str) -> bool:
    """Say whether a folded text is a list of units, or one, although a name may be misspelt: 区教育居."""
    if "。" in folded[:-1]:
        return False
    names = names_in(folded)
    if not (has_level(names[0]) or _patterns().level.match(names[0])) or not all(map(_MAY_BE_NAME.match, names)):
        return False
    return sum(is_unit(name.rstrip("*")) for name in names) * 2 > len(names) and any(map(has_level, names))


def list_at_end(folded: str, start: int, end: int) -> int:
    """Return where brackets open that end at ``end`` and hold nothing but units, ``end`` without any."""
    opening = opening_bracket(folded, start, end)
    return opening if opening > start and is_list(folded[opening + 1 : end - 1]) else end


def opening_bracket(folded: str, start: int, end: int) -> int:
    """Return where the bracket opens that closes at ``end``, -1 where it does not."""
    depth = 0
    for index in range(end - 1, start - 1, -1):
        depth += (folded[index] in "）〕") - (folded[index] in "（〔")
        if depth == 0:
            return index
    return -1


def takes_level(folded: str) -> bool:
    """Say whether a folded text ends as units do that take a level: 有关局, but not 社区."""
    return bool(_patterns().takes_level.search(_bare(folded)))


def _bare(folded: str) -> str:
    """Return a name without brackets at its end: 市工信局（国资委）."""
    return _BRACKETS_AT_END.sub("", folded) if folded.endswith(("）", "〕")) else folded


@lru_cache(maxsize=512)
def clean(name: str) -> str:
    """Return a name with full-width brackets and without white space, as names are compared."""
    return "".join(name.split()).translate(_BRACKETS)


def grouped(names: Sequence[Name]) -> list[Name]:
    """Join what is one name although 、 stands inside: 各市、县、区政府."""
    out: list[Name] = []
    patterns = _patterns()
    for name in names:
        last = out[-1] if out else None
        if (
            last
            and name.after == "、"
            and "各" in last.folded
            and patterns.collective.match(_IN_BRACKETS.sub("", last.folded.replace("、", "")))
            and patterns.collective_end.match(name.folded)
        ):
            out[-1] = Name(f"{last.text}、{name.text}", f"{last.folded}、{name.folded}", last.after)
        else:
            out.append(name)
    return out


def written_out(names: Sequence[Name], own_level: str, place_core: str) -> list[tuple[str, Prefix]]:
    """Return each name in full, with the level prefix or the ending that it shares with others, and whose prefix it is.

    ``own_level`` is the level of the plan's own government (市, 县 …), ``place_core`` the
    name of its place without that. Source: the conventions of reading.
    """
    shared = _with_shared_endings([name.folded for name in names], names)
    prefixes = [_prefix(folded) for folded in shared]
    repeated = _repeated(names, prefixes)
    any_prefix = any(prefixes)
    out: list[tuple[str, Prefix]] = []
    carried = ""
    source: Prefix = "none"
    group = 0
    for index, (name, folded, prefix) in enumerate(zip(names, shared, prefixes, strict=True)):
        full = clean(name.text if folded is name.folded else name.text + folded[len(name.folded) :])
        if name.after != "、" and index:
            carried, source = own_level if not any(repeated) else "", "assumed"
            group += 1
        whose: Prefix = "none"
        if prefix:
            carried, source, whose = _as_written(name, prefix), "carried", "written"
        elif carried and any_prefix and not repeated[group] and _takes_prefix(folded, place_core):
            full, whose = _prefix_for(carried, folded) + full, source
            source = "carried"  # the names behind it have theirs from this one
        elif repeated[group] and _takes_prefix(folded, place_core):
            whose = "missing"
        out.append((full, whose))
    return out


def _as_written(name: Name, prefix: str) -> str:
    """Return a prefix in the draft's own characters: 縣, not 县."""
    if name.text == name.folded:
        return prefix
    at = name.folded.find(prefix)
    return name.text[at : at + len(prefix)] if len(name.text) == len(name.folded) and at >= 0 else prefix


def _repeated(names: Sequence[Name], prefixes: Sequence[str]) -> list[bool]:
    """Say of each group of names whether two beside each other repeat the prefix: 市甲局、市乙局.

    Who repeats it would have written it before a bare name too, if it belonged there.
    """
    groups = [False]
    for index, name in enumerate(names):
        if index and name.after != "、":
            groups.append(False)
        elif index and prefixes[index] and prefixes[index] == prefixes[index - 1]:
            groups[-1] = groups[-1] or not _patterns().league.match(name.folded)
    return groups


def _with_shared_endings(folded: list[str], names: Sequence[Name]) -> list[str]:
    """Give 甲 in 甲、乙市政府 the ending of 乙市政府."""
    patterns = _patterns()
    out = list(folded)
    for index in range(len(out) - 2, -1, -1):
        if names[index + 1].after != "、" or not shares_ending(out[index]):
            continue
        for ending in patterns.shared:
            found = ending.search(out[index + 1])
            if found and found.start() >= 2 and not out[index + 1].startswith("各"):
                out[index] += found["ending"]
                break
    return out


@made_of_words(512)
def _prefix(folded: str) -> str:
    """Return the level prefix that a name has of its own: 区, 区委, 某市; empty for none."""
    patterns = _patterns()
    if league := patterns.league.match(folded):
        return league["level"]
    if level := patterns.level.match(folded):
        return level["level"] + (level["committee"] or "")
    if patterns.unprefixed.match(folded):
        return ""
    bare = _bare(folded)
    placed = patterns.placed.match(bare)
    if placed and patterns.takes_level.search(bare) and not patterns.no_place.search(bare):
        return placed["place"] + (placed["committee"] or "")
    return ""


@made_of_words(512)
def _takes_prefix(folded: str, place_core: str) -> bool:
    patterns = _patterns()
    if patterns.unprefixed.match(folded) or (place_core and place_core in folded):
        return False
    return bool(patterns.takes_level.search(_bare(folded)))


def _prefix_for(carried: str, folded: str) -> str:
    """Return the prefix for a bare name: 区委 goes on to 统战部, not to 教育局."""
    patterns = _patterns()
    bare = _bare(folded)
    if carried.endswith("委"):
        return carried if patterns.party.search(bare) else carried[:-1]
    return f"{carried}委" if patterns.always_party.search(bare) else carried


@made_of_words()
def post() -> re.Pattern[str]:
    """Return the pattern of a post in a leadership group, which opens a line of its roster: 副组长：."""
    return expression(rf"(?:常务)?(?:总|副|第一)*(?:{any_of(lexicon().units.posts)})(?:单位)?：")


@made_of_words()
def office_at_end() -> re.Pattern[str]:
    """Return the pattern of the office of a person with which a line ends: 县教育局局长."""
    return expression(f"(?:{any_of(lexicon().units.offices)})$")
