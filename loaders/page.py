"""Web pages, and what else begins with a < or calls itself a message: told apart, not opened."""

import re

from loaders.decoding import decode
from loaders.problem import Problem, RefusedFile, wrong_type

_ACTIVE = re.compile(
    r"<\s*(script|iframe|frame|object|embed|applet)\b|<\s*img\b[^>]*\bsrc\s*=\s*[\"']?\s*(https?:)?//",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"<\s*input\b[^>]*\btype\s*=\s*[\"']?password", re.IGNORECASE)
_TABLE = re.compile(r"<\s*table\b", re.IGNORECASE)
_CHARSET = re.compile(rb"<\s*meta\b[^>]*\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_PAGE = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style", b"<div", b"<body")


def kind_of(head: bytes) -> str | None:
    """The key in `codes.CONTENTS` of a page, message or markup; None for other text."""
    start = (
        head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \t\r\n").lower()
    )
    if start.startswith((b"mime-version:", b"from:", b"message-id:")):
        return "mhtml"
    if start.startswith(_PAGE):
        return "html"
    if not start.startswith((b"<?xml", b"<!--", b"<")):
        return "json" if start.startswith((b'{"', b'[{"', b"[{'")) else None
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start and b"<html" not in start:
        return "xml_2003"
    return "html" if any(mark in start for mark in _PAGE) else "xml"


def text_of(data: bytes, name: str, encoding: str | None = None) -> str:
    """The page's characters: in the given encoding, else the one its bytes or its head tell."""
    if encoding is None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        declared = _CHARSET.search(data[:4096])
        encoding = _CHINESE.get(declared[1].decode().casefold()) if declared else None
    return decode(data, name, encoding).text


_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}


def check(data: bytes, name: str) -> None:
    """Raise RefusedFile unless the page holds a table and nothing that runs or is fetched."""
    text = text_of(data, name)
    if not _TABLE.search(text) or _PASSWORD.search(text):
        raise RefusedFile([wrong_type(name, "html_page")])
    if active := _ACTIVE.search(text):
        part = active[0].split()[0].strip("<> ")
        raise RefusedFile([Problem(code="ACTIVE_CONTENT", file=name, facts=(("part", part),))])
