"""What `doctor` says: one line a check, a hint where something is to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.domain.rounds import Round
from bot.texts import cli, wording

_MARKS = {"ok": "✓", "warning": "!", "fault": "✗"}

_NAMES = {
    "python": "Python",
    "sqlite": "SQLite",
    "settings": "Cài đặt",
    "dot_env": "Tệp .env",
    "data_dir": "Thư mục dữ liệu",
    "clock": "Đồng hồ",
    "process": "Tiến trình",
    "database": "Cơ sở dữ liệu",
    "integrity": "Toàn vẹn",
    "plan": "Kế hoạch",
    "units": "Đơn vị",
    "coordinators": "Cán bộ tổng hợp",
    "days": "Ngày nghỉ",
    "outbox": "Tin gửi đi",
    "inbox": "Tin nhận về",
    "telegram": "Telegram",
    "zalo": "Zalo",
    "zalo_quota": "Hạn mức Zalo",
    "channels": "Kênh",
}

_OUTBOX = {
    "pending": "chờ gửi",
    "sending": "đang gửi",
    "sent": "đã gửi",
    "uncertain": "chưa chắc",
    "held": "giữ lại",
    "unreachable": "không liên lạc được",
    "dead": "hỏng",
    "cancelled": "đã hủy",
}


def line(check: str, state: str, message: str, hint: str) -> str:
    """One check."""
    head = f"{_MARKS[state]} {_NAMES[check]}: {message}"
    return f"{head}\n    → {hint}" if hint else head


def verdict(faults: int, warnings: int) -> str:
    """The last line."""
    if faults:
        return f"{faults} chỗ phải sửa, {warnings} chỗ nên xem."
    return f"Không có chỗ phải sửa, {warnings} chỗ nên xem." if warnings else "Mọi thứ đều tốt."


# Machine


def version(found: str) -> str:
    """A version."""
    return found


OLD_PYTHON = "cần Python 3.11 trở lên"


def journal(version: str, wal: bool) -> str:
    """Why this journal mode."""
    if wal:
        return f"{version}, ghi kiểu WAL (bản này đã sửa lỗi WAL của SQLite)"
    return f"{version}, ghi kiểu DELETE (WAL của bản này có lỗi có thể làm hỏng dữ liệu; sửa từ 3.51.3, 3.50.7, 3.44.6)"


SETTINGS_FINE = "hợp lệ"
DOT_ENV_FINE = "chỉ chủ tệp đọc được"
NO_DOT_ENV = "không có; chỉ dùng biến môi trường và giá trị mặc định"
DOT_ENV_READABLE = "người khác trên máy này đọc được mã truy cập"
DOT_ENV_HINT = "chmod 600 .env"


def folder(path: str, megabytes: int) -> str:
    """The data folder and the space on its disk."""
    return f"{path}, còn trống {wording.count(megabytes)} MB"


def no_folder(path: str) -> str:
    """It will be made."""
    return f"{path} chưa có, sẽ được tạo khi chạy lần đầu"


FOLDER_HINT = "kiểm tra quyền ghi, hoặc đặt DATA_DIR ở nơi khác"
SPACE_HINT = "giải phóng dung lượng đĩa; khi đầy đĩa bot không ghi nhận được tin"


def clock(local: datetime, zone: str) -> str:
    """What time the bot thinks it is."""
    return f"{wording.said_at(local)}, múi giờ {zone}"


def clock_moved(local: datetime) -> str:
    """The sandbox's clock was put forward."""
    return f"sân thử đang ở {wording.said_at(local)} (đồng hồ sân thử đã được chỉnh)"


CLOCK_HINT = "đồng hồ máy sai; bật đồng bộ giờ (NTP), nếu không tin sẽ gửi sai ngày"
IS_RUNNING = "bot đang chạy"
NOT_RUNNING = "bot không chạy"
NOT_RUNNING_HINT = "chạy bằng: make run, hoặc nhacviec run"

# Database

NO_DATABASE = "chưa có, sẽ được tạo khi chạy lần đầu"
SCHEMA_FINE = "mở được, đúng phiên bản"
SCHEMA_OLDER = "mở được, của phiên bản cũ hơn; sẽ tự nâng cấp khi chạy"
SCHEMA_EMPTY = "mở được, còn trống"
INTEGRITY_FINE = "không có trang hỏng, không có tham chiếu gãy"
DAMAGED_HINT = "dừng bot, khôi phục từ bản sao lưu gần nhất"


