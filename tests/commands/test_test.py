"""``plancheck test``: the examples of rules are tried, and what is wrong is shown in its lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import QUIET, Write, harmless

Run = Callable[..., Any]
PACK = "title: 试\nversion: 0.0.1\n"
RULE = """\
title: 不用“适时”
severity: warning
node: sentence
check: pattern
options: {pattern: 适时, must: not-match}
message: “{match}”不是时限
examples:
"""
NOISY = (
    RULE
    + """\
  good:
    - why: 其实该报
      plan: |
        一、主要任务
        1.建好书屋。适时建成，适时开放。
    - plan: |
        一、主要任务
  bad:
    - why: 多报了一处
      at: [2]
      plan: |
        一、主要任务
        1.建好书屋。适时建成。
        2.办好讲座。适时举办。
"""
)
MISSING = (
    RULE
    + """\
  bad:
    - at: [2, 2, 3]
      plan: |
        一、主要任务
        1.建好书屋。适时建成。
        2.办好讲座。择机举办。
"""
)
GOOD = (
    RULE
    + """\
  good:
    - why: 写明了月份
      plan: |
        一、主要任务
        1.建好书屋。6月底前建成。
  bad:
    - at: [2, 2]
      plan: |
        一、主要任务
        1.建好书屋。适时建成，适时开放。
"""
)
# The search for 丁 behind many 甲 takes longer than any rule may.
SLOW = (
    RULE.replace("pattern: 适时", "pattern: (甲|甲甲)+丁")
    + f"""\
  good:
    - why: 太慢
      plan: 丁{"甲" * 80}丙
"""
)


@pytest.fixture
def rules(write: Write) -> Write:
    """Return a function that writes a rule of the pack ``p``."""
    write("p/pack.yaml", PACK)
    return lambda name, text: write(f"p/{name}.yaml", text)


def summary(out: str) -> str:
    return out.splitlines()[-1]


class TestOutcomes:
    def test_all_well(self, plancheck: Run, rules: Write) -> None:
        rules("good", GOOD)
        done = plancheck("test", "p")
        assert done.stdout == "1 条规则，2 个例子：好例子没有报告 1，坏例子如期报告 1，误报 0，漏报 0。\n"
        assert (done.stderr, done.returncode) == ("", 0)

    def test_all_well_in_english(self, plancheck: Run, rules: Write) -> None:
        rules("good", GOOD)
        done = plancheck("test", "p", "--lang", "en", "-v")
        assert done.stdout == (
            "validated  p/good  good 1: 写明了月份\n"
            "reported  p/good  bad 1\n"
            "1 rule, 2 examples: 1 validated, 1 reported, 0 noisy, 0 missing.\n"
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_noisy(self, plancheck: Run, rules: Write) -> None:
        rules("noisy", NOISY)
        done = plancheck("test", "p")
        assert (
            done.stdout
            == """\
误报  p/noisy  好例子 1：其实该报
    1 │ 一、主要任务
  > 2 │ 1.建好书屋。适时建成，适时开放。
      ╰ 不应报告：“适时”不是时限
      ╰ 不应报告：“适时”不是时限

误报  p/noisy  坏例子 1：多报了一处
    1 │ 一、主要任务
    2 │ 1.建好书屋。适时建成。
  > 3 │ 2.办好讲座。适时举办。
      ╰ 不应报告：“适时”不是时限

1 条规则，3 个例子：好例子没有报告 1，坏例子如期报告 0，误报 2，漏报 0。
"""
        )
        assert (done.stderr, done.returncode) == ("", 1)

    def test_missing(self, plancheck: Run, rules: Write) -> None:
        rules("missing", MISSING)
        done = plancheck("test", "p", "--lang", "en")
        assert (
            done.stdout
            == """\
missing  p/missing  bad 1
    1 │ 一、主要任务
  > 2 │ 1.建好书屋。适时建成。
      ╰ should be reported, is not
  > 3 │ 2.办好讲座。择机举办。
      ╰ should be reported, is not

