"""The sandbox's page in a real browser: what people see, press, type and send."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

HOSTILE = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
PHONE = {"width": 390, "height": 844}


def pane(page: Page, name: str) -> Locator:
    return page.locator(".pane", has=page.get_by_text(name, exact=True))


def opened(page: Page, sandbox: Any, name: str = "Nguyễn Thị Lan") -> int:
    """Let somebody of the cast open their invitation; their Telegram chat id."""
    pane(page, name).get_by_role("button", name="Mở liên kết trên Telegram").click()
    chat_id: int = sandbox.telegram.hears()["chat"]["id"]
    return chat_id


def write(page: Page, name: str, text: str) -> None:
    box = pane(page, name).get_by_role("textbox", name="Tin nhắn")
    box.fill(text)
    box.press("Enter")


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress((b"\0" + b"\x30\x90\xc0" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def test_opening_an_invitation_presses_start_and_the_answer_is_a_bubble_with_its_lines_and_rows_of_buttons(page, sandbox):
    pane(page, "Nguyễn Thị Lan").get_by_role("button", name="Mở liên kết trên Telegram").click()
    heard = sandbox.telegram.hears()
    assert heard["text"] == "/start P5-3XW9AB"
    sandbox.telegram.say(
        heard["chat"]["id"],
        "Kính gửi UBND Phường 5.\nXin chọn:",
        [[("Bắt đầu", "go"), ("Để sau", "later")], [("Khó khăn", "hard")]],
    )

    bubble = pane(page, "Nguyễn Thị Lan").locator(".message.bot")
    expect(bubble.locator(".text")).to_have_text("Kính gửi UBND Phường 5.\nXin chọn:")
    assert bubble.locator(".text").evaluate("node => node.getBoundingClientRect().height") > 35, "two lines, not one"
    expect(bubble.locator("time")).to_have_text("09:00")
    rows = bubble.locator(".keyboard .row")
    expect(rows).to_have_count(2)
    assert rows.nth(0).locator(".key").all_inner_texts() == ["Bắt đầu", "Để sau"]
    expect(pane(page, "Nguyễn Thị Lan").locator(".day")).to_have_text("Thứ Sáu 28/4/2023")


def test_a_pressed_button_reaches_the_bot_and_shows_its_toast_its_mark_and_the_edited_message(page, sandbox):
    chat_id = opened(page, sandbox)
    sent = sandbox.telegram.say(chat_id, "Đã có kế hoạch chưa?", [[("Đã có", "q1:yes"), ("Chưa", "q1:no")]])
    lan = pane(page, "Nguyễn Thị Lan")
    lan.get_by_role("button", name="Đã có").click()

    query = sandbox.telegram.next()["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("q1:yes", sent["message_id"])
    sandbox.telegram.call("answerCallbackQuery", callback_query_id=query["id"], text="Đã ghi nhận")
    expect(lan.locator(".system")).to_have_text("Đã ghi nhận")
    expect(lan.locator(".key.pressed")).to_have_text(re.compile("Đã có"))

    sandbox.telegram.call("editMessageText", chat_id=chat_id, message_id=sent["message_id"], text="Đã có kế hoạch: có")
    expect(lan.locator(".message.bot .text")).to_have_text("Đã có kế hoạch: có")
    expect(lan.locator(".message.bot .meta")).to_have_text(re.compile("đã sửa"))
    expect(lan.locator(".key")).to_have_count(0)


def test_on_zalo_one_types_and_nothing_of_it_shows_on_telegram(page, sandbox):
    pane(page, "Lê Văn Minh").get_by_role("button", name="Gõ mã mời trên Zalo").click()
    heard = sandbox.zalo.hears()
    assert heard["text"] == "DT-8HJ2KL"
    sandbox.zalo.say(heard["chat"]["id"], "Đúng đơn vị chưa?\n1) Đúng\n2) Sai")

    minh = pane(page, "Lê Văn Minh")
    expect(minh.get_by_role("tab", name="Zalo")).to_have_attribute("aria-selected", "true")
    expect(minh.locator(".message.bot .text")).to_have_text("Đúng đơn vị chưa?\n1) Đúng\n2) Sai")
    expect(minh.locator(".key")).to_have_count(0)
    expect(minh.get_by_role("button", name="Danh sách lệnh")).to_be_hidden()
    write(page, "Lê Văn Minh", "1")
    assert sandbox.zalo.hears()["text"] == "1"
    expect(minh.locator(".message.person .text")).to_have_text(["DT-8HJ2KL", "1"])

    minh.get_by_role("tab", name="Telegram").click()
    expect(minh.locator(".message")).to_have_count(0)


def test_a_message_on_the_hidden_channel_counts_as_unread_until_it_is_looked_at(page, sandbox):
    pane(page, "Lê Văn Minh").get_by_role("button", name="Gõ mã mời trên Zalo").click()
    chat = sandbox.zalo.hears()["chat"]["id"]
    minh = pane(page, "Lê Văn Minh")
    minh.get_by_role("tab", name="Telegram").click()
    sandbox.zalo.say(chat, "Còn 7 ngày.")
    sandbox.zalo.say(chat, "Còn 1 ngày.")

    expect(minh.get_by_role("tab", name="Zalo").locator(".badge")).to_contain_text("2")
    expect(page.locator(".switcher .badge")).to_contain_text("2")
    minh.get_by_role("tab", name="Zalo").click()
    expect(minh.locator(".badge")).to_have_count(0)
    expect(page.locator(".switcher .badge")).to_have_count(0)
    assert sandbox.state()["people"][0]["zalo"]["unread"] == 0


def test_an_invitation_inside_a_message_asks_who_opens_it_and_proposes_whom_it_is_for(page, sandbox):
    hoa = opened(page, sandbox, "Trần Thị Hoa")
    sandbox.telegram.say(hoa, "Chuyển cho Phường 5: https://t.me/nhacviec_bot?start=P5-3XW9AB.")
    pane(page, "Trần Thị Hoa").get_by_role("link", name="https://t.me/nhacviec_bot?start=P5-3XW9AB").click()

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("radio", name=re.compile("Nguyễn Thị Lan"))).to_be_checked()
    dialog.get_by_role("button", name="Mở liên kết").click()
    expect(dialog).to_have_count(0)
    heard = sandbox.telegram.hears()
    assert heard["text"] == "/start P5-3XW9AB"
    assert heard["chat"]["id"] != hoa
    expect(pane(page, "Nguyễn Thị Lan").locator(".message.person .text")).to_have_text("/start P5-3XW9AB")


def test_somebody_new_can_open_an_invitation_too(page, sandbox):
    hoa = opened(page, sandbox, "Trần Thị Hoa")
    sandbox.telegram.say(hoa, "Mời tiếp: t.me/nhacviec_bot?start=QWERTY12")
    pane(page, "Trần Thị Hoa").get_by_role("link", name="t.me/nhacviec_bot?start=QWERTY12").click()
    page.get_by_label("Tên người mới").fill("Phạm Quốc Tuấn")
    page.get_by_role("dialog").get_by_role("button", name="Mở liên kết").click()

    heard = sandbox.telegram.hears()
    assert heard["text"] == "/start QWERTY12"
    assert heard["chat"]["id"] != hoa
    expect(pane(page, "Phạm Quốc Tuấn").get_by_role("textbox", name="Tin nhắn")).to_be_focused()


def test_any_other_address_opens_apart_and_a_dangerous_one_is_no_link(page, sandbox):
    chat_id = opened(page, sandbox)
    sandbox.telegram.say(chat_id, "Xem https://vanban.chinhphu.vn/kh?a=1&b=2, hoặc javascript:alert(1)")
    text = pane(page, "Nguyễn Thị Lan").locator(".message.bot .text")
    link = text.get_by_role("link")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "https://vanban.chinhphu.vn/kh?a=1&b=2")
    expect(link).to_have_attribute("target", "_blank")
    expect(link).to_have_attribute("rel", re.compile("noopener"))


def test_a_code_is_copied_with_one_click(page, sandbox):
    chat_id = opened(page, sandbox)
    sandbox.telegram.say(chat_id, "Đã nhận (10/10 câu), mã GV5-6T-2023. Cảm ơn chị Lan.")
    pane(page, "Nguyễn Thị Lan").get_by_role("button", name=re.compile("GV5-6T-2023")).click()
    expect(page.locator(".toast")).to_have_text("Đã chép GV5-6T-2023")
    assert page.evaluate("() => navigator.clipboard.readText()") == "GV5-6T-2023"


def test_the_menu_lists_the_bots_commands_and_sends_the_chosen_one(page, sandbox):
    chat_id = opened(page, sandbox)
    commands = [{"command": "tonghop", "description": "Bảng tổng hợp"}, {"command": "trogiup", "description": "Cách dùng"}]
    sandbox.telegram.call("setMyCommands", commands=commands, scope={"type": "chat", "chat_id": chat_id})
    sandbox.telegram.say(chat_id, "Gõ /trogiup khi cần.")
    lan = pane(page, "Nguyễn Thị Lan")
    lan.get_by_role("button", name="Danh sách lệnh").click()
    expect(lan.locator(".menu button")).to_have_text(["/tonghopBảng tổng hợp", "/trogiupCách dùng"])
    lan.get_by_role("button", name="/tonghop Bảng tổng hợp").click()
    assert sandbox.telegram.hears()["text"] == "/tonghop"
    expect(lan.locator(".menu")).to_be_hidden()

    lan.locator(".message.bot").get_by_role("button", name="/trogiup").click()
    assert sandbox.telegram.hears()["text"] == "/trogiup"


def test_markup_in_names_texts_and_buttons_is_only_text(page, sandbox):
    page.get_by_role("button", name="+ Thêm người").click()
    page.get_by_label("Hoặc người khác: tên").fill("<b>Mai</b>")
    page.get_by_label("Đơn vị").fill(HOSTILE[:60])
    page.get_by_role("dialog").get_by_role("button", name="Thêm", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    mai = page.locator(".pane", has=page.locator(".head .name", has_text="<b>Mai</b>"))
    mai.get_by_role("textbox", name="Tin nhắn").fill(HOSTILE)
    mai.get_by_role("textbox", name="Tin nhắn").press("Enter")
    chat_id = sandbox.telegram.hears()["chat"]["id"]
    sandbox.telegram.say(chat_id, HOSTILE, [[("<u>nút</u>", "x")]])

    expect(mai.locator(".message .text")).to_have_text([HOSTILE, HOSTILE])
    expect(mai.locator(".key")).to_have_text("<u>nút</u>")
    expect(mai.locator(".head .name")).to_have_text("<b>Mai</b>")
    expect(mai.locator("img, script, b, u")).to_have_count(0)
    assert page.evaluate("() => window.hacked") is None


def test_formatting_keeps_only_the_allowed_tags_whatever_html_comes(page):
    hostile = (
        '<b onclick="window.hacked=1">đậm</b><i>nghiêng</i><img src=x onerror="window.hacked=1">'
        '<svg onload="window.hacked=1"><a>svg</a></svg><a href="javascript:window.hacked=1">xấu</a>'
        '<a href="data:text/html,x">dữ liệu</a><a href="https://a.vn/" onclick="x">tốt</a><iframe src=https://a.vn></iframe>'
        "<style>*{display:none}</style><pre>một\nhai</pre><math><b>x</b></math><br>hết"
    )
    made = page.evaluate(
        """async (html) => {
            const { rich } = await import("/richtext.js");
            const home = document.createElement("div");
            home.append(...rich({ text: "", html }, { bot: "nhacviec_bot", codes: [], openLink() {} }));
            const tags = [...home.querySelectorAll("*")].map((node) => node.tagName);
            return { tags, markup: home.innerHTML, hacked: window.hacked };
        }""",
        hostile,
    )
    assert set(made["tags"]) == {"B", "I", "SPAN", "A", "PRE", "BR"}
    assert not re.search(r"on\w+=|javascript:|data:|style", made["markup"])
    assert made["hacked"] is None
    assert made["markup"].endswith("hết")


def test_the_clock_shows_vietnams_time_and_moves_to_the_next_happening_while_its_controls_wait(page, sandbox):
    face = page.locator(".face")
    expect(face).to_have_text("Thứ Sáu 28/4/2023, 09:00")
    sandbox.clock.released.clear()
    page.get_by_role("button", name="Chuyển đến việc kế tiếp").click()
    expect(page.get_by_role("progressbar", name="Đang chuyển đồng hồ")).to_be_visible()
    expect(page.get_by_role("button", name="Đang chuyển…")).to_be_disabled()
    expect(page.get_by_role("button", name="Sắp tới")).to_be_disabled()
    sandbox.clock.released.set()
    expect(face).to_have_text("Thứ Năm 04/5/2023, 08:00")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_role("button", name="Chuyển đến việc kế tiếp")).to_be_enabled()


def test_the_clock_offers_every_happening_an_hour_a_working_day_and_a_date(page, sandbox):
    face, more = page.locator(".face"), page.get_by_role("button", name="Sắp tới")
    more.click()
    expect(page.locator(".upcoming li")).to_have_text(
        [re.compile(r"08:00 thứ Năm 04/5/2023.*Nhắc ngày cuối.*UBND Phường 5"), re.compile(r"09/5/2023.*Báo quá hạn")]
    )
    page.get_by_role("button", name="+1 giờ").click()
    expect(face).to_have_text("Thứ Sáu 28/4/2023, 10:00")
    more.click()
    page.get_by_role("button", name="+1 ngày làm việc").click()
    expect(face).to_have_text("Thứ Ba 02/5/2023, 10:00")  # over a weekend and the first of May
    more.click()
    page.get_by_label("Ngày và giờ mới").fill("2023-05-03T07:30")
    expect(page.locator(".meaning")).to_have_text("Thứ Tư 03/5/2023, 07:30")
    page.get_by_role("button", name="Chuyển", exact=True).click()
    expect(face).to_have_text("Thứ Tư 03/5/2023, 07:30")
    more.click()
    page.locator(".upcoming button", has_text="Báo quá hạn").click()
    expect(face).to_have_text("Thứ Ba 09/5/2023, 08:00")
    expect(page.get_by_role("button", name="Chuyển đến việc kế tiếp")).to_be_disabled()


def test_a_file_reaches_the_bot_and_comes_back_byte_for_byte(page, sandbox, tmp_path: Path):
    chat_id = opened(page, sandbox)
    lan = pane(page, "Nguyễn Thị Lan")
    report = tmp_path / "báo cáo.pdf"
    report.write_bytes(b"%PDF-1.7 " + b"x" * 3000)
    with page.expect_file_chooser() as chooser:
        lan.get_by_role("button", name="Gửi tệp").click()
    chooser.value.set_files(report)
    document = sandbox.telegram.hears()["document"]
    assert (document["file_name"], document["file_size"]) == ("báo cáo.pdf", 3009)
    expect(lan.locator(".message.person .file")).to_contain_text("báo cáo.pdf")
    expect(lan.locator(".message.person .file")).to_contain_text("3 KB")

    sheet = b"PK\3\4" + b"y" * 500
    sandbox.telegram.call(
        "sendDocument", files={"document": ("tong-hop.xlsx", sheet)}, chat_id=str(chat_id), caption="Bảng tổng hợp"
    )
    with page.expect_download() as download:
        lan.get_by_role("link", name=re.compile("tong-hop.xlsx")).click()
    assert download.value.suggested_filename == "tong-hop.xlsx"
    assert Path(download.value.path()).read_bytes() == sheet
    expect(lan.locator(".message.bot .text")).to_have_text("Bảng tổng hợp")


def test_a_picture_is_shown(page, sandbox, tmp_path: Path):
    opened(page, sandbox)
    picture = tmp_path / "hẻm.png"
    picture.write_bytes(png(40, 30))
    lan = pane(page, "Nguyễn Thị Lan")
    lan.locator("input[type=file]").set_input_files(picture)
    assert "photo" in sandbox.telegram.hears()
    image = lan.locator(".picture img")
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 40)


def test_a_person_who_blocks_the_bot_cannot_be_reached_until_they_take_it_back(page, sandbox):
    chat_id = opened(page, sandbox)
    lan = pane(page, "Nguyễn Thị Lan")
    lan.get_by_role("button", name="Thao tác khác").click()
    lan.get_by_role("button", name="Chặn trên Telegram").click()
    expect(lan.get_by_text("tin gửi tới sẽ không đến")).to_be_visible()
    expect(lan.get_by_role("textbox", name="Tin nhắn")).to_be_hidden()
    expect(lan.get_by_role("tab", name="Telegram")).to_contain_text("đã chặn")
    assert sandbox.telegram.next()["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert sandbox.telegram.say(chat_id, "Còn 7 ngày.")["error_code"] == 403

    lan.get_by_role("button", name="Bỏ chặn").click()
    expect(lan.get_by_role("textbox", name="Tin nhắn")).to_be_visible()
    sandbox.telegram.say(chat_id, "Còn 1 ngày.")
    expect(lan.locator(".message.bot .text")).to_have_text("Còn 1 ngày.")


def test_enter_sends_except_while_a_vietnamese_keyboard_is_composing(page, sandbox):
    opened(page, sandbox)
    box = pane(page, "Nguyễn Thị Lan").get_by_role("textbox", name="Tin nhắn")
    box.fill("hai")
    box.evaluate("node => node.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))")
    expect(box).to_have_value("hai")
    box.press("Shift+Enter")
    box.press_sequentially("dòng")
    box.press("Enter")
    assert sandbox.telegram.hears()["text"] == "hai\ndòng"
    expect(box).to_have_value("")


def test_what_cannot_be_done_is_said_in_vietnamese_and_the_typed_text_stays(page, sandbox):
    chat_id = opened(page, sandbox)
    sandbox.telegram.say(chat_id, "Xin chào")
    lan = pane(page, "Nguyễn Thị Lan")
    expect(lan.locator(".message.bot")).to_be_visible()
    # The block comes from elsewhere a moment before the page hears of it.
    page.route("**/sandbox/say", lambda route: route.fulfill(status=409, json={"error": "the person has blocked the bot"}))
    write(page, "Nguyễn Thị Lan", "12 lượt")
    expect(page.locator(".toast.error")).to_contain_text("đang chặn")
    expect(lan.get_by_role("textbox", name="Tin nhắn")).to_have_value("12 lượt")


def test_on_a_phone_one_pane_fills_the_screen_and_the_switcher_turns_to_the_next(page, sandbox):
    opened(page, sandbox)
    page.set_viewport_size(PHONE)
    page.locator(".switcher button", has_text="Nguyễn Thị Lan").click()
    expect(page.locator(".pane:visible")).to_have_count(1)
    lan = pane(page, "Nguyễn Thị Lan")
    expect(lan).to_be_visible()
    box = lan.bounding_box()
    assert box is not None
    assert box["width"] == PHONE["width"]
    send = lan.get_by_role("button", name="Gửi", exact=True).bounding_box()
    assert send is not None
    assert send["x"] + send["width"] <= PHONE["width"]
    assert send["y"] + send["height"] <= PHONE["height"]
    assert page.evaluate("() => document.documentElement.scrollWidth") == PHONE["width"]

    page.locator(".switcher button", has_text="Lê Văn Minh").click()
    expect(lan).to_be_hidden()
    expect(pane(page, "Lê Văn Minh")).to_be_visible()


def test_new_messages_are_announced_once_to_screen_readers(page, sandbox):
    chat_id = opened(page, sandbox)
    sandbox.telegram.say(chat_id, "Còn 7 ngày.")
    expect(page.get_by_role("log", name="Tin mới")).to_have_text("Nguyễn Thị Lan, Telegram: Còn 7 ngày.")


def test_the_page_says_when_the_sandbox_has_stopped(page, sandbox):
    expect(page.locator("#offline")).to_be_hidden()
    sandbox.stop()
    expect(page.locator("#offline")).to_be_visible()


def test_the_first_visit_panel_performs_a_step_ticks_it_off_and_stays_closed_once_closed(page, sandbox):
    sandbox.clock.room = sandbox.room
    page.get_by_role("button", name="Làm quen", exact=True).click()
    coach = page.get_by_role("complementary", name="Làm quen trong 2 phút")
    coach.get_by_role("button", name="Làm giúp").click()
    chat_id = sandbox.telegram.hears()["chat"]["id"]
    sandbox.telegram.say(chat_id, "Xin cho biết họ tên của anh/chị?")
    assert sandbox.telegram.hears()["text"] == "Trần Thị Hoa"
    sandbox.telegram.say(chat_id, "Số điện thoại liên hệ?", [[("Bỏ qua", "skip")]])
    assert re.fullmatch(r"09\d{8}", sandbox.telegram.hears()["text"])
    sandbox.telegram.say(chat_id, "Họ tên: Trần Thị Hoa. Đúng chưa ạ?", [[("Sửa lại", "no"), ("Đúng", "yes")]])
    query = sandbox.telegram.next()["callback_query"]
    assert query["data"] == "yes"
    sandbox.telegram.call("answerCallbackQuery", callback_query_id=query["id"])
    sandbox.telegram.say(chat_id, "Cảm ơn chị Hoa.")
    expect(coach.locator("li.done")).to_have_text(re.compile("Chị Hoa mở mã mời"))
    expect(coach.locator("li.now")).to_have_text(re.compile("Chị Lan mở liên kết mời"))

    coach.get_by_role("button", name="Đóng phần làm quen").click()
    page.reload()
    expect(page.locator(".pane").first).to_be_visible()
    expect(coach).to_be_hidden()


def test_the_helping_hand_answers_as_a_cooperative_person_would(page):
    asked = {
        "Số lượt tiếp công dân từ đầu năm?|0|Chưa có số": "12",
        "Đơn thư: đã giải quyết / tiếp nhận? (ví dụ 12/14)|Chưa có số": "12/14",
        "Phường đã ban hành kế hoạch năm 2023 chưa?|Đang làm|Đã có|Chưa": "[Đã có]",
        "Niêm yết, công khai đủ nội dung?|Chưa đủ|Đủ": "[Đủ]",
        "Khó khăn, kiến nghị? Mong không ghi số giấy tờ của công dân.|Không": "[Không]",
        "Số điện thoại của chị?|Bỏ qua": "0903000111",
        "Cảm ơn chị Lan. Vui lòng cho biết số điện thoại, ví dụ: 0903 123 456.|Bỏ qua": "0903000111",
        "Câu 4/10. Diện tích đất hiến?\nVí dụ: 35,5 m²|Không phát sinh|Lùi": "35,5",
        "✓ Câu 1b. Số văn bản kế hoạch: “12/KH-UBND”\n\nCâu 2/10. Số lượt tiếp công dân?\nVí dụ: 15 lượt|Lùi": "15",
        "Câu 8/10. Hồ sơ trực tuyến / tổng hồ sơ? (ví dụ 850/1.000; hoặc 85%)|Lùi": "850/1.000",
        "Xin cho biết họ và tên?": "Trần Thị Hoa",
        "Anh Minh, còn 7 ngày.|Gặp khó khăn|Làm tiếp": "[Làm tiếp]",
        "Cảm ơn chị. Đang chờ xác nhận.": None,
    }
    answered = page.evaluate(
        """async (questions) => {
            const { decide } = await import("/guide.js");
            return Object.fromEntries(questions.map((question) => {
                const [text, ...labels] = question.split("|");
                const message = { text, buttons: [labels.map((label) => ({ text: label, data: label }))] };
                const action = decide(message, { fullName: "Trần Thị Hoa", phone: "0903000111" });
                return [question, action && (action.say ?? `[${action.tap.text}]`)];
            }));
        }""",
        list(asked),
    )
    assert answered == asked


def test_a_wrong_guess_is_not_repeated(page):
    said = page.evaluate(
        """async () => {
            const { decide } = await import("/guide.js");
            const message = { text: "Bao nhiêu?", buttons: [[{ text: "Bỏ qua", data: "skip" }]] };
            const tries = [0, 1, 2, 3, 4, 5].map((attempt) => decide(message, {}, attempt));
            return tries.map((action) => action && (action.say ?? action.tap.text));
        }"""
    )
    assert said == ["12", "12/14", "12", "Không", "Bỏ qua", None]
