"""Whole files of tests once more, on PostgreSQL: the fixtures of this folder win over those of theirs (design rule R20)."""

from __future__ import annotations

from tests.conversations.test_main_job import *  # noqa: F403
from tests.storage.test_inbox import *  # noqa: F403
from tests.storage.test_journal import *  # noqa: F403
from tests.storage.test_migrations import *  # noqa: F403
from tests.storage.test_outbox import *  # noqa: F403
