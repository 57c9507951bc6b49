"""How a workbook becomes rows: open safely, find the table, map, convert, check, commit."""
