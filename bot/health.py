"""What monitoring asks: /health for a watchman, /metrics for Prometheus, and the beat that stops when the work does (R18).

The beat goes to a place of the office's choosing that is none of the channels: silence there is the alarm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta

import httpx
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.app import App
from scheduler.housekeeping import free_share
from storage.pulse import Pulse

log = logging.getLogger(__name__)

BEAT = 60.0  # seconds


def routes(app: App) -> list[Route]:
    """For bot.web."""

    async def health(request: Request) -> Response:
        pulse = await _felt(app)
        if pulse is None:
            return JSONResponse({"healthy": False, "problems": ["database"]}, 503)
        problems = pulse.problems
        told = {"healthy": not problems, "problems": list(problems), **_figures(pulse)}
        return JSONResponse(told, 503 if problems else 200, {"Cache-Control": "no-store"})

    async def metrics(request: Request) -> Response:
        pulse = await _felt(app)
        if pulse is None:
            return Response("database", 503)
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Figures(pulse, free_share(app.data)))
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return [Route("/health", health), Route("/metrics", metrics)]


async def beat(app: App, url: str, client: httpx.AsyncClient) -> bool:
    """Ping the dead man's switch, only while all is well; whether it was pinged. Never raises for the network's faults."""
    pulse = await _felt(app)
    if pulse is None or pulse.problems:
        return False
    try:
        answer = await client.get(url, timeout=10)
    except httpx.HTTPError as error:
        log.warning("heartbeat not delivered error=%s", type(error).__name__)
        return False
    if answer.status_code >= 400:
        log.warning("heartbeat refused status=%s", answer.status_code)
    return answer.status_code < 400


async def beating(app: App, url: str) -> None:
    """Beat once a minute until cancelled."""
    async with httpx.AsyncClient() as client:
        while True:
            await asyncio.sleep(BEAT)
            await beat(app, url, client)


async def _felt(app: App) -> Pulse | None:
    """None when the database does not answer: then nothing works."""
    try:
        return await app.pulse()
    except Exception as error:
        log.exception("no pulse error=%s", type(error).__name__)
        return None


def _figures(pulse: Pulse) -> dict[str, object]:
    return {
        "due_late_seconds": _seconds(pulse.due_late),
        "inbox_late_seconds": _seconds(pulse.inbox_late),
        "messages": pulse.messages,
        "updates": pulse.updates,
        "poll_age_seconds": {name: _seconds(age) for name, age in pulse.polled.items()},
        "backup_age_seconds": _seconds(pulse.backed_up),
        "tick_age_seconds": _seconds(pulse.ticked),
    }


class _Figures(Collector):
    """The pulse as Prometheus reads it; a figure that does not exist now is left out."""

    def __init__(self, pulse: Pulse, free: float) -> None:
        self._pulse = pulse
        self._free = free

    def collect(self) -> Iterator[Metric]:
        pulse = self._pulse
        yield _one("nhacviec_healthy", "1 while nothing is late.", 0.0 if pulse.problems else 1.0)
        yield _one("nhacviec_disk_free_ratio", "Free share of the data disk.", self._free)
        for name, what, age in (
            ("due_late", "How long the oldest message that may be sent has waited.", pulse.due_late or timedelta()),
            ("inbox_late", "How long the oldest update has waited.", pulse.inbox_late or timedelta()),
            ("backup_age", "Age of the newest backup.", pulse.backed_up),
            ("tick_age", "Age of the last tick.", pulse.ticked),
        ):
            if age is not None:
                yield _one(f"nhacviec_{name}_seconds", what, age.total_seconds())
        polled = GaugeMetricFamily("nhacviec_poll_age_seconds", "Age of a platform's last sign.", labels=["platform"])
        for platform, age in pulse.polled.items():
            if age is not None:
                polled.add_metric([platform], age.total_seconds())
        yield polled
        for name, counts in (("messages", pulse.messages), ("updates", pulse.updates)):
            family = GaugeMetricFamily(f"nhacviec_{name}", f"How many {name} are in each state.", labels=["state"])
            for state, count in sorted(counts.items()):
                family.add_metric([state], count)
            yield family


def _one(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value=value)


def _seconds(age: timedelta | None) -> float | None:
    return age.total_seconds() if age is not None else None
