"""The look at a file before it is kept: is it of a kind we take, and what is recognised in it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.domain import filetypes, secrets_marks
from bot.domain.filetypes import Unfit
from bot.domain.secrets_marks import Mark
from storage import filetext


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A file that may be kept. `mime` is ours, not the sender's; of `marks` its sender is warned."""

    mime: str
    marks: frozenset[Mark]


async def screen(content: bytes, name: str) -> Fit | Unfit:
    """What becomes of a file; nothing of it is on our disk yet."""
    kind = await asyncio.to_thread(filetypes.judge, content, name)
    if isinstance(kind, Unfit):
        return kind
    marks = await asyncio.to_thread(secrets_marks.find, await filetext.read(content, kind))
    if Mark.SECRECY in marks:
        return Unfit.SECRET
    return Fit(mime=filetypes.mime(kind), marks=marks)
