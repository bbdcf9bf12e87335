"""``plancheck init``: a configuration with comments, to be made into one's own."""

from __future__ import annotations

from pathlib import Path

import click

from checker.commands.options import lang_option, language_of
from checker.commands.output import cannot_write
from checker.model import Bilingual
from checker.problems import Problem
from checker.reviews import NAME

_CONFIGURATION = """\
# plancheck 的配置：对这个文件夹和下级文件夹里的草案有效；下级另有配置的，以最近的为准。
# 行首的“# ”去掉就生效；哪份草案适用什么、写在哪里：plancheck check --show-config 草案.txt
# 全部写法：plancheck schema config

# 以别的配置为基础：文件的路径，或带有配置的规则包。
# extends: [../office.yaml]

# 用哪些规则包：名称，或文件夹的路径；不写则全部都用。
# packs: [plan, gongwen, ./county]

# 只执行、不执行哪些规则或规则包。
# select: [all]
# ignore: [gongwen/quote-style]

# 规则的级别：error 错误 | warning 警告 | info 提示。
# severities:
#   plan/target-year: info

# 改动规则的选项、消息；选项见 plancheck explain 规则。
# rules:
#   science-literacy/literacy-floor: {options: {than: 15}}

# 不检查哪些草案，写法同 .gitignore。
# exclude: [归档/]

# 对某些草案另作规定。
# per_file:
#   - files: ['*征求意见稿*']
#     ignore: [gongwen/doc-number, gongwen/signed-date]

# 豁免：可以接受的问题。原因必填；位置写章节编号（如 二.1）或措施标题；到期重新报告。
# waivers:
#   - rule: plan/lead-unit
#     measure: 办好农家书屋
#     files: [实施方案.txt]
#     reason: 由各村自办，不设牵头单位
#     by: 张三
#     until: 2026-12-31

# 基线：plancheck baseline 写出的文件，里面的老问题不再报告。
# baseline: .plancheck-baseline.json
"""


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path())
@lang_option
@click.pass_context
def command(context: click.Context, folder: str) -> None:
    """写出一份带说明的配置 / write a configuration with comments.

    写到 DIR（默认当前文件夹）的 .plancheck.yaml；已有的绝不覆盖 /
    to .plancheck.yaml in DIR, by default this folder; never over another.

    \b
    例 / example:
      plancheck init
      plancheck check --show-config draft.txt
    """
    path = Path(folder) / NAME
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(_CONFIGURATION)
    except FileExistsError as error:
        zh = f"{path}: 已经有了，没有改动；要换一份新的，请先把它改名"
        en = f"{path}: is there already, nothing was changed; for a new one, rename it first"
        raise Problem(Bilingual(zh, en)) from error
    except OSError as error:
        raise cannot_write(str(path), error) from error
    said = Bilingual(f"已写好 {path}。去掉需要的行前面的“# ”。", f"Wrote {path}. Uncomment what you need.")
    click.echo(said.in_language(language_of(context)))
