"""`demo`: a seeded, made-up round in the sandbox, in a folder of its own, in one command."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import desk, out
from bot.cli.grammar import Refusal
from bot.texts import demo as texts

if TYPE_CHECKING:
    from bot.settings import Settings

MARKER = "MINH-HOA.txt"


def demo(
    folder: Annotated[Path, typer.Option("--folder", metavar=texts.PATH, help=texts.FOLDER)] = Path("data-demo"),
    check: Annotated[bool, typer.Option("--check", help=texts.CHECK)] = False,
) -> None:
    """Build the demonstration anew, then open the sandbox on it."""
    settings = made_up(desk.read_settings(working=True), folder)
    from bot.app import sole_process

    _refuse_real_data(folder)
    with sole_process(folder):
        _clear(folder)
        out.say(_build(settings))
    if check:
        return
    from bot import serve

    asyncio.run(serve.run(settings, out.say, texts.MARK))


def made_up(known: Settings, folder: Path) -> Settings:
    """The settings of the demonstration: no real channel, no real database, and an office whose name says what it is."""
    from pydantic import SecretStr

    return known.model_copy(
        update={
            "telegram_bot_token": SecretStr(""),
            "zalo_bot_token": SecretStr(""),
            "zalo_webhook_secret": SecretStr(""),
            "public_url": "",
            "database_url": "",
            "data_dir": folder,
            "office_name": texts.OFFICE,
            "coordinator_name": texts.COORDINATOR,
            "office_contact": texts.CONTACT,
        }
    )


def _refuse_real_data(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise Refusal(texts.not_a_demo(str(folder)))


def _clear(folder: Path) -> None:
    """Everything but the lock this process holds; the marker last of all, or a half-cleared folder would look real."""
    for known in folder.iterdir():
        if known.name in ("lock", MARKER):
            continue
        shutil.rmtree(known) if known.is_dir() else known.unlink()
    (folder / MARKER).write_text(texts.inside(folder.name), encoding="utf-8")


def _build(settings: Settings) -> str:
    from bot import channels, rehearsal
    from bot.clock import Clock
    from bot.demo import build
    from bot.demo.play import Hour
    from storage import migrate
    from storage.database import PlainDatabase

    clock = Clock()
    begun = clock.now()
    limits = channels.limits(linked=True, mark=texts.MARK)
    database = PlainDatabase(settings.database, limits)
    try:
        migrate.upgrade(database.engine)
        hour = Hour(build.begins(settings.office))
        room = rehearsal.room(settings.data_dir, lambda: hour.now)
        try:
            with out.progress(texts.building(str(settings.data_dir))) as told:
                play = build.build(database, rehearsal.Script(room), settings.office, limits, hour, told)
        finally:
            room.close()
        offset = play.now - clock.now()
        database.turn(lambda store: store.meta.put(rehearsal.CLOCK, str(offset.total_seconds())))
        units, rounds = database.turn(lambda store: (len(store.units.all()), len(store.rounds.all())))
    finally:
        database.close()
    return texts.built(units, rounds, play.messages, (clock.now() - begun).total_seconds())
