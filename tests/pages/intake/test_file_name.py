import pytest

from pages.intake.file_name import file_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("銷售 訂單.xlsx", "銷售 訂單.xlsx"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\r\nSet-Cookie: x.xlsx", "a_Set-Cookie_ x.xlsx"),
        ("annual\u202excod.xlsx", "annual_xcod.xlsx"),
        ('<b>"x"</b>.csv', "_b_x_b_.csv"),
        ("...", "workbook"),
    ],
)
def test_a_name_loses_what_is_no_name(given, kept):
    assert file_name(given) == kept


def test_a_long_name_keeps_its_ending():
    assert file_name("長" * 400 + ".xlsx").endswith(".xlsx")
    assert len(file_name("長" * 400 + ".xlsx")) < 150
