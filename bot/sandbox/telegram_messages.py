"""The Bot API methods that say, change and take back messages."""

from __future__ import annotations

from typing import Any

from bot.sandbox import pictures, telegram_checks
from bot.sandbox.asked import ApiError, Asked, Upload
from bot.sandbox.records import Chat, Json, Message, StoredFile
from bot.sandbox.stage import Stage
from bot.sandbox.telegram_shapes import PREFIX, Shapes

UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


class Messages:
    """One method of the Bot API per function, named as in the API but in lower case; each gives its `result`."""

    def __init__(self, stage: Stage, shapes: Shapes) -> None:
        self._stage = stage
        self._shapes = shapes

    async def sendmessage(self, asked: Asked) -> Json:
        """Text."""
        place = telegram_checks.chat(self._stage, asked)
        text, entities = telegram_checks.formatted(asked, "text", "entities")
        if not text:
            raise ApiError(400, "Bad Request: message text is empty")
        return self._post(asked, place, text=text, entities=entities)

    async def senddocument(self, asked: Asked) -> Json:
        """A file of any kind."""
        return self._send_file(asked, "document")

    async def sendphoto(self, asked: Asked) -> Json:
        """A picture."""
        return self._send_file(asked, "photo")

    async def sendmediagroup(self, asked: Asked) -> list[Json]:
        """An album: 2-10, documents only with documents. Nothing is said when one of them is wrong."""
        place = telegram_checks.chat(self._stage, asked)
        media = asked.tables("media", "media")
        if media is None or not 2 <= len(media) <= 10:
            raise ApiError(400, "Bad Request: wrong number of media in the album; there must be 2-10 of them")
        kinds = {item.get("type") for item in media}
        if not kinds <= {"photo", "document"} or len(kinds) > 1:
            raise ApiError(400, "Bad Request: document can't be mixed with other media types")
        parts: list[dict[str, Any]] = []
        for item in media:
            inner = Asked(token="", method="", params=item, files=asked.files, base_url="")
            text, entities = telegram_checks.formatted(inner, "caption", "caption_entities")
            file = self._file(inner, "media", item["type"])
            parts.append({"kind": item["type"], "file": file.id, "text": text, "entities": entities})
        album = str(13_900_000_000_000_000 + self._stage.memory.number("message"))
        reply = telegram_checks.reply_to(self._stage, asked, place)
        return [self._shapes.message(self._stage.post(place, album=album, reply_to=reply, **part)) for part in parts]

    async def sendchataction(self, asked: Asked) -> bool:
        """ "typing…" and its kind."""
        telegram_checks.chat(self._stage, asked)
        if asked.text("action").lower() not in ACTIONS:
            raise ApiError(400, "Bad Request: wrong parameter action in request")
        return True

    async def editmessagetext(self, asked: Asked) -> Json:
        """Other text; without reply_markup the keyboard goes."""
        message = self._editable(asked)
        if message.kind != "text":
            raise ApiError(400, "Bad Request: there is no text in the message to edit")
        text, entities = telegram_checks.formatted(asked, "text", "entities")
        if not text:
            raise ApiError(400, "Bad Request: message text is empty")
        return self._change(message, text=text, entities=entities, buttons=telegram_checks.keyboard(asked))

    async def editmessagecaption(self, asked: Asked) -> Json:
        """Other text under a file."""
        message = self._editable(asked)
        if message.kind not in ("document", "photo"):
            raise ApiError(400, "Bad Request: there is no caption in the message to edit")
        text, entities = telegram_checks.formatted(asked, "caption", "caption_entities")
        return self._change(message, text=text, entities=entities, buttons=telegram_checks.keyboard(asked))

    async def editmessagereplymarkup(self, asked: Asked) -> Json:
        """Other buttons, or none."""
        return self._change(self._editable(asked), buttons=telegram_checks.keyboard(asked))

    async def deletemessage(self, asked: Asked) -> bool:
        """Take a message back (an own one, or anyone's in a private chat; not after 48 hours)."""
        message = telegram_checks.message(self._stage, asked, "delete", own=False)
        if (self._stage.now() - message.date).total_seconds() > 48 * 3600:
            raise ApiError(400, "Bad Request: message can't be deleted for everyone")
        self._stage.delete(message)
        return True

    async def forwardmessage(self, asked: Asked) -> Json:
        """The same message elsewhere, with its first writer's name."""
        place = telegram_checks.chat(self._stage, asked)
        source = telegram_checks.message(self._stage, asked, "forward", own=False, chat_name="from_chat_id")
        return self._shapes.message(self._stage.post(place, forwarded=source.forwarded or source.sender, **_content(source)))

    async def copymessage(self, asked: Asked) -> Json:
        """The same content elsewhere, as the bot's own."""
        place = telegram_checks.chat(self._stage, asked)
        source = telegram_checks.message(self._stage, asked, "copy", own=False, chat_name="from_chat_id")
        content = _content(source)
        if "caption" in asked.params and source.kind != "text":
            content["text"], content["entities"] = telegram_checks.formatted(asked, "caption", "caption_entities")
        return {"message_id": self._post(asked, place, **content)["message_id"]}

    async def setmessagereaction(self, asked: Asked) -> bool:
        """An emoji on a message, or none."""
        message = telegram_checks.message(self._stage, asked, "react", own=False)
        given = asked.tables("reaction", "reaction") or []
        if len(given) > 1:
            raise ApiError(400, "Bad Request: REACTIONS_TOO_MANY")
        self._stage.memory.record(
            "reaction", chat=message.chat, message=message.id, emoji=str(given[0].get("emoji", "")) if given else ""
        )
        return True

    async def pinchatmessage(self, asked: Asked) -> bool:
        """Accepted; a page has no place for pins."""
        telegram_checks.message(self._stage, asked, "pin", own=False)
        return True

    async def unpinchatmessage(self, asked: Asked) -> bool:
        """Accepted likewise."""
        telegram_checks.chat(self._stage, asked, writing=False)
        return True

    async def answercallbackquery(self, asked: Asked) -> bool:
        """End a button's spinner, perhaps with a note. Too late or twice is an error, as with Telegram."""
        query = self._stage.memory.queries.get(asked.text("callback_query_id"))
        if query is None or query.answered or (self._stage.now() - query.at).total_seconds() > QUERY_LIVES:
            raise ApiError(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if len(asked.text("text")) > 200:
            raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
        self._stage.toast(query, asked.text("text"))
        return True

    def _post(self, asked: Asked, place: Chat, **content: Any) -> Json:
        buttons = telegram_checks.keyboard(asked)
        reply = telegram_checks.reply_to(self._stage, asked, place)
        return self._shapes.message(self._stage.post(place, buttons=buttons, reply_to=reply, **content))

    def _send_file(self, asked: Asked, kind: str) -> Json:
        place = telegram_checks.chat(self._stage, asked)
        text, entities = telegram_checks.formatted(asked, "caption", "caption_entities")
        telegram_checks.keyboard(asked)
        file = self._file(asked, kind, kind)
        return self._post(asked, place, kind=kind, file=file.id, text=text, entities=entities)

    def _file(self, asked: Asked, name: str, kind: str) -> StoredFile:
        """An upload, an attach:// reference to one, or the file_id of a file of this bot."""
        given = asked.text(name)
        part = asked.files.get(given.removeprefix("attach://") if given.startswith("attach://") else name)
        if part is not None:
            return self._keep(part, kind)
        if not given:
            raise ApiError(400, f"Bad Request: there is no {kind} in the request")
        if given.startswith(("http://", "https://")):
            raise ApiError(400, "Bad Request: failed to get HTTP URL content")  # the sandbox never touches the network
        file = self._stage.memory.files.get(given.removeprefix(PREFIX[kind]))
        if file is None or not given.startswith(PREFIX[kind]):
            raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")
        return file

    def _keep(self, part: Upload, kind: str) -> StoredFile:
        if not part.content:
            raise ApiError(400, "Bad Request: file must be non-empty")
        if len(part.content) > UPLOAD_LIMIT:
            raise ApiError(413, "Request Entity Too Large")
        if kind == "photo":
            if len(part.content) > PHOTO_LIMIT:
                raise ApiError(400, f"Bad Request: file of size {len(part.content)} bytes is too big for a photo")
            if pictures.look(part.content) is None:
                raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED")
        return self._stage.store(part.name, part.content, part.mime)

    def _editable(self, asked: Asked) -> Message:
        if asked.text("inline_message_id"):
            raise ApiError(400, "Bad Request: MESSAGE_ID_INVALID")
        if not asked.text("message_id"):
            raise ApiError(400, "Bad Request: message identifier is not specified")
        return telegram_checks.message(self._stage, asked, "edit")

    def _change(self, message: Message, **content: Any) -> Json:
        if all(getattr(message, name) == value for name, value in content.items()):
            described = (
                "message is not modified: specified new message content and reply markup are exactly the same as a current"
            )
            raise ApiError(400, f"Bad Request: {described} content and reply markup of the message")
        pressed = "" if content.get("buttons") else message.pressed  # new buttons are there to be pressed anew
        return self._shapes.message(self._stage.change(message, edited=self._stage.now(), pressed=pressed, **content))


QUERY_LIVES = 15  # seconds; users report refusals from 10-15 s on


def _content(message: Message) -> dict[str, Any]:
    return {"kind": message.kind, "text": message.text, "entities": message.entities, "file": message.file}
