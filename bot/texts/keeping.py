"""Keeping data: what people are told when something could not be saved or may be lost, and what the command line says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.people import Person
from bot.domain.units import Unit
from bot.texts import wording
from bot.texts.address import calling, pronoun

# In the chat


def not_saved(minutes: int) -> str:
    """The disk refused. The message stays with us and is tried again: who sends it at once a second time answers twice."""
    return (
        "Máy chủ đang trục trặc nên hiện chưa lưu được tin vừa rồi. Tin vẫn được giữ và hệ thống sẽ tự thử lại. "
        f"Nếu sau {minutes} phút chưa thấy trả lời, nhờ anh/chị vui lòng gửi lại sau ít phút nữa."
    )


def resend(person: Person, units: Sequence[Unit], since: datetime, until: datetime) -> str:
    """What came in between two moments (the office's clock) may be lost; said once to everybody it may concern."""
    named = ", ".join(unit.name for unit in units)
    return (
        f"{wording.capitalised(calling(person))} ơi, hệ thống bị gián đoạn từ {wording.said_at(since)} "
        f"đến {wording.said_at(until)}, tin gửi trong khoảng này có thể chưa tới hoặc chưa được lưu.\n"
        f"Nếu khi đó {pronoun(person)} có gửi số liệu hay trả lời gì cho {named}, nhờ {pronoun(person)} gõ “làm báo cáo” "
        f"để xem những gì đã lưu và gửi lại phần còn thiếu. Nếu không gửi gì thì mong {pronoun(person)} bỏ qua tin này."
    )


# On the command line

BACKUP = "Sao lưu cơ sở dữ liệu ngay bây giờ."
BACKUP_MORE = """Bản sao lưu được kiểm tra rồi mới cất vào thư mục backups cạnh dữ liệu; làm được cả khi bot đang chạy.
Bot tự sao lưu mỗi giờ, giữ 24 bản theo giờ, 14 bản theo ngày, 12 bản theo tháng. Nên chép thư mục này sang máy khác.
Chỉ dùng với SQLite; với PostgreSQL thì dùng pg_dump.

--json: {file, taken_at, rows: {bảng: số dòng}, files, faulty: [tệp không chép được]}"""
RESTORE = "Khôi phục cơ sở dữ liệu từ một bản sao lưu."
RESTORE_MORE = """Phải dừng bot trước. Cơ sở dữ liệu hiện có được giữ lại trong thư mục replaced.
Khi chạy lại, bot không gửi lại những tin đã gửi sau lúc sao lưu, và nhắn cán bộ đầu mối gửi lại phần có thể bị mất.
Chỉ dùng với SQLite; với PostgreSQL thì dùng pg_restore.

--json: {taken_at, rows: {bảng: số dòng}, replaced, missing: [tệp không tìm thấy]}"""
RESTORE_FILE = "Bản sao lưu, ví dụ data/backups/nhacviec-20260420T013000Z.db."
FILE = "TỆP"
AUDIT = "Nhật ký kiểm toán: ai làm gì, ai xem gì."
AUDIT_VERIFY = "Kiểm tra nhật ký kiểm toán có bị sửa hay không."
AUDIT_VERIFY_MORE = """Mã kết thúc: 0 nguyên vẹn; 1 đã bị sửa.

--json: {links, head, broken: dòng đầu tiên bị sửa | null, fault}"""
AUDIT_LIST = "Liệt kê nhật ký: ai làm gì, ai xem gì, lúc nào."
AUDIT_LIST_MORE = """Nhật ký chỉ ghi mã số, ví dụ person:12, unit:5; không ghi lời của ai.
Người lạ ghi là stranger, chương trình là program, dòng lệnh là cli.

--json: [{number, at, actor, action, subject, details}]"""
AUDIT_WHO = "Chỉ những việc của người này, ví dụ person:12."
AUDIT_ABOUT = "Chỉ những việc về đối tượng này, ví dụ unit:5, person:12."
AUDIT_SINCE = "Chỉ từ ngày này, ví dụ 02/01/2026."
AUDIT_HEADINGS = ("Dòng", "Lúc", "Ai", "Việc", "Về", "Chi tiết")
WHO = "AI"
ABOUT = "ĐỐI_TƯỢNG"
DAY = "NGÀY"
_ON_SERVER = "Lệnh này chỉ dùng với SQLite; dữ liệu của anh/chị nằm trên máy chủ PostgreSQL."
BACKUP_ON_SERVER = (
    f"{_ON_SERVER} Xin sao lưu bằng pg_dump -Fc, theo lịch, và chép cùng lúc thư mục dữ liệu (DATA_DIR), nơi có tệp đính kèm"
    " và nhật ký gửi tin. Các bước ở README, mục PostgreSQL."
)
RESTORE_ON_SERVER = (
    f"{_ON_SERVER} Xin dừng bot rồi khôi phục bằng pg_restore --clean --if-exists, giữ nguyên thư mục dữ liệu (DATA_DIR)"
    " để bot không gửi lại tin đã gửi. Các bước ở README, mục PostgreSQL."
)


def backed_up(file: str, rows: Mapping[str, int], files: int) -> str:
    """Done."""
    return f"Đã sao lưu và kiểm tra: {file}\n{wording.count(sum(rows.values()))} dòng, {wording.count(files)} tệp đính kèm."


def faulty_files(paths: Sequence[str]) -> str:
    """Files people sent that are not what they were."""
    listed = "\n".join(f"  {path}" for path in paths)
    return f"{len(paths)} tệp đính kèm bị mất hoặc đã hỏng, không có trong bản sao lưu này:\n{listed}"


def missing_files(paths: Sequence[str]) -> str:
    """Files neither the data folder nor the backup has."""
    listed = "\n".join(f"  {path}" for path in paths)
    return f"{len(paths)} tệp đính kèm không tìm thấy cả trong dữ liệu lẫn trong bản sao lưu:\n{listed}"


_FAULTS = {
    "absent": "không có tệp này",
    "incomplete": "bản sao thiếu dữ liệu",
    "damaged": "tệp đã hỏng",
    "altered": "tệp đã bị thay đổi so với lúc sao lưu",
    "foreign": "tệp không phải cơ sở dữ liệu của chương trình này",
    "newer": "tệp do phiên bản chương trình khác tạo ra",
}


def unsound(file: str, fault: str) -> str:
    """Not a backup to go back to; `fault`: storage.backup.Fault."""
    return f"Không khôi phục được từ {file}: {_FAULTS[fault]}. Dữ liệu hiện có không bị thay đổi."


def not_backed_up(fault: str) -> str:
    """The copy is not what it should be; `fault`: storage.backup.Fault."""
    return f"Bản sao không đạt khi kiểm tra nên không được giữ: {_FAULTS[fault]}. Hãy kiểm tra ổ đĩa."


def restored(file: str, replaced: str) -> str:
    """Done."""
    aside = f" Cơ sở dữ liệu cũ nằm ở {replaced}." if replaced else ""
    return (
        f"Đã khôi phục từ {file}.{aside}\n"
        "Hãy chạy lại bot: tin đã gửi sau lúc sao lưu sẽ không gửi lại; cán bộ đầu mối được nhắn gửi lại phần có thể bị mất."
    )


def audit_sound(count: int) -> str:
    """The chain holds."""
    return f"Nhật ký kiểm toán nguyên vẹn: {wording.count(count)} dòng."


def audit_broken(number: int, fault: str) -> str:
    """The chain does not hold."""
    how = {
        "missing": "bị xóa",
        "changed": "bị sửa",
        "cut": "bị cắt bỏ: tệp audit-heads.txt có ghi dòng này nhưng nhật ký không còn",
        "rewritten": "bị viết lại: không khớp với tệp audit-heads.txt",
    }[fault]
    return f"Nhật ký kiểm toán không còn nguyên vẹn. Dòng {number} {how}."
