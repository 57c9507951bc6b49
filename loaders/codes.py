"""Every problem code with its English sentence and what to do about it.

A sentence may use {found}, {expected}, {header} and the problem's own facts by name. Pages
translate the sentence and the advice by code and fill in the same facts.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """What a code says, and what the reader of it can do."""

    sentence: str
    advice: str = ""


EXPECTED: dict[str, str] = {
    "workbook": "an .xlsx, .xls or .csv file",
    "amount": "an amount such as 1,234.50",
    "number": "a number such as 12.5",
    "integer": "a whole number",
    "share": "a percentage such as 95%",
    "date": "a date such as 2026-03-31",
    "datetime": "a date and time such as 2026-03-31 18:00",
    "month": "a month such as 2026-03",
    "period": "a period such as 2026-03, 2026-Q1 or 2026",
    "boolean": "yes or no",
    "choice": "one of the listed words",
    "department": "a department of the company",
    "id": "a number or code that identifies one thing",
    "text": "text",
}
"""The keys a problem's `expected` may hold, in English."""

SAVE_AGAIN = "Open the file in Excel, save it again as .xlsx and upload that."

FILE = {
    "EMPTY_FILE": Wording(
        "The file is empty.", "Export it again and look inside before uploading."
    ),
    "FILE_TOO_LARGE": Wording(
        "The file has {size} bytes; at most {limit} are accepted.",
        "Split it, for example by month, and upload the parts.",
    ),
    "WRONG_TYPE": Wording(
        "The content is {actual}, which cannot be loaded; expected {expected}.",
        "Open it in the program it came from and save the table as .xlsx.",
    ),
    "EXTENSION_MISMATCH": Wording(
        "The name ends in {extension}, but the content is {actual}; the content counts."
    ),
    "PASSWORD_PROTECTED": Wording(
        "The file is encrypted with a password.",
        "Open it in Excel, choose File > Info > Protect Workbook > Encrypt with Password, "
        "clear the password, save, and upload it again.",
    ),
    "NOT_READABLE": Wording("The file is damaged: {detail}.", SAVE_AGAIN),
    "BAD_PACKAGE": Wording("The workbook is put together wrongly: {detail}.", SAVE_AGAIN),
    "ZIP_BOMB": Wording(
        "The workbook unpacks to far more than it holds: {detail}.",
        "Copy the table alone into a new workbook and upload that.",
    ),
    "TOO_MANY_PARTS": Wording(
        "The workbook consists of {count} parts; at most {limit} are accepted.", SAVE_AGAIN
    ),
    "TOO_MANY_SHEETS": Wording(
        "The workbook has {count} sheets; at most {limit} are accepted.",
        "Keep only the sheets that are to be loaded.",
    ),
    "TOO_MANY_ROWS": Wording(
        "The sheet has more than {limit} rows.", "Split it, for example by month."
    ),
    "TOO_MANY_COLUMNS": Wording(
        "The sheet has more than {limit} columns.",
        "Delete the columns to the right of the table and save again.",
    ),
    "TOO_MANY_CELLS": Wording(
        "The workbook has more than {limit} cells.", "Split it, for example by month."
    ),
    "TEXT_TOO_LONG": Wording(
        "The text has more than {limit} characters.", "Shorten it; Excel itself shows no more."
    ),
    "XML_FORBIDDEN": Wording(
        "The part {part} declares its own document type or entities, which no spreadsheet "
        "program does.",
        SAVE_AGAIN,
    ),
    "MACROS": Wording(
        "The workbook holds macros ({part}).", "Save it as an ordinary .xlsx without macros."
    ),
    "ACTIVE_CONTENT": Wording(
        "The file holds something that runs or fetches when opened: {part}.",
        "Copy the table as values into a new workbook and upload that.",
    ),
    "EXTERNAL_LINKS": Wording(
        "The workbook refers to other files or data sources; they were not followed, the stored "
        "values were used."
    ),
    "EMBEDDED_OBJECT": Wording("The workbook holds embedded objects; they were not opened."),
    "PARSER_DIED": Wording(
        "Reading the file failed in a way that only damaged or hostile files cause ({detail}).",
        SAVE_AGAIN,
    ),
    "OUT_OF_MEMORY": Wording(
        "Reading the file needed more than the {limit} MB of memory it may take.",
        "Split it, or copy the table alone into a new workbook.",
    ),
    "TIME_LIMIT": Wording(
        "Reading the file took longer than {limit} seconds.",
        "Split it, or copy the table alone into a new workbook.",
    ),
    "OUTPUT_LIMIT": Wording(
        "The file unpacks to more than the {limit} MB it may take on disk.", "Split it."
    ),
    "ENCODING": Wording(
        "The characters are in no encoding that fits the whole file (tried {tried}; "
        "first fault at byte {offset}).",
        "Save it as .xlsx, or as CSV UTF-8.",
    ),
    "ENCODING_AMBIGUOUS": Wording(
        "The characters can be read in more than one way ({tried}).",
        "Save it as .xlsx or CSV UTF-8, or name the encoding in the mapping.",
    ),
    "CSV_STRUCTURE": Wording(
        "The line does not fit the table: {detail}.",
        "Export again with fields in quotes, or save as .xlsx.",
    ),
}
"""About the file as a whole; found before any cell has a meaning."""

