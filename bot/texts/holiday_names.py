"""How the `holidays` library names days off in Vietnamese, put the way our sentences need it."""

from __future__ import annotations

import re
from datetime import date

from bot.texts import wording

_INSTEAD = re.compile(r"Ngày nghỉ \(thay cho ngày (\d\d)/(\d\d)/(\d{4})\)")
_MADE_UP = re.compile(r"(.+) \(nghỉ bù\)")


def plain(name: str) -> str:
    """Without brackets: "ngày nghỉ bù Quốc khánh", "ngày nghỉ hoán đổi với thứ Bảy 22/8"; other names as they are."""
    if found := _INSTEAD.fullmatch(name):
        day, month, year = map(int, found.groups())
        return f"ngày nghỉ hoán đổi với {wording.dated(date(year, month, day))}"
    if found := _MADE_UP.fullmatch(name):
        return f"ngày nghỉ bù {found[1].removeprefix('Ngày ')}"
    return name
