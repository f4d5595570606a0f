"""Choices as buttons or as a list, and the typed answer that means one of them: both ends of one convention."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, count, islice, product
from typing import Literal

from bot.chat.courtesy import without_courtesy
from bot.chat.fold import accents_fit, fold
from bot.chat.labels import same
from bot.chat.messages import ChatRef, Choice, Outgoing
from bot.chat.platform import Limits, Piece
from bot.chat.split import split, units

Marks = Literal["digits", "letters"]

# Letters a list may use. Left out: what people type as an answer of its own (k = khong, n = no, o = 0, r = roi, x = xong,
# y = yes), what looks like the figure 1 (i, l), and the four Vietnamese does not have (f, j, w, z).
LETTERS = "abcdeghmpqstuv"

# How a mark may be dressed when it is typed: "2)", "(2)", "chon 2". "cau 2" may mean question 2, so only letters allow it.
_DRESSED = {
    "digits": re.compile(r"(?:(?:chon|so|muc|y)\s+)?[(\[]?0*([1-9][0-9]*)[)\].,:]?"),
    "letters": re.compile(r"(?:(?:chon|cau|muc|y)\s+)?[(\[]?([a-z]{1,2})[)\].,:]?"),
}


def listed(outgoing: Outgoing) -> str:
    """The text followed by its choices as a list (`1) …` or `a) …`) and the hint, for platforms without buttons."""
    return "\n\n".join(part for part in (outgoing.text, _list(outgoing)) if part)


def pick(text: str, offered: Sequence[Choice], marks: Marks) -> Choice | None:
    """The one choice a typed text means, or None when it means none or more than one.

    Understood are the mark ("2", "2)", "b."), the label, the label without the signs around it ("60" for "60 %") and the
    choice's own words. Capitals do not matter, and accents may be left out, unless two labels differ in nothing else (Hoa,
    Hoà); accents that are typed must be the right ones.
    "4" where it is both the fourth choice and another one's label is ambiguous, so None: nobody's answer is guessed.
    """
    found = _meant(text, offered, marks)
    if not found:
        found = _meant(without_courtesy(text), offered, marks)
    return offered[found.pop()] if len(found) == 1 else None


def is_mark(text: str, marks: Marks) -> bool:
    """Whether a typed text is only a mark ("2", "b)"): it means nothing without the list it was read from."""
    return _DRESSED[marks].fullmatch(fold(text)) is not None


def pieces(outgoing: Outgoing, chat: ChatRef, limits: Limits, edit_of: str | None) -> tuple[Piece, ...]:
    """`outgoing` as the requests it takes on a platform with these `limits`.

    Long text is split; buttons and the menu come with the last piece, and where there are no buttons the choices are written
    out. A file takes the text as its caption when that fits, else it follows the text; where files cannot be sent it is left
    out, and telling the reader is the caller's business. Only the first piece replaces the message `edit_of`, and only if it
    is text.
    """
    file = outgoing.file if limits.documents else None
    choices = outgoing.choices if limits.buttons else ()
    body = outgoing.text if limits.buttons else listed(outgoing)

    if file and units(body.strip()) <= limits.caption:
        texts = [body.strip()]
    else:
        texts = list(split(body, limits.text) if limits.buttons else _split_with_list(outgoing, limits.text))
        if file:
            texts.append("")

    plain = replace(outgoing, choices=(), hint="", file=None, menu=None, edits=False)
    messages = [replace(plain, text=text) for text in texts]
    if messages:
        messages[-1] = replace(messages[-1], choices=choices, file=file, menu=outgoing.menu)
    replaced = edit_of if outgoing.edits and limits.edits and messages and messages[0].file is None else None
    return tuple(
        Piece(chat=chat, message=replace(message, edits=True), edit_of=replaced)
        if at == 0 and replaced
        else Piece(chat=chat, message=message)
        for at, message in enumerate(messages)
    )


def _marks(marks: Marks) -> chain[str]:
    """Marks without end: 1, 2, 3 …; or a, b, c …, then aa, ab …"""
    if marks == "digits":
        return chain(map(str, count(1)))
    return chain(LETTERS, ("".join(pair) for pair in product(LETTERS, repeat=2)))


def _list(outgoing: Outgoing) -> str:
    if not outgoing.offered:
        return ""
    lines = [f"{mark}) {choice.label}" for mark, choice in zip(_marks(outgoing.marks), outgoing.offered, strict=False)]
    return "\n".join([*lines, outgoing.hint] if outgoing.hint else lines)


def _split_with_list(outgoing: Outgoing, limit: int) -> tuple[str, ...]:
    """Split, but keep the list of choices in one message whenever it fits into one."""
    texts, list_ = split(outgoing.text, limit), _list(outgoing)
    if not list_:
        return texts
    if texts and units(together := f"{texts[-1]}\n\n{list_}") <= limit:
        return (*texts[:-1], together)
    return (*texts, *split(list_, limit))


def _meant(text: str, offered: Sequence[Choice], marks: Marks) -> set[int]:
    """Positions of every choice `text` could mean."""
    exact = {at for at, choice in enumerate(offered) if text.strip() and same(choice.label) == same(text)}
    return _marked(text, len(offered), marks) | (exact or _named(text, offered))


def _marked(text: str, many: int, marks: Marks) -> set[int]:
    match = _DRESSED[marks].fullmatch(fold(text))
    if not match or (marks == "letters" and not re.search(rf"(?<!\w){match[1]}(?!\w)", _plain(text))):
        return set()  # "ạ" is a courtesy, not the letter a
    shown = list(islice(_marks(marks), many))
    return {shown.index(match[1])} if match[1] in shown else set()


def _named(text: str, offered: Sequence[Choice]) -> set[int]:
    bare = _bare(text)
    folded, folded_bare = fold(text), fold(bare)
    return {
        at
        for at, choice in enumerate(offered)
        for name in (choice.label, *choice.words)
        if (folded and folded == fold(name) and accents_fit(text, name))
        or (folded_bare and folded_bare == fold(_bare(name)) and accents_fit(bare, _bare(name)))
    }


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _bare(text: str) -> str:
    """Without the signs around it: "60 %" is "60", "[có]" is "có"; a sign that changes the meaning stays ("< 5", "-5")."""
    plain = _plain(text).strip()
    inside = [at for at, char in enumerate(plain) if char.isalnum()]
    if not inside or set(plain[: inside[0]]) & set("-\u2212+<>\u2264\u2265~"):
        return plain
    return plain[inside[0] : inside[-1] + 1]
