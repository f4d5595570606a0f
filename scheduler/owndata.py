"""A person's own data, sent to that person: a JSON file, or text where the channel carries no files."""

from __future__ import annotations

import json
import os
from pathlib import Path

from bot.chat.messages import OutFile, Outgoing
from bot.texts import privacy as texts
from scheduler.work import Around, Finish, Work
from storage import owndata
from storage.jobs import Job
from storage.store import Store


def prepare(store: Store, job: Job, around: Around) -> Work:
    """Read everything in one turn. Raises KeyError when the person is gone."""
    person = store.people.get(job.person_id)
    found = owndata.collect(store, job.person_id, around.office)
    store.audit.note("own data exported", f"person:{job.person_id}")
    head = texts.exported(person, around.office.local(around.now))

    def written(_: Path) -> Finish:
        parts = [texts.section(name, [_line(one) for one in section]) for name, section in found.items()]
        return lambda _: [Outgoing(text="\n\n".join([head, *parts]))]

    def filed(data: Path) -> Finish:
        name = texts.file_name(around.office.local(around.now))
        path = Path(job.path) / name
        (data / job.path).mkdir(mode=0o700, parents=True, exist_ok=True)
        content = json.dumps(found, ensure_ascii=False, indent=1).encode()
        with os.fdopen(os.open(data / path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(content)
        return lambda _: [Outgoing(text=head, file=OutFile(path=path.as_posix(), name=name))]

    return filed if job.chat.platform == "telegram" else written


def _line(one: dict[str, object]) -> str:
    return "- " + "; ".join(f"{name}: {_said(value)}" for name, value in one.items() if value not in (None, "", []))


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
