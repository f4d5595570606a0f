"""What stands in the room, as the JSON objects of Telegram's Bot API 10.0."""

from __future__ import annotations

from typing import Any

from bot.sandbox.records import BOT, Chat, Happening, Json, Message, Person, StoredFile, opaque
from bot.sandbox.stage import Stage

PREFIX = {"document": "BQACAgUAAxkD", "photo": "AgACAgUAAxkD", "sticker": "CAACAgUAAxkD"}
FOLDER = {"document": "documents", "photo": "photos", "sticker": "stickers"}


class Shapes:
    """Shapes of one bot's view. `bot_id` is the number before the colon of its token."""

    def __init__(self, stage: Stage, bot_id: int) -> None:
        self._stage = stage
        self.bot_id = bot_id

    def bot(self) -> Json:
        """The bot as everyone sees it."""
        return {"id": self.bot_id, "is_bot": True, "first_name": self._stage.bot_name, "username": self._stage.bot_username}

    def me(self) -> Json:
        """The bot as getMe describes it: in groups it hears only what is meant for it."""
        powers = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        return {**self.bot(), **powers}

    def user(self, person: Person) -> Json:
        """A person."""
        return {"id": person.telegram_id, "is_bot": False, "first_name": person.name, "language_code": "vi"}

    def sender(self, who: str) -> Json:
        """Who wrote a message."""
        return self.bot() if who == BOT else self.user(self._stage.person(who))

    def chat(self, chat: Chat) -> Json:
        """A chat as it stands in a message."""
        if chat.person:
            return {"id": int(chat.id), "type": "private", "first_name": self._stage.person(chat.person).name}
        return {"id": int(chat.id), "type": "supergroup" if chat.supergroup else "group", "title": chat.title}

    def message(self, message: Message, *, reply: bool = True) -> Json:
        """A message as it stood."""
        chat = self._stage.memory.chats["telegram", message.chat]
        shape: Json = {
            "message_id": int(message.id),
            "from": self.sender(message.sender),
            "chat": self.chat(chat),
            "date": int(message.date.timestamp()),
        }
        if message.edited:
            shape["edit_date"] = int(message.edited.timestamp())
        if message.forwarded:
            origin = self.sender(message.forwarded)
            shape["forward_origin"] = {"type": "user", "sender_user": origin, "date": shape["date"]}
        answered = self._stage.memory.history["telegram", message.chat].get(message.reply_to)
        if answered is not None and reply:
            shape["reply_to_message"] = self.message(answered, reply=False)
        if message.album:
            shape["media_group_id"] = message.album
        shape |= self._content(message)
        if message.buttons:
            shape["reply_markup"] = {"inline_keyboard": [list(row) for row in message.buttons]}
        return shape

    def update(self, happening: Happening) -> Json:
        """An update. One the test injected is passed on as it is."""
        head: Json = {"update_id": happening.id}
        match happening.kind:
            case "message":
                assert happening.message is not None
                return {**head, "message": {**self.message(happening.message), **happening.facts}}
            case "edited":
                assert happening.message is not None
                return {**head, "edited_message": self.message(happening.message)}
            case "tapped":
                assert happening.message is not None
                query = {
                    "id": happening.facts["query"],
                    "from": self.sender(happening.person),
                    "message": self.message(happening.message),
                    "chat_instance": str(int(opaque("instance", happening.chat, length=15), 16)),
                    "data": happening.facts["data"],
                }
                return {**head, "callback_query": query}
            case "membership":
                change = {
                    "chat": self.chat(self._stage.memory.chats["telegram", happening.chat]),
                    "from": self.sender(happening.person),
                    "date": int(happening.at.timestamp()),
                    "old_chat_member": self.member(self.bot(), happening.facts["old"]),
                    "new_chat_member": self.member(self.bot(), happening.facts["new"]),
                }
                return {**head, "my_chat_member": change}
            case "raw":
                raw: Json = happening.facts["raw"]
                return {**head, **raw}

    @staticmethod
    def member(user: Json, status: str) -> Json:
        """A ChatMember; a kicked one carries until_date 0 (for ever)."""
        return {"status": status, "user": user, **({"until_date": 0} if status == "kicked" else {})}

    def document(self, file: StoredFile, kind: str = "document") -> Json:
        """A file's identifiers: file_id to send or fetch it, file_unique_id to recognise it."""
        ids = {"file_id": PREFIX[kind] + file.id, "file_unique_id": opaque("unique", file.id, length=16)}
        return {**ids, "file_size": file.size}

    def _content(self, message: Message) -> Json:
        text: Json = {"text": message.text} if message.kind == "text" and message.text else {}
        entities = [dict(entity) for entity in message.entities]
        if message.kind == "text":
            return {**text, **({"entities": entities} if entities else {})}
        file = self._stage.memory.files[message.file]
        caption: Json = {"caption": message.text} if message.text else {}
        if entities:
            caption["caption_entities"] = entities
        match message.kind:
            case "photo":
                size: dict[str, Any] = {"width": file.width or 1, "height": file.height or 1}
                return {"photo": [{**self.document(file, "photo"), **size}], **caption}
            case "sticker":
                look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
                return {"sticker": {**self.document(file, "sticker"), **look, "emoji": "\N{THUMBS UP SIGN}"}}
            case _:
                return {"document": {**self.document(file), "file_name": file.name, "mime_type": file.mime}, **caption}
