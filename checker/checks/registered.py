"""``registered``: a cited document agrees with the register of documents.

A citation belongs to an entry of the register if it bears its title, by itself or in the title of
the notice that issued it (国务院关于印发……的通知). A plan that implements it is another document. What the
citation leaves out (a number) is not held against it, only what it says otherwise.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from checker.checks import CheckType
from checker.expressions import expression
from checker.folding import fold, without_marks
from checker.lexicon import RegisteredDocument, lexicon
from checker.model import Bilingual, Citation, Found, Plan

_ISSUED = expression("^.{0,30}?关于印发[《〈]?(?P<title>.*?)[》〉]?的?通知$")


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``registered`` can be told."""

    register: Annotated[
        str | tuple[RegisteredDocument, ...],
        Meta(description="documents（自带的文件登记表），或列出各份文件 / documents, or the entries themselves"),
    ] = "documents"


def check(nodes: Sequence[Citation], options: Options, plan: Plan) -> Iterator[Found]:
    """Yield each citation that says otherwise than the register."""
    register = lexicon().register.documents if isinstance(options.register, str) else options.register
    for citation in nodes:
        title = without_marks(_ISSUED.sub(r"\g<title>", fold(citation.title)))
        entry = next((entry for entry in register if without_marks(entry.title) == title), None)
        problem = _problem(citation, entry, plan) if entry else _near(title, register)
        if problem is not None:
            yield Found(citation.span, {"problem": problem}, node=citation)


def _problem(citation: Citation, entry: RegisteredDocument, plan: Plan) -> Bilingual | None:
    if citation.number and entry.number and without_marks(citation.number) != without_marks(entry.number):
        return Bilingual(f"文号应为{entry.number}", f"its number is {entry.number}")
    if citation.issuer and entry.issuer and without_marks(entry.issuer) not in without_marks(citation.issuer):
        return Bilingual(f"印发机关应为{entry.issuer}", f"it was issued by {entry.issuer}")
    last = plan.metadata.period[1] if plan.metadata.period else None
    if last is not None and entry.since is not None and last < entry.since:
        return Bilingual(f"自{entry.since}年起才施行", f"has been in force only since {entry.since}")
    year = plan.metadata.period[0] if plan.metadata.period else None
    if year is not None and entry.until is not None and year > entry.until:
        now = f"，现行的是《{entry.replaced_by}》" if entry.replaced_by else ""
        after = f", replaced by {entry.replaced_by}" if entry.replaced_by else ""
        return Bilingual(f"有效期到{entry.until}年为止{now}", f"was in force until {entry.until}{after}")
    return None


def _near(title: str, register: Sequence[RegisteredDocument]) -> Bilingual | None:
    """Say what a title should be that has the name of a registered document with other years."""
    for entry in register:
        known = without_marks(entry.title)
        if _YEARS.search(known) and _YEARS.search(title) and _YEARS.sub("", known) == _YEARS.sub("", title):
            return Bilingual(f"文件名应为《{entry.title}》", f"the title is 《{entry.title}》")
    return None


_YEARS = expression("[12][0-9]{3}年?")


def _mistakes(options: Options, kind: str) -> Iterator[tuple[str, Bilingual]]:
    if isinstance(options.register, str) and options.register != "documents":
        zh = f"没有名为“{options.register}”的登记表；可用 documents，或列出各份文件"
        yield "register", Bilingual(zh, f"no register {options.register!r}: documents, or the entries themselves")
    elif not options.register:
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
