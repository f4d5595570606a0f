"""Whatever stands in a note on the page, a browser shows it as text and nothing else."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.views import upload_page
from tests.examples import examples


class Shown(HTMLParser):
    """The tags of a page, and what stands in its note."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.note = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._inside = ("class", "note") in attrs

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        self.note += data if self._inside else ""


def shown(page: str) -> Shown:
    parser = Shown()
    parser.feed(page)
    parser.close()
    return parser


@pytest.mark.parametrize("page", [upload_page.form, upload_page.note])
@settings(max_examples=examples(100), deadline=None)
@given(text=st.text(min_size=1, max_size=300))
@example(text="<script>alert(1)</script>")
@example(text='"><img src=x onerror=alert(1)>')
@example(text="&lt;b&gt; &amp; &#x3c;")
def test_any_note_is_shown_as_it_is(page: object, text: str) -> None:
    assert callable(page)
    found, plain = shown(page(text)), shown(page("ghi chú"))
    assert found.note == text
    assert found.tags == plain.tags
