"""What stands in the room, as the JSON objects of the Zalo Bot Platform."""

from __future__ import annotations

from datetime import datetime

from bot.sandbox.records import Happening, Json, opaque
from bot.sandbox.stage import Stage

EVENTS = {"text": "text", "photo": "image", "sticker": "sticker", "voice": "voice", "document": "unsupported"}


def milliseconds(at: datetime) -> int:
    """A moment as Zalo writes it."""
    return int(at.timestamp() * 1000)


def me(stage: Stage, token: str) -> Json:
    """The bot as getMe describes it; its id is above 2**53, where JavaScript's numbers end."""
    return {
        "id": str(2**60 + int(opaque("zalo bot", token, length=12), 16)),
        "account_name": f"bot.{opaque(stage.bot_name, length=9)}",
        "display_name": stage.bot_name,
        "account_type": "BASIC",
        "can_join_groups": False,
    }


def event(stage: Stage, happening: Happening, files_url: str) -> Json:
    """`{event_name, message}`. A document gives no hold to fetch it by; one the test injected is passed on as it is."""
    if happening.kind == "raw":
        raw: Json = happening.facts["raw"]
        return raw
    message = happening.message
    assert message is not None
    person = stage.person(happening.person)
    chat = stage.memory.chats["zalo", happening.chat]
    shape: Json = {
        "from": {"id": person.zalo_id, "display_name": person.name, "is_bot": False},
        "chat": {"id": chat.id, "chat_type": "PRIVATE" if chat.person else "GROUP"},
        "message_id": message.id,
        "date": milliseconds(message.date),
    }
    link = f"{files_url}/{message.file}"
    match message.kind:
        case "text":
            shape["text"] = message.text
        case "photo":
            shape |= {"photo_url": link, **({"caption": message.text} if message.text else {})}
        case "sticker":
            shape |= {"sticker": message.file, "url": link}
    return {"event_name": f"message.{EVENTS[message.kind]}.received", "message": shape}
