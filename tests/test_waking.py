"""What workers sleep on."""

from __future__ import annotations

import asyncio

from bot.waking import Wake


async def test_a_cancellation_that_comes_together_with_the_waking_is_not_lost() -> None:
    wake = Wake()

    async def works() -> None:
        while True:
            wake.clear()
            await wake.sleep(60)

    worker = asyncio.create_task(works())
    while not wake.asleep:
        await asyncio.sleep(0)
    for turns in range(3):
        for _ in range(5):
            await asyncio.sleep(0)
        wake.set()
        for _ in range(turns):
            await asyncio.sleep(0)
        worker.cancel()
        await asyncio.wait([worker], timeout=5)
        assert worker.cancelled()
        worker = asyncio.create_task(works())
    worker.cancel()
    await asyncio.wait([worker])
