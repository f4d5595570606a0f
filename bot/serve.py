"""`run`: the bot on its real channels, or, without any token, in its own sandbox."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from bot.app import App, prepare, sole_process
from bot.channels import LIMITS
from bot.chat.messages import PlatformName
from bot.chat.platform import Platform
from bot.clock import Clock, MovableClock
from bot.platforms.telegram import Telegram
from bot.platforms.zalo import Zalo
from bot.settings import Settings
from bot.texts import startup
from scheduler.clockwatch import ClockWatch
from scheduler.pace import Pace, unhurried
from storage.database import Database

SANDBOX_HOST = "127.0.0.1"
# The sandbox's own tokens: they open nothing.
SANDBOX_TELEGRAM = "700000001:sandbox-telegram-token"
SANDBOX_ZALO = "1459232241454765289:sandbox-zalo-token"
PAGE = Path(__file__).parent / "sandbox" / "page"

Say = Callable[[str], None]


async def run(settings: Settings, say: Say) -> None:
    """Run until SIGINT or SIGTERM. Raises what bot.__main__ turns into one clear sentence."""
    with sole_process(settings.data_dir):
        work = asyncio.create_task(_sandbox(settings, say) if settings.sandbox else _real(settings, say))
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, work.cancel)
        try:
            await work
        except asyncio.CancelledError:
            say(startup.stopped())


async def _real(settings: Settings, say: Say) -> None:
    clock = Clock()
    prepare(settings, settings.office.day(clock.now()), clock.now())
    platforms: dict[PlatformName, Platform] = {}
    if token := settings.telegram_bot_token.get_secret_value():
        platforms["telegram"] = Telegram(token, files_root=settings.data_dir, api_url=settings.telegram_api_url)
    if token := settings.zalo_bot_token.get_secret_value():
        platforms["zalo"] = Zalo(token, api_url=settings.zalo_api_url)
    app = App(
        database=Database(settings.database, LIMITS),
        platforms=platforms,
        office=settings.office,
        clock=clock,
        data=settings.data_dir,
        pace=Pace(),
        watch=ClockWatch(),
        says=lambda kind, what: say(startup.wait_for_network(what.capitalize())),
    )
    try:
        await app.start()
        say(startup.running(startup.channels(list(platforms))))
        await app.run()
    finally:
        await app.stop()


async def _sandbox(settings: Settings, say: Say) -> None:
    from bot.rehearsal import CLOCK, Rehearsal, invite_cast
    from bot.sandbox.room import Room
    from bot.sandbox.server import make_app, serve

    clock = MovableClock()
    prepare(settings, settings.office.day(clock.now()), clock.now())
    database = Database(settings.database, LIMITS)
    # The sandbox keeps its own, moved time over a restart, or what was said would lie in the future.
    clock.offset = timedelta(seconds=await database.turn(lambda store: float(store.meta.get(CLOCK) or 0)))
    journal = settings.data_dir / "sandbox.jsonl"
    room = Room(clock.now, journal=journal, bot_name=startup.BOT_NAME, bot_username="nhacviec_santhu_bot")
    port = settings.sandbox_port or _free_port()
    url = f"http://{SANDBOX_HOST}:{port}"
    app = App(
        database=database,
        platforms={
            "telegram": Telegram(SANDBOX_TELEGRAM, files_root=settings.data_dir, api_url=url, now=clock.now),
            "zalo": Zalo(SANDBOX_ZALO, api_url=f"{url}/zalo", poll_spacing=0.05, now=clock.now),
        },
        office=settings.office,
        clock=clock,
        data=settings.data_dir,
        pace=unhurried(),
    )
    await app.refresh_calendar()
    control = Rehearsal(app=app, room=room, clock=clock)
    api = make_app(room, control, telegram_token=SANDBOX_TELEGRAM, zalo_token=SANDBOX_ZALO, page_dir=PAGE)
    ready = asyncio.Event()
    server = asyncio.create_task(serve(api, SANDBOX_HOST, port, on_ready=lambda _: ready.set()))
    try:
        await asyncio.wait([server, asyncio.ensure_future(ready.wait())], return_when=asyncio.FIRST_COMPLETED)
        if server.done():
            await server
        await app.start()
        control.invites = await database.turn(lambda store: invite_cast(store, app.bot_links["telegram"], clock.now()))
        say(startup.sandbox_ready(port))
        await app.run()
    finally:
        await app.stop()
        server.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await server


def _free_port() -> int:
    with socket.create_server((SANDBOX_HOST, 0)) as found:
        return int(found.getsockname()[1])