SHEET = {
    "NO_DATA": Wording("There is no data in it.", "Upload the sheet that holds the table."),
    "STRAY_CELLS": Wording(
        "Single cells far outside the table stretch the sheet and do not count: {cells}.",
        "Delete them, so that the sheet holds the table alone.",
    ),
    "HIDDEN_ROWS": Wording("{count} hidden rows were read like all others."),
    "HIDDEN_COLUMNS": Wording("{count} hidden columns were read like all others."),
    "HIDDEN_SHEETS": Wording("The sheet is hidden and was not read.", "Show it if it is to count."),
    "EXCEL_ERROR": Wording(
        "The cell shows the error {found}.", "Correct the formula, save, and upload again."
    ),
    "FORMULA_NOT_CALCULATED": Wording(
        "The formula in the cell has never been calculated, so its value is not known.",
        "Open the file in Excel, wait until it has calculated, save it and upload it again.",
    ),
    "NO_TABLE": Wording(
        "No row looks like the header of a known table.",
        "Name the columns as in the template, or make a mapping for this workbook.",
    ),
    "WRONG_TEMPLATE": Wording(
        "The columns fit no known table; the nearest is {nearest}.",
        "Choose the dataset, or make a mapping for this workbook.",
    ),
    "AMBIGUOUS_DATASET": Wording(
        "The columns fit more than one table: {candidates}.", "Say which one it is."
    ),
    "AMBIGUOUS_SHEET": Wording(
        "More than one sheet holds the table {dataset}: {sheets}.", "Say which ones are to count."
    ),
    "AMBIGUOUS_MAPPING": Wording(
        "More than one mapping fits: {candidates}.", "Say which one is to be used."
    ),
    "SEVERAL_SHEETS": Wording(
        "The sheets {sheets} all hold the table {dataset} and were put together."
    ),
    "UNIT_APPLIED": Wording("The amounts under {headers} are in {unit}: multiplied by {factor}."),
    "ALREADY_LOADED": Wording(
        "The same file was loaded before as batch {batch}; nothing was changed."
    ),
    "MISSING_COLUMN": Wording(
        "The column {header} is missing.", "Add it, or name it as the template does."
    ),
    "DUPLICATE_HEADER": Wording(
        "The header {header} stands over more than one column: {columns}.",
        "Keep one of them, or rename the other.",
    ),
    "UNKNOWN_COLUMN": Wording("The column {header} belongs to nothing known and was not loaded."),
    "REPEATED_HEADER": Wording("{count} repetitions of the header row were left out."),
    "TOTALS_SKIPPED": Wording("{count} totals rows were left out: rows {rows}."),
    "NOTES_SKIPPED": Wording("{count} rows of notes below the table were left out: rows {rows}."),
    "SAMPLE_ROW": Wording("The template's example row is still in the table.", "Delete it."),
    "MULTIPLE_PERIODS": Wording("The rows belong to more than one month: {months}."),
}
"""About a sheet and the table in it."""

