"""Small workbooks for tests."""

import xlsxwriter

ORDERS = ("訂單編號", "訂單日期", "客戶編號", "數量", "銷售金額")


def write_workbook(path, *sheets):
    """Write sheets, each a name and its rows."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        for name, rows in sheets:
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if cell is not None:
                        sheet.write(row, column, cell)
    return path


def write_orders(path, *rows, sheet="銷售訂單"):
    """Write a workbook of sales orders under a title: the header is row 2."""
    return write_workbook(path, (sheet, [["銷售訂單"], ORDERS, *rows]))


def order(number, amount, day="2026-03-01"):
    return (f"S{number}", day, "C1", 2, amount)
