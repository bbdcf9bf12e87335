"""One draft as web pages of different ages and makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

Page = Callable[[str, Iterable[str]], bytes]
"""From the title of a page and the lines of a draft to the bytes of the page."""

_LINKS = ("首页", "政务公开", "政策文件", "规划计划", "政民互动")


def _menu(mark: str) -> str:
    return mark.join(f'<a href="/{number}/">{words}</a>' for number, words in enumerate(_LINKS))


def semantic(title: str, lines: Iterable[str]) -> bytes:
    """A page of today: landmarks, one article, its title among them."""
    first, *rest = [escape(line.strip(), quote=False) for line in lines if line.strip()]
    body = "\n".join(f"<p>{line}</p>" for line in rest)
    return f"""<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<title>{escape(title)}_棠城县人民政府</title>
<style>p {{ text-indent: 2em }}</style>
<script>var menu = "<p>一、不是正文。</p>";</script>
</head>
<body>
<header><h1>棠城县人民政府</h1><nav><ul><li>{_menu("</li><li>")}</li></ul></nav></header>
<main>
<article>
<h1>{first}</h1>
{body}
</article>
</main>
<aside><h2>相关阅读</h2><p>县里召开会议，部署下一步工作。</p></aside>
<footer><p>主办：棠城县人民政府办公室。网站标识码：0000000000</p></footer>
<script src="/share.js"></script>
</body>
</html>
""".encode()


def laid_out(title: str, lines: Iterable[str]) -> bytes:
    """A page of twenty years ago: tables for layout, capitals, GB2312, one cell with lines that end in <BR>."""
    body = "<BR>\r\n".join(
        f"&nbsp;&nbsp;&nbsp; <FONT size=3>{escape(line.strip(), quote=False)}</FONT>" for line in lines if line.strip()
    )
    page = f"""<HTML><HEAD><TITLE>{escape(title)}</TITLE>
<META http-equiv=Content-Type content="text/html; charset=gb2312">
</HEAD>
<BODY bgColor=#ffffff>
<FORM id=form1 action=list.aspx method=post>
<TABLE width=1000 align=center border=0>
<TR><TD colSpan=5><IMG src="top.gif"></TD></TR>
<TR><TD>{_menu("</TD><TD>")}</TD></TR>
</TABLE>
<TABLE width=1000 align=center border=0>
<TR><TD vAlign=top width=200>
<TABLE><TR><TD>政策文件</TD></TR><TR><TD>{_menu("</TD></TR><TR><TD>")}</TD></TR></TABLE>
</TD><TD vAlign=top>
<TABLE width="100%"><TR><TD>您的位置：<A href="/">首页</A> &gt; <A href="/zw/">政务公开</A> &gt; 正文</TD></TR>
<TR><TD align=center>
发布日期：2024-03-05 　 字体：【<A href="#">大</A> <A href="#">中</A> <A href="#">小</A>】</TD></TR>
<TR><TD class=nr>{body}</TD></TR>
<TR><TD align=right>【<A href="#">打印</A>】【<A href="#">关闭</A>】</TD></TR></TABLE>
</TD></TR></TABLE>
<TABLE width=1000 align=center>
<TR><TD align=center>版权所有：棠城县人民政府　电话：0000-0000000<BR>
建议使用1024*768分辨率浏览</TD></TR></TABLE>
</FORM></BODY></HTML>
""".replace("\r\n", "\n").replace("\n", "\r\n")
    return page.encode("gb18030")


def nested(title: str, lines: Iterable[str]) -> bytes:
    """A page of a content management system: boxes within boxes, each paragraph in spans, on few lines."""
    first, *rest = [escape(line.strip(), quote=False) for line in lines if line.strip()]
    body = "".join(
        f'<p style="text-align: justify;"><span style="font-family: 仿宋_GB2312;">&emsp;&emsp;'
        f'<span style="color: #000;">{line[:3]}</span>{line[3:]}</span></p>'
        for line in rest
    )
    return f"""<!doctype html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{escape(title)} &#8211; 棠城县教育局</title></head><body class="post-template single">
<div id="page"><div id="masthead"><div class="menu"><ul><li>{_menu("</li><li>")}</li></ul></div></div>
<div class="crumbs">当前位置：<a href="/">首页</a> &raquo; <a href="/tz/">通知</a> &raquo; 正文</div>
<div id="content"><div class="wrap"><div class="post"><h1 class="entry-title">{first}</h1>
<div class="meta">2024年3月5日 <a href="/author/">办公室</a></div>
<div class="entry-content">{body}</div>
<div class="share"><a href="#">微信</a><a href="#">微博</a></div>
<div class="nav-links"><div>上一篇：<a href="/1">县教育局召开会议</a></div>
<div>下一篇：<a href="/2">关于开学的通知</a></div></div>
</div></div>
<div id="sidebar"><div class="widget">最新文章<ul><li>{_menu("</li><li>")}</li></ul></div></div></div>
<div id="colophon">© 2024 棠城县教育局 版权所有 <a href="/icp">备案号</a></div></div>
<!-- 一、这不是正文。 --></body></html>""".encode()


STYLES: dict[str, Page] = {"semantic": semantic, "laid-out": laid_out, "nested": nested}
