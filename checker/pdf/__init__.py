"""PDF files to a ``Text``: the characters of their pages put together to lines again.

A PDF knows neither lines nor paragraphs: it sets characters at places. ``worker`` takes them out of the file
and has them arranged, in a process of its own (``process``); ``printed_lines`` puts them together to lines,
``columns`` finds the order in which to read them, ``tables`` the rows of tables, ``running_lines`` what stands
on every page, ``paragraphs`` where a paragraph begins, ``page_setup`` how pages are set up; ``arranging`` does
all of that, and ``reading`` makes a text of it.
"""
