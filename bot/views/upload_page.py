"""The page that takes one file: plain HTML that works on any telephone, without scripts."""

from __future__ import annotations

import html

from bot.domain import filetypes
from bot.texts import files as texts

_ACCEPTED = ",".join(f".{ending}" for ending in filetypes.endings())

_STYLE = (
    "body{font:18px/1.5 system-ui,sans-serif;margin:0 auto;max-width:32rem;padding:1.5rem;color:#1b1b1b;background:#fff}"
    "h1{font-size:1.4rem}label{display:block;font-weight:600}input{font:inherit;width:100%;margin:.5rem 0 1.5rem}"
    "button{font:inherit;width:100%;padding:.9rem;border:0;border-radius:.5rem;background:#0b57d0;color:#fff}"
    "p.note{padding:1rem;border-left:.3rem solid #0b57d0;background:#eef3fc}"
)


def form(note: str = "") -> str:
    """Choose and send; `note` says what was wrong with the last try."""
    said = f'<p class="note" role="alert">{html.escape(note)}</p>' if note else ""
    return _page(
        f'{said}<form method="post" enctype="multipart/form-data"><label for="file">{texts.CHOOSE}</label>'
        f'<input id="file" name="file" type="file" required accept="{_ACCEPTED}">'
        f'<button type="submit">{texts.SEND}</button></form><p>{texts.ACCEPTED}</p>'
    )


def note(text: str) -> str:
    """Nothing to do here any more."""
    return _page(f'<p class="note">{html.escape(text)}</p>')


def _page(body: str) -> str:
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{texts.PAGE_TITLE}</title><style>{_STYLE}</style></head><body><h1>{texts.PAGE_TITLE}</h1>{body}</body></html>"
    )
