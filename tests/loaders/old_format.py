"""Compound files and Excel 97-2003 records, written by hand."""

import struct

SECTOR = 512
END, FAT, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
WORKBOOK_PART, SHEET_PART = 0x0005, 0x0010


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def begin(part):
    return record(0x809, struct.pack("<HHHHII", 0x600, part, 0, 0, 0, 0))


def number(row, column, value):
    return record(0x203, struct.pack("<HHHd", row, column, 0, value))


def label(row, column, text):
    content = text.encode("utf-16-le")
    return record(0x204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + content)


def error(row, column, code):
    return record(0x205, struct.pack("<HHHBB", row, column, 0, code, 1))


def failed_formula(row, column, code):
    result = struct.pack("<BBBBBBH", 2, 0, code, 0, 0, 0, 0xFFFF)
    return record(0x06, struct.pack("<HHH", row, column, 0) + result + bytes(8))


def several(row, column, count):
    cells = b"".join(struct.pack("<HI", 0, (step << 2) | 2) for step in range(count))
    content = struct.pack("<HH", row, column) + cells + struct.pack("<H", column + count - 1)
    return record(0xBD, content)


def hidden_row(row):
    return record(0x208, struct.pack("<HHHHHHHH", row, 0, 1, 255, 0, 0, 0x20, 0))


def workbook_stream(*sheets, encrypted=False):
    """Sheets are (name, state, kind, records)."""
    start = begin(WORKBOOK_PART)
    if encrypted:
        start += record(0x2F, bytes(54))
    start += record(0x42, struct.pack("<H", 1200))
    names = [name.encode("utf-16-le") for name, *_ in sheets]
    place = len(start) + sum(4 + 8 + len(name) for name in names) + 4
    listed, bodies = b"", b""
    for (_, state, kind, records), name in zip(sheets, names, strict=True):
        head = struct.pack("<IBBBB", place + len(bodies), state, kind, len(name) // 2, 1)
        listed += record(0x85, head + name)
        bodies += begin(SHEET_PART) + records + record(0x0A)
    return start + listed + record(0x0A) + bodies


def compound_file(**streams):
    """A compound file of the named streams, each at least 4096 bytes long."""
    fat, body, entries = [], b"", []
    for name, content in streams.items():
        size = max(4096, -(-len(content) // SECTOR) * SECTOR)
        entries.append((name, 2, len(fat), size))
        body += content.ljust(size, b"\0")
        fat += _chain(len(fat), size // SECTOR)
    directory = b"".join(_entry(*e) for e in [("Root Entry", 5, END, 0), *entries])
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0")
    first = len(fat)
    fat += _chain(first, len(directory) // SECTOR)
    place = len(fat)
    fat += [FAT]
    table = struct.pack("<128I", *fat, *[FREE] * (128 - len(fat)))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, first)
    header += struct.pack("<IIIIII", 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", place, *[FREE] * 108)
    return header + body + directory + table


def _chain(first, count):
    return [*range(first + 1, first + count), END]


def _entry(name, kind, start, size):
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, 1)
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, size)
