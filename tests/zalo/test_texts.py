"""What really goes to Zalo: never too long, cut at paragraphs, and no markup, whatever people are called."""

from __future__ import annotations

from bot.chat.split import units
from bot.domain.people import Role
from tests.conversations.test_main_job import answer_all
from tests.people import Actor, Town, local

MOST = 2000


def sent(town: Town) -> list[dict[str, str]]:
    return [call["params"] for call in town.room.calls_on("zalo") if call["method"] in ("sendMessage", "sendPhoto")]


async def everything(town: Town, hoa: Actor, lan: Actor) -> None:
    """Every screen that grows with the number of units, people and questions."""
    for text in (
        "/help",
        "/start",
        "/tonghop",
        "/nguoi",
        "/duyet",
        "/lich",
        "/moi",
        "/vuongmac",
        "/kehoach",
        "/hanmuc",
        "/kenh",
    ):
        await hoa.says(text)
        for label in ("Số liệu", "Theo đơn vị", "Xem tiếp", "Sau"):
            if f") {label}" in hoa.screen:
                await hoa.chooses(label)
    for text in ("/help", "/start", "/baocao", "/tiendo", "/kehoach", "/vuongmac", "/huy", "/toi"):
        await lan.says(text)


async def test_the_longest_screens_fit_and_nothing_is_refused(spring: Town) -> None:
    hoa = await spring.settler("chị Nguyễn Thị Hoa", "NV", "zalo", Role.COORDINATOR)
    lan = await spring.settler("chị Trần Thị Lan", "P5", "zalo")
    for number in range(1, 18):
        if number not in (2, 5):
            await spring.settler(f"anh Nguyễn Phúc Hoàng {'ABCDEFGHIKLMNOPQR'[number - 1]}", f"P{number}", "zalo")
    await spring.time_passes(local(2026, 3, 31, 9))
    await lan.chooses("Bắt đầu")
    await answer_all(lan, "Khó khăn: " + "thiếu kinh phí cho công tác tuyên truyền, phổ biến pháp luật. " * 40)
    await lan.says("/tiendo")
    await everything(spring, hoa, lan)
    lengths = [units(params.get("text") or params["caption"]) for params in sent(spring)]
    assert max(lengths) <= MOST
    assert max(lengths) > 1000, "something long was really said"
    assert not (await spring.ask(lambda store: store.outbox.counts())).get("dead")


async def test_nothing_is_sent_as_markup_and_what_looks_like_it_arrives_as_typed(spring: Town) -> None:
    await spring.settler("chị Nguyễn Thị Hoa", "NV", "zalo", Role.COORDINATOR)
    lan = await spring.settler("chị Trần Thị Lan", "P5", "zalo")
    await spring.time_passes(local(2026, 3, 31, 9))
    await lan.chooses("Bắt đầu")
    await lan.chooses("Đã có")
    await lan.says("số *12*/KH_UBND <b>1</b> & {red}x{/red}")
    lan.sees("*12*/KH_UBND <b>1</b> & {red}x{/red}")
    assert all(not {"parse_mode", "text_styles"} & set(params) for params in sent(spring))
