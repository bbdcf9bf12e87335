"""Words of the field, read from ``rules/lexicon/*.yaml``: roles, units, clauses, documents.

A lexicon is data. Each file has one type here, which says what it holds; a file that does
not fit its type is an error that names the file and the place.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TypeVar

import msgspec
from msgspec import Struct

from checker.cache import keep, key, package_stamp, recall
from checker.model import Role
from checker.package_data import read_data

T = TypeVar("T")


class RoleWording(Struct, frozen=True, forbid_unknown_fields=True):
    """A pattern of titles, and the role of a section with such a title."""

    role: Role
    title: str
    level: str | None = None
    within: tuple[Role, ...] = ()


class Family(Struct, frozen=True, forbid_unknown_fields=True):
    """A role for the whole, and the roles of its parts."""

    whole: Role
    parts: tuple[Role, ...]


class Roles(Struct, frozen=True, forbid_unknown_fields=True):
    """``roles.yaml``."""

    roles: tuple[RoleWording, ...]
    families: tuple[Family, ...]
    tasks: tuple[str, ...]
    generic: tuple[str, ...]


class Units(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``units.yaml``."""

    levels: tuple[str, ...]
    not_a_level: tuple[str, ...]
    no_place: tuple[str, ...]
    party: tuple[str, ...]
    always_party: tuple[str, ...]
    takes_level: tuple[str, ...]
    other_endings: tuple[str, ...]
    shared_endings: tuple[str, ...]
    collective: tuple[str, ...]
    offices: tuple[str, ...]
    posts: tuple[str, ...]
    groups: tuple[str, ...]
    beside_members: tuple[str, ...]


class FormerName(Struct, frozen=True, forbid_unknown_fields=True):
    """A name of before an institutional reform."""

    name: str
    until: int
    """The last year in which units bore it."""


class Organ(Struct, frozen=True, forbid_unknown_fields=True):
    """What units are for, or a unit's whole name, in all its forms."""

    name: str
    short: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """What is left of it in the name of a merged bureau: 教 in 教科局."""
    former: tuple[FormerName, ...] = ()


class Organs(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``organs.yaml``."""

    endings: tuple[str, ...]
    joints: tuple[str, ...]
    organs: tuple[Organ, ...]
    bodies: tuple[Organ, ...]
    telling_apart: str
    of_places: tuple[str, ...]


class Conventions(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of sentences that say once for the whole plan who leads."""

    first: str
    before_comma: str
    star: str


class Verbs(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns that stand after a list of units and say its part."""

    lead: tuple[str, ...]
    supporter: tuple[str, ...]
    responsible: tuple[str, ...]


class Labels(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns that stand before a list of units and say its part."""

    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    supporter: tuple[str, ...]
    deadline: tuple[str, ...]
    other: tuple[str, ...]


class Columns(Struct, frozen=True, forbid_unknown_fields=True):
    """Patterns of the heads of a table of tasks."""

    task: str
    lead: str
    responsible: str
    supporter: str
    deadline: str


class Clauses(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``clauses.yaml``."""

    verbs: Verbs
    labels: Labels
    openers: tuple[str, ...]
    open_end: str
    marks: dict[str, str]
    remarks: tuple[str, ...]
    conventions: Conventions
    deadline: str
    hints: tuple[str, ...]
    collective_nouns: tuple[str, ...]
    columns: Columns


class Quantities(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``quantities.yaml``."""

    multipliers: tuple[str, ...]
    units: tuple[str, ...]
    not_promised: tuple[str, ...]
    conditions: tuple[str, ...]
    kinds: tuple[str, ...]
    comparators: dict[str, tuple[str, ...]]
    bounds: dict[str, tuple[str, ...]]
    from_: tuple[str, ...] = msgspec.field(name="from")
    per: dict[str, tuple[str, ...]] = {}
    past: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()
    grants: tuple[str, ...] = ()
    spends: tuple[str, ...] = ()
    promise: tuple[str, ...] = ()
    idioms: tuple[str, ...] = ()


class Documents(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``documents.yaml``."""

    plan_nouns: tuple[str, ...]
    strong_nouns: tuple[str, ...]
    fixed_titles: tuple[str, ...]
    heading_ends: tuple[str, ...]
    line_ends: tuple[str, ...]
    short_title: str
    title_tail: str
    notice: str
    issuers: tuple[str, ...]
    issuing: tuple[str, ...]
    closing: tuple[str, ...]
    web_labels: dict[str, str]
    web_words: tuple[str, ...]
    five_year_plans: dict[str, tuple[int, int]]


class RegisteredDocument(Struct, frozen=True, forbid_unknown_fields=True):
    """A document that plans cite, and what is known of it."""

    title: str
    number: str | None = None
    issuer: str | None = None
    since: int | None = None
    """The first year in which it was in force."""
    until: int | None = None
    """The last year in which it was in force."""
    replaced_by: str | None = None


class FixedWording(Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase or term with a fixed wording."""

    name: str
    """The wording itself."""
    pattern: str | None = None
    """What is recognisably the same thing. Without it, the term with a level word (市, 县 …) replaced."""
    allowed: tuple[str, ...] = ()
    """Other wordings that are right, too."""
    source: str | None = None


class Wordings(Struct, frozen=True, forbid_unknown_fields=True):
    """``wordings.yaml``."""

    levels: str
    """The characters of which one may have replaced another in a whole text."""
    phrases: tuple[FixedWording, ...]
    terms: tuple[FixedWording, ...]


class Register(Struct, frozen=True, forbid_unknown_fields=True):
    """``register.yaml``."""

    documents: tuple[RegisteredDocument, ...]


class Counts(Struct, frozen=True, forbid_unknown_fields=True):
    """``counts.yaml``."""

    measure_words: tuple[str, ...]
    between: str
    of: dict[str, tuple[str, ...]]
    measures: tuple[str, ...]
    measures_behind: tuple[str, ...]
    stage_names: tuple[str, ...]
    stages_in_general: tuple[str, ...]


class RuleWords(Struct, frozen=True, forbid_unknown_fields=True):
    """``rule_words.yaml``."""

    meanings: dict[str, tuple[str, ...]]
    """By an English word of rule files, what authors write for it in Chinese."""


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
    def rule_words(self) -> RuleWords:
        """Chinese for the words of rule files, for guesses."""
        return _read("rule_words", RuleWords)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the bundled lexicon."""
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
    return known


def _converted(source: bytes, shape: type[T]) -> T:
    import yaml

    # The C loader is eight times faster; a build of PyYAML without libyaml has none.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return msgspec.convert(yaml.load(source, Loader=loader), shape)
