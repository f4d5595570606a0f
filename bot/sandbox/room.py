"""The pretend room: what people can do in their two apps, and nothing they cannot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bot.sandbox import markup, pictures
from bot.sandbox.records import BOT, Chat, Json, Message, Person, PlatformName, Query, opaque
from bot.sandbox.stage import Stage

# The smallest picture there is: one pixel of lossless WebP.
STICKER = bytes.fromhex("524946461a000000574542505650384c0d0000002f0000001007101111 8888fe0700")


class Impossible(ValueError):
    """Something no person can do in the real app (press a button that is not shown, write while blocking).

    `kind` is for the page, which words it in Vietnamese: empty, blocked, unseen, other_bot, not_own, not_picture, not_member,
    too_large, no_clock.
    """

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


class Room(Stage):
    """Pretend people, their chats with the bot, and the updates the bot has still to fetch. See Stage for its arguments."""

    def add_person(self, name: str, *, role: str = "", key: str = "") -> Person:
        """Somebody new with both apps, who has not yet written to the bot. Raises Impossible without a name."""
        if not name.strip():
            raise Impossible("empty", "nobody is called nothing")
        number = len(self.memory.people) + 1
        person = Person(
            id=f"p{number}",
            name=name.strip(),
            role=role,
            key=key,
            # Above 2**31 as new Telegram accounts are: an id kept in 32 bits shows at once.
            telegram_id=5_100_000_000 + 7919 * number,
            zalo_id=opaque("zalo person", number),
        )
        self.memory.record("person", person=person)
        self.changed("state", person.id)
        return person

    def add_group(self, platform: PlatformName, title: str, members: Iterable[Person | str]) -> Chat:
        """A group of these people and the bot."""
        number = sum(not chat.person for chat in self.memory.chats.values()) + 1
        id = str(-4_100_000_000 - number) if platform == "telegram" else opaque("zalo group", number)
        people = tuple(self.person(member).id for member in members)
        chat = Chat(platform=platform, id=id, title=title, members=people, started=True)
        self.memory.record("chat", chat=chat)
        if platform == "telegram":
            self.queue("membership", platform, chat=id, person=people[0], facts={"old": "left", "new": "member"})
        return chat

    def say(
        self, person: Person | str, platform: PlatformName, text: str, in_group: Chat | None = None, reply_to: str | int = ""
    ) -> Message:
        """Write to the bot, or in a group (where the bot hears only what is meant for it). Raises Impossible."""
        if not text.strip():
            raise Impossible("empty", "an app sends no empty message")
        entities = tuple(markup.detect(text)) if platform == "telegram" else ()
        return self._send(person, platform, in_group, text=text, entities=entities, reply_to=str(reply_to))

    def open_link(self, person: Person | str, platform: PlatformName, url_or_text: str) -> Message:
        """Follow an invitation: on Telegram a link to the bot presses Start (and unblocks); anything else is typed as it is.

        Raises Impossible for a link to another bot or a start code Telegram would not take.
        """
        link = urlsplit(url_or_text if "://" in url_or_text else f"https://{url_or_text}")
        if platform == "telegram" and link.hostname in ("t.me", "telegram.me"):
            if link.path.strip("/").lower() != self.bot_username.lower():
                raise Impossible("other_bot", "this link leads to another bot")
            code = parse_qs(link.query).get("start", [""])[0]
            if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", code):
                raise Impossible("other_bot", "after start= Telegram takes at most 64 of A-Z a-z 0-9 _ -")
            self.unblock(person, platform)
            return self.say(person, platform, f"/start {code}".strip())
        return self.say(person, platform, url_or_text)

    def tap(self, person: Person | str, message_id: str | int, callback_data: str) -> Query:
        """Press a button that the message shows now. Raises Impossible when there is none with this data."""
        who = self.person(person)
        message = self._find(who, message_id)
        if not any(button.get("callback_data") == callback_data for row in message.buttons for button in row):
            raise Impossible("unseen", "the message shows no such button")
        if self.memory.chats["telegram", message.chat].blocked:
            raise Impossible("blocked", "the person has blocked the bot")
        query = self._press(who, message, callback_data)
        self.change(message, pressed=callback_data)
        return query

    def forge_tap(self, person: Person | str, callback_data: str, message_id: str | int) -> Query:
        """What a tampered app can send: any data, on any message of any chat. Raises KeyError when there is no such message."""
        for (platform, _), messages in self.memory.history.items():
            if platform == "telegram" and str(message_id) in messages:
                return self._press(self.person(person), messages[str(message_id)], callback_data)
        raise KeyError(message_id)

    def send_file(
        self,
        person: Person | str,
        platform: PlatformName,
        name: str,
        content: bytes,
        mime: str = "application/octet-stream",
        *,
        caption: str = "",
        album: str = "",
        in_group: Chat | None = None,
    ) -> Message:
        """Send a document; Zalo tells the bot only that something came. Documents with the same `album` arrive as one."""
        file = self.store(name, content, mime)
        return self._send(person, platform, in_group, kind="document", text=caption, file=file.id, album=album)

    def send_photo(
        self,
        person: Person | str,
        platform: PlatformName,
        content: bytes,
        *,
        caption: str = "",
        album: str = "",
        in_group: Chat | None = None,
    ) -> Message:
        """Send a picture. Raises Impossible when the bytes are none."""
        seen = pictures.look(content)
        if seen is None:
            raise Impossible("not_picture", "not a picture an app can send")
        file = self.store(f"photo.{seen[0].partition('/')[2]}", content, seen[0])
        return self._send(person, platform, in_group, kind="photo", text=caption, file=file.id, album=album)

    def sticker(self, person: Person | str, platform: PlatformName) -> Message:
        """Send a sticker."""
        file = self.store("sticker.webp", STICKER, "image/webp")
        return self._send(person, platform, None, kind="sticker", file=file.id)

    def edit_message(self, person: Person | str, message_id: str | int, text: str) -> Message:
        """Change an own message (Telegram only: Zalo has no editing). Raises Impossible."""
        who = self.person(person)
        message = self._find(who, message_id)
        if message.sender != who.id:
            raise Impossible("not_own", "not a message of theirs")
        changed = self.change(message, text=text, entities=tuple(markup.detect(text)), edited=self.now())
        if self._bot_hears(self.memory.chats["telegram", message.chat], changed):
            self.queue("edited", "telegram", chat=message.chat, person=who.id, message=changed)
        return changed

    def block(self, person: Person | str, platform: PlatformName) -> None:
        """Block the bot; Telegram tells it so, Zalo does not."""
        self._set_blocked(person, platform, True)

    def unblock(self, person: Person | str, platform: PlatformName) -> None:
        """Take the block back."""
        self._set_blocked(person, platform, False)

    def close_chat(self, chat: Chat, reason: str) -> None:
        """The bot may never write here again; `reason` in Telegram's words, e.g. "user is deactivated"."""
        self.memory.record("chat", chat=replace(self.memory.chats[chat.platform, chat.id], closed=reason))

    def migrate(self, group: Chat) -> Chat:
        """A Telegram group becomes a supergroup with another id; the bot is told in both chats."""
        moved = replace(group, id=f"-100{group.id[1:]}")
        self.memory.record("chat", chat=replace(group, moved_to=moved.id))
        self.memory.record("chat", chat=moved)
        for chat, facts in ((group, {"migrate_to_chat_id": int(moved.id)}), (moved, {"migrate_from_chat_id": int(group.id)})):
            note = self.post(chat, group.members[0])
            self.queue("message", "telegram", chat=chat.id, person=group.members[0], message=note, facts=facts)
        return moved

    def inject(self, platform: PlatformName, raw: Json) -> None:
        """Put any update into the queue as it is, however malformed; Telegram's update_id is added where it is missing."""
        self.queue("raw", platform, facts={"raw": raw})

    def read(self, person: Person | str, platform: PlatformName) -> None:
        """The person looked at their chat."""
        chat = self.memory.chat(platform, self.person(person).id)
        if unread := self.memory.unread(chat):
            self.memory.record("chat", chat=replace(chat, seen=chat.seen + unread))
            self.changed("state", chat.person, platform)

    def _send(self, person: Person | str, platform: PlatformName, group: Chat | None, **content: Any) -> Message:
        who = self.person(person)
        chat = self.memory.chats[platform, group.id] if group else self.memory.chat(platform, who.id)
        if chat.blocked:
            raise Impossible("blocked", "the person has blocked the bot")
        if group and who.id not in chat.members:
            raise Impossible("not_member", "not a member of this group")
        if not chat.started:
            chat = replace(chat, started=True)
            self.memory.record("chat", chat=chat)
        message = self.post(chat, who.id, **content)
        if self._bot_hears(chat, message):
            self.queue("message", platform, chat=chat.id, person=who.id, message=message)
        return message

    def _bot_hears(self, chat: Chat, message: Message) -> bool:
        """In groups (Telegram's privacy mode, Zalo's rule) only what mentions it, answers it or, on Telegram, is a command."""
        if chat.person:
            return True
        answered = self.memory.history[chat.platform, chat.id].get(message.reply_to)
        if answered is not None and answered.sender == BOT:
            return True
        if chat.platform == "zalo":
            return f"@{self.bot_name}".lower() in message.text.lower()
        own = f"@{self.bot_username}".lower()
        command = re.match(r"/\w+(@\w+)?", message.text)
        return own in message.text.lower() or (command is not None and command[1] is None)

    def _find(self, who: Person, message_id: str | int) -> Message:
        for message in self._visible(who):
            if message.id == str(message_id):
                return message
        raise Impossible("unseen", "the person sees no such message")

    def _visible(self, who: Person) -> Iterator[Message]:
        for chat in self.memory.chats.values():
            if chat.platform == "telegram" and (chat.person == who.id or who.id in chat.members):
                yield from self.memory.history["telegram", chat.id].values()

    def _press(self, who: Person, message: Message, data: str) -> Query:
        number = self.memory.number("query")
        query = Query(id=str(4_300_000_000_000_000_000 + number), person=who.id, chat=message.chat, at=self.now())
        self.memory.record("query", query=query)
        facts = {"query": query.id, "data": data}
        self.queue("tapped", "telegram", chat=message.chat, person=who.id, message=message, facts=facts)
        return query

    def _set_blocked(self, person: Person | str, platform: PlatformName, blocked: bool) -> None:
        chat = self.memory.chat(platform, self.person(person).id)
        if chat.blocked == blocked:
            return
        self.memory.record("chat", chat=replace(chat, blocked=blocked))
        if platform == "telegram":
            old, new = ("member", "kicked") if blocked else ("kicked", "member")
            self.queue("membership", platform, chat=chat.id, person=chat.person, facts={"old": old, "new": new})
        self.changed("state", chat.person, platform)
