"""Plans to measure with: the samples, each varied so that no two are alike."""

from __future__ import annotations

import re
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "drafts"
# A shorter paragraph is a heading, a label or a line of a clause: what is added there would change the structure.
_RUNNING_TEXT = 60
# A line that begins like this is more than text: a heading, an item, a row of a table, a clause.
_LABELS = re.compile(r"[#*|〔（(]|第?[一二三四五六七八九十0-9]+[、.．条章]|.{2,8}(?:单位|部门|时限)：")


def write_plans(folder: Path, number: int) -> None:
    """Write ``number`` plans to a folder."""
    folder.mkdir(parents=True)
    samples = _samples()
    for index in range(number):
        (folder / f"{index:05}.txt").write_text(varied(samples[index % len(samples)], index), encoding="utf-8")


def varied(plan: str, index: int) -> str:
    """Return a plan with a sentence of its own behind each paragraph of running text."""
    lines = enumerate(plan.splitlines())
    return "\n".join(f"{line}{_sentence(index, at)}" if _runs(line) else line for at, line in lines) + "\n"


def long_plan(size: int = 30_000) -> str:
    """Return a plan of about ``size`` bytes: the longest sample, with running text of the others between its own."""
    longest, *others = sorted(_samples(), key=len, reverse=True)
    more = [line for other in others for line in other.splitlines() if _runs(line) and not _LABELS.match(line)]
    lines = longest.splitlines()
    missing = size - len(longest.encode())
    places = [at for at, line in enumerate(lines) if _runs(line)]
    taken: dict[int, list[str]] = {}
    for number, line in enumerate(more):
        if missing <= 0:
            break
        taken.setdefault(places[number % len(places)], []).append(line)
        missing -= len(line.encode()) + 1
    return "\n".join(one for at, line in enumerate(lines) for one in (line, *taken.get(at, ()))) + "\n"


def _samples() -> list[str]:
    drafts = [path.read_bytes() for path in sorted(SAMPLES.iterdir()) if path.suffix in (".txt", ".md")]
    return [draft.decode("utf-8" if _is_utf_8(draft) else "gb18030") for draft in drafts]


def _is_utf_8(draft: bytes) -> bool:
    return draft.decode("utf-8", "ignore").encode() == draft


def _runs(line: str) -> bool:
    return len(line) > _RUNNING_TEXT


def _sentence(index: int, at: int) -> str:
    return f"有关台账编入第{index + 1}卷第{at + 1}页。"
