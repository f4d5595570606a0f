"""What each chat is being asked now; read afresh at every turn, so that a killed process resumes at the same question."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from bot.chat.messages import ChatRef
from storage.tables import DialogRow

# A stored dialogue of another version is forgotten: the person is asked again, kindly, instead of being misunderstood.
VERSION = 1

Datum = str | int | bool | None


@dataclass(frozen=True, kw_only=True)
class Dialog:
    """An open dialogue.

    Attributes:
        name: an entry of the handlers' table of dialogues.
        data: whatever that handler needs to go on.
        prompt_id: the outbox id of the message with choices it showed last, set by the router: a typed "2" means that one.
        since: when it last asked something; None before it is stored.
    """

    name: str
    data: dict[str, Datum] = field(default_factory=dict)
    prompt_id: int | None = None
    since: datetime | None = None

    def text(self, key: str) -> str:
        """A datum as text, "" when absent."""
        value = self.data.get(key)
        return "" if value is None else str(value)

    def number(self, key: str) -> int:
        """A datum as a whole number. Raises KeyError when absent."""
        value = self.data[key]
        if not isinstance(value, int):
            raise KeyError(key)
        return value


class Dialogs:
    """At most one open dialogue a chat."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, chat: ChatRef) -> Dialog | None:
        """The open dialogue."""
        row = self._session.get(DialogRow, (chat.platform, chat.chat_id))
        if row is None or row.version != VERSION:
            return None
        return Dialog(name=row.name, data=json.loads(row.data), prompt_id=row.prompt_id, since=row.updated_at)

    def put(self, chat: ChatRef, dialog: Dialog | None, now: datetime) -> None:
        """Open, replace or (None) end it."""
        row = self._session.get(DialogRow, (chat.platform, chat.chat_id))
        if dialog is None:
            if row is not None:
                self._session.delete(row)
        else:
            data = json.dumps(dialog.data, ensure_ascii=False)
            self._session.merge(
                DialogRow(
                    platform=chat.platform,
                    chat_id=chat.chat_id,
                    name=dialog.name,
                    data=data,
                    prompt_id=dialog.prompt_id,
                    version=VERSION,
                    updated_at=now,
                )
            )
        self._session.flush()

    def prompted(self, chat: ChatRef, message_id: int) -> None:
        """Note which message now asks for the open dialogue's answer."""
        row = self._session.get(DialogRow, (chat.platform, chat.chat_id))
        if row is not None:
            row.prompt_id = message_id
            self._session.flush()
