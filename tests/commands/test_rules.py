"""``plancheck rules``: which rules there are, and which of them apply to a draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import Write, harmless

Run = Callable[..., Any]
OWN = "trial/quiet,trial/vague,plan/target-year,plan/stages"


@pytest.fixture
def rules(plancheck: Run, packs: None) -> Run:
    """Return a function that runs ``plancheck rules`` with the packs of the test."""
    return lambda *arguments, **environment: plancheck("rules", "--rules", "packs", *arguments, **environment)


class TestTable:
    def test_in_chinese(self, rules: Run) -> None:
        done = rules("--select", OWN)
        assert (
            done.stdout
            == """\
编号              级别    要求                    规则包    检查类型    适用
----------------  ------  ----------------------  --------  ----------  --------------------------
plan/stages       警告    方案要有进度安排        plan      present     总是（trial 有改动）
plan/target-year  警告    量化目标要写明完成年份  plan      required    总是（trial 有改动）
trial/quiet       提示    措施要有配合单位        trial     required    只有点名才执行
trial/vague       警告    不用“适时”              trial     pattern     title 匹配 阅读；2021—2030
"""
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_in_english(self, rules: Run) -> None:
        done = rules("--select", OWN, "--lang", "en")
        assert (
            done.stdout
            == """\
id                severity    title                            pack    check type    applies
----------------  ----------  -------------------------------  ------  ------------  -----------------------------
plan/stages       warning     The plan has progress stages     plan    present       always (changed by trial)
plan/target-year  warning     A target has a year or a period  plan    required      always (changed by trial)
trial/quiet       info        措施要有配合单位                 trial   required      only when selected by id
trial/vague       warning     No “in due course”               trial   pattern       title matches 阅读; 2021—2030
"""
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_names_every_rule_once(self, rules: Run) -> None:
        from checker.host import host
        from checker.rule_reading import load

        bundled = [rule.id for rule in load(host().rule_places, host().checks).rules]
        ids = [line.split()[0] for line in rules().stdout.splitlines()[2:]]
        assert sorted(ids) == sorted([*bundled, "other/vague", "trial/quiet", "trial/vague"])
        assert ids == sorted(ids)

    def test_a_pack_that_builds_on_another_brings_its_rules_along(self, rules: Run) -> None:
        ids = [line.split()[0] for line in rules("--select", "trial").stdout.splitlines()[2:]]
        assert {"trial/vague", "plan/target"} <= set(ids)
        assert not {one for one in ids if one.startswith(("other/", "science-literacy/"))}


class TestJson:
    def test_of_a_rule(self, rules: Run) -> None:
        done = rules("--select", "trial/vague", "--format", "json")
        assert json.loads(done.stdout) == [
            {
                "id": "trial/vague",
                "severity": "warning",
                "title": "不用“适时”",
                "pack": "trial",
                "check": "pattern",
                "node": "sentence",
                "enabled": True,
                "changed_by": [],
                "applies": "title 匹配 阅读；2021—2030",
            }
        ]
        assert (done.stderr, done.returncode) == ("", 0)

    def test_in_english(self, rules: Run) -> None:
        (row,) = json.loads(rules("--select", "trial/vague", "--format", "json", "--lang", "en").stdout)
        assert (row["title"], row["applies"]) == ("No “in due course”", "title matches 阅读; 2021—2030")

    def test_of_a_rule_that_a_pack_changes(self, rules: Run) -> None:
        (row,) = json.loads(rules("--select", "plan/target-year", "--format", "json").stdout)
        assert (row["severity"], row["changed_by"]) == ("warning", ["trial"])

    def test_stays_whole_beside_a_rule_with_a_mistake(self, rules: Run, broken: str) -> None:
        done = rules("--format", "json")
        assert {"trial/vague", "plan/target"} <= {row["id"] for row in json.loads(done.stdout)}
        assert (done.stderr, done.returncode) == (broken, 2)


class TestMarkdown:
    def test_of_the_rules_of_a_pack(self, rules: Run) -> None:
        done = rules("--select", "trial/vague", "--format", "markdown")
        call = "`plancheck rules --rules packs --select trial/vague --format markdown`"
        head, _, page = done.stdout.partition("## 目录\n")
        assert head.startswith(f"# 规则手册\n\n> 本页由 {call} 从规则文件生成，")
        assert (
            page
            == """
