"""Erasing a person: what made them somebody goes, what they did for their office stays, done by "#12".

Their name, telephone and the platforms' ids are taken out of every text of every table (but the plans' own and the audit
log, which never had them); raw updates, messages to them and files they sent beside an answer are emptied or dropped.
The caller has SQLite overwrite what was freed: `secure_delete` is on, and VACUUM follows.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, Text, delete, select, update
from sqlalchemy.types import String
from sqlmodel import SQLModel, col

from bot.texts.privacy import pseudonym
from storage.store import Store
from storage.tables import (
    AddressRow,
    AnswerRow,
    AuditRow,
    ButtonRow,
    ChannelCodeRow,
    DialogRow,
    FileRow,
    GuessRow,
    InboxRow,
    MessageRow,
    PersonRow,
    PlanRow,
    SeatRow,
)

EMPTY = json.dumps({"text": ""})

# The plans are published papers; the audit log refuses changes and never quotes anybody; ours are ids, not words.
_LEFT = {PlanRow.__tablename__, AuditRow.__tablename__, PersonRow.__tablename__}


def mark(store: Store, person_id: int) -> str:
    """What a tombstone knows a person by: nothing about them, yet the same in every copy of this database."""
    row = store.session.get(PersonRow, person_id)
    assert row is not None
    return _mark(row)


def find(store: Store, wanted: str) -> int | None:
    """The person behind a mark who is not erased (here) yet."""
    rows = store.session.scalars(select(PersonRow).where(col(PersonRow.erased_at).is_(None)))
    return next((row.id for row in rows if _mark(row) == wanted), None)


def awaits_words(store: Store, person_id: int) -> bool:
    """Whether something is still to be said to them."""
    query = select(col(MessageRow.id)).where(
        col(MessageRow.person_id) == person_id, col(MessageRow.state).in_(("pending", "sending", "uncertain"))
    )
    return store.session.scalars(query.limit(1)).first() is not None


def erase(store: Store, person_id: int, now: datetime) -> None:
    """Erase one person, in this turn. Idempotent."""
    person = store.session.get(PersonRow, person_id)
    assert person is not None
    if person.erased_at is not None:
        return
    addresses = list(store.session.scalars(select(AddressRow).where(col(AddressRow.person_id) == person_id)))
    for seat in store.session.scalars(select(SeatRow).where(col(SeatRow.person_id) == person_id)):
        if seat.ended_at is None and seat.id is not None:
            store.people.end(seat.id, reason="erased", now=now)
    _empty_messages(store, person_id, addresses, now)
    _empty_inbox(store, addresses)
    _drop_files(store, person_id)
    for address in addresses:
        _forget_chat(store, person_id, address)
    store.session.execute(delete(ChannelCodeRow).where(col(ChannelCodeRow.person_id) == person_id))
    known = [person.name, person.phone, *json.loads(person.former)]
    person.name, person.honorific, person.phone, person.former, person.erased_at = pseudonym(person_id), "", "", "[]", now
    store.session.flush()
    _scrub(store, known, pseudonym(person_id))
    store.audit.note("person erased", f"person:{person_id}")
    store.session.expire_all()


def _mark(row: PersonRow) -> str:
    return hashlib.sha256(f"person/{row.id}/{row.created_at.isoformat()}".encode()).hexdigest()


def _empty_messages(store: Store, person_id: int, addresses: Sequence[AddressRow], now: datetime) -> None:
    """What was said to them: the words and their buttons go, that something was said stays."""
    theirs = col(MessageRow.person_id) == person_id
    for address in addresses:
        theirs = theirs | ((col(MessageRow.platform) == address.platform) & (col(MessageRow.chat_id) == address.chat_id))
    ids = select(col(MessageRow.id)).where(theirs)
    store.session.execute(delete(ButtonRow).where(col(ButtonRow.message_id).in_(ids)))
    for row in store.session.scalars(select(MessageRow).where(theirs)):
        row.body, row.original, row.chat_id = EMPTY, EMPTY, _nobody(person_id)
        if row.state in ("pending", "uncertain", "sending"):
            row.state, row.ended_at, row.lease_until, row.reason = "cancelled", now, None, "the person was erased"
            row.fence += 1
    store.session.flush()


def _empty_inbox(store: Store, addresses: Sequence[AddressRow]) -> None:
    """What they sent, also in groups. What of it was not handled yet will not be."""
    for address in addresses:
        own = (col(InboxRow.platform) == address.platform) & (col(InboxRow.lane) == address.chat_id)
        store.session.execute(update(InboxRow).where(own, col(InboxRow.state) == "new").values(state="done"))
        store.session.execute(update(InboxRow).where(own).values(raw="{}", lane="", error=""))
        quoted = col(InboxRow.raw).contains(address.user_id, autoescape=True)
        elsewhere = (col(InboxRow.platform) == address.platform) & (col(InboxRow.state) != "new")
        store.session.execute(update(InboxRow).where(elsewhere, quoted).values(raw="{}", error=""))


def _drop_files(store: Store, person_id: int) -> None:
    """A file given as an answer is the unit's; any other was theirs."""
    values = store.session.scalars(select(col(AnswerRow.value)).where(col(AnswerRow.value).contains('"file"')))
    answered = {json.loads(value)["file"]["path"] for value in values if value}
    for file in store.session.scalars(select(FileRow).where(col(FileRow.person_id) == person_id)):
        file.dropped = file.path not in answered
        file.person_id = None
        if file.dropped:
            file.name = ""
    store.session.flush()


