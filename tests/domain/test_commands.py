"""Commands in words and with a slash: whole messages only."""

from __future__ import annotations

import pytest

from bot.domain.commands import Command, Verb, slash, understand


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("để sau nhé em", "later"),
        ("ddeer sau", "later"),
        ("đợi", None),
        ("dừng", "later"),
        ("dùng", None),
        ("đúng rồi ạ", "yes"),
        ("dung", "yes"),
        ("Vâng", "yes"),
        ("không", "no"),
        ("sai rồi", "no"),
        ("k", None),
        ("👍", "thanks"),
        ("🙏", "thanks"),
        ("dạ cảm ơn ạ", "thanks"),
        ("cam on chi nhe", "thanks"),
        ("cảm ơn, đã gửi", None),
        ("SỬA CÂU 6!", "edit:6"),
        ("sửa câu số 12", "edit:12"),
        ("sửa 6", "edit:6"),
        ("sua c6", "edit:6"),
        ("sửa câu hai", "edit:2"),
        ("cho em sửa câu 6 ạ", "edit:6"),
        ("em muốn sửa câu 6", "edit:6"),
        ("suwar caau 6", "edit:6"),
        ("su73a ca6u 6", "edit:6"),
        ("sửa", "edit"),
        ("sửa câu sau", None),
        ("sửa câu 0", None),
        ("sửa câu 100", None),
        ("sữa", None),
        ("quay lại", "back"),
        ("gặp vướng mắc", "difficulty"),
        ("khó khăn về kinh phí", None),
        ("đổi đầu mối", "change_person"),
        ("đội", None),
        ("gửi nhé", "submit"),
        ("cho em gửi báo cáo", "submit"),
        ("dạ gửi ạ", "submit"),
        ("em gửi ạ", None),
        ("gửi chị ạ", None),
        ("gui anh", None),
        ("gửi báo cáo em", None),
        ("gửi giúp em", "submit"),
        ("gửi file ạ", None),
        ("dạ em gửi rồi ạ", "already_sent"),
        ("ddax guwir", "already_sent"),
        ("đã nộp", "already_sent"),
        ("trợ giúp", "help"),
        ("?", "help"),
        ("hạn chót là khi nào ạ", "ask_deadline"),
        ("bao giờ phải nộp", "ask_deadline"),
        ("Hân", None),
        ("tóm tắt", "summary"),
        ("tiến độ", "progress"),
        ("xem kế hoạch", "plan"),
        ("bắt đầu", "begin"),
        ("làm tiếp", "resume"),
        ("bỏ qua", "skip"),
        ("hủy", "cancel"),
        ("huỷ bỏ", "cancel"),
        ("Huy", None),
        ("chưa", None),
        ("xong", None),
        ("6", None),
        ("câu 6", None),
        ("/sua 6", None),
        ("", None),
        ("gửi " * 100, None),
    ],
)
def test_a_message_is_this_command_or_none(text: str, command: str | None) -> None:
    found = understand(text)
    assert (None if found is None else str(found)) == command


@pytest.mark.parametrize(
    "sentence",
    [
        "Đề nghị quận sửa câu 6 trong biểu mẫu cho phù hợp",
        "Phường gặp khó khăn trong công tác giải quyết đơn",
        "Người dân chưa đồng ý hiến đất, đề nghị gửi hướng dẫn",
        "không có kinh phí để làm tiếp",
        "có 3 hộ chưa đồng ý",
        "đã gửi công văn số 12/UBND ngày 10/4 nhưng chưa được trả lời",
        "hạn nộp hồ sơ quá ngắn",
        "thiếu người, đổi cán bộ liên tục",
        "bỏ qua ý kiến của dân là không đúng",
    ],
)
def test_an_answer_in_a_sentence_is_never_eaten(sentence: str) -> None:
    assert understand(sentence) is None


def test_every_verb_can_be_said() -> None:
    said = ["de sau", "sua", "lui", "kho khan", "doi", "gui", "da gui", "giup", "han", "tom tat", "tien do", "ke hoach"]
    said += ["bat dau", "tiep", "bo qua", "thoat", "co", "khong", "cam on"]
    assert {command.verb for text in said if (command := understand(text))} == set(Verb)


def test_a_command_is_written_as_the_cases_write_it() -> None:
    assert str(Command(verb=Verb.EDIT, number=6)) == "edit:6"
    assert str(Command(verb=Verb.LATER)) == "later"


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("/start", ("start", "")),
        ("/start ABC-12", ("start", "ABC-12")),
        ("/start@nhacviec_bot ABC", ("start", "ABC")),
        ("  /HELP  ", ("help", "")),
        ("/Sửa 6", ("sua", "6")),
        ("／help", ("help", "")),
        ("/ghi a b\nc", ("ghi", "a b\nc")),
        ("/14", None),
        ("12/14", None),
        ("/ start", None),
        ("//x", None),
        ("/", None),
        ("/don-vi", None),
        ("start", None),
        ("/" + "a" * 40, None),
    ],
)
def test_a_slash_command_is_taken_apart(text: str, parsed: tuple[str, str] | None) -> None:
    assert slash(text) == parsed
