"""A plain page with one sentence and the way back, for what has no page of its own."""

from html import escape

from pages.shared.words import text
from pages.web.document import document


def message_page(*, language: str, words: str, back_to: str) -> str:
    """The document; `back_to` is a path on this site."""
    back = text("Go back")
    body = (
        f'<header></header><main><section class="card"><p>{escape(words)}</p>'
        f'<p><a href="{escape(back_to)}">{escape(back)}</a></p></section></main>'
    )
    return document(language=language, title=words, body=body)