def server(name: str) -> str:
    """The database is on a server: what is not looked at here, and what the bot does not do there."""
    return f"{name} tự giữ toàn vẹn dữ liệu; bot không tự sao lưu, cần đặt lịch chạy pg_dump"


def damaged(pages: Sequence[str], references: Sequence[str]) -> str:
    """What SQLite's own checks found."""
    parts = [f"hỏng: {'; '.join(pages)}"] if pages else []
    parts += [f"tham chiếu gãy: {'; '.join(references)}"] if references else []
    return "; ".join(parts)


# Work


def plan_armed(number: str, rounds: Sequence[Round], today: date) -> str:
    """A plan and its rounds of this year."""
    coming = [round_ for round_ in rounds if round_.last_day >= today]
    if coming:
        return f"{number}, kỳ sắp tới: {wording.of_year(coming[0].title, coming[0].year)}, {cli.deadline(coming[0])}"
    return f"{number}, các kỳ đã mở đều qua hạn"


def plan_not_armed(number: str, year: int) -> str:
    """No rounds this year."""
    return f"{number} chưa mở kỳ cho năm {year}"


def arm_hint(code: str, year: int) -> str:
    """How to arm."""
    return f"nhacviec plan arm --year {year} --plan {code}"


NO_PLAN = "chưa nạp kế hoạch nào"
NO_PLAN_HINT = "nhacviec plan load TỆP"


def seats(units: int, lacking: Sequence[str]) -> str:
    """Units without a focal person."""
    if not lacking:
        return f"cả {units} đơn vị đều có đầu mối"
    return f"{len(lacking)}/{units} đơn vị chưa có đầu mối: {wording.compacted(lacking)}"


SEATS_HINT = 'gửi lời mời trong chat bằng /moi, hoặc: nhacviec invite --unit "Phường 5"'


def coordinators(count: int) -> str:
    """People who may see everything."""
    return f"{count} người"


NO_COORDINATOR = "chưa có ai; không người nào nhận tin tổng hợp và xác nhận đăng ký"
NO_COORDINATOR_HINT = "nhacviec invite --role noi-vu"


def days(year: int, count: int) -> str:
    """The office's table for a year."""
    return f"bảng của cơ quan có {count} ngày cho năm {year}"


def no_days(years: Sequence[int]) -> str:
    """Nothing in the office's table."""
    return f"bảng của cơ quan chưa có ngày nào cho năm {wording.listed(map(str, years))}"


DAYS_HINT = "khi có thông báo lịch nghỉ, ghi bằng: nhacviec days off NGÀY GHI_CHÚ, nhacviec days work NGÀY GHI_CHÚ"


def outbox(counts: Mapping[str, int]) -> str:
    """Messages by state."""
    parts = [f"{_OUTBOX.get(state, state)} {wording.count(count)}" for state, count in counts.items() if count]
    return ", ".join(parts) or "chưa có tin nào"


OUTBOX_HINT = "tin hỏng là lỗi của chương trình, tin giữ lại là không chắc đã tới; xem nhật ký và báo người phụ trách kỹ thuật"


def inbox(waiting: int, dead: int, done: int) -> str:
    """Updates by state."""
    return f"chờ xử lý {wording.count(waiting)}, không xử lý được {wording.count(dead)}, đã xử lý {wording.count(done)}"


INBOX_DEAD_HINT = "có tin của người dùng không xử lý được; xem nhật ký và báo người phụ trách kỹ thuật"
INBOX_WAITING_HINT = "có tin chờ mà bot không chạy; chạy bot để trả lời"

# Channels

SANDBOX = "chưa có mã truy cập nào: bot chạy trong sân thử trên máy này"


def connected(name: str) -> str:
    """The platform knows the token."""
    return f"kết nối được, bot tên “{name}”"


UNKNOWN_TO_PLATFORM = "không nhận mã truy cập"


def bad_token_hint(setting: str) -> str:
    """What to do."""
    return f"kiểm tra {setting}; nếu mã đã bị thu hồi, lấy mã mới"


def unreachable(reason: str) -> str:
    """The network failed."""
    return f"không kết nối được ({reason})"


NETWORK_HINT = "kiểm tra đường mạng, tường lửa, proxy; bot tự thử lại khi chạy"
