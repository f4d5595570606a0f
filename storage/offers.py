"""What was offered in a chat, as far as people can have seen it: the choices shown last, and what a button means."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.chat.messages import ChatRef, Outgoing
from storage import letters
from storage.tables import ButtonRow, MessageRow


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The choices one message shows.

    Attributes:
        message_id: the outbox's id of it.
        platform_message_id: the platform's id of it; None while nothing proves that it arrived.
        sent_at: when it was shown, UTC; None while nothing proves that it was.
        last_word: whether nothing was said in this chat after it.
    """

    message_id: int
    message: Outgoing
    platform_message_id: str | None
    sent_at: datetime | None
    last_word: bool


@dataclass(frozen=True, kw_only=True)
class Pressed:
    """The meaning of a button of this chat: its route and arguments, and the message it stands on."""

    action: tuple[str, ...]
    label: str
    message_id: int
    platform_message_id: str | None


class Offers:
    """Read from the outbox's rows; nothing is kept on the side."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def last(self, chat: ChatRef) -> Offer | None:
        """The choices last shown in a chat: what a typed "2" refers to.

        Last shown is not last written: a reminder written at night is read in the morning, after what was answered at night.
        An answer on its way counts as shown last, for it will be there in a moment; whoever typed did not see it yet.
        """
        offers = select(ButtonRow.key).where(col(ButtonRow.message_id) == col(MessageRow.id)).exists()
        row = self._session.scalars(_seen(chat).where(offers)).first()
        return self._offer(row) if row is not None else None

    def of(self, chat: ChatRef, message_id: int | None) -> Offer | None:
        """The choices a certain message of this chat offered."""
        row = self._session.get(MessageRow, message_id) if message_id else None
        if row is None or (row.platform, row.chat_id) != (chat.platform, chat.chat_id):
            return None
        return self._offer(row)

    def pressed(self, chat: ChatRef, key: str) -> Pressed | None:
        """The meaning of a key, only in the chat it was shown in; None for a foreign, forged or forgotten one."""
        button = self._session.get(ButtonRow, key)
        row = self._session.get(MessageRow, button.message_id) if button else None
        if button is None or row is None or (row.platform, row.chat_id) != (chat.platform, chat.chat_id):
            return None
        return Pressed(
            action=tuple(json.loads(button.action)),
            label=button.label,
            message_id=button.message_id,
            platform_message_id=row.platform_message_id,
        )

    def _offer(self, row: MessageRow) -> Offer:
        first = self._session.get(MessageRow, row.first_id) if row.first_id else row
        assert first is not None and first.original is not None and row.id is not None
        chat = ChatRef(platform="zalo" if row.platform == "zalo" else "telegram", chat_id=row.chat_id)
        newest = self._session.scalars(_seen(chat).where(col(MessageRow.edit_of).is_(None))).first()
        return Offer(
            message_id=row.id,
            message=letters.parse(first.original),
            platform_message_id=row.platform_message_id,
            sent_at=row.ended_at,
            last_word=newest is None or newest.first_id == row.first_id or _before(newest, row),
        )


def _before(one: MessageRow, other: MessageRow) -> bool:
    return one.ended_at is not None and other.ended_at is not None and one.ended_at <= other.ended_at


def _seen(chat: ChatRef) -> SelectOfScalar[MessageRow]:
    """What people can have seen in a chat, the newest first: what was sent, may have been, or is about to be in answer.

    Not among it: what waits for its hour, was held back untried, or never reached anybody.
    """
    state = col(MessageRow.state)
    tried = and_(state == "held", col(MessageRow.attempts) > 0)
    coming = or_(state == "sending", and_(state == "pending", col(MessageRow.kind) == "reply"))
    return (
        select(MessageRow)
        .where(MessageRow.platform == chat.platform, MessageRow.chat_id == chat.chat_id)
        .where(or_(state.in_(("sent", "uncertain")), tried, coming))
        .order_by(
            case((coming, 0), else_=1),
            case((state == "uncertain", col(MessageRow.queued_at)), else_=col(MessageRow.ended_at)).desc(),
            col(MessageRow.id).desc(),
        )
        .limit(1)
    )