1 rule, 1 example: 0 validated, 0 reported, 0 noisy, 1 missing.
"""
        )
        assert (done.stderr, done.returncode) == ("", 1)

    @pytest.mark.parametrize(
        ("language", "said", "counts"),
        [
            (
                "zh",
                "未能执行  p/slow  好例子 1：太慢\n    超时：规则里的正则表达式太慢\n",
                "1 条规则，1 个例子：好例子没有报告 0，坏例子如期报告 0，误报 0，漏报 0，未能执行 1。\n",
            ),
            (
                "en",
                "not evaluated  p/slow  good 1: 太慢\n    out of time: a pattern of the rule is too slow\n",
                "1 rule, 1 example: 0 validated, 0 reported, 0 noisy, 0 missing, 1 not evaluated.\n",
            ),
        ],
    )
    def test_not_evaluated(self, plancheck: Run, rules: Write, language: str, said: str, counts: str) -> None:
        rules("slow", SLOW)
        done = plancheck("test", "p", "--lang", language)
        assert (done.stdout, done.stderr, done.returncode) == (said + counts, "", 2)

    def test_without_examples(self, plancheck: Run, rules: Write) -> None:
        rules("bare", QUIET)
        rules("good", GOOD)
        said = "2 条规则，2 个例子：好例子没有报告 1，坏例子如期报告 1，误报 0，漏报 0。没有例子的规则：p/bare。\n"
        assert plancheck("test", "p").stdout == said
        done = plancheck("test", "p", "--lang", "en")
        assert done.stdout.endswith(" 0 missing. Rules without examples: p/bare.\n")
        assert (done.stderr, done.returncode) == ("", 0)

    def test_what_cannot_be_evaluated_wins_over_what_is_wrong(self, plancheck: Run, rules: Write) -> None:
        for name, text in {"noisy": NOISY, "slow": SLOW, "missing": MISSING, "good": GOOD, "bare": QUIET}.items():
            rules(name, text)
        done = plancheck("test", "p")
        assert summary(done.stdout) == (
            "5 条规则，7 个例子：好例子没有报告 2，坏例子如期报告 1，误报 2，漏报 1，未能执行 1。"
            "没有例子的规则：p/bare。"
        )
        assert done.returncode == 2

    def test_a_rule_that_is_not_enabled_is_tried_too(self, plancheck: Run, rules: Write) -> None:
        rules("noisy", "enabled: false\n" + NOISY)
        assert plancheck("test", "p").returncode == 1

    def test_a_rule_of_a_pack_that_does_not_apply_is_tried_too(
        self, plancheck: Run, rules: Write, write: Write
    ) -> None:
        write("p/pack.yaml", PACK + "applies_when: {title: 甲}\nvalid: [2001, 2002]\n")
        rules("good", GOOD)
        assert plancheck("test", "p").returncode == 0


class TestWhichRules:
    def test_all_bundled_rules_by_default(self, plancheck: Run) -> None:
        done = plancheck("test")
        assert "误报 0，漏报 0。" in summary(done.stdout)
        assert (done.stderr, done.returncode) == ("", 0)

    def test_those_of_a_folder_of_packs(self, plancheck: Run, packs: None) -> None:
        assert summary(plancheck("test", "packs").stdout).startswith("3 条规则，2 个例子：")

    def test_those_of_the_folder_in_which_one_stands(self, plancheck: Run, packs: None) -> None:
        assert summary(plancheck("test", ".", "--rules", "packs").stdout).startswith("3 条规则，2 个例子：")

    def test_one_rule_file(self, plancheck: Run, packs: None) -> None:
        done = plancheck("test", "packs/trial/vague.yaml")
        assert done.stdout == "1 条规则，2 个例子：好例子没有报告 1，坏例子如期报告 1，误报 0，漏报 0。\n"
        assert (done.stderr, done.returncode) == ("", 0)

    def test_those_that_are_selected(self, plancheck: Run, packs: None) -> None:
        assert summary(plancheck("test", "packs", "--select", "trial/vague").stdout).startswith("1 条规则，2 个例子：")
        assert summary(plancheck("test", "packs", "--select", "trial").stdout).startswith("2 条规则，2 个例子：")

    def test_a_folder_beside_it_with_the_same_beginning_is_not_meant(self, plancheck: Run, write: Write) -> None:
        write("packs/my/pack.yaml", PACK)
        write("packs/my/good.yaml", GOOD)
        write("packs/my-county/pack.yaml", PACK)
        write("packs/my-county/noisy.yaml", NOISY)
        assert plancheck("test", "packs/my", "--rules", "packs/my-county").returncode == 0

    @pytest.mark.parametrize("which", ["", "plan", "plan/stages.yaml"])
    def test_a_bundled_pack_by_its_folder(self, plancheck: Run, which: str) -> None:
        from checker.host import host

        done = plancheck("test", str(Path(host().rule_places[0]) / which))
        assert "误报 0，漏报 0。" in summary(done.stdout)
        assert summary(done.stdout).startswith("1 条规则，") is which.endswith(".yaml")
        assert (done.stderr, done.returncode) == ("", 0)


class TestMistakes:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("zh", "plancheck: nowhere: 没有这个文件或文件夹，请核对路径\n"),
            ("en", "plancheck: nowhere: no such file or folder: check the path\n"),
        ],
    )
    def test_a_folder_that_is_not_there(self, plancheck: Run, language: str, said: str) -> None:
        done = plancheck("test", "nowhere", "--lang", language)
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)

    def test_a_folder_without_rules(self, plancheck: Run, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        done = plancheck("test", "empty", "--lang", "en")
        assert done.stdout == "There are no rules to try.\n"
        assert done.stderr == "plancheck: empty: no pack, and holds none; a pack is a folder with a pack.yaml\n"
        assert done.returncode == 2

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("zh", "plancheck: sport.txt: 不是规则文件；规则文件以 .yaml 结尾，也可以写规则包的文件夹\n"),
            ("en", "plancheck: sport.txt: no rule file; one ends in .yaml, and the folder of a pack will do too\n"),
        ],
    )
    def test_a_file_that_is_no_rule(self, plancheck: Run, packs: None, language: str, said: str) -> None:
        done = plancheck("test", "sport.txt", "--lang", language)
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)

    def test_an_unknown_rule(self, plancheck: Run, packs: None) -> None:
        done = plancheck("test", "packs", "--select", "trial/vage")
        said = "plancheck: 没有名为“trial/vage”的规则或规则包。您是不是想写“trial/vague”？\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)

    def test_a_rule_with_a_mistake_does_not_stop_the_others(self, plancheck: Run, broken: str) -> None:
        done = plancheck("test", "packs")
        assert summary(done.stdout).startswith(
            "3 条规则，2 个例子：好例子没有报告 1，坏例子如期报告 1，误报 0，漏报 0。"
        )
        assert (done.stderr, done.returncode) == (broken, 2)

    def test_a_pack_with_a_mistake_is_named_when_its_rule_is_selected(self, plancheck: Run, write: Write) -> None:
        write("p/pack.yaml", "titel: 试\nversion: 0.0.1\n")
        write("p/good.yaml", GOOD)
        done = plancheck("test", "p", "--select", "p/good")
        assert done.stderr.startswith("plancheck: p/pack.yaml:1:1: 没有名为“titel”的键；")
        assert done.stderr.endswith("规则包“p”的规则因此都不执行\n")
        assert "p/good" not in done.stderr
        assert done.returncode == 2

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_no_text_of_a_rule_commands_the_terminal(self, plancheck: Run, hostile: None, language: str) -> None:
        done = plancheck("test", "hostile", "-v", "--lang", language)
        assert "hostile/rule" in done.stdout
        assert "hostile/wrong.yaml:2:" in done.stderr
        assert done.returncode == 2
        assert harmless(done.stdout, done.stderr)
