"""Turning pages."""

from __future__ import annotations

BEFORE = "Trang trước"
AFTER = "Trang sau"


def placed(heading: str, page: int, many: int) -> str:
    """A heading with its page, before its colon."""
    return f"{heading[:-1]}{place(page, many)}:" if heading.endswith(":") else heading + place(page, many)


def place(page: int, many: int) -> str:
    """Which page this is, counted from 1; nothing for a single one."""
    return f" (trang {page + 1}/{many})" if many > 1 else ""
