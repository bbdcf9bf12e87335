"""Which reports a run makes, and where each of them goes: ``--format html=report.html --format text``."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from msgspec import Struct

from checker.model import Bilingual
from checker.problems import Problem
from checker.reporters import Reporter
from checker.reporters.words import printable

_USUAL = "text"
_TEXT = frozenset(("", ".txt", ".log", ".out"))
"""The suffixes of files that hold it, unless they are said to hold something else."""
_FORMS = {".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".json": "json"}


class Wanted(Struct, frozen=True):
    """A report that a run is to make."""

    reporter: Reporter
    output: str | None
    """The file that it is written to; None for standard output."""


def wanted(given: Sequence[str], output: str | None, reporters: Mapping[str, Reporter]) -> tuple[Wanted, ...]:
    """Return the reports that ``--format`` and ``-o`` ask for, at most one of them for standard output.

    ``given`` are the values of ``--format``: ``NAME``, or ``NAME=FILE``. A name without a file goes to
    ``output``, else to standard output; ``output`` without such a name takes the report that its suffix
    asks for. Raises Problem for a name that no reporter has, for two reports in one place, and for a
    file without a name.
    """
    pairs = [(name.strip(), file if equals else None) for name, equals, file in (one.partition("=") for one in given)]
    plain = [name for name, file in pairs if file is None]
    if output is not None and not plain:
        pairs.append((_by_suffix(output, reporters), None))
    if not pairs:
        pairs.append((_USUAL, None))
    for name, file in pairs:
        if name not in reporters:
            from checker.definitions import no_such

            raise Problem(no_such(Bilingual("报告格式", "report format"), name, sorted(reporters)))
        if file == "":
            zh = f"--format {name}= 后面没有写文件，如 --format {name}=report"
            raise Problem(Bilingual(zh, f"--format {name}= names no file, as in --format {name}=report"))
    if len(plain) > 1:
        others = " ".join(f"--format {name}=FILE" for name in plain[1:])
        where = "标准输出" if output is None else printable(output)
        zh = f"{'、'.join(plain)} 不能都写到{where}，请给其余的写明文件：{others}"
        en = f"{' and '.join(plain)} cannot go to the same place: name files for all but one, {others}"
        raise Problem(Bilingual(zh, en))
    found = tuple(Wanted(reporters[name], output if file is None else file) for name, file in pairs)
    _keep_apart([one.output for one in found if one.output is not None])
    return found


def form_for(given: str | None, output: str | None) -> str:
    """Return the form of a comparison or coverage: that asked for, else that of the file's suffix, else text."""
    if given is not None or output is None:
        return given or _USUAL
    return _FORMS.get(os.path.splitext(output)[1].lower(), _USUAL)


def _by_suffix(output: str, reporters: Mapping[str, Reporter]) -> str:
    """Return the name of the first reporter that writes files with such a name; the usual one for a text or a device.

    Raises Problem for a suffix that says something else: a text in a file called .docx helps nobody.
    """
    name = output.lower()
    found = next((one.name for one in reporters.values() if name.endswith(one.suffixes or ("\0",))), None)
    suffix = os.path.splitext(name)[1]
    if found is not None or suffix in _TEXT:
        return found or _USUAL
    known = [*(suffix for one in reporters.values() for suffix in one.suffixes), *sorted(_TEXT - {""})]
    zh = f"-o {printable(output)}: 后缀 {printable(suffix)} 没有对应的格式；可用的：{'、'.join(known)}，或另给 --format"
    en = f"-o {printable(output)}: no format for {printable(suffix)}; there are {', '.join(known)}, or give --format"
    raise Problem(Bilingual(zh, en))


def _keep_apart(outputs: Sequence[str]) -> None:
    places = [os.path.realpath(output) for output in outputs]
    for output, place in zip(outputs, places, strict=True):
        if places.count(place) > 1:
            name = printable(output)
            raise Problem(
                Bilingual(f"{name}: 不能写两份报告，请另起文件名", f"{name}: two reports would be written there")
            )
