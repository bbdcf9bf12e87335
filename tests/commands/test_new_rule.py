"""``plancheck new-rule``: a rule that works; nothing that is there is ever overwritten."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checker.commands.schema import encoded, schema_of
from checker.host import host

Run = Callable[..., Any]


def files(folder: Path) -> list[str]:
    """Return the files below a folder, but not the cache."""
    found = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return sorted(str(path) for path in found if path.parts[0] != ".cache")


class TestGood:
    def test_a_new_pack_in_chinese(self, plancheck: Run, tmp_path: Path) -> None:
        done = plancheck("new-rule", "my-county/target-year")
        assert done.stdout == (
            "已写好 my-county/target-year.yaml。改成您要的规则，然后运行：\n"
            "  plancheck test my-county\n"
            "  plancheck check 方案.txt --rules my-county\n"
        )
        assert (done.stderr, done.returncode) == ("", 0)
        assert files(tmp_path) == [
            "my-county/.schema/pack.json",
            "my-county/.schema/rule.json",
            "my-county/pack.yaml",
            "my-county/target-year.yaml",
        ]

    def test_in_english(self, plancheck: Run) -> None:
        done = plancheck("new-rule", "my-county/target-year", "--dir", "rules", "--lang", "en")
        assert done.stdout == (
            "Wrote rules/my-county/target-year.yaml. Make it the rule that you want, then run:\n"
            "  plancheck test rules/my-county\n"
            "  plancheck check draft.txt --rules rules/my-county\n"
        )
        assert (done.stderr, done.returncode) == ("", 0)

    def test_the_new_rule_works(self, plancheck: Run, tmp_path: Path) -> None:
        plancheck("new-rule", "my-county/year")
        tried = plancheck("test", "my-county")
        assert tried.stdout == "1 条规则，3 个例子：好例子没有报告 2，坏例子如期报告 1，误报 0，漏报 0。\n"
        assert (tried.stderr, tried.returncode) == ("", 0)
        (tmp_path / "draft.txt").write_text("一、工作目标\n全县建成书屋100个。\n", encoding="utf-8")
        checked = plancheck(
            "check", "draft.txt", "--rules", "my-county", "--select", "my-county", "--format", "concise"
        )
        assert checked.stdout == "draft.txt:2:1: warning my-county/year 目标“全县建成书屋100个”没有写明年份\n"
        assert (checked.stderr, checked.returncode) == ("", 1)

    def test_editors_find_the_schemas(self, plancheck: Run, tmp_path: Path) -> None:
        plancheck("new-rule", "my-county/year")
        for name, what in (("pack", "pack"), ("year", "rule")):
            path = tmp_path / "my-county" / f"{name}.yaml"
            first = path.read_text(encoding="utf-8").splitlines()[0]
            assert first == f"# yaml-language-server: $schema=.schema/{what}.json"
            schema = path.parent / first.partition("=")[2]
            assert schema.read_text(encoding="utf-8") == encoded(schema_of(what, host().checks))

    def test_a_second_rule_joins_the_pack_and_leaves_the_rest_alone(self, plancheck: Run, tmp_path: Path) -> None:
        plancheck("new-rule", "my-county/one")
        pack, schema = tmp_path / "my-county" / "pack.yaml", tmp_path / "my-county" / ".schema" / "rule.json"
        pack.write_text("title: 本县\nversion: 9.9.9\n", encoding="utf-8")
        schema.write_text("{}", encoding="utf-8")
        before = (tmp_path / "my-county" / "one.yaml").read_bytes()
        assert plancheck("new-rule", "my-county/two").returncode == 0
        assert pack.read_text(encoding="utf-8") == "title: 本县\nversion: 9.9.9\n"
        assert schema.read_text(encoding="utf-8") == "{}"
        assert (tmp_path / "my-county" / "one.yaml").read_bytes() == before
        assert plancheck("test", "my-county").stdout.startswith("2 条规则，6 个例子：")

    # YAML would read these as something else than a name.
    @pytest.mark.parametrize("name", ["云岭县/年份", "no/on", "2024/2025", "a.b/c.d", "x_1/y-2", "null/true"])
    def test_odd_names_that_are_allowed(self, plancheck: Run, name: str) -> None:
        assert plancheck("new-rule", name).returncode == 0
        done = plancheck("test", name.partition("/")[0])
        assert done.stdout.startswith("1 条规则，3 个例子：好例子没有报告 2，坏例子如期报告 1，")
        assert (done.stderr, done.returncode) == ("", 0)

    def test_a_folder_with_blanks(self, plancheck: Run, tmp_path: Path) -> None:
        assert plancheck("new-rule", "my-county/year", "--dir", "my rules").returncode == 0
        assert (tmp_path / "my rules" / "my-county" / "year.yaml").is_file()


class TestMistakes:
    def test_a_rule_that_is_there_is_not_overwritten(self, plancheck: Run, tmp_path: Path) -> None:
        path = tmp_path / "my-county" / "year.yaml"
        path.parent.mkdir()
        path.write_text("mine", encoding="utf-8")
        done = plancheck("new-rule", "my-county/year")
        said = "plancheck: my-county/year.yaml: 已经有了，没有改动；请另取一个名称\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)
        assert path.read_text(encoding="utf-8") == "mine"
        assert files(tmp_path) == ["my-county/year.yaml"]
        english = plancheck("new-rule", "my-county/year", "--lang", "en").stderr
        assert english == "plancheck: my-county/year.yaml: is there already, nothing was changed; choose another name\n"

    def test_a_link_to_nowhere_is_not_followed(self, plancheck: Run, tmp_path: Path) -> None:
        path = tmp_path / "my-county" / "year.yaml"
        path.parent.mkdir()
        path.symlink_to(tmp_path / "elsewhere.yaml")
        assert plancheck("new-rule", "my-county/year").returncode == 2
        assert not (tmp_path / "elsewhere.yaml").exists()

    def test_a_name_without_a_pack(self, plancheck: Run, tmp_path: Path) -> None:
        done = plancheck("new-rule", "year")
        said = "plancheck: “year”要写成“规则包/规则”，例如 my-county/year\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)
        english = plancheck("new-rule", "year", "--lang", "en").stderr
        assert english == "plancheck: 'year' has to be pack/rule, like my-county/year\n"
        assert files(tmp_path) == []

    @pytest.mark.parametrize(
        ("name", "word"),
        [
            ("../year", ".."),
            ("./year", "."),
            ("my-county/..", ".."),
            ("my-county/.year", ".year"),
            ("-x/year", "-x"),
            ("a/b/c", "b/c"),
            ("/year", ""),
            ("my-county/", ""),
            ("my county/year", "my county"),
            ("my-county/ye\nar", "ye\nar"),
            ("my-county/a*", "a*"),
            ("all/year", "all"),
            ("my-county/all", "all"),
        ],
    )
    def test_a_name_that_cannot_be_one(self, plancheck: Run, tmp_path: Path, name: str, word: str) -> None:
        done = plancheck("new-rule", "--dir", "below", "--", name)
        said = f"plancheck: 名称“{word}”不能用：用字母、数字或汉字开头，后面还可用 -、_ 和 .，也不能是 all\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)
        assert files(tmp_path) == [], "nothing is written, nor outside of the folder"

    def test_a_rule_named_like_the_file_of_the_pack(self, plancheck: Run, tmp_path: Path) -> None:
        done = plancheck("new-rule", "my-county/pack", "--lang", "en")
        said = "plancheck: no rule can be named 'pack': pack.yaml is the pack's own file\n"
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)
        assert files(tmp_path) == []

    @pytest.mark.parametrize("pack", ["plan", "science-literacy"])
    def test_the_name_of_a_bundled_pack(self, plancheck: Run, tmp_path: Path, pack: str) -> None:
        done = plancheck("new-rule", f"{pack}/year")
        said = (
            f"plancheck: “{pack}”是自带的或插件的规则包，请另取一个名称；"
            "要改动它的规则，在自己的规则包里用 extends 和 rules\n"
        )
        assert (done.stdout, done.stderr, done.returncode) == ("", said, 2)
        assert files(tmp_path) == []

    def test_a_file_where_the_folder_should_be(self, plancheck: Run, tmp_path: Path) -> None:
        (tmp_path / "my-county").write_text("mine", encoding="utf-8")
        done = plancheck("new-rule", "my-county/year")
        assert done.stderr.startswith("plancheck: my-county: 无法写入（")
        assert (done.stdout, done.returncode) == ("", 2)
        assert (tmp_path / "my-county").read_text(encoding="utf-8") == "mine"

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_cannot_be_written(self, plancheck: Run, tmp_path: Path) -> None:
        (tmp_path / "closed").mkdir(mode=0o500)
        done = plancheck("new-rule", "my-county/year", "--dir", "closed", "--lang", "en")
        assert done.stderr == "plancheck: closed/my-county: cannot be written (Permission denied)\n"
        assert (done.stdout, done.returncode) == ("", 2)
