"""Every setting is documented in .env.example, in order, with what it is when it is left out."""

from __future__ import annotations

import re
from datetime import time

from pydantic import SecretStr

from bot.settings import Settings
from tests.architecture.sources import REPOSITORY

# Empty unless set; the file shows what one may look like.
EXAMPLES = {"PUBLIC_URL", "DATABASE_URL"}


def documented() -> dict[str, str]:
    text = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^#?([A-Z][A-Z_]+)=(.*)$", text))


def test_every_setting_is_documented_in_order() -> None:
    assert list(documented()) == [name.upper() for name in Settings.model_fields]


def test_what_is_shown_is_what_holds_without_it() -> None:
    shown = documented()
    for name, field in Settings.model_fields.items():
        if name.upper() not in EXAMPLES:
            assert shown[name.upper()] == _written(field.default), name


def test_every_setting_stands_below_a_line_that_explains_it() -> None:
    """Each group of lines begins with words; a setting of its own kind is not left without."""
    for group in (REPOSITORY / ".env.example").read_text(encoding="utf-8").strip().split("\n\n"):
        assert re.match(r"# \w.*\.", group.replace("\n# ", " ")), group


def _written(value: object) -> str:
    match value:
        case SecretStr():
            return value.get_secret_value()
        case time():
            return f"{value:%H:%M}"
        case _:
            return str(value)
