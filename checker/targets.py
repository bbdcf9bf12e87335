"""Targets: the numbers that a plan promises, with year or period, comparator and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from checker.counts import pattern as stated_count
from checker.expressions import expression
from checker.grammar import Token, Tree, parsed, valued_token
from checker.lexicon import any_of, lexicon, made_of_words
from checker.model import Comparator, Per, Section, Target
from checker.numerals import number
from checker.reading import Passage, stands_in

_NUMERAL = "[一二两三四五六七八九十][一二两三四五六七八九十百千]{0,6}"
# How far before a number the words reach that belong to it.
_LONGEST_CLAUSE = 160
_QUOTED = expression('“[^”]{0,300}”|《[^》]{0,300}》|"[^"]{0,300}"|〔[^〕]{0,300}〕')
_YEAR = expression("20[0-9]{2}年")
_PROMISED_ALL_THE_SAME = expression("到20[0-9]{2}年|力争|确保|争取|努力")
_COMPARED_YEAR = expression("[比较]20[0-9]{2}年")
_NOT_PAST = expression("不少于|不低于|以上|每年|每季度")
_NEW_SPAN = expression("20[0-9]{2}年|全年|年内|年底")
_GIVEN = expression("[^，。；]{0,6}(?:给予|补助|奖励|补贴)")
_SEPARATOR = expression("[，。；、]")
_DUNHAO = expression("、")
_LIST_JOINT = expression("[、和及与]")
_NO_NOUN = "，。；：、）（〔〕%"
_METRIC_NOISE = expression(
    r"^(?:[，、：；“”]|到?20[0-9]{2}年(?:底|末|年底)?(?:前)?|力争|争取|确保|努力|其中|全[省市县区州]|我[省市县区州]|并|实现|使|年底前?|每年|[“\x22]?十[四五六]五[”\x22]?(?:期间|末|时期)|(?:期间|时期|末)|[达到超过])+"
)


class _Patterns(Struct, frozen=True):
    token: re.Pattern[str]
    quantity: re.Pattern[str]
    past: re.Pattern[str]
    forbids: re.Pattern[str]
    grants: re.Pattern[str]
    spends: re.Pattern[str]
    future: re.Pattern[str]
    promise: re.Pattern[str]
    promise_behind: re.Pattern[str]
    idiom: re.Pattern[str]
    comparators_behind: re.Pattern[str]
    hint: re.Pattern[str]
    comparator: dict[str, Comparator]
    per: dict[str, Per]
    bound: dict[str, Comparator]
    bound_behind: re.Pattern[str]
    not_promised: frozenset[str]
    conditions: frozenset[str]
    kinds: frozenset[str]


@made_of_words()
def _patterns() -> _Patterns:
    words = lexicon().quantities
    units = any_of(words.units)
    multipliers = any_of(words.multipliers)
    quantity = (
        rf"(?P<value>[0-9]{{1,12}}(?:\.[0-9]{{1,6}})?|{_NUMERAL})(?P<more>多|余|来)?"
        rf"(?P<unit>(?:{multipliers})?(?:多|余)?(?:{units}))"
    )
    comparators = {word: sign for sign, group in words.comparators.items() for word in group}
    pers = {word: per for per, group in words.per.items() for word in group}
    bounds = {word: sign for sign, group in words.bounds.items() for word in group}
    five_year_plans = tuple(lexicon().documents.five_year_plans)
    plans = any_of(five_year_plans)
    # The characters that a token can begin with: re passes over all others at once.
    first = {word[0] for word in (*comparators, *pers, *words.from_, *five_year_plans)}
    beginning = re.escape("".join(sorted(first))) + '0-9一二两三四五六七八九十“"未规年全'
    return _Patterns(
        token=expression(
            rf"(?=[{beginning}])(?:(?P<YEAR>20[0-9]{{2}}年)"
            rf"|(?P<SPAN>[“\"]?(?:{plans})[”\"]?(?:时期|期间|末|期末|规划期)|(?:未来)?[一二两三四五1-5]年(?:内|来|间|(?=累计|安排|共|总计|合计|培训|培养|培育|建成|新建|新增|完成|组织|开展))|规划期末|年内|年底前|全年)"
            rf"|(?P<PER>{any_of(tuple(word for word in pers if len(word) > 1))}"
            r"|(?<![0-9一二三四五六七八九十今去当全本近多同])年"
            r"(?=培训|培养|组织|开展|举办|新增|完成|实现|产|均|服务|接待|增|减|处理|发布|建|检|传播|招生|受理|处置|供应|供给|发电|节约))"
            rf"|(?P<QUANTITY>(?<![0-9.第前近〇一二三四五六七八九十百千-]){quantity})"
            rf"|(?P<COMPARATOR>{any_of(tuple(comparators))})"
            rf"|(?P<FROM>{any_of(words.from_)}))"
        ),
        quantity=expression(quantity),
        past=expression(any_of(words.past)),
        forbids=expression(any_of(words.forbids)),
        grants=expression(any_of(words.grants)),
        spends=expression(any_of(words.spends)),
        future=expression(any_of(words.future) + "|20[0-9]{2}年"),
        promise=expression(any_of(words.promise)),
        promise_behind=expression(f"(?:{any_of(words.promise)})[^，、]{{0,2}}$"),
        idiom=expression(any_of(words.idioms)),
        comparators_behind=expression(f"(?:{any_of(tuple(comparators))})+$"),
        # The class stands first: re finds one of its characters quickly, and looks back from there.
        hint=expression(
            "[0-9每一二两三四五六七八九十](?:(?<=[0-9])|(?<=每)(?:年|季|月|半年|周)"
            rf"|(?<=[^0-9每])[一二两三四五六七八九十百千]{{0,6}}(?:{multipliers})?(?:{units}))"
        ),
        comparator=comparators,
        per=pers,
        bound=bounds,
        bound_behind=expression(rf"(?:[^，。；、（）0-9]|（[^（）]*）){{0,8}}?(?P<bound>{any_of(tuple(bounds))})"),
        not_promised=frozenset(words.not_promised),
        conditions=frozenset(words.conditions),
        kinds=frozenset(words.kinds),
    )


class _Context(Struct):
    """The year that a part of the plan speaks of."""

    section: Section | None = None
    year: int | None = None


def find(passages: Sequence[Passage], period: tuple[int, int] | None, place_core: str) -> Iterator[Target]:
    """Yield the targets of the plan in order.

    ``period`` is the first and last year of the plan, ``place_core`` the name of its place:
    the 三 in 三河县 counts nothing.
    """
    context = _Context()
    for passage in passages:
        if passage.part not in ("heading", "text"):
            continue
        if stands_in(passage.section, "background"):
            continue
        if passage.section is not context.section:
            context = _Context(passage.section)
        yield from _in_passage(passage, period, context, place_core)


def _in_passage(
    passage: Passage, period: tuple[int, int] | None, context: _Context, place_core: str
) -> Iterator[Target]:
    """Yield the targets of one paragraph; the year of one sentence holds for the next ones."""
    folded = passage.folded
    patterns = _patterns()
    if not patterns.hint.search(folded):
        return
    general = _in_objectives(passage)
    year = context.year if general else None
    masked = _QUOTED.sub(_mask, folded)
    if place_core:
        masked = masked.replace(place_core, "□" * len(place_core))
    masked = patterns.idiom.sub(lambda found: "□" * len(found[0]), masked)
    for start, end in passage.sentences():
        before = year
        stated = _leading_year(masked[start:end], period)
        if stated is not None:
            year = stated
            if general:
                context.year = stated
        if patterns.hint.search(masked, start, end) and not _is_past(masked[start:end], period):
            continued = start > 0 and folded[start - 1] == "；"
            inherited = year if general else before if continued else None
            yield from _in_sentence(passage, masked, start, end, period, inherited)
        if passage.part == "heading" and general:
            context.year = year


def _mask(found: re.Match[str]) -> str:
    """Hide what is quoted, but not “十四五”期间."""
    inner = found[0].strip('“”"')
    return found[0] if inner in lexicon().documents.five_year_plans else "□" * len(found[0])


def _leading_year(sentence: str, period: tuple[int, int] | None) -> int | None:
    """Return the year that a sentence says its numbers are for."""
    for found in _YEAR.finditer(sentence):
        year = int(found[0][:4])
        if not sentence.endswith(("比", "较", "与", "以", "和"), 0, found.start()) and not _is_before(year, period):
            return year
    return None


def _is_before(year: int, period: tuple[int, int] | None) -> bool:
    return period is not None and year < period[0]


def _is_past(sentence: str, period: tuple[int, int] | None) -> bool:
    """Say whether a sentence speaks of what has been: 上年达到…, 2020年末为…."""
    patterns = _patterns()
    years = [int(year[:4]) for year in _YEAR.findall(sentence)]
    if sentence.startswith("对") and patterns.forbids.search(sentence):  # 对超过2米的，责令整改
        return True
    if _PROMISED_ALL_THE_SAME.search(sentence):
        return False
    # 2020年培训3000人次，较2015年增长20%: what is compared with is past, too.
    own = _YEAR.findall(_COMPARED_YEAR.sub("", sentence)) if _COMPARED_YEAR.search(sentence) else years
    if own and all(_is_before(int(str(year)[:4]), period) for year in own):
        return True
    return bool(patterns.past.search(sentence)) and not _NOT_PAST.search(sentence)


def _in_sentence(
    passage: Passage, masked: str, start: int, end: int, period: tuple[int, int] | None, inherited: int | None
) -> Iterator[Target]:
    tokens = list(_lexed(masked, start, end))
    if not any(token.type == "QUANTITY" for token in tokens):
        return
    tree = parsed("target", tokens)
    year: int | None = None
    span_year: int | None = None
    last_per: tuple[Per, int] | None = None
    last_stop = start
    last_sign: Comparator | None = None
    continued = start > 0 and masked[start - 1] == "；"
    dated = inherited is not None and _in_objectives(passage) and (continued or "年" in masked[start:end])
    for quantity in tree.find_data("quantity"):
        words = [word.children[0] for word in quantity.children if isinstance(word, Tree) and word.data == "word"]
        number_token = next(child for child in quantity.children if isinstance(child, Token))
        bound = next(
            (child.children[0] for child in quantity.children if isinstance(child, Tree) and child.data == "bound"),
            None,
        )
        at, stop = number_token.value.start(), number_token.value.end()
        for word in words:
            assert isinstance(word, Token)
            found = word.value
            if word.type == "YEAR" and _is_promised_year(masked, found, period):
                year = int(found[0][:4])
            elif word.type == "SPAN":
                span_year = _span_year(found[0], period)
            elif word.type == "PER":
                last_per = (_patterns().per.get(found[0], "year"), found.start())
        near = max(start, at - _LONGEST_CLAUSE)
        clause_start = max(near, max(masked.rfind(mark, near, at) for mark in "，；。：") + 1)
        comma_start = clause_start
        per_at = last_per[1] if last_per else -1
        clause_start = per_at if clause_start < per_at < at else clause_start
        clause_start = max(clause_start, masked.rfind("、", last_stop, at) + 1 if last_stop > clause_start else 0)
        last_stop = stop
        found_target = _target(masked, number_token.value, words, bound, comma_start, dated)
        if found_target is None:
            continue
        comparator, stop = found_target
        if comparator == "=" and last_sign and "分别" in masked[comma_start:at] and masked[at - 1] == "、":
            comparator = last_sign  # 分别超过90%、75%
        last_sign = comparator
        per = last_per[0] if last_per and _per_holds(masked, last_per[1], at, number_token.value["unit"]) else None
        when = year or span_year or (None if per else inherited)
        value = number_token.value["value"]
        yield Target(
            quote=passage.text(clause_start, stop).strip("，、"),
            metric=_metric(passage, masked, clause_start, at, stop, end),
            comparator=comparator,
            value=float(value) if value[0].isdigit() else float(number(value)),
            unit=passage.text(*number_token.value.span("unit")).replace("多", "").replace("余", ""),
            year=when,
            per=per,
            span=passage.span(clause_start, stop),
            section=passage.section,
        )


def _is_promised_year(masked: str, found: re.Match[str], period: tuple[int, int] | None) -> bool:
    """A year that numbers are compared with (较2023年下降) or that is past is not theirs."""
    if masked[max(0, found.start() - 1) : found.start()] in ("比", "较", "与", "和", "由", "从"):
        return False
    return not _is_before(int(found[0][:4]), period) and not masked.startswith(
        ("以前", "之前", "以来", "起"), found.end()
    )


def _per_holds(masked: str, per_at: int, at: int, unit: str) -> bool:
    """每年 holds for the numbers behind it up to the end of its clause, for counts of its list."""
    between = masked[per_at:at]
    if unit in ("%", "‰") and "，" in between:
        return False  # a rate is of its own clause: 每季度检查1次，合格率达到100%
    return "；" not in between and (between.count("，") == 0 or (len(between) <= 40 and not _NEW_SPAN.search(between)))


def _span_year(word: str, period: tuple[int, int] | None) -> int | None:
    for name, (_, last) in lexicon().documents.five_year_plans.items():
        if name in word:
            return last
    if word in ("年内", "年底前", "全年"):  # of this year: clear only where the plan has one year
        return period[0] if period and period[1] in (period[0], 9999) else None
    return period[1] if period and period[1] < 9999 else None


def _lexed(masked: str, start: int, end: int) -> Iterator[Token]:
    counted = {index for found in stated_count().finditer(masked, start, end) for index in range(*found.span())}
    patterns = _patterns()
    at = start
    while found := patterns.token.search(masked, at, end):
        at = found.end()
        if found["QUANTITY"] and found.start() in counted:
            continue
        kind = "QUANTITY" if found["QUANTITY"] else found.lastgroup or ""
        yield valued_token(kind, found)
        if kind == "QUANTITY" and (bound := patterns.bound_behind.match(masked, at, end)):
            yield valued_token("BOUND", bound)
            at = bound.end()


def _target(
    masked: str, quantity: re.Match[str], words: Sequence[object], bound: object, clause_start: int, dated: bool
) -> tuple[Comparator, int] | None:
    """Return comparator and end of a promised number; None for a number that promises nothing."""
    patterns = _patterns()
    at, stop = quantity.start(), quantity.end()
    unit = quantity["unit"]
    near = [
        word
        for word in words
        if isinstance(word, Token) and at - word.value.end() <= 12 and word.value.start() >= clause_start
    ]
    compared = next((w.value for w in reversed(near) if w.type == "COMPARATOR" and _reaches(w.value, masked, at)), None)
    comparator = compared[0] if compared else None
    comparator_at = compared.start() if compared else -1
    baseline_at = next((w.value.start() for w in reversed(near) if w.type == "FROM"), -1)
    if baseline_at > comparator_at and at - baseline_at <= 8 and masked.startswith(("由", "从", "超额"), baseline_at):
        return None
    bounded = bound.value if isinstance(bound, Token) else None
    before = masked[clause_start:at]
    behind = masked[stop : stop + 12]
    if unit in patterns.kinds:
        if not _promises_kinds(masked, compared, bounded, at, stop):
            return None
    elif unit in patterns.not_promised and (comparator is None or unit in patterns.conditions):
        return None
    numeral = not quantity["value"][0].isdigit()
    listed = _counted_list(before, quantity["value"], behind)
    if listed and not (comparator or bounded or patterns.promise.search(before[:listed])):
        return None
    if ("元" in unit and patterns.grants.search(before) and not patterns.spends.search(before)) or _GIVEN.match(behind):
        return None
    if before.startswith("对") and masked.startswith("的", bounded.end() if bounded else stop):
        return None  # 对研发投入超过5%的
    if isinstance(bound, Token) and comparator is None and masked.startswith("的", bound.value.end()):
        return None  # 100人以上的供水工程: a condition, no promise
    per = any(isinstance(w, Token) and w.type == "PER" for w in words)
    in_clause = [w for w in words if isinstance(w, Token) and w.value.start() >= clause_start]
    rate_of = unit in ("%", "‰") and patterns.promise.search(_SEPARATOR.split(behind, 1)[0])
    promised = dated or rate_of or patterns.promise.search(before) or any(w.type in ("YEAR", "SPAN") for w in in_clause)
    if numeral:
        value = quantity["value"]
        strong = comparator or bounded or per
        ends = stop >= len(masked) or masked[stop] in "，。；、"
        verb_before = not listed and patterns.promise_behind.search(before)
        if (value == "一" and not per) or not (strong or (number(value) >= 2 and ((promised and ends) or verb_before))):
            return None
    elif not (comparator or bounded or per or promised):
        return None
    sign: Comparator = "="
    if comparator is not None:
        sign = patterns.comparator[comparator]
        if comparator in ("新增", "完成"):
            sign = "="
    if bounded is not None:
        sign = patterns.bound[bounded["bound"]]
        stop = bounded.end()
    if sign == "=" and (quantity["more"] or "多" in unit or "余" in unit):
        sign = ">="
    return sign, stop


def _counted_list(before: str, value: str, behind: str) -> int:
    """Return where the second item begins of a list that a number only counts, 0 where it counts none.

    聚焦设施、活动、服务三个环节 has three items in front of 三, whose words promise nothing.
    """
    if not behind or behind[0] in _NO_NOUN:
        return 0
    counted = float(value) if value[0].isdigit() else float(number(value))
    items = [len(_DUNHAO.split(before)), len(_LIST_JOINT.split(before))]
    if counted < 2 or counted not in items:
        return 0
    joint = (_DUNHAO if counted == items[0] else _LIST_JOINT).search(before)
    return joint.start() if joint else 0


def _promises_kinds(
    masked: str, compared: re.Match[str] | None, bounded: re.Match[str] | None, at: int, stop: int
) -> bool:
    """Say whether a number of kinds is promised: 更新图书不少于60种, not 患有3种以上慢性病的."""
    end = bounded.end() if bounded else stop
    clause = _SEPARATOR.split(masked[end:], 1)[0]
    if not clause:
        return compared is not None or bounded is not None
    return compared is not None and compared.end() == at and "的" not in clause


def _reaches(comparator: re.Match[str], masked: str, at: int) -> bool:
    """达 is a comparator right before its number only, not in 达标企业60家."""
    between = masked[comparator.end() : at]
    return len(between) <= (
        1 if len(comparator[0]) == 1 else 6 if comparator[0] in ("达到", "实现", "完成", "新增") else 12
    )


def _in_objectives(passage: Passage) -> bool:
    """Say whether a passage sets the plan's aims: the objectives, or the preamble."""
    return passage.section is None or passage.section.role in ("objectives", "general_requirements")


def _metric(passage: Passage, masked: str, clause_start: int, at: int, stop: int, end: int) -> str:
    """Return what is measured, in the draft's words: what stands before the number, else behind."""
    before = passage.text(max(clause_start, at - 60), at)
    before = _METRIC_NOISE.sub("", before)
    before = _patterns().comparators_behind.sub("", before)
    if len(before) > 2:
        return before
    separator = _SEPARATOR.search(masked, stop, end)
    return before + passage.text(stop, separator.start() if separator else end)
