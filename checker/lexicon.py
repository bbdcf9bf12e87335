"""Words of the field, read from ``rules/lexicon/*.yaml``: roles, units, clauses, documents.

A lexicon is data. Each file has one type here, which says what it holds; a file that does
not fit its type is an error that names the file and the place. What stands below a field is its
description in the schema for editors, ``rules/schema/lexicon/*.json``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal, ParamSpec, TypeVar, cast, get_args

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from checker.cache import keep, key, package_stamp, recall
from checker.model import Comparator, CountOf, Pattern, Per, Role
from checker.package_data import read_data

T = TypeVar("T")

Word = Annotated[str, Meta(min_length=1)]
Words = tuple[Word, ...]
"""Words as they stand in a text."""
Patterns = tuple[Pattern, ...]
"""Regular expressions; those that packs and plugins add are tried when they are read."""


class RoleWording(Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern of titles, and the role of a section with such a title."""

    role: Role
    """章节的作用 / the role of the section"""
    title: Pattern
    """标题的正则表达式，在任何位置查找 / a pattern, searched for anywhere in the title"""
    level: Literal["top", "nested"] | None = None
    """top：只看一级标题；nested：只看下级标题 / top: only of the first level; nested: only below another"""
    within: tuple[Role, ...] = ()
    """只看这些作用的章节之内的 / only inside sections of these roles"""


class Family(Struct, frozen=True, forbid_unknown_fields=True):
    """A role for the whole, and the roles of its parts."""

    whole: Role
    """整体的作用 / the role of the whole"""
    parts: tuple[Role, ...]
    """下级各是其中之一，就是整体 / a section whose children have these roles is the whole"""


class Roles(Struct, frozen=True, forbid_unknown_fields=True):
    """``roles.yaml``."""

    roles: tuple[RoleWording, ...]
    """标题与作用，先符合的为准 / titles and roles; the first that fits wins"""
    families: tuple[Family, ...]
    """由下级的作用定的整体 / wholes that are told by their parts"""
    tasks: Words
    """一项行动或工程叫什么 / what an action or project is called"""
    generic: Patterns
    """不指明是哪一项行动或工程的词，正则表达式 / patterns of words that name no particular action or project"""


