"""`run`: the bot on its real channels, or, without any token, in its own sandbox."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import socket
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot import channels, health, logs, web
from bot.app import App, prepare, sole_process
from bot.clock import Clock, MovableClock
from bot.domain.links import Links
from bot.platforms.telegram import Telegram
from bot.platforms.zalo import Zalo
from bot.platforms.zalo_webhook import Webhook
from bot.settings import Settings
from bot.texts import startup
from scheduler.clockwatch import ClockWatch
from scheduler.pace import Pace, unhurried
from storage.clearing import Retention
from storage.database import Database
from storage.store import Store

SANDBOX_HOST = "127.0.0.1"
# The sandbox's own tokens: they open nothing.
SANDBOX_TELEGRAM = "700000001:sandbox-telegram-token"
SANDBOX_ZALO = "1459232241454765289:sandbox-zalo-token"
LINK_KEY = "link key"
PAGE = Path(__file__).parent / "sandbox" / "page"

Say = Callable[[str], None]


async def run(settings: Settings, say: Say, mark: str = "") -> None:
    """Run until SIGINT or SIGTERM. `mark`: what every message in the sandbox begins with. Raises what bot.__main__ turns into
    one clear sentence."""
    with sole_process(settings.data_dir):
        work = asyncio.create_task(_sandbox(settings, say, mark) if settings.sandbox else _real(settings, say))
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
    database = Database(settings.database, channels.limits(bool(settings.public_url)))
    links = await _links(database, settings.public_url) if settings.public_url else None
    platforms = channels.real(
        settings,
        public_link=(lambda file: channels.file_link(links, file, clock.now())) if links else None,
        webhook=_webhook(settings, links) if links else None,
    )
    app = App(
        database=database,
        platforms=platforms,
        links=links,
        office=settings.office,
        clock=clock,
        data=settings.data_dir,
        pace=Pace(),
        watch=ClockWatch(),
        retention=Retention(
            inbox=settings.retention_inbox_days,
            outbox=settings.retention_outbox_days,
            guesses=settings.retention_guesses_days,
            dialogs=settings.retention_dialogs_days,
            people=settings.retention_people_days,
        ),
        says=lambda kind, what: say(startup.wait_for_network(what.capitalize())),
    )
    try:
        # The web server first: Zalo calls a webhook the moment it is set.
        async with _web(app, settings.http_host, settings.http_port) as port:
            say(startup.web_ready(f"{settings.http_host}:{port}", settings.public_url))
            await app.start()
            say(startup.running(startup.channels(list(platforms))))
            async with _beating(app, settings.heartbeat_url.get_secret_value()):
                await app.run()
    finally:
        await app.stop()


async def _sandbox(settings: Settings, say: Say, mark: str) -> None:
    from bot.rehearsal import CLOCK, Rehearsal, invite_cast
    from bot.sandbox.room import Room
    from bot.sandbox.server import make_app, serve

    clock = MovableClock()
    prepare(settings, settings.office.day(clock.now()), clock.now())
    database = Database(settings.database, channels.limits(linked=True, mark=mark))
    # The sandbox keeps its own, moved time over a restart, or what was said would lie in the future.
    clock.offset = timedelta(seconds=await database.turn(lambda store: float(store.meta.get(CLOCK) or 0)))
    journal = settings.data_dir / "sandbox.jsonl"
    room = Room(clock.now, journal=journal, bot_name=startup.BOT_NAME, bot_username="nhacviec_santhu_bot")
    port = settings.sandbox_port or _free_port()
    url = f"http://{SANDBOX_HOST}:{port}"
    web_port = _free_port()
    links = await _links(database, f"http://{SANDBOX_HOST}:{web_port}")
    app = App(
        database=database,
        platforms={
            "telegram": Telegram(SANDBOX_TELEGRAM, files_root=settings.data_dir, api_url=url, now=clock.now),
            "zalo": Zalo(
                SANDBOX_ZALO,
                api_url=f"{url}/zalo",
                poll_spacing=0.05,
                public_link=lambda file: channels.file_link(links, file, clock.now()),
                now=clock.now,
            ),
        },
        links=links,
        office=settings.office,
        clock=clock,
        data=settings.data_dir,
        pace=unhurried(),
    )
    await app.refresh_office()
    # The bot's own work comes first.
    control = Rehearsal(app=app, room=room, clock=clock, glance=0.02)
    api = make_app(room, control, telegram_token=SANDBOX_TELEGRAM, zalo_token=SANDBOX_ZALO, page_dir=PAGE)
    ready = asyncio.Event()
    server = asyncio.create_task(serve(api, SANDBOX_HOST, port, on_ready=lambda _: ready.set()))
    try:
        await asyncio.wait([server, asyncio.ensure_future(ready.wait())], return_when=asyncio.FIRST_COMPLETED)
        if server.done():
            await server
        async with _web(app, SANDBOX_HOST, web_port):
            await app.start()
            control.invites = await database.turn(lambda store: invite_cast(store, app.bot_links["telegram"], clock.now()))
            say(startup.sandbox_ready(port))
            await app.run()
    finally:
        await app.stop()
        server.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await server


@contextlib.asynccontextmanager
async def _web(app: App, host: str, port: int) -> AsyncIterator[int]:
    """The bot's own web server while it is needed; the port it has. Raises OSError when it cannot be had."""
    ready: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    server = asyncio.create_task(web.serve(web.application(app), host, port, ready.set_result))
    waited: set[asyncio.Future[Any]] = {server, ready}
    try:
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if server.done():
            await server
        yield ready.result()
    finally:
        server.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await server


@contextlib.asynccontextmanager
async def _beating(app: App, url: str) -> AsyncIterator[None]:
    """The dead man's switch, where one is set. Its address is what silences it, so it is a secret."""
    if not url:
        yield
        return
    logs.protect(url)
    task = asyncio.create_task(health.beating(app, url))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _links(database: Database, base: str) -> Links:
    """Signed links, with the key this installation keeps; made the first time."""

    def key(store: Store) -> str:
        if (found := store.meta.get(LINK_KEY)) is None:
            store.meta.put(LINK_KEY, found := secrets.token_hex(32))
        return found

    found = await database.turn(key)
    logs.protect(found)
    return Links(base=base, key=bytes.fromhex(found))


def _webhook(settings: Settings, links: Links) -> Webhook:
    secret = settings.zalo_webhook_secret.get_secret_value() or web.webhook_secret(links.key)
    logs.protect(secret)
    return Webhook(url=settings.public_url + web.WEBHOOK, secret=secret)


def _free_port() -> int:
    with socket.create_server((SANDBOX_HOST, 0)) as found:
        return int(found.getsockname()[1])
