"""What a conversation opened is closed behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conversations.wire import Wire


@pytest.fixture(autouse=True)
def wires_are_closed() -> Iterator[None]:
    """See wire.py."""
    yield
    while Wire.open:
        Wire.open.pop().close()
