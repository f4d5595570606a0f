"""Who may have what a job made: asked when it begins, when its message leaves, and whenever a link to it is opened."""

from __future__ import annotations

from storage.jobs import Kind
from storage.store import Store


def may_have(store: Store, kind: str, person_id: int) -> bool:
    """Everybody their own data; anything else only who coordinates at this moment."""
    return kind == Kind.OWN_DATA or any(person.id == person_id for person in store.people.coordinators())


def may_open(store: Store, path: str) -> bool:
    """Whether a file (relative to the data folder) may still be shown to who asked for it; True for what no job made."""
    job = store.jobs.behind(path)
    return job is None or may_have(store, job.kind, job.person_id)