[trial](#规则包-trial)：试验 / A trial

| 编号 id | 级别 severity | 要求 | title |
| --- | --- | --- | --- |
| [trial/vague](#trialvague) | 警告 warning | 不用“适时” | No “in due course” |

## 规则包 trial

**试验**\\
A trial

只用来试。

- 版本 version：1.2.3
- 适用 applies：`title` 匹配 matches `阅读`；2021—2030
- 基于 extends：plan
- 改动的规则 changes：plan/target-year、plan/stages

### trial/vague

**不用“适时”**\\
No “in due course”

写明月份。\\
例如“6月底前”。

Give the month,\\
such as “6月底前”.

- 级别 severity：警告 warning
- 检查 looks at：`sentence`，`section.role` = `actions`、`action`
- 要求 holds when：`pattern` 文字匹配（或不匹配）正则表达式 / the text matches a pattern, or does not
- 选项 options：
  - `pattern`：`适时`\\
    正则表达式，在文字的任何位置查找 / searched for anywhere in the text
  - `must`：`not-match`\\
    match：必须匹配；not-match：不得匹配 / whether the text has to match, or must not
  - `field`：`null`（默认 default）\\
    在哪个属性里找；不写则为标题、全文、原文或名称 / the attribute; title or text by default
  - `fix`：`null`（默认 default）\\
    not-match：应改成的文字，可用 \\\\1 等；或者哪些字各换成什么，括号成对地换。match：换了就匹配的才换 / what should stand there instead, with \\\\1 and so on; or which characters are replaced by which, brackets with their partners; for match only where the text then matches
  - `fix_where`：`null`（默认 default）\\
    not-match：也匹配它的地方才照 fix 改 / only places that match this, too, are fixed
  - `once`：`false`（默认 default）\\
    全部合并为一个问题 / one violation for all of them
- 消息 message：“{match}”不是时限\\
  “{match}” is no deadline
- 依据 basis：试验办法第一条
- 让位于 silent where：plan/target

**好例子 1** good example 1：写明了月份

```text
  1 │ 一、主要任务
  2 │ 1.建好书屋。6月底前建成。
```

**坏例子 1** bad example 1

```text
  1 │ 一、主要任务
> 2 │ 1.建好书屋。适时建成。
```
"""  # noqa: E501
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_says_what_another_pack_makes_of_a_rule(self, rules: Run) -> None:
        page = rules("--select", "trial", "--format", "markdown").stdout
        link = "[trial](#规则包-trial)"
        assert (
            f"\n- 规则包 {link} 改为 pack {link} makes it：\n"
            "  - `severity`：`error`\n"
            "  - `message`：`目标“{quote}”要写年份`\n" in page
        )
        assert "- 改动的规则 changes：[plan/target-year](#plantarget-year)、[plan/stages](#planstages)\n" in page

    def test_has_every_rule_and_every_pack(self, rules: Run, write: Write) -> None:
        write("packs/changes-only/pack.yaml", "title: 只改\nversion: '1'\nextends: [plan]\n")
        page = rules("--format", "markdown").stdout
        ids = {row["id"] for row in json.loads(rules("--format", "json").stdout)}
        named = {line[4:] for line in page.splitlines() if line.startswith("### ")}
        assert named == ids
        assert "\n## 规则包 changes-only\n" in page

    def test_of_a_rule_that_runs_only_when_it_is_named(self, rules: Run) -> None:
        page = rules("--select", "trial/quiet", "--format", "markdown").stdout
        assert "\n| [trial/quiet](#trialquiet) | 提示 info | 措施要有配合单位 |  |\n" in page
        assert page.endswith(
            "\n- 消息 message：措施“{name}”没有配合单位\n- 启用 enabled：只有点名才执行 only when selected by id\n"
        )

    def test_is_the_same_in_every_language(self, rules: Run) -> None:
        chinese, english = (rules("--format", "markdown", "--lang", language).stdout for language in ("zh", "en"))
        assert chinese == english

    def test_stays_whole_beside_a_rule_with_a_mistake(self, rules: Run, broken: str) -> None:
        done = rules("--select", "trial", "--format", "markdown")
        assert "\n### trial/vague\n" in done.stdout
        assert (done.stderr, done.returncode) == (broken, 2)

    def test_is_not_about_a_draft(self, rules: Run) -> None:
        done = rules("reading.txt", "--format", "markdown", "--lang", "en")
        said = "plancheck: --format markdown prints the manual, which is the same for every draft: no DRAFT\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)

    def test_no_text_of_a_rule_commands_the_terminal(self, plancheck: Run, hostile: None) -> None:
        done = plancheck("rules", "--rules", "hostile", "--format", "markdown")
        assert "\n### hostile/rule\n" in done.stdout
        assert harmless(done.stdout, done.stderr)


class TestForADraft:
    def rows(self, rules: Run, draft: str) -> dict[str, tuple[str, bool, list[str], str]]:
        done = rules(draft, "--select", OWN, "--format", "json")
        assert (done.stderr, done.returncode) == ("", 0)
        return {
            row["id"]: (row["severity"], row["enabled"], row["changed_by"], row["applies"])
            for row in json.loads(done.stdout)
        }

    def test_to_which_the_pack_applies(self, rules: Run) -> None:
        assert self.rows(rules, "reading.txt") == {
            "plan/stages": ("warning", False, ["trial"], "只有点名才执行"),
            "plan/target-year": ("error", True, ["trial"], "适用"),
            "trial/quiet": ("info", False, [], "只有点名才执行"),
            "trial/vague": ("warning", True, [], "适用"),
        }

    def test_to_which_the_pack_does_not_apply(self, rules: Run) -> None:
        assert self.rows(rules, "sport.txt") == {
            "plan/stages": ("warning", True, [], "适用"),
            "plan/target-year": ("warning", True, [], "适用"),
            "trial/quiet": ("info", False, [], "只有点名才执行"),
            "trial/vague": ("warning", True, [], "规则包不适用于本方案"),
        }

    def test_of_other_years(self, rules: Run, write: Write) -> None:
        write("old.txt", "某县全民阅读实施方案（2011—2015年）\n\n一、主要任务\n")
        assert self.rows(rules, "old.txt")["trial/vague"][-1] == "规则包只适用于2021—2030年的方案"

    def test_the_bundled_pack_does_not_apply_to_another_subject(self, rules: Run) -> None:
        done = rules("sport.txt", "--select", "science-literacy", "--lang", "en")
        rows = done.stdout.splitlines()[2:]
        assert len(rows) >= 3
        assert all(row.endswith("the pack does not apply to this plan") for row in rows)
        assert (done.stderr, done.returncode) == ("", 0)

    def test_on_standard_input(self, plancheck: Run, packs: None, tmp_path: Path) -> None:
        text = (tmp_path / "reading.txt").read_text(encoding="utf-8")
        done = plancheck("rules", "-", "--rules", "packs", "--select", "trial/vague", stdin=text)
        assert done.stdout.splitlines()[-1].endswith("适用")
        assert done.returncode == 0

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("zh", "plancheck: missing.txt: 没有这个文件，请核对路径\n"),
            ("en", "plancheck: missing.txt: no such file: check the path\n"),
        ],
    )
    def test_that_is_not_there(self, rules: Run, language: str, said: str) -> None:
        done = rules("missing.txt", "--lang", language)
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)


class TestMistakes:
    def test_an_unknown_id(self, rules: Run) -> None:
        done = rules("--select", "trial/vaque")
        said = "plancheck: 没有名为“trial/vaque”的规则或规则包。您是不是想写“trial/vague”？\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)

    def test_an_unknown_id_in_english(self, rules: Run) -> None:
        done = rules("--select", "zzz", "--lang", "en")
        packs = "gongwen, other, plan, science-literacy, trial"
        said = f"plancheck: no rule or pack named 'zzz'. Packs: {packs}; plancheck rules lists all rules\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)

    def test_an_id_that_is_unknown_because_its_file_has_a_mistake(self, rules: Run, broken: str) -> None:
        done = rules("--select", "trial/wrong")
        assert done.stdout == ""
        assert done.stderr == broken
        assert done.returncode == 2

    def test_a_folder_that_is_not_there(self, plancheck: Run) -> None:
        done = plancheck("rules", "--rules", "nowhere", "--select", "plan/target")
        assert done.stdout.splitlines()[-1].startswith("plan/target")
        said = "plancheck: nowhere: 没有这个文件夹；这里要写规则包的文件夹，新建一条规则用 plancheck new-rule\n"
        assert (done.stderr, done.returncode) == (said, 2)

    def test_a_file_for_a_folder(self, plancheck: Run, packs: None) -> None:
        done = plancheck("rules", "--rules", "packs/trial/vague.yaml", "--select", "plan/target", "--lang", "en")
        said = (
            "plancheck: packs/trial/vague.yaml: a file, not a pack; the folder of a pack is needed. "
            "Did you mean 'packs/trial'?\n"
        )
        assert (done.stderr, done.returncode) == (said, 2)

    @pytest.mark.parametrize("form", ["table", "json"])
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_no_text_of_a_rule_commands_the_terminal(
        self, plancheck: Run, hostile: None, form: str, language: str
    ) -> None:
        for draft in ([], ["reading.txt"]):
            done = plancheck("rules", *draft, "--rules", "hostile", "--format", form, "--lang", language)
            assert "hostile/rule" in done.stdout
            assert "hostile/wrong.yaml" in done.stderr
            assert done.returncode == 2
            assert harmless(done.stderr)
            assert form == "json" or harmless(done.stdout)


def test_a_pack_of_which_it_takes_too_long_to_tell_whether_it_applies(plancheck: Run, write: Write) -> None:
    write("packs/slow/pack.yaml", "title: 试验\nversion: 1.0.0\napplies_when: {text: {matches: '(县|县县)+甲'}}\n")
    write("packs/slow/quiet.yaml", "title: 试验\nseverity: info\nnode: stage\ncheck: absent\nmessage: 有阶段\n")
    write("draft.txt", "一、工作目标\n" + "县" * 80 + "。\n")
    done = plancheck("rules", "draft.txt", "--rules", "packs", "--format", "json")
    applies = {row["id"]: row["applies"] for row in json.loads(done.stdout)}
    assert applies["slow/quiet"] == "超时：规则里的正则表达式太慢"
    assert applies["plan/target"] == "适用"
    assert (done.stderr, done.returncode) == ("", 0)


def test_whether_a_rule_applies_that_has_conditions_of_its_own(plancheck: Run, write: Write) -> None:
    write("packs/trial/pack.yaml", "title: 试验\nversion: 1.0.0\n")
    rule = "title: 试验\nseverity: info\nnode: stage\ncheck: absent\nmessage: 有阶段\napplies_when: {level: 市}\n"
    write("packs/trial/cities.yaml", rule)
    write("draft.txt", "云岭县健身方案\n\n一、工作目标\n提升。\n")
    done = plancheck("rules", "draft.txt", "--rules", "packs", "--select", "trial", "--format", "json")
    (row,) = json.loads(done.stdout)
    assert row["applies"] == "规则不适用于本方案"


def test_layout_rules_do_not_apply_to_a_draft_of_text(plancheck: Run, write: Write) -> None:
    write("draft.txt", "云岭县阅读方案\n一、目标\n建好书屋。\n")
    found = json.loads(plancheck("rules", "draft.txt", "--format", "json").stdout)
    said = {row["applies"] for row in found if row["id"].startswith("gongwen/layout-")}
    assert said == {"这种格式没有版面，Word 和 PDF 文件才有"}
