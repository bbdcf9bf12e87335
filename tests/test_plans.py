"""Plans of many kinds, each beside what a careful reader sees in it.

The plans in ``tests/plans`` are about places that do not exist. The JSON beside each was worked
out by hand from the conventions of reading, never from the program's output.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from checker import parse
from checker.contract import plan_json

PLANS = sorted((Path(__file__).parent / "plans").glob("*.txt"))


def plain(words: str | None) -> str:
    """Return words without white space and Markdown marks, with full-width brackets."""
    return re.sub(r"[\s　*#]+", "", words or "").translate(str.maketrans("()", "（）"))


def understood(path: Path) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads(msgspec.json.encode(plan_json(parse(path), str(path))))
    return plan


def expected(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return gold


def sections(plan: dict[str, Any]) -> list[tuple[Any, ...]]:
    return sorted(
        (s["line"], s["id"], s["level"], s["ordinal"], plain(s["title"]), s["role"]) for s in plan["sections"]
    )


def measures(plan: dict[str, Any]) -> list[tuple[Any, ...]]:
    found = [
        (
            *(m["line"], m["section"], plain(m["title"]), m["responsibility"]),
            *(frozenset(map(plain, m[part])) for part in ("leads", "responsible", "supporters")),
        )
        for m in plan["measures"]
    ]
    return sorted(found, key=lambda measure: measure[:3])


def facts(plan: dict[str, Any]) -> set[tuple[Any, ...]]:
    meta = plan["metadata"]
    found: set[tuple[Any, ...]] = {
        ("target", t["line"], float(t["value"]), t["unit"], t["year"], t["comparator"], t["per"])
        for t in plan["targets"]
    }
    found |= {("stage", s["line"], s["from"], s["to"]) for s in plan["stages"]}
    found |= {("citation", c["line"], plain(c["title"]), plain(c["number"])) for c in plan["citations"]}
    found |= {("count", c["stated"], c["of"], c["actual"]) for c in plan["stated_counts"]}
    found |= {("roster", plain(unit)) for unit in plan["roster"]}
    found |= {(key, plain(str(meta[key]))) for key in ("doc_number", "signed_date", "printed_date")}
    return found | {("title", plain(meta["title"])), ("period", str(meta["period"]))}


# What is known not to be read as a careful reader would; a fact taken from here is a fact learnt.
KNOWN: dict[str, set[tuple[Any, ...]]] = {
    "farmland-town": {
        # A leaflet in 《》 is no document; nothing but its title could tell.
        ("citation", 27, "致全镇农民朋友的一封信", ""),
        # Conditions and ways of working, not promises: 连片10亩以上撂荒耕地, 每半月通报一次, 权重不低于5%.
        ("target", 16, 10.0, "亩", 2025, ">=", None),
        ("target", 28, 1.0, "次", None, "=", "week"),
        ("target", 44, 5.0, "%", None, ">=", None),
        # 各村（社区）党组织书记: an officer of several, not read as a member unit.
        ("roster", "各村（社区）"),
    }
}


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_plan_is_read_as_a_person_would(path: Path) -> None:
    gold, plan = expected(path), understood(path)
    assert sections(plan) == sections(gold)
    assert measures(plan) == measures(gold)
    assert facts(plan) ^ facts(gold) == KNOWN.get(path.stem, set())
    for other, gold_other in zip(plan["plans"], gold.get("plans", []), strict=True):
        assert sections(other) == sections(gold_other)
        assert measures(other) == measures(gold_other)
