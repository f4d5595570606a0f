"""The two halves of a job: what is read in its first turn and made in a thread, and what its last turn writes and says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.chat.messages import Outgoing
from bot.domain.office import Office
from storage.jobs import Job
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Around:
    """What a job needs besides the database. `now`: UTC."""

    now: datetime
    office: Office


Finish = Callable[[Store], list[Outgoing]]
"""The last turn: what is written, and what is said."""

Work = Callable[[Path], Finish]
"""Done in a thread, given the data folder; it has no database."""

Prepare = Callable[[Store, Job, Around], Work]
"""The first turn: everything the work needs is read here. Raises KeyError or ValueError for what is not there any more."""
