"""What lies beside the project in `../shared`: the plan as others read it, the Bot API's schema, what people really type.

It is not ours to copy. CI has it; a clone alone does not: there the tests that need it are skipped and say so.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1].parent / "shared"
THERE = FOLDER.is_dir() or "CI" in os.environ
REASON = "needs the folder `shared` beside the project"

needed = pytest.mark.skipif(not THERE, reason=REASON)


def need() -> None:
    """Skip the test, or at its top the whole module, that cannot do without."""
    if not THERE:
        pytest.skip(REASON, allow_module_level=True)
