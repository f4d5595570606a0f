"""What Telegram refuses, in its own words, and what it makes of text and keyboards."""

from __future__ import annotations

import re
from typing import Any

from bot.sandbox import markup
from bot.sandbox.asked import ApiError, Asked
from bot.sandbox.records import BOT, Chat, Json, Message
from bot.sandbox.stage import Stage

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
BUTTON_KINDS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}


def chat(stage: Stage, asked: Asked, name: str = "chat_id", *, writing: bool = True) -> Chat:
    """The chat a request names. Raises ApiError 400 (unknown, moved); `writing` also 403 (blocked, not started, closed)."""
    given = asked.text(name)
    if not given:
        raise ApiError(400, f"Bad Request: {name} is empty")
    found = stage.memory.chats.get(("telegram", given))
    if found is None:
        raise ApiError(400, "Bad Request: chat not found")
    if found.moved_to:
        described = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, described, {"migrate_to_chat_id": int(found.moved_to)})
    if writing:
        if found.closed:
            raise ApiError(403, f"Forbidden: {found.closed}")
        if found.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if not found.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    return found


def message(stage: Stage, asked: Asked, verb: str, *, own: bool = True, chat_name: str = "chat_id") -> Message:
    """The message a request names. Raises ApiError 400 "message to <verb> not found" or, unless it is the bot's, "can't be"."""
    place = chat(stage, asked, chat_name, writing=False)
    found = stage.memory.history["telegram", place.id].get(asked.text("message_id"))
    if found is None or found.kind == "toast":
        raise ApiError(400, f"Bad Request: message to {verb} not found")
    if own and found.sender != BOT:
        raise ApiError(400, f"Bad Request: message can't be {verb}ed")
    return found


def formatted(asked: Asked, name: str, entities_name: str) -> tuple[str, tuple[Json, ...]]:
    """Text and entities after parsing. Raises ApiError 400: can't parse, too long; the caller judges emptiness."""
    given = asked.tables(entities_name, "entities")
    try:
        text, found = markup.parse(asked.text(name), asked.text("parse_mode"))
        if given and not asked.text("parse_mode"):
            found = [dict(entity) for entity in given]
        text, entities = markup.finish(text, found)
    except markup.Unreadable as error:
        prefix = "" if str(error) == "unsupported parse_mode" else "can't parse entities: "
        raise ApiError(400, f"Bad Request: {prefix}{error}") from None
    except (TypeError, ValueError, KeyError):
        raise ApiError(400, "Bad Request: can't parse entities JSON object") from None
    if name == "caption" and markup.units(text) > CAPTION_LIMIT:
        raise ApiError(400, "Bad Request: message caption is too long")
    if name == "text" and markup.units(text) > TEXT_LIMIT:
        raise ApiError(400, "Bad Request: message is too long")
    return text, entities


def keyboard(asked: Asked) -> tuple[tuple[Json, ...], ...]:
    """Rows of inline buttons; other kinds of reply_markup are accepted and show nothing here. Raises ApiError 400."""
    rows = asked.table("reply_markup", "reply keyboard markup").get("inline_keyboard")
    if rows is None:
        return ()
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ApiError(400, 'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    buttons = tuple(tuple(_button(button) for button in row) for row in rows if row)
    if sum(map(len, buttons)) > 100:
        raise ApiError(400, "Bad Request: reply markup is too long")
    return buttons


def reply_to(stage: Stage, asked: Asked, place: Chat) -> str:
    """Id of the message that is answered, or "". Raises ApiError 400 when it is not there and must be."""
    given = asked.table("reply_parameters", "reply parameters")
    if "message_id" not in given and not asked.text("reply_to_message_id"):
        return ""
    id = str(given.get("message_id") or asked.text("reply_to_message_id"))
    if id in stage.memory.history["telegram", place.id]:
        return id
    if given.get("allow_sending_without_reply") or asked.boolean("allow_sending_without_reply"):
        return ""
    raise ApiError(400, "Bad Request: message to be replied not found")


def scope(stage: Stage, asked: Asked) -> str:
    """A commands scope as a key ("default", "chat:5", "chat_member:5:6"). Raises ApiError 400 for one the bot is not in."""
    given = asked.table("scope", "BotCommandScope") or {"type": "default"}
    kind = str(given.get("type", ""))
    if kind in ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"):
        return kind
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise ApiError(400, "Bad Request: can't parse BotCommandScope: type of the scope is unsupported")
    place = stage.memory.chats.get(("telegram", str(given.get("chat_id", ""))))
    if place is None or not place.started:
        raise ApiError(400, "Bad Request: chat not found")
    return ":".join([kind, place.id, *([str(given.get("user_id", ""))] if kind == "chat_member" else [])])


def commands(asked: Asked) -> tuple[Json, ...]:
    """The commands to show. Raises ApiError 400 for names, descriptions or a number of them outside Telegram's limits."""
    given = asked.tables("commands", "commands")
    if given is None:
        raise ApiError(400, "Bad Request: commands must be an Array")
    if len(given) > 100:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for item in given:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(item.get("command", "")).removeprefix("/")):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= markup.units(str(item.get("description", ""))) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    return tuple({"command": str(item["command"]).removeprefix("/"), "description": str(item["description"])} for item in given)


def _button(given: Any) -> Json:
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise ApiError(400, "Bad Request: can't parse inline keyboard button: can't find field \"text\"")
    if not given["text"].strip():
        raise ApiError(400, "Bad Request: inline keyboard button text must be non-empty")
    kinds = [kind for kind in BUTTON_KINDS if given.get(kind) is not None]
    if len(kinds) != 1:
        raise ApiError(
            400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    data = given.get("callback_data")
    if data is not None and not (isinstance(data, str) and 1 <= len(data.encode()) <= 64):
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    link = given.get("url")
    if link is not None and not re.match(r"(https?|tg)://\S+$", str(link)):
        raise ApiError(400, f"Bad Request: inline keyboard button URL '{link}' is invalid: Wrong HTTP URL")
    return {name: value for name, value in given.items() if value is not None}