VALUE = {
    "MISSING_VALUE": Wording("{header} is empty; expected {expected}.", "Fill it in."),
    "BAD_NUMBER": Wording("{found} is not {expected}."),
    "AMBIGUOUS_NUMBER": Wording(
        "{found} can be read in two ways: with a decimal mark or with a thousands separator.",
        "Make the cells numbers, or say in the mapping which mark is the decimal one.",
    ),
    "AMBIGUOUS_PERCENT": Wording(
        "It is not clear whether {found} is a percentage or a share of one.",
        "Write all of them with %, or all of them as shares of one.",
    ),
    "OUT_OF_RANGE": Wording("{found} is too large or too small; expected {expected}."),
    "BAD_DATE": Wording("{found} is not {expected}."),
    "AMBIGUOUS_DATE": Wording(
        "{found} can be read in more than one way, for example {readings}.",
        "Make the cells dates, write them as 2026-03-31, or give the order of day and month.",
    ),
    "BAD_BOOLEAN": Wording("{found} is neither yes nor no.", "Write 是 or 否, Y or N."),
    "UNKNOWN_CHOICE": Wording("{found} is not one of: {choices}."),
    "UNKNOWN_DEPARTMENT": Wording(
        "{found} is not a department of the company.", "Write it as in the list of departments."
    ),
    "BAD_ID": Wording(
        "{found} has lost digits or is no identifier.",
        "Format the column as text before typing or pasting the numbers.",
    ),
    "BAD_INTEGER": Wording("{found} is not {expected}."),
    "MIXED_CURRENCY": Wording(
        "{found} is not in the currency of the column's other amounts ({currency}).",
        "Convert the amounts to one currency, or split the table.",
    ),
    "TEXT_CLEANED": Wording(
        "Characters that cannot be seen were removed from {count} cells, for example {found}."
    ),
    "PLACEHOLDER": Wording("{count} cells such as {found} were taken as empty."),
    "DUPLICATE_KEY": Wording(
        "The key {key} stands in rows {rows}.", "Keep one of them, or correct the key."
    ),
    "CHECK_FAILED": Wording("{detail}"),
}
"""About one cell, or one row."""

CONTENTS: dict[str, str] = {
    "xlsx": "an .xlsx workbook",
    "xls": "an Excel 97-2003 workbook (.xls)",
    "csv": "separated text (.csv)",
    "html": "an HTML table",
    "xlsb": "a binary workbook (.xlsb)",
    "ods": "an OpenDocument spreadsheet (.ods)",
    "xml_2003": "an XML Spreadsheet 2003",
    "old_excel": "a workbook of Excel 4 or older",
    "html_page": "a web page without a table",
    "mhtml": "a web archive (.mht)",
    "word": "a Word document",
    "powerpoint": "a PowerPoint presentation",
    "visio": "a Visio drawing",
    "ole": "an Office 97-2003 document that is no workbook",
    "zip": "a zip archive",
    "archive": "a compressed archive",
    "pdf": "a PDF document",
    "image": "a picture",
    "program": "a program",
    "rtf": "a formatted text document (.rtf)",
    "json": "JSON data",
    "xml": "XML data",
    "unknown": "something no spreadsheet program writes",
}
"""What the fact `actual` may be, in English."""

DETAILS: dict[str, str] = {
    "csv_width": "it has {fields} fields, the table has {table}",
    "csv_quote": "a quote is opened and not closed where the field ends",
    "csv_nul": "it holds a NUL character",
    "csv_field": "a field has more than {limit} characters",
    "csv_delimiter": "it can be split at more than one mark",
    "directory": "its directory cannot be read ({reason})",
    "member": "{part} cannot be unpacked ({reason})",
    "member_short": "{part} is shorter than the directory says",
    "member_name": "a member is called {part}",
    "member_twice": "two members are called {part}",
    "part_size": "{part} has more than {limit} bytes",
    "part_ratio": "{part} has more than {limit} times its packed size",
    "total_size": "all parts together have more than {limit} bytes",
    "size_lie": "{part} holds more than the directory says",
    "overlap": "its members share the same bytes",
    "xml": "{part} is not well-formed ({reason})",
    "xml_depth": "{part} is nested more than {limit} deep",
    "xml_encoding": "{part} is written in {encoding}",
    "no_content_types": "the list of content types is missing",
    "no_workbook": "the workbook part is missing",
    "no_sheet": "the part of the sheet {sheet} is missing",
    "row_number": "there is a row with the number {row}",
    "row_twice": "the row {row} occurs twice",
    "cell_reference": "there is a cell with the reference {cell}",
    "cell_twice": "the cell {cell} occurs twice",
    "cell_row": "the cell {cell} stands in row {row}",
    "sectors": "its sectors do not form whole streams",
    "records": "its records end in the middle",
    "reader": "{reason}",
    "signal": "stopped by signal {signal}",
    "exit": "ended with {status}",
}
"""What the fact `detail` may be, in English; other details are shown as they are."""

CODES: dict[str, Wording] = {**FILE, **SHEET, **VALUE}
"""All codes. Whoever reports a problem uses one of these."""
