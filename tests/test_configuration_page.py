"""``docs/configuration.md`` says what is so: its examples are right, its keys are all there are."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from checker.configuration import ConfigurationFile, WaiverFile
from checker.configuration_reading import configuration, mistakes
from checker.engine import Review

PAGE = Path(__file__).resolve().parent.parent / "docs" / "configuration.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def test_the_examples_are_right(tmp_path: Path) -> None:
    review = Review()
    assert len(BLOCKS) == 3
    (tmp_path / "county").mkdir()
    names = ["office.yaml", "county/.plancheck.yaml", "waivers.yaml"]
    for name, block in zip(names, BLOCKS, strict=True):
        (tmp_path / name).write_text(block, encoding="utf-8")
    for name in names:
        made = configuration(str(tmp_path / name), {})
        assert (made.problems, mistakes(made, review.rulebook, review.host.checks)) == ((), [])


def keys(part: str) -> set[str]:
    """Return what the first column of the first table of a part names."""
    begins = TEXT.index(part)
    table = re.search(r"^\| 键 .*?(?=^$)", TEXT[begins:], re.MULTILINE | re.DOTALL)
    assert table is not None
    return {name for row in table[0].splitlines()[2:] for name in re.findall(r"`(\w+)`", row.split("|")[1])}


@pytest.mark.parametrize(("part", "shape"), [("## 一、配置", ConfigurationFile), ("## 二、豁免", WaiverFile)])
def test_every_key_is_explained(part: str, shape: type[msgspec.Struct]) -> None:
    assert keys(part) == {field.encode_name for field in msgspec.structs.fields(shape)}


def test_every_rule_about_waivers_is_named() -> None:
    source = (PAGE.parent.parent / "checker" / "waivers.py").read_text(encoding="utf-8")
    assert set(re.findall(r"`(waivers/\w+)`", TEXT)) == set(re.findall(r"``(waivers/\w+)``", source))
