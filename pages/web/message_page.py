"""A plain page with one sentence and the way back, for what has no page of its own."""

from html import escape

from pages.shared.words import text
from pages.web.document import document


def message_page(
    *, language: str, words: str, back_to: str, onward: tuple[str, str] | None = None
) -> str:
    """The document; `back_to` is a path on this site, `onward` a further link: words and path."""
    back = text("Go back")
    further = (
        f'<p><a href="{escape(onward[1])}">{escape(onward[0])}</a></p>'
        if onward is not None
        else ""
    )
    body = (
        f'<header></header><main><section class="card"><p>{escape(words)}</p>{further}'
        f'<p><a href="{escape(back_to)}">{escape(back)}</a></p></section></main>'
    )
    return document(language=language, title=words, body=body)
