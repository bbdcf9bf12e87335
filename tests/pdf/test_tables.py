"""What stands between ruling lines is a table: a row a paragraph, with its cells, whatever lines they take."""

from __future__ import annotations

from collections.abc import Sequence

from checker.model import Text
from pdf.printing import LEFT, PITCH, SIZE, TOP, Sheet, read_printed, set_in_lines, texts

ACROSS = (79.0, 119.0, 319.0, 419.0, 511.0)
HEAD = (["序号"], ["任务"], ["牵头单位"], ["配合单位"])
BEFORE = "为落实全民健身的要求，提高全县居民的健康素养水平，制定本方案。"
Row = Sequence[Sequence[str]]


def task(number: int) -> Row:
    """Return a row of which one cell takes two lines."""
    return ([str(number)], [f"建好第{number}批健身步道，完善社区和乡", "村球场"], ["县文体旅游局"], ["县住建局"])


def rows(text: Text) -> list[list[str]]:
    """Return the cells of each row."""
    return [
        [paragraph.text[start:end] for start, end in paragraph.cells]
        for paragraph in text.paragraphs
        if paragraph.cells
    ]


def written(number: int) -> list[str]:
    """Return the cells of ``task`` as they should be read."""
    return [str(number), f"建好第{number}批健身步道，完善社区和乡村球场", "县文体旅游局", "县住建局"]


def test_rows_with_their_cells() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.lines(set_in_lines([BEFORE]))
        end = sheet.table([HEAD, task(1), task(2)], ACROSS, TOP + 2 * PITCH)
        sheet.lines(set_in_lines([BEFORE]), y=end + 40)

    text = read_printed(draw)
    assert rows(text) == [["序号", "任务", "牵头单位", "配合单位"], written(1), written(2)]
    assert texts(text)[0] == texts(text)[-1] == BEFORE
    row = next(paragraph for paragraph in text.paragraphs if paragraph.cells)
    place = text.place(row.span.start)
    assert place is not None
    assert (place.page, place.line) == (1, len(set_in_lines([BEFORE])) + 1)


def test_lines_drawn_as_thin_boxes_and_cell_by_cell() -> None:
    def draw(sheet: Sheet) -> None:
        for number, (left, right) in enumerate(((79, 300), (300, 511))):
            for row in range(2):
                top = TOP + 30 * row
                for x, y, width, height in (
                    (left, top, right - left, 0.5),
                    (left, top + 30, right - left, 0.5),
                    (left, top, 0.5, 30),
                    (right, top, 0.5, 30),
                ):
                    sheet.canvas.rect(x, sheet.height - y - height, width, height, stroke=0, fill=1)
                sheet.set(f"第{row}行第{number}格", left + 5, top + 20, 12)

    assert rows(read_printed(draw)) == [["第0行第0格", "第0行第1格"], ["第1行第0格", "第1行第1格"]]


def test_cells_that_are_one_are_read_once() -> None:
    def draw(sheet: Sheet) -> None:
        for y in (TOP, TOP + 80):
            sheet.rule(79, y, 511, y)
        sheet.rule(219, TOP + 40, 511, TOP + 40)  # the first cell goes over both rows
        for x in (79, 219, 511):
            sheet.rule(x, TOP, x, TOP + 80)
        sheet.rule(365, TOP, 365, TOP + 40)  # the last of the second row goes over two columns
        for text, x, y in (("科普", 90, 45), ("展览", 230, 25), ("县科协", 380, 25), ("另行通知", 230, 65)):
            sheet.set(text, x, TOP + y, 12)

    text = read_printed(draw)
    assert rows(text) == [["科普", "展览", "县科协"], ["", "另行通知", ""]]
    assert [paragraph.from_above for paragraph in text.paragraphs if paragraph.cells] == [(), (0,)]


def test_a_table_that_is_open_at_its_sides() -> None:
    def draw(sheet: Sheet) -> None:
        for y in (TOP, TOP + 40, TOP + 80):
            sheet.rule(79, y, 511, y)
        sheet.rule(300, TOP, 300, TOP + 80)
        for row in range(2):
            sheet.set(f"任务{row}", 90, TOP + 40 * row + 25, 12)
            sheet.set("县科协", 310, TOP + 40 * row + 25, 12)

    assert rows(read_printed(draw)) == [["任务0", "县科协"], ["任务1", "县科协"]]


def test_a_line_below_words_and_a_box_around_text_are_no_table() -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.rect(60, 60, 480, 700)
        sheet.lines(set_in_lines([BEFORE]))
        sheet.rule(LEFT, TOP + 4, LEFT + 10 * SIZE, TOP + 4)

    text = read_printed(draw)
    assert rows(text) == []
    assert texts(text) == [BEFORE]


def test_a_head_that_is_printed_again_on_the_next_page_is_read_once() -> None:
    def first(sheet: Sheet) -> None:
        sheet.table([HEAD, *map(task, range(1, 9))], ACROSS)

    def second(sheet: Sheet) -> None:
        sheet.table([HEAD, *map(task, range(9, 12))], ACROSS)

    text = read_printed(first, second)
    assert rows(text) == [["序号", "任务", "牵头单位", "配合单位"], *map(written, range(1, 12))]


def test_a_row_that_a_page_break_cuts_is_one() -> None:
    def first(sheet: Sheet) -> None:
        cut = (["4"], ["建好第4批健身步道，完善社区和乡"], ["县文体旅游局"], ["县住建局"])
        sheet.table([HEAD, *map(task, range(1, 4)), cut], ACROSS)

    def second(sheet: Sheet) -> None:
        sheet.table([([], ["村球场"], [], []), task(5)], ACROSS)

    assert rows(read_printed(first, second))[1:] == [*map(written, range(1, 6))]


def test_rows_below_a_cell_that_goes_over_several_are_rows_of_their_own() -> None:
    def first(sheet: Sheet) -> None:
        sheet.table([HEAD, task(1), ([], ["管好步道"], ["县住建局"], ["县科协"]), task(3)], ACROSS)

    def second(sheet: Sheet) -> None:
        sheet.table([([], ["用好步道"], ["县科协"], ["县住建局"]), task(5)], ACROSS)

    assert ["", "用好步道", "县科协", "县住建局"] in rows(read_printed(first, second))
