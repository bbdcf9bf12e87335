"""``docx``: the reviewer's copy of one draft."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from msgspec.structs import replace
from word.packages import anchored, comments, full_document, members

from checker.engine import Review, check_paths, completed_for
from checker.host import host
from checker.model import Report
from checker.problems import Problem
from checker.reporters.docx import render
from checker.testing import assert_reporter_conforms

DRAFT = """\
棠城县全民健身实施方案（2024—2026年）

一、工作目标
到2026年，全县体育场地达到100个。
二、主要任务
1.建好场地。新建一批场地。（县体育局牵头）
2.办好赛事。每年办赛10场。
"""


def report_on(path: Path, language: str = "zh") -> Report:
    review = Review(language=language, plugins=host((), False))
    report = check_paths([str(path)], review)
    return completed_for(("rules", "plans", "drafts"), report, [str(path)], review)


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return path


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "draft.docx"
    path.write_bytes(full_document())
    return path


def test_it_keeps_what_every_reporter_has_to() -> None:
    reporter = next(one for one in host((), False).reporters.values() if one.name == "docx")
    assert_reporter_conforms(reporter)


class TestComments:
    def test_each_says_severity_message_rule_and_advice_at_the_exact_words(self, draft: Path) -> None:
        made = render(report_on(draft))
        by_words = {anchored(made)[number]: said for number, said in comments(made).items()}
        said = by_words["2.办好赛事"]
        assert said[0] == "错误 措施“办好赛事”没有写明牵头单位"
        assert said[1] == "规则：plan/lead-unit（每项措施都要写明牵头单位）"
        assert said[2].startswith("建议：每项措施要有一个单位牵头")

    def test_they_are_in_the_language_of_the_report(self, draft: Path) -> None:
        made = render(report_on(draft, "en"))
        said = next(said for said in comments(made).values() if "plan/lead-unit" in said[1])
        assert said[0].startswith("error ")
        assert said[1].startswith("Rule: plan/lead-unit (")

    def test_a_basis_is_named(self, word: Path) -> None:
        made = render(report_on(word))
        said = next(said for said in comments(made).values() if said[0].startswith("提示 起止时间"))
        assert said[2] == "依据：《标点符号用法》（GB/T 15834—2011）4.13"

    def test_further_places_have_shorter_ones(self, word: Path) -> None:
        made = render(report_on(word))
        places = [
            (anchored(made)[number], said) for number, said in comments(made).items() if "gongwen/range-dash" in said[1]
        ]
        assert [words for words, _ in places] == ["2024-2026年", "［图］", "-", "［注］"], (
            "title, text box, cell, footnote"
        )
        assert all(said[0].startswith("同一问题的另一处（共 4 处） ") for _, said in places[1:])

    def test_of_many_places_the_first_twelve_have_one_and_the_rest_is_counted(self, tmp_path: Path) -> None:
        path = tmp_path / "draft.txt"
        rows = "".join(f"2.第{number}项。2024-2026年办赛。（县体育局牵头）\n" for number in range(20))
        path.write_text(DRAFT + rows, encoding="utf-8")
        said = [one for one in comments(render(report_on(path))).values() if "gongwen/range-dash" in "".join(one)]
        assert len(said) == 12
        assert said[0][1] == "正文里批注了前 12 处，其余 8 处请照此修改"

    def test_of_accepted_violations_there_is_none_unless_they_are_asked_for(self, draft: Path) -> None:
        draft.write_text(
            DRAFT.replace("2.办好赛事", "<!-- plancheck: ignore plan/lead-unit: 由省里负责 -->\n2.办好赛事"),
            encoding="utf-8",
        )
        report = report_on(draft)
        assert not any("办好赛事" in one[0] for one in comments(render(report)).values())
        shown = comments(render(replace(report, shows_waived=True)))
        assert any("办好赛事" in one[0] and "由省里负责" in one[0] for one in shown.values())

    def test_what_is_about_no_place_stands_at_the_title(self, draft: Path) -> None:
        report = report_on(draft)
        file = replace(report.files[0], problems=("插件 fitness 出错",))
        made = render(replace(report, files=(file,), problems=("rules/a.yaml:1:1: 有错",)))
        first = min(comments(made))
        assert anchored(made)[first] == "棠城县全民健身实施方案（2024—2026年）"
        assert comments(made)[first] == ["plancheck：插件 fitness 出错", "plancheck：rules/a.yaml:1:1: 有错"]

    def test_hostile_words_become_no_part_of_the_document(self, draft: Path) -> None:
        evil = "</w:t></w:r>\x1b[2J\u202e<script>&#0;\ufffe"
        report = report_on(draft)
        violation = replace(report.files[0].violations[0], message=evil, basis=evil)
        made = render(replace(report, files=(replace(report.files[0], violations=(violation,)),)))
        (said,) = comments(made).values()
        assert said[0].endswith("</w:t></w:r>\ufffd[2J\ufffd<script>&#0;\ufffd")


class TestTheDraft:
    def test_a_word_file_stays_as_it_is(self, word: Path) -> None:
        before, after = members(word.read_bytes()), members(render(report_on(word)))
        assert {name for name in after if after[name] != before.get(name)} == {"word/document.xml", "word/comments.xml"}
        assert list(before) == list(after)

    def test_any_other_becomes_a_word_file(self, draft: Path) -> None:
        made: Any = docx.Document(io.BytesIO(render(report_on(draft))))
        assert [one.text for one in made.paragraphs] == [line for line in DRAFT.splitlines() if line]

    def test_what_is_mended_is_a_tracked_change(self, word: Path) -> None:
        report = report_on(word)
        path = report.files[0].path
        mended = report.plans[path].text.source.replace("-", "—", 1)
        made = render(replace(report, mended={path: mended}))
        assert "2024［--］—2026年" in anchored(made).values()

    def test_a_report_on_several_or_none_is_refused(self, draft: Path) -> None:
        report = report_on(draft)
        for files in ((), (report.files[0], report.files[0])):
            with pytest.raises(Problem, match=f"there are {len(files)}"):
                render(replace(report, files=files))

    def test_one_that_was_not_checked_is_not_written(self, draft: Path) -> None:
        report = report_on(draft)
        file = replace(report.files[0], error="文件已损坏")
        with pytest.raises(Problem, match="not checked, so there is nothing to write"):
            render(replace(report, files=(file,)))

    def test_one_that_has_gone_since_is_not_written(self, draft: Path) -> None:
        with pytest.raises(Problem, match="has changed since it was checked"):
            render(replace(report_on(draft), drafts={}))