class Units(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``units.yaml``."""

    levels: Words
    """表示层级的字 / the characters of levels of government"""
    not_a_level: Patterns
    """以层级的字开头而不是层级的，正则表达式 / patterns that begin with such a character and are of no level"""
    no_place: Words
    """含有层级的字而不是地名的 / words with such a character that are no place"""
    party: Words
    """党委的部门 / organs of the Party's committees"""
    always_party: Words
    """前面是政府部门时仍属党委的 / of these, the committee's even after an organ of the government"""
    takes_level: Words
    """前面带层级的单位名称怎样结尾 / endings of names that take a level prefix"""
    other_endings: Words
    """不带层级的单位名称怎样结尾 / endings of whole names that take none"""
    shared_endings: Patterns
    """几个地方共用的结尾，正则表达式 / patterns of endings that several places share"""
    towns: Patterns
    """说到乡镇的话，正则表达式 / patterns of words that speak of the plan's towns"""
    collective: Words
    """“各”后面可以并列的 / kinds that 各 may name several of at once"""
    offices: Words
    """跟在单位后面的职务 / a person's office, after the unit"""
    posts: Words
    """领导小组里的职务 / posts in a leadership group"""
    groups: Words
    """领导小组的各种叫法 / what a leadership group is called"""
    beside_members: Patterns
    """名单旁边说的不是成员的话，正则表达式 / patterns of what is said of a group beside its members"""


class FormerName(Struct, frozen=True, forbid_unknown_fields=True):
    """A name of before an institutional reform."""

    name: Word
    """旧名称 / the name"""
    until: int
    """使用到哪一年 / the last year in which units bore it"""


class Organ(Struct, frozen=True, forbid_unknown_fields=True):
    """What units are for, or a unit's whole name, in all its forms."""

    name: Word
    """全称 / the full name"""
    short: Words = ()
    """其他写法：简称、不同年代不同地方的叫法 / short forms and other forms in use"""
    parts: Words = ()
    """合并机构名称里的写法，如“教科局”的“教” / what is left of it in the name of a merged bureau"""
    former: tuple[FormerName, ...] = ()
    """机构改革以前的名称 / names of before a reform"""


class Organs(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``organs.yaml``."""

    endings: Words
    """机构名称怎样结尾 / what names of bureaus end with"""
    beside: Words
    """局、委之外的单位怎样结尾 / what names of units beside the bureau end with: its centre, its 工委"""
    joints: Words
    """一个机构的两项职能之间的字 / what may stand between two functions of one bureau"""
    organs: tuple[Organ, ...]
    """局、委的职能 / what bureaus and commissions are for"""
    bodies: tuple[Organ, ...]
    """登记全名的单位 / units whose whole name is here"""
    mistaken_in: Words
    """这样结尾的名称才找错字 / endings of names in which a wrong character is looked for"""
    telling_apart: str
    """相差这样一个字就是两个单位 / characters that tell two units apart"""
    general: Patterns
    """不是某一个单位的名称，正则表达式 / patterns of names of no particular unit"""
    of_places: Words
    """用地名命名的单位怎样结尾，不找笔误 / endings of names made of places, in which no slip is looked for"""


class Conventions(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of sentences that say once for the whole plan who leads."""

    first: Pattern
    """列第一位的牵头 / the first-listed unit leads"""
    before_comma: Pattern
    """第一个逗号前的牵头 / the units before the first comma lead"""
    star: Pattern
    """加星号的牵头 / the units with a star lead"""


class Verbs(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns that stand after a list of units and say its part."""

    lead: Patterns
    """牵头 / leads"""
    supporter: Patterns
    """配合 / supports"""
    responsible: Patterns
    """负责 / is responsible"""


class Labels(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns that stand before a list of units and say its part."""

    lead: Patterns
    """牵头单位 / lead units"""
    responsible: Patterns
    """责任单位 / responsible units"""
    supporter: Patterns
    """配合单位 / supporting units"""
    deadline: Patterns
    """完成时限 / the deadline"""
    other: Patterns
    """别的内容，不是单位 / other things, which are no units"""


class Columns(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of the heads of a table of tasks."""

    task: Pattern
    """任务 / the task"""
    lead: Pattern
    """牵头单位 / lead units"""
    responsible: Pattern
    """责任单位 / responsible units"""
    supporter: Pattern
    """配合单位 / supporting units"""
    deadline: Pattern
    """完成时限 / the deadline"""


class Clauses(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``clauses.yaml``."""

    verbs: Verbs
    """单位后面的词，正则表达式 / patterns of what stands behind the units"""
    labels: Labels
    """单位前面的词，正则表达式 / patterns of what stands before the units"""
    openers: Words
    """第一个单位前面的词 / words before the first unit"""
    open_end: Pattern
    """没有列完的怎样结尾，正则表达式 / a pattern of how an open list ends"""
    marks: dict[Literal["lead", "responsible", "supporter"], Pattern]
    """单位后面括号里的身份，正则表达式 / patterns that say a unit's part, behind its name"""
    remarks: Patterns
    """对全文而言、不指明单位的话，正则表达式 / patterns of sentences that speak of all clauses"""
    conventions: Conventions
    """全文统一写明谁牵头的话 / what says once for the whole plan who leads"""
    deadline: Pattern
    """时限的写法，正则表达式 / a pattern of a deadline inside a clause"""
    hints: Words
    """括号里没有这些词的不是责任条款 / words without which a bracket is no clause"""
    collective_nouns: Words
    """后面括号里的只是举例的 / behind these, units in brackets only say which they are"""
    columns: Columns
    """任务分工表的表头，正则表达式 / patterns of the heads of a table of tasks"""


class Quantities(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``quantities.yaml``."""

    multipliers: Words
    """十、百、千、万 / multipliers"""
    units: Words
    """计量单位 / units of measurement"""
    not_promised: Words
    """前面的数字说的是别的 / behind these a number is of something else"""
    conditions: Words
    """有比较的词也只是条件的 / of these, a condition even with a comparator"""
    kinds: Words
    """有比较的词才算目标的 / a promise only with a comparator"""
    comparators: dict[Comparator, Words]
    """数字前面表示比较的词，按符号 / words before a number, by the sign that they mean"""
    bounds: dict[Comparator, Words]
    """数字后面表示比较的词，按符号 / words behind a number, by the sign that they mean"""
    from_: Words = msgspec.field(name="from")
    """后面是起点、不是目标的 / words before a number that is where the plan starts"""
    per: dict[Per, Words] = {}
    """多久一次 / how often"""
    past: Words = ()
    """说的是过去的 / a sentence with one of these speaks of the past"""
    future: Words = ()
    """说的还是将来的 / unless it has one of these"""
    forbids: Words = ()
    """命令、处罚的词 / words of a sentence that orders or punishes"""
    grants: Words = ()
    """个人、企业能得到的钱 / sums that a person or firm can get"""
    spends: Words = ()
    """政府要花的钱 / sums that the government will spend"""
    promise: Words = ()
    """使数字成为目标的动词 / verbs that make a plain number a promise"""
    idioms: Words = ()
    """带数字的固定说法 / set phrases that begin with a figure"""
    says_nothing: Patterns = ()
    """指标里不说明是什么的词，正则表达式 / patterns of what stands in a metric and does not say what it is of"""


class Documents(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``documents.yaml``."""

    plan_nouns: Words
    """方案的标题怎样结尾 / nouns that end the title of a plan"""
    strong_nouns: Words
    """有它就是标题的 / of these, the ones that make a short line a title"""
    fixed_titles: Patterns
    """固定的章节标题，正则表达式 / patterns of titles of sections that are the same everywhere"""
    heading_ends: Patterns
    """章节标题怎样结尾，正则表达式 / patterns of the last words of titles"""
    line_ends: Patterns
    """没有句号也完整的行怎样结尾，正则表达式 / patterns of how a whole line ends without a full stop"""
    short_title: Pattern
    """没有交代就不指明文件的简称，正则表达式 / a pattern of titles that name no document until introduced"""
    title_tail: Pattern
    """标题后面的括号，正则表达式 / a pattern of what may stand after a title"""
    notice: Pattern
    """通知的标题怎样结尾，正则表达式 / a pattern of how the title of a notice ends"""
    issuers: Words
    """印发机关怎样结尾 / what a line of signature ends with"""
    issuing: Words
    """标题下面说明印发的词 / what a note under the title says of the plan and its date"""
    closing: Patterns
    """正文之后的内容怎样开头，正则表达式 / patterns that open the foot of a document"""
    web_labels: dict[Literal["number", "issuer", "date", "other"], Pattern]
    """网页上文件信息的项目，正则表达式 / patterns of labels of the table above a document on the web"""
    web_words: Words
    """网页上文件周围的话 / words of the lines that a web page has around a document"""
    ends_of_codes: Words
    """机关代字怎样结尾 / what the code of an organ in a document number ends with"""
    before_codes: Patterns
    """代字前面不属于发文字号的话，正则表达式 / patterns of what stands before a document number and is none of it"""
    five_year_plans: dict[Word, tuple[int, int]]
    """五年规划的起止年份 / five-year plans and their years"""


class RegisteredDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """A document that plans cite, and what is known of it."""

    title: Word
    """名称 / its title"""
    number: str | None = None
    """发文字号 / its number"""
    issuer: str | None = None
    """发文机关 / who issued it"""
    since: int | None = None
    """起始年份 / the first year in which it was in force"""
    until: int | None = None
    """终止年份 / the last year in which it was in force"""
    replaced_by: str | None = None
    """代替它的文件 / the title of the document that took its place"""


class FixedWording(Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase or term with a fixed wording."""

    name: Word
    """固定的写法 / the wording itself"""
    pattern: Pattern | None = None
    """认出同一说法的正则表达式；不写则看层级的字 / a pattern of what is meant; by default a replaced level word"""
    allowed: Words = ()
    """也可以的写法 / other wordings that are right, too"""
    levels: str | None = None
    """这一项里层级的字会换成哪些；不写则同上 / what may have replaced the level word of this one; by default any"""
    source: str | None = None
    """出处 / where the wording comes from"""


class Wordings(Struct, frozen=True, forbid_unknown_fields=True):
    """``wordings.yaml``."""

    levels: str
    """会被批量替换的层级的字 / characters of which one may have replaced another in a whole text"""
    phrases: tuple[FixedWording, ...]
    """固定提法 / fixed phrases"""
    terms: tuple[FixedWording, ...]
    """固定名词 / fixed terms"""


class Register(Struct, frozen=True, forbid_unknown_fields=True):
    """``register.yaml``."""

    carrying_out: Words
    """文件名前面有它，就是要照着办的 / words before a title that tell to carry the document out"""
    looking_back: Words
    """句子里有它，就是回顾过去的 / unless its sentence has one of these, and looks back"""
    documents: tuple[RegisteredDocument, ...]
    """各份文件 / the documents"""


class Counts(Struct, frozen=True, forbid_unknown_fields=True):
    """``counts.yaml``."""

    measure_words: Words
    """量词 / measure words"""
    between: Pattern
    """量词与名词之间，正则表达式 / a pattern of what may stand between measure word and noun"""
    of: dict[CountOf, Words]
    """名词数的是什么 / what is counted, by the last word of the phrase"""
    measures: Words
    """也可以指下面的措施的 / of the words for actions, those that may mean the measures below"""
    measures_behind: Words
    """跟在另一个数目后面时指措施的 / those that do behind another number"""
    stage_names: Words
    """阶段的名称怎样开头 / how the names of stages begin"""
    stages_in_general: Words
    """泛指阶段的词 / words that speak of stages and name none"""


class Conversion(Struct, frozen=True, forbid_unknown_fields=True):
    """One unit of measurement in terms of another."""

    unit: Word
    """换成哪个单位 / the other unit"""
    times: float = 1
    """等于几个 / how many of it"""


class Covering(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``coverage.yaml``."""

    levels: Patterns
    """各级各写各的词，正则表达式 / patterns of words that every level puts in its own way: 全省, 全县"""
    generic: Patterns
    """标题里不指明是哪项工作的词，正则表达式 / patterns of words of titles that name no particular task"""
    less_is_better: Words
    """指标这样结尾，就是越少越好的 / what a metric ends with of which less is better"""
    falls: Words
    """数字前面表示减少多少的词 / before a number: how much goes away, of which more is better"""
    to: Words
    """有它，就是减少到多少的 / unless one of these says that the number is what remains"""
    shares: Patterns
    """不随地方大小变化的指标，正则表达式 / patterns of metrics that do not grow with the size of a place"""
    share_units: Words
    """不随地方大小变化的单位 / units of such numbers"""
    conversions: dict[Word, Conversion]
    """换算成同一单位 / units in terms of others"""


class FontFace(Struct, frozen=True, forbid_unknown_fields=True):
    """A face of type, by whatever name its fonts have."""

    name: Word
    """字体：仿宋、黑体…… / the face"""
    english: Word
    """英文名称 / what it is called in English"""
    fonts: Words
    """字库名称的开头，不计大小写、空格和连线 / how the names of its fonts begin, whatever their case and hyphens"""


class FontSize(Struct, frozen=True, forbid_unknown_fields=True):
    """A size of type by its Chinese name."""

    name: Word
    """字号：三号…… / the size"""
    points: float
    """磅 / in points"""


class Fonts(Struct, frozen=True, forbid_unknown_fields=True):
    """``fonts.yaml``."""

    faces: tuple[FontFace, ...]
    """字体和它的各种字库 / faces and their fonts"""
    sizes: tuple[FontSize, ...]
    """字号和磅数 / sizes by name"""


class RuleWords(Struct, frozen=True, forbid_unknown_fields=True):
    """``rule_words.yaml``."""

    meanings: dict[Word, Words]
    """规则文件里的英文词，各有哪些中文写法 / by an English word of rule files, what authors write for it in Chinese"""


class Lexicon(Struct, frozen=True, dict=True):
    """All the words, each file read when it is first asked for."""

    @cached_property
    def roles(self) -> Roles:
        """Titles of sections and their roles."""
        return _read("roles", Roles)

    @cached_property
    def units(self) -> Units:
        """Kinds of units and how they are named."""
        return _read("units", Units)

    @cached_property
    def organs(self) -> Organs:
        """Which names are names of one unit."""
        return _read("organs", Organs)

    @cached_property
    def clauses(self) -> Clauses:
        """Words of responsibility clauses."""
        return _read("clauses", Clauses)

    @cached_property
    def quantities(self) -> Quantities:
        """Units of measurement and the words around numbers."""
        return _read("quantities", Quantities)

    @cached_property
    def documents(self) -> Documents:
        """Titles, numbers and parts of documents."""
        return _read("documents", Documents)

    @cached_property
    def register(self) -> Register:
        """Documents that plans cite."""
        return _read("register", Register)

    @cached_property
    def wordings(self) -> Wordings:
        """Phrases and terms with a fixed wording."""
        return _read("wordings", Wordings)

    @cached_property
    def counts(self) -> Counts:
        """Numbers in words about the plan itself."""
        return _read("counts", Counts)

    @cached_property
    def coverage(self) -> Covering:
        """Words with which a draft is held against its superior's plan."""
        return _read("coverage", Covering)

    @cached_property
    def fonts(self) -> Fonts:
        """Faces and sizes of type."""
        return _read("fonts", Fonts)

    @cached_property
    def rule_words(self) -> RuleWords:
        """Chinese for the words of rule files, for guesses."""
        return _read("rule_words", RuleWords)


P = ParamSpec("P")
R = TypeVar("R")
_made_of_words: list[Callable[[], None]] = []
_added: dict[str, tuple[dict[str, Any], ...]] = {}
_grammars: dict[str, str] = {}


def made_of_words(most: int = 1) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function returns, ``most`` results, until other words or grammars are in use."""

    def kept(function: Callable[P, R]) -> Callable[P, R]:
        cached = lru_cache(maxsize=most)(function)
        _made_of_words.append(cached.cache_clear)
        return cast(Callable[P, R], cached)

    return kept


def extend(words: Mapping[str, tuple[dict[str, Any], ...]], grammars: Mapping[str, str]) -> None:
    """Add words to the bundled ones, by the names of the files, and read by other grammars, by their names.

    They take the place of those used before, and hold for the whole process: a draft is read by the
    same words and grammars from its first line to its last.
    """
    if words != _added or grammars != _grammars:
        _added.clear()
        _added.update(words)
        _grammars.clear()
        _grammars.update(grammars)
        for forget in _made_of_words:
            forget()


def grammar_of_plugins(name: str) -> str | None:
    """Return the source of a grammar as plugins have extended or replaced it; None for the bundled one."""
    return _grammars.get(name)


@made_of_words()
def lexicon() -> Lexicon:
    """Return the lexicon: the bundled words, and those that packs and plugins add."""
    return Lexicon()


def any_of(words: tuple[str, ...]) -> str:
    """Return a pattern for any of the literal ``words``, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _read(name: str, shape: type[T]) -> T:
    """Return the words of a file, from the cache when they have been held against their type before."""
    source = read_data("checker.rules", f"lexicon/{name}.yaml")
    address = key("lexicon", source, package_stamp())
    known = recall("lexicons", address, shape)
    if known is None:
        known = _converted(source, shape)
        keep("lexicons", address, known)
    for more in _added.get(name, ()):
        known = _with(known, more)
    return known


def _with(words: T, more: Mapping[str, Any]) -> T:
    """Return words with more: what is added to a list or a table stands before what is there."""
    changed: dict[str, Any] = {}
    for field in msgspec.structs.fields(words):  # type: ignore[arg-type]
        if field.encode_name not in more:
            continue
        there, given = getattr(words, field.name), more[field.encode_name]
        if isinstance(there, Struct):
            changed[field.name] = _with(there, given)
        elif isinstance(there, tuple):
            changed[field.name] = msgspec.convert(given, field.type) + there
        else:
            added = msgspec.convert(given, field.type)
            if get_args(get_args(field.type)[1])[-1:] == (Ellipsis,):  # lists of words; years are a pair
                added = {key: (*value, *there.get(key, ())) for key, value in added.items()}
            changed[field.name] = {**there, **added}
    return replace(words, **changed)  # type: ignore[type-var]


def _converted(source: bytes, shape: type[T]) -> T:
    import yaml

    # The C loader is eight times faster; a build of PyYAML without libyaml has none.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return msgspec.convert(yaml.load(source, Loader=loader), shape)
