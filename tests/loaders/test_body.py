from loaders.body import body

HEADER = ("部門", "姓名", "金額")


def rows_of(*rows):
    return body([list(HEADER), *map(list, rows)], 1, needed=[0, 1], header=HEADER)


def test_blank_rows_between_data_do_not_end_it():
    assert rows_of(["A", "x", 1], [None, " ", None], ["B", "y", 2]).rows == (1, 3)


def test_totals_are_left_out_wherever_they_stand():
    found = rows_of(
        ["A", "x", 1], ["銷售部小計", None, 1], ["B", "y", 2], ["", "合 計".replace(" ", ""), 3]
    )
    assert (found.rows, found.totals) == ((1, 3), (2, 4))


def test_totals_in_english_are_left_out():
    found = rows_of(["A", "x", 1], ["Subtotal Sales", None, 1], ["Grand Total:", None, 3])
    assert (found.rows, found.totals) == ((1,), (2, 3))


def test_a_complete_row_is_data_whatever_it_is_called():
    assert rows_of(["A", "Total Energies", 1], ["Total Care", "x", 2]).rows == (1, 2)


def test_a_row_that_starts_with_the_word_total_alone_is_a_total():
    assert rows_of(["A", "x", 1], ["Total", "all", 2]).totals == (2,)


def test_notes_below_the_data_are_left_out():
    found = rows_of(
        ["A", "x", 1],
        [None, None, None],
        ["註：資料截至 3 月 31 日", None, None],
        ["製表人：張三", "審核人：李四", None],
    )
    assert (found.rows, found.notes) == ((1,), (3, 4))


def test_a_lone_key_at_the_end_is_data_with_something_missing():
    assert rows_of(["A", "x", 1], ["E0042", None, None]).rows == (1, 2)


def test_a_row_with_two_cells_and_no_remark_is_data_with_something_missing():
    assert rows_of(["A", "x", 1], ["未分配", None, 7]).rows == (1, 2)


def test_the_header_repeated_on_each_printed_page_is_left_out():
    found = rows_of(["A", "x", 1], HEADER, ["B", "y", 2])
    assert (found.rows, found.repeated_headers) == ((1, 3), (2,))


def test_a_templates_example_is_no_data():
    found = rows_of(["示例", "張三", 1], ["A", "x", 1])
    assert (found.examples, found.rows) == ((1,), (2,))
