"""How many examples a property is tried on: few with every push, thousands by `make reliability`."""

from __future__ import annotations

import os

VARIABLE = "NHACVIEC_EXAMPLES"


def examples(usual: int) -> int:
    """As many as asked for from outside, else the usual number."""
    return int(os.environ.get(VARIABLE) or usual)
