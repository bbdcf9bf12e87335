"""``registered``: a cited document agrees with the register of documents, and is still in force.

A citation belongs to an entry of the register if it bears its title, by itself or in the title of
the notice that issued it (国务院关于印发……的通知). A plan that implements it is another document. What the
citation leaves out (a number) is not held against it, only what it says otherwise. A document of
whose years the title speaks may be cited for what it was, not as what is to be carried out now.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct

from checker.checks import CheckType
from checker.expressions import expression
from checker.folding import fold, without_marks
from checker.lexicon import RegisteredDocument, any_of, lexicon
from checker.model import Bilingual, Citation, Found, Plan
from checker.reading import stands_in

_ISSUED = expression("^.{0,30}?关于印发[《〈]?(?P<title>.*?)[》〉]?的?通知$")
_YEARS = expression("[12][0-9]{3}年?")
_OWN_YEARS = expression("(?P<from>20[0-9]{2})年?[-至](?P<to>20[0-9]{2})年?")


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``registered`` can be told."""

    register: Annotated[
        Literal["documents"] | tuple[RegisteredDocument, ...],
        Meta(description="documents（自带的文件登记表），或列出各份文件 / documents, or the entries themselves"),
    ] = "documents"
    more: Annotated[
        tuple[RegisteredDocument, ...],
        Meta(description="登记表之外另加的文件 / further entries, beside those of the register"),
    ] = ()


