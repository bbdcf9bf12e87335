"""``plancheck schema``: JSON Schemas on standard output, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
TITLES = {
    "rule": "plancheck rule",
    "pack": "plancheck pack",
    "config": "plancheck configuration",
    "lexicon/units": "plancheck lexicon/units",
}


@pytest.mark.parametrize(
    "what", ["rule", "pack", "config", "plan", "report", "tasks", "compare", "cover", "lexicon/units"]
)
def test_prints_a_schema(plancheck: Run, what: str) -> None:
    done = plancheck("schema", what)
    schema = json.loads(done.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema.get("title") == TITLES.get(what)
    assert done.stdout == json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    assert (done.stderr, done.returncode) == ("", 0)


def test_is_the_same_in_every_language(plancheck: Run) -> None:
    assert plancheck("schema", "rule", PLANCHECK_LANG="en").stdout == plancheck("schema", "rule").stdout
    assert plancheck("schema", "rule", "--lang", "en").stdout == plancheck("schema", "rule").stdout


def test_what_ships_is_what_is_printed(plancheck: Run) -> None:
    for what in ("rule", "pack", "lexicon/units"):
        shipped = Path(__file__).parents[2] / "rules" / "schema" / f"{what}.json"
        printed = plancheck("schema", what).stdout
        assert printed == shipped.read_text(encoding="utf-8"), f"plancheck schema {what} > rules/schema/{what}.json"


@pytest.mark.parametrize("arguments", [[], ["rules"], ["rule", "pack"], ["lexicon/unit"], ["units"]])
def test_anything_else_is_refused(plancheck: Run, arguments: list[str]) -> None:
    done = plancheck("schema", *arguments)
    assert done.stdout == ""
    assert "错误：" in done.stderr
    assert "Error:" in plancheck("schema", *arguments, PLANCHECK_LANG="en").stderr
    assert done.returncode == 2


def test_names_what_there_is(plancheck: Run) -> None:
    assert (
        "的值不对：可用的：rule、pack、config、plan、report、tasks、compare、cover"
        in plancheck("schema", "rules").stderr
    )
    assert (
        "'rule', 'pack', 'config', 'plan', 'report', 'tasks', 'compare', 'cover'"
        in plancheck("schema", "rules", PLANCHECK_LANG="en").stderr
    )