def _forget_chat(store: Store, person_id: int, address: AddressRow) -> None:
    where = (address.platform, address.user_id, address.chat_id)
    store.session.execute(
        delete(GuessRow).where(
            col(GuessRow.platform) == where[0],
            (col(GuessRow.user_id) == where[1]) | col(GuessRow.user_id).startswith(f"{where[1]}/", autoescape=True),
        )
    )
    dialogs = (col(DialogRow.platform) == where[0]) & (col(DialogRow.chat_id) == where[2])
    store.session.execute(delete(DialogRow).where(dialogs))
    store.session.delete(address)
    store.session.flush()
    for table in SQLModel.metadata.sorted_tables:
        if "chat_id" in table.c and "platform" in table.c and table.name not in (DialogRow.__tablename__, "address"):
            here = (table.c.platform == where[0]) & (table.c.chat_id == where[2])
            store.session.execute(update(table).where(here).values(chat_id=_nobody(person_id)))


def _scrub(store: Store, known: Iterable[str], instead: str) -> None:
    """Take names and telephones out of every text, however they are capitalised, accented or spaced."""
    patterns = [_pattern(each) for each in dict.fromkeys(known) if len(each) >= _SHORTEST]
    if not patterns:
        return
    anyone = re.compile("|".join(patterns), re.IGNORECASE)
    for table in SQLModel.metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, String | Text) and not column.primary_key]
        if table.name not in _LEFT and columns:
            _scrub_table(store, table, columns, anyone, instead)


def _scrub_table(store: Store, table: Table, columns: Sequence[Any], anyone: re.Pattern[str], instead: str) -> None:
    keys = list(table.primary_key.columns)
    for row in store.session.execute(select(*keys, *columns)).all():
        found = dict(zip((column.name for column in columns), row[len(keys) :], strict=True))
        cleaned = {name: anyone.sub(instead, text) for name, text in found.items() if isinstance(text, str)}
        changed = {name: text for name, text in cleaned.items() if text != found[name]}
        if changed:
            this = [key == value for key, value in zip(keys, row, strict=False)]
            store.session.execute(update(table).where(*this).values({table.c[name]: text for name, text in changed.items()}))


# Shorter ones are words that stand everywhere; nobody registers without two names.
_SHORTEST = 4


def _pattern(known: str) -> str:
    if known.isdecimal():
        digits = r"[ .\-]?".join(known[1:] if known.startswith("0") else known)
        return rf"(?:\+?84[ .\-]?|0[ .\-]?)?{digits}"
    bare = "".join(letter for letter in unicodedata.normalize("NFD", known) if unicodedata.category(letter) != "Mn")
    spellings = dict.fromkeys((known, unicodedata.normalize("NFD", known), bare.replace("\u0111", "d").replace("\u0110", "D")))
    return "|".join(r"\s+".join(map(re.escape, spelling.split())) for spelling in spellings)


def _nobody(person_id: int) -> str:
    return f"erased:{person_id}"
