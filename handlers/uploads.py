"""A file Zalo told us of and did not hand over, sent through a page of ours: one link, one file, one person, one question."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from bot.chat.messages import Attached, ChatRef, Origin, Outgoing, RemoteFile
from bot.domain.links import UPLOAD, Links
from bot.texts import files as texts
from bot.texts import wording
from handlers.request import Request
from storage.dialogs import Dialog
from storage.files import StoredFile
from storage.inbox import Received
from storage.store import Store

OURS = "upload"
"""The key that marks an update in the inbox as made by ourselves. No platform may bring one."""


class Verdict(Enum):
    """What a link is good for now."""

    OPEN = auto()
    USED = auto()
    MOVED_ON = auto()  # another person sits behind this account now, or the question is no longer open


@dataclass(frozen=True, kw_only=True)
class Pass:
    """What an upload link says. `asked`: what was being asked in the chat when it was made."""

    nonce: str
    chat_id: str
    user_id: str
    person_id: int
    asked: str

    @property
    def key(self) -> str:
        """The inbox's key: unique there, so a link works once, also when it is used twice at the same moment."""
        return f"{OURS}:{self.nonce}"


def invite(request: Request, links: Links) -> Sequence[Outgoing]:
    """A link for the file that did not come through."""
    until = request.now + UPLOAD
    facts = (secrets.token_urlsafe(12), request.chat.chat_id, request.origin.user_id, str(request.person.id))
    link = links.make("u", until, *facts, _asked(request.dialog))
    return [Outgoing(text=texts.send_here(link, wording.clock(request.office.local(until))))]


def read(facts: tuple[str, ...]) -> Pass:
    """What `invite` signed."""
    nonce, chat_id, user_id, person_id, asked = facts
    return Pass(nonce=nonce, chat_id=chat_id, user_id=user_id, person_id=int(person_id), asked=asked)


def judge(store: Store, given: Pass) -> Verdict:
    """Whether a file may come in by this link now."""
    if store.inbox.knows("zalo", given.key):
        return Verdict.USED
    actor = store.people.actor("zalo", given.user_id)
    same = actor.person is not None and actor.person.id == given.person_id and bool(actor.seats)
    dialog = store.dialogs.get(ChatRef(platform="zalo", chat_id=given.chat_id))
    return Verdict.OPEN if same and dialog is not None and _asked(dialog) == given.asked else Verdict.MOVED_ON


def accept(store: Store, given: Pass, file: StoredFile, now: datetime) -> Verdict:
    """Take a file already on disk: from here on it is an update like any other, handled once, in its chat's order."""
    verdict = judge(store, given)
    if verdict is Verdict.OPEN:
        raw = {OURS: {"file": asdict(file), "chat": given.chat_id, "user": given.user_id, "at": now.isoformat()}}
        store.inbox.add("zalo", [(given.key, given.chat_id, raw)], now)
    return verdict


def received(update: Received) -> tuple[Attached, StoredFile] | None:
    """The file behind an update of ours; None for a platform's."""
    ours: dict[str, Any] | None = update.raw.get(OURS)
    if ours is None:
        return None
    file = StoredFile(**ours["file"] | {"marks": tuple(ours["file"]["marks"])})
    origin = Origin(
        key=update.key,
        chat=ChatRef(platform="zalo", chat_id=ours["chat"]),
        user_id=ours["user"],
        at=datetime.fromisoformat(ours["at"]),
    )
    remote = RemoteFile(ref="", unique=file.sha256, name=file.name, mime=file.mime, size=file.size)
    return Attached(origin=origin, file=remote), file


def _asked(dialog: Dialog | None) -> str:
    """A short mark of what is being asked."""
    if dialog is None:
        return ""
    said = json.dumps([dialog.name, dialog.data], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
