"""What differs between two versions of a line."""

from __future__ import annotations

import time

import pytest

from checker.differences import differences


def applied(before: str, after: str) -> str:
    made = before
    for start, end, words in reversed(list(differences(before, after))):
        made = made[:start] + words + made[end:]
    return made


PROSE = "".join(f"{number}.新建一批场地，由县体育局牵头。" for number in range(1, 1_200))


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("甲乙", "甲乙", []),
        ("2024-2026年", "2024—2026年", [(4, 5, "—")]),
        ("到-年-底", "到—年——底", [(1, 2, "—"), (3, 4, "——")]),
        ("甲", "", [(0, 1, "")]),
        ("甲甲", "甲甲甲", [(2, 2, "甲")]),
    ],
)
def test_only_what_differs_is_told(before: str, after: str, found: list[tuple[int, int, str]]) -> None:
    assert list(differences(before, after)) == found


def test_of_a_long_line_as_well() -> None:
    before = f"甲...{PROSE}(乙){PROSE}-丙"
    after = f"甲……{PROSE}（乙）{PROSE}——丙"
    found = list(differences(before, after))
    assert [(before[start:end], words) for start, end, words in found] == [
        ("...", "……"),
        ("(乙)", "（乙）"),
        ("-", "——"),
    ]
    assert applied(before, after) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a." * 10_000, "，a" * 9_000),
        (PROSE, PROSE[::-1]),
        ("a..." * 5_000, "a……" * 5_000),
        ("a," * 450, "a，" * 449),
    ],
)
def test_nothing_takes_long(before: str, after: str) -> None:
    began = time.process_time()
    assert applied(before, after) == after
    assert time.process_time() - began < 5
