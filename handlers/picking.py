"""What typed words choose from the choices shown last, and when they are asked back instead of being taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.chat import choices
from bot.chat.messages import Choice, Outgoing, Said
from bot.domain import commands
from bot.texts import general
from handlers.request import Request
from storage.offers import Offer
from storage.store import Store


def shown(request: Request, store: Store) -> Offer | None:
    """The choices shown last; None when something was asked after them that has none: then that is what is answered."""
    offer = store.offers.last(request.chat)
    dialog = request.dialog
    if offer is None or dialog is None or dialog.prompt_id is not None or dialog.since is None:
        return offer
    return None if offer.sent_at is not None and offer.sent_at <= dialog.since else offer


def doubtful(request: Request, said: Said, offer: Offer | None) -> bool:
    """Whether what was said may mean something else than what stands last in the chat: see `Request.doubtful`."""
    return offer is None or not offer.last_word or "?" in said.text or _elsewhere(request, said, offer)


def picked(
    request: Request,
    store: Store,
    said: Said,
    offer: Offer | None,
    *,
    grave: Callable[[Choice], bool],
    may: Callable[[Choice], bool],
) -> Choice | list[Outgoing] | None:
    """The choice that was typed (by its number, letter or words); the question again when that is doubtful; None for neither.

    A bare mark means nothing without its list, so it must be clear which list was read. Words say themselves what they mean,
    and are asked back only where the choice is `grave` or somebody else may have written them. What the person `may` not do
    any more is not shown again: it is refused. "Ok" below a later message is courtesy, not an answer to the one above it.
    """
    if offer is None or (choice := choices.pick(request.text, offer.message.offered, offer.message.marks)) is None:
        return None
    if not may(choice):
        return choice
    mark = choices.is_mark(request.text, offer.message.marks)
    if not mark and not offer.last_word and request.dialog is None and _courteous(request.text):
        return None
    unclear = _elsewhere(request, said, offer) if mark else said.forwarded
    if unclear or (grave(choice) and request.doubtful):
        return [_again(request, store, offer, mark=mark)]
    return choice


def _courteous(text: str) -> bool:
    word = commands.understand(text)
    return word is not None and word.is_courtesy


def _elsewhere(request: Request, said: Said, offer: Offer) -> bool:
    """Whether the words may belong to another message than this one."""
    if offer.sent_at is None:
        return True  # not shown yet
    if request.dialog is not None and request.dialog.prompt_id != offer.message_id:
        return True  # shown after the question that is being answered
    if said.forwarded or (said.reply_to and said.reply_to != offer.platform_message_id):
        return True
    if request.office.day(offer.sent_at) != request.today:
        return True
    return request.said_before(offer.sent_at)


def _again(request: Request, store: Store, offer: Offer, *, mark: bool) -> Outgoing:
    """The question once more, saying that nothing was taken: the dialogue's, where a mark may have been meant for that."""
    if mark and request.dialog is not None and offer.message_id != request.dialog.prompt_id:
        offer = store.offers.of(request.chat, request.dialog.prompt_id) or offer
    return replace(offer.message, text=general.which_question(offer.message.text), edits=False)
