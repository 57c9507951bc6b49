"""Text as it may stand in a workbook's XML, whatever characters it holds."""

import re
from xml.sax.saxutils import escape

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE_LIKE = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
LONGEST = 32_767
"""Characters that a cell holds."""


def xml_text(text: str) -> str:
    """The text as markup: escaped, characters that XML forbids replaced, at most LONGEST long.

    What looks like Excel's own escape for a character, _x000D_, stays as it reads.
    """
    kept = _FORBIDDEN.sub("\ufffd", text[:LONGEST])
    return escape(_ESCAPE_LIKE.sub(r"_x005F_\1", kept), {'"': "&quot;", "\r": "&#13;"})
