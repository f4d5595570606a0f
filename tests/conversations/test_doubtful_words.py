"""What people type at the moments that count: only what is meant sends, closes or erases, on both platforms."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.messages import Attached, Choice, Incoming, Other, Outgoing, PlatformName, RemoteFile, Said
from bot.domain.people import Role
from handlers import router
from handlers.request import Request
from storage.files import StoredFile
from storage.store import Store
from tests import beside
from tests.conversations.counter import Officer
from tests.conversations.reports import WHOLE
from tests.conversations.window import Window

CASES = json.loads((beside.FOLDER / "domain" / "typing_cases.json").read_text("utf-8")) if beside.THERE else []

# How people on a phone say yes, no, wait, thanks, and everything else that is not an answer to the question.
SAID = """
ok|oke|okie|ok chị|OK ạ|dạ|vâng|vâng ạ|dạ vâng|da|vang|ừ|uh|ờ|được|dc|đc|được ạ|rồi|r|xong|xong rồi|đúng|đúng rồi ạ|dung|dừng|
dừng lại|chính xác|phải|có|co|không|ko|k|kg|hok|không ạ|khoan|khoan đã|chờ chút|từ từ|để em xem lại|để em hỏi lại|để sau|
đã gửi|da gui|gửi rồi ạ|đã gửi qua văn bản|chưa gửi|đừng gửi|không gửi|gửi?|gửi chưa ạ?|ok?|chốt chưa?|gửi sau|em gửi|
em gửi chị ạ|gửi chị ạ|gui anh|gửi file|gửi|Gửi ạ|dạ gửi ạ|gui|GỬI|“gửi”|guwir|gửi luôn|gửi lại|gửi báo cáo|nộp|hoàn tất|
cho em gửi|👍|👌|❤️|🙏|+1|:)|1|2|3|0|01|1 2|1,2|12/14|-1|a|A|b|c|d|e|a)|chọn a|ạ|à|á|đ|ê|dạ c|dạ c ạ|vâng a|da a|1)|(1)|chọn 1|
câu 1|câu a|hủy|huỷ|huy|Huy|thôi|thôi ạ|thôi gửi|xoá|xóa|xoa|chốt|chot|chưa chốt|xác nhận|xac nhan|xác nhận chốt|đồng ý|dong y|
không đồng ý|duyệt|duyet|chấp nhận|mở lại|mơ lại|giữ lại|yes|no|TP|CT|NV|ntn|vs|cx|cảm ơn|cảm ơn em|alo|?|...|gửi 1 tin|
gửi trả lại|đồng ý xoá|gửi yêu cầu xoá
"""
TYPED = tuple(dict.fromkeys((*filter(None, (word.strip() for word in SAID.replace("\n", "").split("|"))),)))
WRITTEN = tuple(dict.fromkeys((*TYPED, *(case["input"] for case in CASES))))


@dataclass(frozen=True)
class Screen:
    """A moment that counts.

    Attributes:
        comes: plays up to it; who stands before it.
        action: what must not happen by mistake.
        label: its choice, as shown.
        meant: what else of TYPED may bring it about while nothing was said since, besides its number or letter.
    """

    comes: Callable[[Window], Officer]
    action: str
    label: str
    meant: str
    mark: str = "a"
    other: str = ""  # what of TYPED plainly does the other thing this screen offers


ANSWERS = {code: text for code, text in WHOLE.items() if code != "SK_131"}  # that one is asked at the year's end


def review(window: Window) -> Officer:
    window.answered("P5", send=False, **ANSWERS)
    window.minh.says("/baocao")
    window.minh.sees("Gửi")
    return window.minh


def incomplete(window: Window) -> Officer:
    window.answered("P5", send=False, TCD_LUOT="40")
    window.minh.says("xem lại")
    window.minh.says("/sua")
    window.minh.chooses("Gửi")
    window.minh.sees("Gửi luôn?")
    return window.minh


def odd(window: Window) -> Officer:
    nothing = dict.fromkeys(ANSWERS, "chưa có số") | {"KH_DV": "đã có", "CK_ND": "đủ", "KK": "không"}
    window.answered("P5", send=False, **nothing)
    window.minh.says("/baocao")
    window.minh.chooses("Gửi")
    window.minh.sees("Có đúng vậy không?")
    return window.minh


def closing(window: Window) -> Officer:
    window.hoa.says("/chot")
    window.hoa.chooses("Chốt kỳ này")
    return window.hoa


def nudging(window: Window) -> Officer:
    window.hoa.says("/nhac")
    window.hoa.chooses("Chưa bắt đầu")
    return window.hoa


def seat_asked(window: Window) -> Officer:
    """Nobody asked her anything: this is an announcement."""

    def ask(store: Store) -> None:
        person = store.people.add(name="Lê Thị Mai", honorific="chị", phone="", now=window.now)
        unit = window.unit_id(store, "P6")
        store.people.ask_seat(person_id=person.id, unit_id=unit, role=Role.FOCAL, now=window.now)

    window.ask(ask)
    window.hoa.says("/duyet")
    return window.hoa


def seat_ending(window: Window) -> Officer:
    window.hoa.says("/nguoi Phường 5")
    window.hoa.chooses("Thôi giữ vai trò")
    return window.hoa


def erasing(window: Window) -> Officer:
    window.minh.says("/toi")
    window.minh.chooses("Rút đồng ý")
    return window.minh


def erasure(window: Window) -> Officer:
    erasing(window)
    window.minh.chooses("Gửi yêu cầu xoá")
    window.officer("Lê Văn Tám", "NV", window.platform, Role.COORDINATOR)
    window.hoa.says("/yeucau")
    window.hoa.chooses("Đồng ý xoá")
    return window.hoa


def answering(window: Window) -> Officer:
    window.minh.says("/vuongmac")
    window.minh.says("Thiếu kinh phí tuyên truyền ở khu phố 3.")
    window.hoa.says("/vuongmac")
    window.hoa.chooses("KK-0001")
    window.hoa.chooses("Trả lời")
    window.hoa.says("Phòng sẽ trình UBND quận trong tuần này.")
    return window.hoa


def returning(window: Window) -> Officer:
    window.answered("P5", **ANSWERS)
    window.hoa.says("/tonghop")
    window.hoa.chooses("Theo đơn vị")
    while "Phường 5:" not in window.hoa.heard[-1][1].text:
        window.hoa.chooses("Trang sau")
    window.hoa.chooses("Phường 5")
    window.hoa.chooses("Trả lại")
    window.hoa.says("2, 4")
    window.hoa.says("Lượt tiếp tăng gấp đôi")
    return window.hoa


SEND = "gửi|Gửi ạ|dạ gửi ạ|gui|GỬI|“gửi”"
SUBMIT = f"{SEND}|guwir|gửi luôn|gửi lại|gửi báo cáo|nộp|hoàn tất|cho em gửi"
YES = "ok|OK ạ|vâng|vâng ạ|vâng a|dạ vâng|vang|đúng|đúng rồi ạ|chính xác|phải|có|co"
SCREENS = {
    "review": Screen(review, "report-send", "Gửi", SUBMIT),
    "incomplete": Screen(incomplete, "report-send-anyway", "Vẫn gửi", "gửi luôn"),
    "odd": Screen(odd, "report-check-sure", "Đúng, gửi luôn", f"{YES}|{SUBMIT}"),
    "closing": Screen(closing, "round-close-sure", "Xác nhận chốt", "chốt|chot|có|co|xác nhận chốt"),
    "nudging": Screen(nudging, "nudge-send", "Gửi 1 tin", f"{SEND}|gửi 1 tin"),
    "seat": Screen(
        seat_asked, "seat-confirm", "Xác nhận", "xác nhận|xac nhan|đồng ý|dong y|duyệt|duyet", mark="1", other="2|không đồng ý"
    ),
    "ending": Screen(seat_ending, "seat-end-yes", "Đồng ý", "đồng ý|dong y|có|co|ok|OK ạ|xác nhận|xac nhan", mark="1"),
    "erasing": Screen(erasing, "me-erase-yes", "Gửi yêu cầu xoá", "gửi yêu cầu xoá", mark="1"),
    "erasure": Screen(erasure, "erasure-approve-surely", "Xác nhận xoá", "", mark="1", other="2"),
    "answering": Screen(answering, "difficulty-send", "Gửi", f"{SEND}|ok|OK ạ|đồng ý|dong y"),
    "returning": Screen(returning, "return-send", "Gửi trả lại", f"{SEND}|gửi trả lại"),
}


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> Screen:
    return SCREENS[request.param]


@pytest.fixture
def window(tmp_path: Path, platform: PlatformName) -> Window:
    return Window(tmp_path, platform)


class Undone(Exception):
    """Nothing of the turn stays."""


@dataclass
class Presses:
    """Which consequential things one turn would have done; nothing of it stays."""

    window: Window
    who: Officer
    patch: pytest.MonkeyPatch

    def by(self, incoming: Incoming, file: StoredFile | None = None) -> set[str]:
        done: set[str] = set()

        def noting(name: str) -> Callable[[Request, Store], list[Outgoing]]:
            def noted(request: Request, store: Store) -> list[Outgoing]:
                done.add(name)
                return []

            return noted

        round_id = self.window.round_id()

        def turn(store: Store) -> None:
            unit_id = self.window.unit_id(store, "P5")
            before = store.answers.report(round_id, unit_id)
            router.handle(incoming, store, self.window.around, self.window.now, file)
            if store.answers.report(round_id, unit_id) != before:
                done.add("report-send")
            raise Undone

        with self.patch.context() as patch:
            for name, route in router.ACTIONS.items():
                if route.grave:
                    patch.setitem(router.ACTIONS, name, replace(route, handler=noting(name)))
            with pytest.raises(Undone):
                self.window.ask(turn)
        return done

    def saying(self, text: str, **more: object) -> set[str]:
        return self.by(replace(Said(origin=self.window.origin(self.who), text=text), **more))  # type: ignore[arg-type]


def before(window: Window, screen: Screen, patch: pytest.MonkeyPatch) -> Presses:
    return Presses(window, screen.comes(window), patch)


def meant(screen: Screen) -> set[str]:
    """Everything of TYPED that says it plainly."""
    by_mark = {"a": {"a", "A", "a)", "chọn a", "câu a"}, "1": {"1", "01", "1)", "(1)", "chọn 1"}}
    return set(screen.meant.split("|")) - {""} | by_mark[screen.mark]


def test_only_what_says_so_plainly_sends_closes_or_erases(
    window: Window, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    presses = before(window, screen, monkeypatch)
    typed = WRITTEN if screen.comes is review else TYPED
    plainly, other = meant(screen), set(screen.other.split("|")) - {""}
    # Both platforms hand the same words to the same router: the whole table where everything is typed, a part where not.
    tried = typed if presses.who.chat.platform == "zalo" else {*sorted(typed)[::8], *plainly, *other}
    assert {text for text in tried if presses.saying(text)} == plainly | other


def said_meanwhile(window: Window, who: Officer) -> None:
    """Something else arrives, with nothing to choose in it."""
    window.ask(lambda store: store.outbox.add(who.chat, Outgoing(text="Phường 6 đã gửi."), now=window.now, kind="notice"))
    window.ask(window._deliver)
    window.now += timedelta(seconds=30)


def test_after_another_message_nothing_that_is_typed_does_it_unasked(
    window: Window, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    presses = before(window, screen, monkeypatch)
    said_meanwhile(window, presses.who)
    plainly = sorted(meant(screen))
    assert {text for text in plainly if presses.saying(text)} == set()
    presses.who.says(screen.mark)
    presses.who.sees("Chưa rõ anh/chị trả lời câu nào", screen.label)
    assert presses.saying(screen.mark), "asked back once, then taken"


def test_a_mere_ok_after_another_message_is_not_about_the_old_question(window: Window) -> None:
    hoa = seat_ending(window)
    said_meanwhile(window, hoa)
    hoa.says("ok")
    hoa.sees_nothing_of("Chưa rõ anh/chị trả lời câu nào")
    hoa.sees("Cảm ơn anh/chị")


def test_the_next_day_nothing_that_is_typed_does_it_unasked(
    window: Window, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    presses = before(window, screen, monkeypatch)
    window.now = window.now.replace(day=window.now.day + 1, hour=8)
    assert {text for text in meant(screen) if presses.saying(text)} == set()


def test_somebody_elses_words_another_message_and_late_corrections_do_not_do_it(
    window: Window, screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    presses = before(window, screen, monkeypatch)
    for text in (screen.mark, screen.label):
        assert presses.saying(text)
        assert not presses.saying(text, forwarded=True)
        assert not presses.saying(text, edited=True)
        assert not presses.saying(text, reply_to="m1")
    origin = window.origin(presses.who)
    assert not presses.saying(screen.mark, origin=replace(origin, at=window.now.replace(hour=8))), "typed before it was shown"
    assert not presses.by(Other(origin=origin, kind="sticker"))
    assert not presses.by(Other(origin=origin, kind="voice"))
    for caption in (screen.mark, screen.label, "gửi"):
        file = StoredFile(sha256="0" * 64, path="files/x", name="a.jpg", mime="image/jpeg", size=3)
        assert not presses.by(Attached(origin=origin, file=RemoteFile(ref="x"), caption=caption), file)
        assert not presses.by(Attached(origin=origin, file=None, caption=caption))


def test_the_answer_to_the_message_itself_does_it(window: Window, screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    presses = before(window, screen, monkeypatch)
    assert presses.saying(screen.label, reply_to=presses.who.heard[-1][0])


def test_a_reason_in_words_is_kept_and_sends_nothing(window: Window) -> None:
    minh = odd(window)
    minh.says("để em hỏi lại chị Lan đã")
    minh.sees("Báo cáo chưa gửi")
    unit = window.ask(lambda store: window.unit_id(store, "P5"))
    assert window.ask(lambda store: store.answers.report(window.round_id(), unit)) is None
    minh.chooses("Gửi")
    minh.sees("Đã nhận báo cáo")


def test_what_is_queued_for_later_is_not_what_was_shown_last(window: Window) -> None:
    """A broadcast that leaves in a minute was written before the question it arrives behind."""
    broadcast = Outgoing(
        text="Thông báo", choices=((Choice(label="Đã đọc", action=("/help",)), Choice(label="Trả lời", action=("/help",))),)
    )
    later = window.now.replace(minute=50)
    window.ask(lambda store: store.outbox.add(window.minh.chat, broadcast, now=window.now, kind="notice", not_before=later))
    window.minh.says("/baocao")
    window.minh.says("1")
    window.minh.sees("✓ Câu 1", "Câu 1b")
    window.minh.says("lùi")
    window.now = later
    window.ask(window._deliver)
    window.minh.says("1")
    window.minh.sees("Chưa rõ anh/chị trả lời câu nào", "Câu 1/10")


def test_every_last_step_before_something_leaves_or_ends_is_guarded() -> None:
    """By the names such steps have; `answer-sure` only keeps an answer, which can be corrected."""
    last_step = re.compile(r"(send|-sure|surely|apply|yes|anyway)$")
    open_ = {name for name, route in router.ACTIONS.items() if last_step.search(name) and not route.grave}
    assert open_ == {"answer-sure"}
    assert len([route for route in router.ACTIONS.values() if route.grave]) > 25