def check(nodes: Sequence[Citation], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each citation that says otherwise than the register, or tells to carry out what has run out."""
    register = lexicon().register.documents if options.register == "documents" else options.register
    entries = _by_title((*options.more, *register))
    for citation in nodes:
        title = without_marks(_ISSUED.sub(r"\g<title>", fold(citation.title)))
        entry = entries.get(title) or entries.get(without_marks(citation.title))
        if entry is not None:
            problem = _problem(citation, entry.document, plan)
        else:
            near = _near(title, citation, entries) if citation.introduced else None
            problem = _bent(near) if near else _run_out(citation, plan)
        if problem is not None:
            yield Found(citation.span, {"problem": problem}, node=citation)


class _Entry(NamedTuple):
    """An entry of the register, and what is compared of it."""

    document: RegisteredDocument
    words: str
    """Its title without marks and years."""
    years: list[str]
    characters: frozenset[str]
    number: str | None


@lru_cache(maxsize=8)
def _by_title(entries: tuple[RegisteredDocument, ...]) -> dict[str, _Entry]:
    """Return entries by their titles without marks; of two with one title the first."""
    found: dict[str, _Entry] = {}
    for entry in reversed(entries):
        title = without_marks(entry.title)
        words = _YEARS.sub("", title)
        number = without_marks(entry.number) if entry.number else None
        found[title] = _Entry(entry, words, _YEARS.findall(title), frozenset(words), number)
    return found


def _problem(citation: Citation, entry: RegisteredDocument, plan: Plan) -> Bilingual | None:
    if citation.number and entry.number and without_marks(citation.number) != without_marks(entry.number):
        return Bilingual(f"文号应为{entry.number}", f"its number is {entry.number}")
    if citation.issuer and entry.issuer and without_marks(entry.issuer) not in without_marks(citation.issuer):
        return Bilingual(f"印发机关应为{entry.issuer}", f"it was issued by {entry.issuer}")
    last = plan.metadata.period[1] if plan.metadata.period else None
    if last is not None and entry.since is not None and last < entry.since:
        return Bilingual(f"自{entry.since}年起才施行", f"has been in force only since {entry.since}")
    year = plan.metadata.period[0] if plan.metadata.period else None
    if year is not None and entry.until is not None and year > entry.until and not _looks_back(citation, plan):
        now = f"，现行的是《{entry.replaced_by}》" if entry.replaced_by else ""
        after = f", replaced by {entry.replaced_by}" if entry.replaced_by else ""
        return Bilingual(f"有效期到{entry.until}年为止{now}", f"was in force until {entry.until}{after}")
    return None


def _bent(entry: RegisteredDocument) -> Bilingual:
    return Bilingual(f"文件名应为《{entry.title}》", f"the title is 《{entry.title}》")


_LEAST_ALIKE = 0.85
"""How much of two titles has to be alike for one to be the other bent."""
_SHORTEST = 8
"""A shorter title is like many others."""


def _near(title: str, citation: Citation, entries: Mapping[str, _Entry]) -> RegisteredDocument | None:
    """Return the entry that was meant by a title which no entry has: that with its number, or nearly its words."""
    number = without_marks(citation.number) if citation.number else None
    plain, years = _YEARS.sub("", title), _YEARS.findall(title)
    characters = set(plain)
    best: tuple[bool, bool, float] | None = None
    meant: RegisteredDocument | None = None
    for entry in entries.values():
        words = entry.words
        if len(entry.characters & characters) * 2 < len(characters):  # far cheaper than to align them
            continue
        if words != plain and (min(len(words), len(plain)) < _SHORTEST or abs(len(words) - len(plain)) > 12):
            continue
        numbered = number is not None and number == entry.number
        matcher = SequenceMatcher(None, plain, words, autojunk=False)
        least = 0.5 if numbered else _LEAST_ALIKE
        if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least or matcher.ratio() < least:
            continue
        if not numbered and not _may_be_bent(plain, years, entry):
            continue
        rank = (numbered, entry.years == years, matcher.ratio())
        if best is None or rank > best:
            best, meant = rank, entry.document
    return meant


def _may_be_bent(plain: str, years: list[str], entry: _Entry) -> bool:
    """Say whether a title is another one bent: the same words with years that overlap, or the same years."""
    if entry.words != plain:
        return abs(len(entry.words) - len(plain)) <= 2 and years == entry.years
    return len(years) == len(entry.years) > 0 and years[0] <= entry.years[-1] and entry.years[0] <= years[-1]


def _run_out(citation: Citation, plan: Plan) -> Bilingual | None:
    """Say of a document with years in its title that they are over, where it is to be carried out."""
    years = _OWN_YEARS.search(fold(citation.title))
    signed = plan.metadata.signed_date
    now = signed.year if signed else plan.metadata.period[0] if plan.metadata.period else None
    if years is None or now is None or int(years["to"]) >= now or _looks_back(citation, plan):
        return None
    paragraph = plan.text.paragraph(citation.span.start)
    to_carry_out = expression(f"(?:{any_of(lexicon().register.carrying_out)})[^。；]{{0,60}}$")
    if not to_carry_out.search(_before(citation, plan)) or paragraph.layout:
        return None
    return Bilingual(f"到{years['to']}年已期满", f"ran out in {years['to']}")


def _looks_back(citation: Citation, plan: Plan) -> bool:
    """Say whether a document is cited for what has been done under it."""
    paragraph = plan.text.paragraph(citation.span.start)
    end = paragraph.folded.find("。", paragraph.index(citation.span.start))
    sentence = _before(citation, plan) + paragraph.folded[paragraph.index(citation.span.end) : end + 1 or None]
    back = expression(any_of(lexicon().register.looking_back))
    return stands_in(citation.section, "background") or back.search(sentence) is not None


def _before(citation: Citation, plan: Plan) -> str:
    """Return what stands before a citation in its sentence."""
    paragraph = plan.text.paragraph(citation.span.start)
    return paragraph.folded[: paragraph.index(citation.span.start)].rpartition("。")[2]


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if not options.register:
        yield "register", Bilingual("登记表是空的", "the register is empty")


CHECK = CheckType(
    "registered",
    Options,
    check,
    Bilingual("引用的文件与登记表一致", "a citation agrees with the register of documents"),
    nodes=("citation",),
    fields=("problem",),
    mistakes=_mistakes,
)
