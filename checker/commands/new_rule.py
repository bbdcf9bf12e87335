"""``plancheck new-rule``: a rule that works, to be made into another."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands.options import host_of, lang_option, language_of, more_plugins
from checker.commands.output import cannot_write
from checker.commands.schema import encoded, schema_of
from checker.host import Host
from checker.model import Bilingual
from checker.pack_folders import pack_name, packs_in
from checker.problems import Problem
from checker.rule_validation import name_problem

SCHEMA = "# yaml-language-server: $schema=.schema/{what}.json\n"
"""The first line of a file of which an editor finds the schema beside it."""
PACK = """\
title: '{pack}'
version: 0.1.0
description: 这个规则包检查什么，给谁用。
# 只用于某一类方案时，写明条件（不写则总是适用）：
# applies_when: {{title: {{matches: 全民阅读}}}}
# valid: [2021, 2025]
# 以别的规则包为基础，并改动其中的规则：
# extends: [plan]
# rules:
#   plan/stages: {{severity: info}}
"""

"""A pack.yaml."""
RULE = """\
# 改成您要的规则，然后运行 plancheck test {folder}
title: 每项目标都要写明年份             # 规则要求什么，一句话
severity: warning                      # error 错误 | warning 警告 | info 提示
node: target                           # 看哪种节点；有哪些属性：plancheck explain target
# where: {{section.role: objectives}}    # 只看符合条件的节点
check: required                        # 检查类型；有哪些选项：plancheck explain required
options: {{field: year, instead: [per]}}    # 写了“每年……”的也可以
message: 目标“{{quote}}”没有写明年份     # 花括号里是节点的属性
# basis: 依据的文件和条款（没有把握就不写）
help: 写明到哪一年完成，例如“到2025年，……”。
# title_en、message_en、help_en：英文的标题、消息、说明，--lang en 时用
examples:                              # 例子就是测试：好的不应报告，坏的应在 at 所列的行报告
  good:
    - why: 写明了年份
      plan: |
        一、工作目标
        到2025年，全县建成书屋100个。
    - why: 没有数字的不算目标
      plan: |
        一、工作目标
        全县阅读风气更加浓厚。
  bad:
    - why: 没有年份
      at: [2]
      plan: |
        一、工作目标
        全县建成书屋100个。
"""
"""A rule; ``folder`` is that of its pack, for the command that tries it."""


@click.command("new-rule")
@click.argument("name", metavar="PACK/NAME")
@click.option(
    "--dir", "folder", default=".", type=click.Path(), metavar="DIR", help="规则包放在哪里 / where the pack is [.]"
)
@more_plugins
@lang_option
@click.pass_context
def command(context: click.Context, name: str, folder: str) -> None:
    """新建一条规则 / write a new rule.

    写出一条能用的规则和它的例子，照着改成自己的；规则包不存在时一并新建，绝不覆盖已有的文件。

    It works and has examples: change it into your own. A pack that is not there is made, too; no file
    is ever overwritten.

    \b
    例 / example:
      plancheck new-rule my-county/target-year
      plancheck test my-county
      plancheck check draft.txt --rules my-county
    """
    pack, slash, rule = name.partition("/")
    if not slash:
        zh = f"“{name}”要写成“规则包/规则”，例如 my-county/{name}"
        raise Problem(Bilingual(zh, f"{name!r} has to be pack/rule, like my-county/{name}"))
    for word in (pack, rule):
        if wrong := name_problem(word):
            raise Problem(wrong)
    if rule == "pack":
        raise Problem(
            Bilingual(
                "规则不能叫 pack：pack.yaml 是规则包自己的文件",
                "no rule can be named 'pack': pack.yaml is the pack's own file",
            )
        )
    plugins = host_of(context)
    refuse_taken(pack, plugins)
    place = Path(folder) / pack
    files = {
        place / "pack.yaml": SCHEMA.format(what="pack") + PACK.format(pack=pack),
        place / ".schema" / "rule.json": encoded(schema_of("rule", plugins.checks)),
        place / ".schema" / "pack.json": encoded(schema_of("pack", plugins.checks)),
    }
    path = place / f"{rule}.yaml"
    if path.exists():
        zh = f"{path}: 已经有了，没有改动；请另取一个名称"
        raise Problem(Bilingual(zh, f"{path}: is there already, nothing was changed; choose another name"))
    try:
        (place / ".schema").mkdir(parents=True, exist_ok=True)
        for other, text in files.items():
            if not other.exists():
                other.write_text(text, encoding="utf-8", newline="\n")
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(SCHEMA.format(what="rule") + RULE.format(folder=place))
    except OSError as error:
        raise cannot_write(str(place), error) from error
    language = language_of(context)
    click.echo(
        Bilingual(
            f"已写好 {path}。改成您要的规则，然后运行：\n"
            f"  plancheck test {place}\n  plancheck check 方案.txt --rules {place}",
            f"Wrote {path}. Make it the rule that you want, then run:\n"
            f"  plancheck test {place}\n  plancheck check draft.txt --rules {place}",
        ).in_language(language)
    )


def refuse_taken(pack: str, plugins: Host) -> None:
    """Refuse the name of a pack of a plugin, a bundled one or another: two of one name cannot both be loaded."""
    if any(pack_name(folder) == pack for place in plugins.rule_places for folder in packs_in(place)):
        zh = f"“{pack}”是自带的或插件的规则包，请另取一个名称；要改动它的规则，在自己的规则包里用 extends 和 rules"
        en = f"{pack!r} is bundled or a plugin's, choose another name; to change its rules use 'extends' and 'rules'"
        raise Problem(Bilingual(zh, en))
