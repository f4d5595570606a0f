"""The one place where whatever people type or send is looked at before it is kept.

A secrecy mark is never stored, wherever it turns up: the message is refused and its raw update wiped. Numbers of citizens
and the like are stored only after the person said so; meanwhile they wait in the dialogue, and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace

from bot.chat.messages import Attached, Outgoing, Said
from bot.domain import secrets_marks
from bot.domain.secrets_marks import Mark
from bot.texts import general
from bot.texts import guarding as texts
from bot.views import guarding as views
from handlers.request import Request
from handlers.routes import Needs, Route
from storage.dialogs import Dialog
from storage.files import StoredFile
from storage.store import Store

WAITING = "guard"
"""The dialogue in which a text or file waits for its sender's word. Its data: the dialogue it was said in, and what it was."""

FIX = "guard-fix"
ANYWAY = "guard-anyway"

# They ask for a name, a telephone or a unit: what is typed there is meant to be one, and checked by its own rules.
_ASK_FOR_PERSONS = frozenset({"register", "me", "seat-unit", "invite-unit", "absence-unit"})


def marks(incoming: Said | Attached, file: StoredFile | None) -> frozenset[Mark]:
    """Everything recognised in a text, a caption, a file's name and its content."""
    if isinstance(incoming, Said):
        return secrets_marks.find(incoming.text)
    inside = frozenset(Mark(mark) for mark in file.marks) if file is not None else frozenset()
    name = incoming.file.name if incoming.file is not None else ""
    return inside | secrets_marks.find(incoming.caption) | secrets_marks.find(name.rpartition(".")[0] or name)


def refuse(request: Request, store: Store) -> Sequence[Outgoing]:
    """A secrecy mark. The open question stays open; the audit log learns that it happened, not what was said."""
    store.inbox.wipe(request.chat.platform, request.origin.key)
    if request.file is not None:
        store.files.drop(request.file)
    store.audit.note("secret refused", f"inbox:{request.chat.platform}/{request.origin.key}")
    return [Outgoing(text=texts.secret_refused(_contact(request)))]


def hold(request: Request, store: Store, found: frozenset[Mark]) -> Sequence[Outgoing] | None:
    """Ask before a dialogue's handler keeps it; None when there is nothing to ask about."""
    dialog = request.dialog
    if dialog is None or dialog.name in _ASK_FOR_PERSONS or not found - {Mark.SECRECY}:
        return None
    inner = json.dumps({"name": dialog.name, "data": dialog.data, "prompt": dialog.prompt_id}, ensure_ascii=False)
    file = json.dumps(asdict(request.file), ensure_ascii=False) if request.file is not None else ""
    request.talk(store, WAITING, inner=inner, text=request.text, file=file, key=request.origin.key)
    store.audit.note(
        "content warned", f"inbox:{request.chat.platform}/{request.origin.key}", {"marks": " ".join(sorted(found))}
    )
    return [views.personal(found, file=request.file is not None, fix=FIX, anyway=ANYWAY)]


def released(request: Request, store: Store) -> Request:
    """Whatever is said while something waits takes its place: the dialogue it belongs to is open again."""
    if request.dialog is None or request.dialog.name != WAITING:
        return request
    return replace(request, dialog=_forget(request, store, request.dialog))


def confirmed(request: Request, store: Store) -> Request | None:
    """[Vẫn gửi]: the turn as it would have been; None when nothing waits any more."""
    waiting = request.dialog
    if waiting is None or waiting.name != WAITING:
        return None
    inner = _inner(waiting)
    store.dialogs.put(request.chat, inner, request.now)
    file = StoredFile(**json.loads(waiting.text("file"))) if waiting.text("file") else None
    store.audit.note("content sent anyway", f"inbox:{request.chat.platform}/{waiting.text('key')}")
    return replace(request, dialog=inner, text=waiting.text("text"), file=file, args=())


def fix(request: Request, store: Store) -> Sequence[Outgoing]:
    """[Sửa lại]: forgotten here, and in the inbox."""
    waiting = request.dialog
    if waiting is None or waiting.name != WAITING:
        return [Outgoing(text=general.old_button())]
    _forget(request, store, waiting)
    return [Outgoing(text=texts.say_again(file=bool(waiting.text("file"))))]


def _forget(request: Request, store: Store, waiting: Dialog) -> Dialog:
    inner = _inner(waiting)
    store.dialogs.put(request.chat, inner, request.now)
    store.inbox.wipe(request.chat.platform, waiting.text("key"))
    if waiting.text("file"):
        store.files.drop(StoredFile(**json.loads(waiting.text("file"))))
    return inner


def _inner(waiting: Dialog) -> Dialog:
    known = json.loads(waiting.text("inner"))
    return Dialog(name=known["name"], data=known["data"], prompt_id=known["prompt"])


def _contact(request: Request) -> str:
    return request.office.contact or request.office.coordinator


ACTIONS = {FIX: Route(handler=fix, needs=Needs.PERSON)}
