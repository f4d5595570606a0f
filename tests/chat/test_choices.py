"""Listing choices and recognising the typed answer cannot drift apart; what is ambiguous is nobody's answer."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.chat.choices import LETTERS, Marks, listed, pick, pieces
from bot.chat.fold import fold
from bot.chat.labels import same
from bot.chat.messages import ChatRef, Choice, Menu, MenuEntry, OutFile, Outgoing
from bot.chat.platform import Limits
from bot.chat.split import units

CHAT = ChatRef(platform="zalo", chat_id="6ede9afa66b88fe6d6a9")
TELEGRAM = Limits(text=4096, caption=1024, buttons=True, edits=True, documents=True, download=20)
ZALO = Limits(text=2000, caption=1600, buttons=False, edits=False, documents=False, download=20)


def offer(*labels: str, words: tuple[str, ...] = ()) -> tuple[Choice, ...]:
    return tuple(Choice(label=label, action=("answer", str(at)), key=f"k{at}", words=words) for at, label in enumerate(labels))


PERCENT = offer("0 %", "20 %", "40 %", "60 %", "80 %", "100 %")
YES_NO = (
    Choice(label="Đã có", action=("yes",), words=("xong", "rồi")),
    Choice(label="Chưa có", action=("no",), words=("chưa",)),
    Choice(label="Không phát sinh", action=("none",), words=("không",)),
)
LABELS = st.lists(
    st.text(alphabet=st.sampled_from("abcđeêhoòôơưuxy ĐÔ%-2357"), min_size=1, max_size=12).filter(str.strip),
    min_size=1,
    max_size=30,
)


@given(labels=LABELS, marks=st.sampled_from(["digits", "letters"]))
@settings(max_examples=400, deadline=None)
def test_every_listed_choice_is_picked_by_its_mark_and_by_its_label(labels: list[str], marks: str) -> None:
    offered = offer(*labels)
    shown = listed(Outgoing(text="Hoi", choices=tuple((choice,) for choice in offered), marks=marks))  # type: ignore[arg-type]
    lines = shown.split("\n\n", 1)[1].split("\n")
    assert len(lines) == len(offered)
    named = [fold(mark) for mark in (line.partition(")")[0] for line in lines)]
    # What a definition test refuses: labels that read like another's mark, or like each other.
    bare = ["".join(char for char in fold(label) if char.isalnum()) for label in labels]
    assume(len({fold(label) for label in labels}) == len(set(bare)) == len(labels))
    assume(not set(named) & (set(bare) | {b.removeprefix("da").removeprefix("vang") for b in bare}))

    for choice, line in zip(offered, lines, strict=True):
        mark = line.partition(")")[0]
        assert line == f"{mark}) {choice.label}"
        for typed in (mark, f"{mark})", f"({mark})", f"{mark}.", mark.upper(), f" {mark} ", f"chọn {mark}", f"{mark} ạ"):
            assert pick(typed, offered, marks) is choice, typed  # type: ignore[arg-type]
        assert pick(choice.label, offered, marks) is choice  # type: ignore[arg-type]
        assert pick(choice.label.upper(), offered, marks) is choice  # type: ignore[arg-type]


ALIKE = st.lists(st.sampled_from(["Tổ", "tổ", " Tổ", "Tổ (2)", "Tổ (3)", "Phường 5…", "Hoa", "Hoà"]), max_size=12)


@given(labels=ALIKE, wide=st.integers(1, 3), marks=st.sampled_from(["digits", "letters"]))
@settings(max_examples=300)
def test_two_names_shown_alike_are_still_two_choices(labels: list[str], wide: int, marks: Marks) -> None:
    offered = offer(*labels)
    rows = tuple(offered[at : at + wide] for at in range(0, len(offered), wide))
    shown = Outgoing(text="Đơn vị nào?", choices=rows, marks=marks)
    assert [choice.action for choice in shown.offered] == [choice.action for choice in offered]
    assert [len(row) for row in shown.choices] == [len(row) for row in rows]
    assert replace(shown) == shown, "numbered once"
    for before, choice in zip(labels, shown.offered, strict=True):
        assert choice.label == before or choice.label.startswith(f"{before} (")
        assert pick(choice.label, shown.offered, marks) is choice
        if [same(one) for one in labels].count(same(before)) > 1:
            assert choice.label != before, "what several are called names none of them"
        else:
            assert choice.label == before


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("60", "60 %"),
        ("60%", "60 %"),
        (" 60 % ", "60 %"),
        ("4", "60 %"),
        ("4)", "60 %"),
        ("số 4", "60 %"),
        ("dạ 4 ạ", "60 %"),
        ("100.", "100 %"),
        ("0", "0 %"),
    ],
)
def test_a_percentage_is_named_by_its_figure_or_its_place(typed: str, label: str) -> None:
    picked = pick(typed, PERCENT, "digits")
    assert picked is not None
    assert picked.label == label


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        ("da co", "yes"),
        ("ĐÃ CÓ", "yes"),
        ("Đã có.", "yes"),
        ("xong", "yes"),
        ("rồi ạ", "yes"),
        ("roi nhe", "yes"),
        ("chua", "no"),
        ("khong phat sinh", "none"),
        ("Dạ không ạ!", "none"),
        ("2", "no"),
    ],
)
def test_words_are_understood_without_accents_and_with_courtesy(typed: str, action: str) -> None:
    picked = pick(typed, YES_NO, "digits")
    assert picked is not None
    assert picked.action == (action,)


REVIEW = (
    Choice(label="Gửi", action=("send",)),
    Choice(label="Sửa", action=("change",)),
    Choice(label="Có", action=("yes",)),
)


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        ("dạ gửi ạ", "send"),
        ("Dạ, gửi", "send"),
        ("vâng gửi nhé", "send"),
        ("gui a", "send"),
        ("da 2", "change"),
        ("da 2 a", "change"),
        ("dạ 2", "change"),
        ("đã gửi", None),
        ("Đã gửi rồi ạ", None),
        ("da gui", None),
        ("da gui a", None),
        ("đã sửa", None),
        ("đã có", None),
    ],
)
def test_already_is_never_read_as_a_polite_yes(typed: str, action: str | None) -> None:
    """ "đã gửi" says the report went another way: it must not press [Gửi]."""
    found = pick(typed, REVIEW, "digits")
    assert (found.action[0] if found else None) == action


@pytest.mark.parametrize("typed", ["", " ", "7", "không biết", "2 3", "2,5", "câu 2", "-2", "👍", "12", "chưa không"])
def test_anything_else_is_no_choice(typed: str) -> None:
    assert pick(typed, YES_NO, "digits") is None


def test_a_figure_is_no_mark_where_letters_are() -> None:
    assert pick("2", YES_NO, "letters") is None
    assert pick("câu b", YES_NO, "letters") is YES_NO[1]


def test_an_answer_that_means_two_choices_is_none() -> None:
    assert pick("2", offer("3", "1", "2"), "digits") is None
    assert pick("20", (*offer("20 %"), *offer("(20)")), "digits") is None
    assert pick("co", (Choice(label="Có", action=("a",)), Choice(label="Chưa", action=("b",), words=("co",))), "digits") is None


def test_accents_decide_only_where_they_are_the_only_difference() -> None:
    villages = offer("Tân Hòa", "Tân Hoa")
    assert pick("Tân Hoa", villages, "digits") is villages[1]
    assert pick("tân hòa", villages, "digits") is villages[0]
    assert pick("tan hoa", villages, "digits") is None


def test_a_sign_that_changes_the_meaning_is_not_peeled_off() -> None:
    assert pick("5", offer("< 5", "≥ 5 %"), "letters") is None
    assert pick("-3", offer("3"), "letters") is None


def test_letters_never_collide_with_answers_of_their_own() -> None:
    assert not set(LETTERS) & set("kxofjwzilnry")
    many = offer(*(f"thon {at}" for at in range(40)))
    text = listed(Outgoing(text="", choices=(many,), marks="letters"))
    assert "\naa) thon 14\nab) thon 15" in text
    assert pick("ab", many, "letters") is many[15]


def test_the_list_ends_with_the_hint_and_buttons_need_neither() -> None:
    outgoing = Outgoing(text="Đã họp chưa?", choices=(YES_NO[:2], YES_NO[2:]), hint="Trả lời bằng số.")
    assert listed(outgoing) == "Đã họp chưa?\n\n1) Đã có\n2) Chưa có\n3) Không phát sinh\nTrả lời bằng số."

    (written,) = pieces(outgoing, CHAT, ZALO, None)
    assert written.message.text == listed(outgoing)
    assert written.message.choices == ()

    (buttons,) = pieces(outgoing, CHAT, TELEGRAM, None)
    assert buttons.message.text == "Đã họp chưa?"
    assert buttons.message.choices == outgoing.choices
    assert buttons.message.hint == ""


def test_a_long_text_keeps_its_choices_at_the_end() -> None:
    outgoing = Outgoing(text="dòng chữ dài. " * 700, choices=(YES_NO,), edits=True)

    on_telegram = pieces(outgoing, CHAT, TELEGRAM, "77")
    assert len(on_telegram) == 3
    assert [piece.message.choices for piece in on_telegram] == [(), (), (YES_NO,)]
    assert [piece.edit_of for piece in on_telegram] == ["77", None, None]

    on_zalo = pieces(outgoing, CHAT, ZALO, "77")
    assert all(units(piece.message.text) <= 2000 for piece in on_zalo)
    assert on_zalo[-1].message.text.endswith("1) Đã có\n2) Chưa có\n3) Không phát sinh")
    assert all(piece.edit_of is None and not piece.message.edits for piece in on_zalo)


def test_the_menu_comes_once_with_the_last_piece() -> None:
    menu = Menu(entries=(MenuEntry(command="viec", description="Việc"),))
    first, last = pieces(Outgoing(text="chữ " * 1500, menu=menu), CHAT, TELEGRAM, None)
    assert (first.message.menu, last.message.menu) == (None, menu)


def test_a_list_that_fits_into_one_message_is_not_cut() -> None:
    outgoing = Outgoing(text="x" * 1990, choices=(YES_NO,), hint="Trả lời bằng số.")
    *_, last = pieces(outgoing, CHAT, ZALO, None)
    assert last.message.text == "1) Đã có\n2) Chưa có\n3) Không phát sinh\nTrả lời bằng số."


FILE = OutFile(path="out/a.xlsx", name="Tổng hợp.xlsx")


def test_a_file_carries_its_text_as_caption_when_it_fits() -> None:
    (piece,) = pieces(Outgoing(text="Bảng tổng hợp", file=FILE, choices=(YES_NO,), edits=True), CHAT, TELEGRAM, "77")
    assert piece.message.file == FILE
    assert piece.message.text == "Bảng tổng hợp"
    assert piece.message.choices == (YES_NO,)
    assert piece.edit_of is None  # a text cannot be edited into a file


def test_a_file_follows_a_text_too_long_for_a_caption() -> None:
    text, file = pieces(Outgoing(text="chữ " * 400, file=FILE, choices=(YES_NO,), edits=True), CHAT, TELEGRAM, "77")
    assert (text.message.file, text.message.choices, text.edit_of) == (None, (), "77")
    assert (file.message.file, file.message.text, file.message.choices, file.edit_of) == (FILE, "", (YES_NO,), None)


def test_where_files_cannot_be_sent_only_the_words_are() -> None:
    (piece,) = pieces(Outgoing(text="Bảng tổng hợp", file=FILE), CHAT, ZALO, None)
    assert piece.message.file is None
    assert piece.message.text == "Bảng tổng hợp"
    assert pieces(Outgoing(text="", file=FILE), CHAT, ZALO, None) == ()


DONE = (
    Choice(label="Đúng, gửi luôn", action=("right",), words=("đúng", "ok", "có")),
    Choice(label="Thôi", action=("stop",), words=("dừng", "hủy")),
)


@pytest.mark.parametrize(
    ("typed", "action"),
    [
        ("đúng", "right"),
        ("Đúng ạ", "right"),
        ("đung", "right"),
        ("dừng", "stop"),
        ("dừng lại", None),
        ("dung", None),
        ("dụng", None),
        ("huỷ", "stop"),
        ("Hủy.", "stop"),
        ("thời", None),
        ("cô", None),
        ("co", "right"),
        ("dúng", "right"),
    ],
)
def test_an_accent_that_is_typed_must_be_the_right_one(typed: str, action: str | None) -> None:
    """ "dừng" (stop) and "đúng" (right) fold to the same letters, and mean the opposite."""
    found = pick(typed, DONE, "letters")
    assert (found.action[0] if found else None) == action


@pytest.mark.parametrize(
    "typed", ["ạ", "à", "Ạ", "a\u0323", "(ạ)", "dạ a", "Dạ, c", "vâng c", "vang e", "da a", "đ", "ê", "chọn ă", "á."]
)
def test_a_courtesy_or_how_people_are_called_is_no_letter_of_the_list(typed: str) -> None:
    assert pick(typed, offer("Gửi", "Sửa", "Chốt", "Đổi", "Xóa"), "letters") is None


@pytest.mark.parametrize("typed", ["a", "A)", "câu a", "chọn a", "a ạ", "\uff41", "dạ b"])
def test_a_plain_letter_is(typed: str) -> None:
    assert pick(typed, offer("Gửi", "Sửa", "Chốt"), "letters") is not None
