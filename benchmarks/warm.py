"""Run by ``run.py`` in the measured environment: one plan, read, parsed and checked again and again."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time

from checker.engine import Review, check_plan
from checker.parser import parse_text
from checker.reader import read
from checker.word.drafting import drafted

PASS = r"[\u4e00-\u9fff]+(?:局|委|办|部|厅|协会|科协|妇联|中心|政府)"


def main(path: str, rounds: int) -> None:
    """Print the medians in seconds of: the pass, read and parsed, read and parsed and checked; the same as Word.

    Of the Word file: read, then parsed and checked.
    """
    data = Path(path).read_bytes()
    text = data.decode()
    typical = re.compile(PASS)
    review = Review()

    def parsed() -> None:
        parse_text(read(data, path, review.host.readers))

    def checked() -> None:
        check_plan(parse_text(read(data, path, review.host.readers)), path, review.rulebook)

    def passed() -> None:
        for _ in typical.finditer(text):
            pass

    word_file = drafted(parse_text(read(data, path, review.host.readers))).was
    word_text = read(word_file, "plan.docx", review.host.readers)

    def word_read() -> None:
        read(word_file, "plan.docx", review.host.readers)

    def word_checked() -> None:
        check_plan(parse_text(word_text), path, review.rulebook)

    actions: list[Callable[[], None]] = [passed, parsed, checked, word_read, word_checked]
    for action in actions:
        action()
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for action, taken in zip(actions, times, strict=True):
            start = process_time()
            action()
            taken.append(process_time() - start)
    print(json.dumps([median(taken) for taken in times]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
