"""What the person at the command line reads: help pages, results, faults. The doctor's lines are in texts/doctor.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from bot.domain.calendar import SpecialDay, WorkCalendar
from bot.domain.ladder import Rung
from bot.domain.outlook import Foreseen, Misplaced, Occasion
from bot.domain.people import Role
from bot.domain.plan import Plan
from bot.domain.rounds import Round
from bot.domain.units import Unit
from bot.texts import outlook, wording
from bot.texts.address import seat

# The grammar of help pages

USAGE = "Cách dùng"
COMMANDS = "Lệnh"
ARGUMENTS = "Tham số"
OPTIONS = "Tùy chọn"
OPTIONS_PLACE = "[TÙY CHỌN]"
COMMAND_PLACE = "LỆNH …"
HELP = "Hiện trang này."

ABOUT = """Nhắc Việc: nhắc hạn, nhận số liệu và tổng hợp báo cáo theo kế hoạch, qua Telegram và Zalo.

Không ghi lệnh nào thì chạy bot (như lệnh run). Chưa có mã truy cập (token) thì bot chạy trong sân thử trên máy này.
Cài đặt đọc từ biến môi trường và tệp .env; xem .env.example.
Mã kết thúc: 0 xong; 1 có chỗ sai trong dữ liệu (tệp, kiểm tra); 2 không làm được (lệnh, cài đặt, cơ sở dữ liệu)."""

FILE = "TỆP"
DATE = "NGÀY"
NOTE = "GHI_CHÚ"
YEAR = "NĂM"
YEAR_HELP = "Bốn chữ số, như 2026."
CODE = "MÃ"
UNIT = "ĐƠN_VỊ"
ROLE = "VAI_TRÒ"
ROUND = "KỲ"
JSON = "Kết quả dạng JSON cho chương trình khác đọc."
DATE_HELP = "Như 02/01/2026 hoặc 2026-01-02."

RUN = "Chạy bot cho tới khi dừng bằng Ctrl+C."

PLAN = "Kế hoạch: kiểm tra, nạp, mở kỳ báo cáo của một năm."
PLAN_CHECK = "Kiểm tra một tệp kế hoạch; nêu mọi chỗ sai theo dòng."
PLAN_CHECK_MORE = """Mỗi chỗ sai một dòng: “dòng N, mục: lời giải thích”. Mã kết thúc 1 khi có chỗ sai.

--json: {ok, faults: [{line, field, message}], plan: {code, number, year, units, points, rounds, question_sets} | null}"""
PLAN_LOAD = "Kiểm tra rồi nạp một tệp kế hoạch, cập nhật danh sách đơn vị."
PLAN_LOAD_MORE = """Tệp có chỗ sai thì không thay đổi gì. Kỳ báo cáo đã mở vẫn giữ bản kế hoạch lúc mở.

--json: {ok, faults, plan, changed, first_version, units_added: [mã], units_changed: [mã], points_added: [mã],
points_removed: [mã], points_changed: [mã], rounds: [{code, year, keeps_version}]}"""
PLAN_ARM = "Mở các kỳ báo cáo của một năm: từ đó bot nhắc và nhận số liệu."
PLAN_ARM_MORE = """Kỳ đã mở giữ nguyên. Kỳ đã qua hạn lúc mở thì không nhắc.

--json: {plan, year, rounds: [{code, title, due, last_day, armed_on, armed_now, reminders, first_reminder}]}"""
PLAN_CODE = "Mã kế hoạch, khi đã nạp nhiều kế hoạch."
PLAN_FILE = "Tệp kế hoạch (.yaml); cách viết: bot/plans/README.md."

UNITS = "Đơn vị: danh sách, nhập từ tệp."
UNITS_LIST = "Danh sách đơn vị và cán bộ đầu mối."
UNITS_LIST_MORE = """--json: [{code, name, short, group, questions, source, aliases, from, until, exists, focal: [tên]}]"""
UNITS_IMPORT = "Thêm, sửa đơn vị theo tệp .csv hoặc .xlsx."
UNITS_IMPORT_MORE = """Dòng đầu là tên cột, viết tiếng Việt hoặc tiếng Anh:
  mã (code), tên (name), tên gọi ngắn (short), nhóm (group), bộ câu hỏi (questions), nguồn (source),
  tên khác (aliases, cách nhau bằng dấu |), từ ngày (from), đến ngày (until).
Bắt buộc: mã; đơn vị mới cần thêm tên, nhóm, bộ câu hỏi. Nhóm: phường (ward), nêu tên (named), khác (other).
Đơn vị đã có: ô để trống là giữ nguyên, ô ghi dấu - là xóa (tên khác, từ ngày, đến ngày).
Đơn vị không có trong tệp giữ nguyên. Có một chỗ sai thì không thay đổi gì.

--json: {ok, dry_run, faults: [{row, column, message}], added: [mã],
changed: [{code, fields: {tên mục: [cũ, mới]}}], same: [mã]}"""
UNITS_FILE = "Tệp .csv (UTF-8, dấu phẩy hoặc chấm phẩy) hoặc .xlsx."
DRY_RUN = "Chỉ cho xem sẽ thay đổi gì."

INVITE = "Tạo một lời mời dùng một lần cho đơn vị hoặc Phòng Nội vụ."
INVITE_MORE = """Ví dụ:
  nhacviec invite --role noi-vu
  nhacviec invite --unit "Phường 5" --role focal

--json: {unit, unit_name, role, code, link | null, expires_at}"""
INVITE_UNIT = "Tên hoặc mã đơn vị, gõ không dấu hay viết tắt đều được."
INVITE_ROLE = """focal (đầu mối), deputy (dự phòng), leader (lãnh đạo),
noi-vu (cán bộ tổng hợp), district (lãnh đạo quận, chỉ xem). Mặc định: focal."""

CALENDAR = "Chạy thử lịch của một năm: mọi tin bot sẽ tự gửi."
CALENDAR_MORE = """Mỗi tin: thứ, ngày, giờ; nội dung; gửi cho ai; vì sao dời ngày.
Năm chưa mở thì tính như mở từ ngày 01/01 năm đó; năm mở muộn hơn thì tin trước ngày mở vẫn hiện, kèm ghi chú “không gửi”.
Lệnh này không gửi gì, không thay đổi gì.

--json: {plan, year, armed_on | null, rounds: [{code, title, due, last_day, armed}],
messages: [{at, day, weekday, time, occasion, title, round, rung, covers, point, units: [mã], to, said, nominal_day,
moved_because, misplaced}], totals: {messages, not_said, on_days_off, outside_hours}, days_off: [{day, name, by_office}],
worked_weekends: [{day, note}]}. occasion: reminder, excerpt, digest, weekly, waking;
misplaced: day_off, outside_hours hoặc null."""
CALENDAR_UNIT = "Chỉ tin của một đơn vị, kèm điểm kế hoạch được trích."
CALENDAR_FULL = "Tách tin trích kế hoạch theo từng điểm."

DAYS = "Bảng ngày nghỉ và ngày làm bù của cơ quan."
DAYS_LIST = "Các ngày trong bảng; bảng này thắng lịch chương trình tự biết."
DAYS_LIST_MORE = "--json: [{day, weekday, works, note}]"
DAYS_OFF = "Ghi một ngày cơ quan nghỉ."
DAYS_WORK = "Ghi một ngày cơ quan làm việc (làm bù, hoặc ngày lễ vẫn làm)."
DAYS_REMOVE = "Bỏ một ngày khỏi bảng."
DAYS_CHANGE_MORE = "--json: {day, works | null, note, changed}"
NOTE_HELP = "Tên ngày nghỉ hoặc lý do; người nhận tin sẽ đọc thấy."

SUMMARY = "Tổng hợp một kỳ báo cáo."
SUMMARY_MORE = """Không chọn kỳ thì lấy kỳ đang nhận báo cáo, hoặc kỳ gần hôm nay nhất.

--json: {plan, round, at, expected, received, received_in_time, groups, units, totals, difficulties};
các mục con được tả ở bot/views/summary_json.py"""
SUMMARY_ROUND = "Mã kỳ, như 6T hoặc N."
SUMMARY_YEAR = "Năm của kỳ."

DOCTOR = "Kiểm tra máy, cài đặt, cơ sở dữ liệu, kết nối, kế hoạch, hàng đợi."
DOCTOR_MORE = """✓ tốt · ! nên xem · ✗ phải sửa (mã kết thúc 1). Không thay đổi gì.

--json: [{check, state, message, hint}], state: ok, warning, fault"""

# Wrong command lines


def _see(command: str) -> str:
    return f" Xem: {command} --help" if command else ""


def no_such_command(name: str, near: str, command: str) -> str:
    """An unknown command."""
    return f"Không có lệnh “{name}”." + (f" Có phải là “{near}”?" if near else "") + _see(command)


def no_such_option(name: str, near: str, command: str) -> str:
    """An unknown option."""
    return f"Không có tùy chọn {name}." + (f" Có phải là {near}?" if near else "") + _see(command)


def needs_value(name: str, command: str) -> str:
    """An option used the wrong way: without its value, or a flag with one."""
    return f"Tùy chọn {name} thiếu giá trị, hoặc không dùng kèm giá trị.{_see(command)}"


def missing(name: str, command: str) -> str:
    """Something required was not given."""
    return f"Thiếu {name}.{_see(command)}"


def bad_value(name: str, command: str) -> str:
    """A value of the wrong kind."""
    return f"Giá trị của {name} chưa đúng.{_see(command)}"


def too_much(extra: str, command: str) -> str:
    """More than the command understands."""
    said = f" (“{extra}”)" if extra else ""
    return f"Câu lệnh có phần thừa{said}; tên có dấu cách thì đặt trong dấu nháy kép.{_see(command)}"


def not_a_year(text: str, first: int, last: int) -> str:
    """No year."""
    return f"“{text}” không phải năm; ghi bốn chữ số, từ {first} đến {last}."


def not_a_day(text: str) -> str:
    """No date."""
    return f"“{text}” không phải ngày có thật; ghi như 02/01/2026 hoặc 2026-01-02."


def no_such_unit(text: str, near: Sequence[str]) -> str:
    """Nobody, or more than one, is called so."""
    meant = f" Có phải là {' · '.join(near)}?" if near else ""
    return f"Không rõ “{text}” là đơn vị nào.{meant} Danh sách: nhacviec units list"


def no_plan() -> str:
    """Nothing is loaded."""
    return "Chưa nạp kế hoạch nào. Nạp bằng: nhacviec plan load TỆP"


def which_plan(code: str, codes: Sequence[str]) -> str:
    """Several plans, or none of that name."""
    asked = f"Không có kế hoạch “{code}”." if code else "Đã nạp nhiều kế hoạch."
    return f"{asked} Chọn bằng --plan: {', '.join(codes)}."


# A machine that is not ready


def dot_env_readable() -> str:
    """Others may read the tokens."""
    return "Chú ý: người khác trên máy này đọc được tệp .env chứa mã truy cập. Sửa bằng: chmod 600 .env"


def dot_env_writable(path: str) -> str:
    """Others may replace the tokens: the bot does not start."""
    return f"Người khác trên máy này sửa được tệp {path} chứa mã truy cập nên bot không chạy. Sửa bằng: chmod 600 {path}"


def newer_schema(revision: str) -> str:
    """The database was written by a newer program."""
    return (
        f"Cơ sở dữ liệu do một phiên bản Nhắc Việc mới hơn ghi ({revision}); phiên bản này không mở để tránh làm hỏng."
        " Hãy cài phiên bản mới hơn."
    )


_DATABASE_FAULTS = {
    "unable to open database file": "không mở được tệp",
    "file is not a database": "tệp không phải cơ sở dữ liệu SQLite",
    "database disk image is malformed": "tệp bị hỏng, cần khôi phục từ bản sao lưu",
    "database is locked": "chương trình khác đang giữ tệp",
    "attempt to write a readonly database": "tệp chỉ cho đọc",
    "database or disk is full": "đĩa đầy",
    "disk i/o error": "lỗi đọc ghi đĩa",
    "could not parse sqlalchemy url": "DATABASE_URL không phải địa chỉ cơ sở dữ liệu",
    "connection refused": "không kết nối được máy chủ cơ sở dữ liệu",
    "no such file or directory": "không kết nối được máy chủ cơ sở dữ liệu",
    "server closed the connection": "máy chủ cơ sở dữ liệu đã ngắt kết nối",
    "timeout expired": "máy chủ cơ sở dữ liệu không trả lời",
    "failed to resolve host": "không tìm thấy máy chủ cơ sở dữ liệu có tên trong DATABASE_URL",
    "authentication failed": "máy chủ cơ sở dữ liệu không nhận tên hoặc mật khẩu trong DATABASE_URL",
    'fatal: role "': "máy chủ cơ sở dữ liệu không có người dùng trong DATABASE_URL",
    'fatal: database "': "máy chủ không có cơ sở dữ liệu trong DATABASE_URL",
    "permission denied": "người dùng trong DATABASE_URL không đủ quyền; cần là chủ của cơ sở dữ liệu",
    "could not serialize access": "nhiều việc cùng ghi một lúc; chạy lại lệnh là được",
    "can't load plugin": "DATABASE_URL dùng loại cơ sở dữ liệu chưa hỗ trợ",
}


def database_fault(reason: str) -> str:
    """The library's reason in Vietnamese where it is one of those that befall a sound program, else ""."""
    return next((said for english, said in _DATABASE_FAULTS.items() if english in reason.lower()), "")


def no_driver(name: str | None) -> str:
    """The database's driver is not installed."""
    how = ', cài bằng: pip install "psycopg[binary]"' if name == "psycopg" else ""
    return f"chưa cài thư viện {name} mà DATABASE_URL cần{how}"


def not_writable(path: str) -> str:
    """A file or folder may not be written."""
    return f"Không được phép ghi {path}. Kiểm tra quyền của thư mục dữ liệu, hoặc đặt DATA_DIR ở nơi khác."


def not_a_folder(path: str) -> str:
    """The data folder is a file."""
    return f"{path} không phải thư mục. Đặt DATA_DIR là một thư mục."


def no_such_path(path: str) -> str:
    """A folder that is not there and cannot be made."""
    return f"Không có {path} và không tạo được. Kiểm tra DATA_DIR."


def disk_full() -> str:
    """No space left."""
    return "Đĩa đã đầy, không ghi thêm được. Giải phóng dung lượng rồi chạy lại; dữ liệu đã ghi vẫn nguyên."


def port_forbidden() -> str:
    """The system does not let us listen there."""
    return "Hệ thống không cho mở cổng này. Đặt SANDBOX_PORT từ 1024 trở lên, ví dụ SANDBOX_PORT=8081."


# Plans


def file_unreadable(path: str) -> str:
    """The file cannot be read."""
    return f"Không đọc được tệp {path}: không có tệp, hoặc không được phép đọc."


def faults_found(path: str, count: int) -> str:
    """After the list of faults."""
    return f"{path}: {count} chỗ cần sửa."


def plan_fine(path: str, plan: Plan) -> str:
    """A plan without faults."""
    return f"{path}: hợp lệ. {_plan_counts(plan)}"


def nothing_loaded() -> str:
    """After the faults of a plan or units file."""
    return "Chưa thay đổi gì."


def plan_known(plan: Plan) -> str:
    """Exactly this text is the newest version."""
    return f"Kế hoạch {plan.number} ({plan.code}) đã nạp đúng bản này, không có gì thay đổi."


def plan_superseded(plan: Plan) -> str:
    """Exactly this text was loaded, and a newer one after it."""
    return (
        f"Bản này của kế hoạch {plan.number} đã nạp trước đây và đã có bản mới hơn thay. Muốn dùng lại, thêm một dòng"
        " ghi chú (#) nêu lý do vào tệp rồi nạp. Chưa thay đổi gì."
    )


def plan_loaded(plan: Plan, first: bool) -> str:
    """Done."""
    return f"Đã nạp {'' if first else 'bản mới của '}kế hoạch {plan.number} ({plan.code}). {_plan_counts(plan)}"


def _plan_counts(plan: Plan) -> str:
    return (
        f"{len(plan.units)} đơn vị, {len(plan.points)} điểm, {len(plan.question_sets)} bộ câu hỏi, "
        f"{len(plan.rounds)} kỳ báo cáo mỗi năm."
    )


def plan_changes(what: str, added: Sequence[str], changed: Sequence[str], removed: Sequence[str]) -> str:
    """Units or points by code, or "" when nothing changed."""
    parts = [
        f"{verb} {len(names)} ({', '.join(names[:12])}{'…' if len(names) > 12 else ''})"
        for verb, names in (("thêm", added), ("sửa", changed), ("bỏ", removed))
        if names
    ]
    return f"{what}: {'; '.join(parts)}." if parts else ""


UNITS_WORD = "Đơn vị"
POINTS_WORD = "Điểm kế hoạch"


def left_out(units: Sequence[str]) -> str:
    """Units known that the new version does not list."""
    return f"Đơn vị không có trong tệp nhưng vẫn giữ (lịch sử gắn với đơn vị): {', '.join(units)}."


def rounds_keep(rounds: Sequence[Round]) -> str:
    """Armed rounds and the plan's version they use."""
    names = wording.listed(wording.of_year(round_.title, round_.year) for round_ in rounds)
    return f"Kỳ đã mở giữ bản kế hoạch lúc mở: {names}."


def arm_next(plan: Plan, year: int) -> str:
    """Nothing of this plan is armed."""
    return f"Kế hoạch chưa mở kỳ nào. Mở bằng: nhacviec plan arm --year {year} --plan {plan.code}"


def year_before_plan(plan: Plan, year: int) -> str:
    """The plan was not there yet."""
    return f"Kế hoạch {plan.number} dùng từ năm {plan.year}; không mở kỳ cho năm {year}."


def year_too_far(year: int, last: int) -> str:
    """Nobody plans that far."""
    return f"Năm {year} còn quá xa, lịch nghỉ chưa thể biết; mở được tới năm {last}."


def armed(plan: Plan, year: int) -> str:
    """Head of the list of rounds."""
    return f"Kế hoạch {plan.number}, năm {year}:"


def armed_round(round_: Round, new: bool, rungs: Sequence[Rung], today: date) -> str:
    """One round: its date both ways and what will be sent."""
    opened = "mở từ hôm nay" if new else f"đã mở ngày {wording.full_date(round_.armed_on)}, giữ nguyên"
    line = f"  {wording.capitalised(round_.title)}: {deadline(round_)}; {opened}."
    coming = [rung for rung in rungs if rung.day >= today]
    if round_.last_day < round_.armed_on:
        return f"{line}\n    Đã qua hạn khi mở nên không gửi tin nhắc."
    if not coming:
        return f"{line}\n    Không còn tin nhắc nào."
    return f"{line}\n    Còn {len(coming)} lần nhắc, lần tới {wording.dated_full(coming[0].day)}."


def deadline(round_: Round) -> str:
    """The due date both ways, with year: "trước ngày 05/5/2026 (chậm nhất hết thứ Hai 04/5/2026)"."""
    last = f"chậm nhất hết {wording.dated_full(round_.last_day)}"
    return last if round_.inclusive else f"trước ngày {wording.full_date(round_.due)} ({last})"


# Units

UNIT_HEADINGS = ("Mã", "Tên", "Nhóm", "Bộ câu hỏi", "Đầu mối")
_GROUPS = {"ward": "phường", "named": "nêu tên", "other": "khác"}
_SOURCES = {"plan": "kế hoạch", "office": "cơ quan"}
_FIELDS = {
    "code": "mã",
    "name": "tên",
    "short": "tên gọi ngắn",
    "group": "nhóm",
    "questions": "bộ câu hỏi",
    "source": "nguồn",
    "aliases": "tên khác",
    "from": "từ ngày",
    "until": "đến ngày",
}


def group(word: str) -> str:
    """A group of units."""
    return _GROUPS.get(word, word)


def unit_row(unit: Unit, focal: Sequence[str], today: date) -> tuple[str, ...]:
    """One line of the table of units."""
    life = ""
    if unit.until and unit.until < today:
        life = f" (đến {wording.full_date(unit.until)})"
    elif unit.from_ and unit.from_ > today:
        life = f" (từ {wording.full_date(unit.from_)})"
    return unit.code, unit.name + life, group(unit.group), unit.questions, ", ".join(focal) or "–"


def units_counted(units: int, seated: int) -> str:
    """Under the table."""
    return f"{units} đơn vị đang hoạt động, {seated} đơn vị đã có đầu mối."


def field(name: str) -> str:
    """A column of the units file."""
    return _FIELDS[name]


def field_value(name: str, value: object) -> str:
    """What stands in a field."""
    match value:
        case None | "" | ():
            return "(trống)"
        case date():
            return wording.full_date(value)
        case tuple():
            return " | ".join(map(str, value))
        case _:
            return {"group": _GROUPS, "source": _SOURCES}.get(name, {}).get(str(value), str(value))


def cell_fault(row: int, column: str, message: str) -> str:
    """One fault of a units file."""
    place = ", ".join(part for part in (f"dòng {row}" if row else "", f"cột {column}" if column else "") if part)
    return f"{place}: {message}" if place else message


def units_changed(added: Sequence[str], changed: Sequence[str], same: Sequence[str], dry: bool) -> str:
    """What an import does, or would do."""
    counts = f"thêm {len(added)}, sửa {len(changed)}, giữ nguyên {len(same)} đơn vị"
    return f"Nếu nhập: {counts}. Chưa thay đổi gì (chạy thử)." if dry else f"Đã nhập: {counts}."


def unit_added(code: str, name: str) -> str:
    """A new unit."""
    return f"+ {code}: {name}"


def unit_changed(code: str, name: str, before: str, after: str) -> str:
    """One field of a known unit."""
    return f"~ {code}, {name}: {before} → {after}"


WRONG_KIND_OF_FILE = "Chỉ nhận tệp .csv hoặc .xlsx."
NOT_UTF8 = "Tệp .csv không lưu ở dạng UTF-8; trong Excel chọn “CSV UTF-8”, hoặc lưu dạng .xlsx."
NOT_A_TABLE = "Không đọc được bảng trong tệp; tệp hỏng hoặc không đúng dạng."
EMPTY_TABLE = "Bảng chưa có đơn vị nào dưới dòng tên cột."
NO_CODE = "Thiếu mã đơn vị."
BAD_CODE = "Mã gồm 1–12 chữ không dấu hoặc chữ số, viết liền."
RESERVED_CODE = "Mã này là tên nhóm, không dùng cho đơn vị."
SHEET_FORMULA = "Không bắt đầu bằng =, +, -, @."
CLEARING = "-"
ENDS_BEFORE_IT_BEGINS = "Đến ngày sớm hơn từ ngày."
NOT_CLEARABLE = "Mục này không để trống được."


def table_too_big(megabytes: int, rows: int) -> str:
    """More than any list of units."""
    return f"Tệp lớn hơn {megabytes} MB hoặc hơn {rows} dòng; vui lòng kiểm tra có chọn đúng tệp không."


def unknown_column(name: str) -> str:
    """A heading nobody knows."""
    return f"Không rõ cột “{name}”. Các cột: {', '.join(_FIELDS.values())}."


def column_twice(name: str) -> str:
    """Two columns for one thing."""
    return f"Cột “{name}” có hai lần."


def missing_column(name: str) -> str:
    """A column that must be there."""
    return f"Thiếu cột “{_FIELDS[name]}”."


def too_many_cells() -> str:
    """A row longer than the headings."""
    return "Dòng có nhiều ô hơn dòng tên cột; ô có dấu ngăn cách thì đặt trong dấu nháy kép."


def code_twice(row: int) -> str:
    """Two rows for one unit."""
    return f"Mã này đã có ở dòng {row}."


def needed_for_new(name: str) -> str:
    """A new unit lacks something."""
    return f"Đơn vị mới cần có {_FIELDS[name]}."


def too_long(most: int) -> str:
    """A text too long for messages."""
    return f"Dài hơn {most} ký tự."


def unknown_word(text: str, words: Sequence[str]) -> str:
    """A group or source nobody knows."""
    return f"Không rõ “{text}”. Ghi một trong: {', '.join(words)}."


def unknown_questions(text: str, sets: Sequence[str]) -> str:
    """A question set no plan has."""
    return f"Không có bộ câu hỏi “{text}”. Các bộ đang có: {', '.join(sets)}."


def bad_day_in_table(text: str) -> str:
    """No date."""
    return f"“{text}” không phải ngày có thật; ghi như 01/7/2025 hoặc 2025-07-01."


def name_taken(text: str, code: str) -> str:
    """Two units would be called the same."""
    return f"“{text}” trùng với cách gọi đơn vị {code}; người dùng gõ không dấu sẽ không phân biệt được."


# Invites

NOI_VU = "noi-vu"


def role_words() -> str:
    """What may stand after --role."""
    return "focal, deputy, leader, noi-vu, district"


def not_a_role(text: str) -> str:
    """No role."""
    return f"Không có vai trò “{text}”. Chọn một trong: {role_words()}."


def invite_needs_unit() -> str:
    """For whom?"""
    return 'Thiếu --unit, ví dụ: nhacviec invite --unit "Phường 5" --role focal'


def coordinator_elsewhere(unit: str, coordinator: str) -> str:
    """Coordinators sit only in the unit that collects the reports."""
    return f"Vai trò noi-vu chỉ thuộc {coordinator}, không phải {unit}; bỏ --unit."


def invite_made(role: Role, unit: str, until: datetime, link: str, code: str) -> str:
    """The invite and how it is used."""
    lines = [f"Lời mời đăng ký {seat(role, unit)}, dùng một lần, đến {wording.said_at(until)}.", ""]
    if link:
        lines += ["Telegram, bấm liên kết:", f"  {link}"]
    else:
        lines += [
            "Telegram: mở bot, bấm Bắt đầu rồi gửi mã dưới đây.",
            "(Chưa có liên kết: bot chưa kết nối Telegram lần nào. Chạy bot một lần rồi tạo lời mời mới để có liên kết.)",
        ]
    lines += ["Zalo: tìm bot của cơ quan, bấm Nhắn tin rồi gửi riêng dòng mã:", f"  {code}", ""]
    if role is Role.COORDINATOR:
        lines.append("Chỉ đưa cho cán bộ tổng hợp: người dùng mã này xem được số liệu của mọi đơn vị.")
    else:
        lines.append("Sau khi đăng ký, Phòng Nội vụ còn xác nhận. Bot chỉ giữ dấu vết của mã, mất mã thì tạo lời mời mới.")
    return "\n".join(lines)


# The year's calendar


def calendar_head(plan: Plan, year: int, armed_on: date | None, unit: str) -> str:
    """What is shown."""
    how = f"mở ngày {wording.full_date(armed_on)}" if armed_on else f"chưa mở, tính như mở từ 01/01/{year}"
    whom = f", {unit}" if unit else ""
    return f"Lịch tin năm {year}, kế hoạch {plan.number} ({how}){whom}"


def calendar_round(round_: Round) -> str:
    """A round and its last valid day."""
    return f"  {wording.capitalised(wording.of_year(round_.title, round_.year))}: {deadline(round_)}"


def calendar_month(year: int, month: int) -> str:
    """Head of a month."""
    return f"Tháng {month}/{year}"


def calendar_line(day: date, at: time, title: str, to: str, notes: Sequence[str]) -> str:
    """One message."""
    more = "".join(f"; {note}" for note in notes if note)
    return f"  {wording.capitalised(wording.dated(day)):<14} {wording.clock(at)}  {title} → {to}{more}"


def excerpts_together(points: int) -> str:
    """The Monday excerpts of one morning."""
    return f"Trích kế hoạch đầu tuần ({points} điểm khác nhau)" if points > 1 else "Trích kế hoạch đầu tuần"


def excerpt(foreseen: Foreseen) -> str:
    """One excerpt."""
    return f"{outlook.title(foreseen.item)}: {outlook.about(foreseen.item)}"


def moved_from(nominal: date, because: str) -> str:
    """Why it is not on its usual day."""
    return f"dời từ {wording.dated(nominal)} ({wording.day_off(because)})"


def not_said() -> str:
    """It lies before the year was armed."""
    return "không gửi"


def armed_late(armed_on: date) -> str:
    """Why some messages are marked so."""
    return f"  Tin ghi “không gửi” rơi trước ngày mở ({wording.full_date(armed_on)})."


def misplaced(why: Misplaced) -> str:
    """It would disturb somebody."""
    return "SAI: ngày nghỉ" if why is Misplaced.DAY_OFF else "SAI: ngoài giờ"


def calendar_totals(counts: dict[Occasion, int], unsaid: int, off: int, outside: int, opens: time, closes: time) -> str:
    """How many, and that nobody is disturbed: counted, not promised."""
    kinds = (
        (Occasion.REMINDER, "tin nhắc báo cáo"),
        (Occasion.EXCERPT, "tin trích kế hoạch"),
        (Occasion.WAKING, "tin nhắc theo hẹn"),
        (Occasion.DIGEST, "tin tổng hợp cho Phòng Nội vụ"),
        (Occasion.WEEKLY, "tin đầu tuần cho lãnh đạo quận"),
    )
    parts = [f"{wording.count(counts[kind])} {name}" for kind, name in kinds if counts.get(kind)]
    total = wording.count(sum(counts.values()))
    lines = [
        f"Tổng cộng {total} tin: {', '.join(parts)}." if parts else "Không có tin nào.",
        f"Rơi vào ngày nghỉ: {off}. Ngoài giờ làm việc ({wording.clock(opens)}–{wording.clock(closes)}): {outside}.",
    ]
    if unsaid:
        lines.append(f"Trong đó {wording.count(unsaid)} tin rơi trước ngày mở nên không gửi.")
    lines.append("Đơn vị đã gửi báo cáo thì không nhận tin nhắc của kỳ đó nữa; tin cùng giờ cho một người được gộp làm một.")
    return "\n".join(lines)


def unseated(count: int, of: int) -> str:
    """Units nobody can be reached at."""
    return (
        f"Hiện {count}/{of} đơn vị chưa có người nhận tin; tin của các đơn vị đó không gửi được cho tới khi có người đăng ký."
    )


def days_used(calendar: WorkCalendar, year: int, special: Sequence[SpecialDay]) -> str:
    """The days off and made-up days reckoned with."""
    table = {day.on: day for day in special}
    off = [
        f"  {wording.capitalised(wording.dated(day))}: {name or 'nghỉ'}{' (bảng của cơ quan)' if day in table else ''}"
        for day, name in sorted(calendar.off_days.items())
        if day.year == year
    ]
    worked = [
        f"  {wording.capitalised(wording.dated(day))}: {table[day].note if day in table else 'làm bù'}"
        for day in sorted(calendar.worked_weekends)
        if day.year == year
    ]
    lines = [f"Ngày nghỉ đã tính trong năm {year} (ngoài thứ Bảy, Chủ nhật):", *(off or ["  (không có)"])]
    return "\n".join([*lines, "Ngày nghỉ cuối tuần phải làm bù:", *worked] if worked else lines)


# Days

DAY_HEADINGS = ("Ngày", "Thứ", "Cơ quan", "Ghi chú")


def day_row(day: SpecialDay) -> tuple[str, ...]:
    """One line of the office's table."""
    return wording.full_date(day.on), wording.weekday(day.on), "làm việc" if day.works else "nghỉ", day.note


def no_days(year: int | None) -> str:
    """An empty table."""
    of = f" cho năm {year}" if year else ""
    return f"Bảng của cơ quan chưa có ngày nào{of}; chỉ dùng lịch nghỉ chương trình tự biết."


def day_put(day: SpecialDay, changed: bool) -> str:
    """Noted."""
    state = "làm việc" if day.works else "nghỉ"
    return f"{'Đã ghi' if changed else 'Đã có sẵn'}: {wording.dated_full(day.on)}, cơ quan {state} ({day.note})."


def day_removed(on: date, there: bool, reason: str | None) -> str:
    """Forgotten; `reason`: why the day is off now, None when it is worked."""
    if not there:
        return f"Bảng không có ngày {wording.full_date(on)}."
    now = f"nghỉ ({wording.day_off(reason)})" if reason is not None else "làm việc"
    return f"Đã bỏ {wording.dated_full(on)} khỏi bảng; theo lịch chung ngày này {now}."


def works_anyway() -> str:
    """A working day noted as a working day."""
    return "Theo lịch chung ngày này vốn đã làm việc."


def off_anyway() -> str:
    """A day off noted as a day off."""
    return "Theo lịch chung ngày này vốn đã nghỉ."


def empty_note() -> str:
    """Messages quote the note."""
    return "Ghi chú không để trống: người nhận tin sẽ đọc thấy lý do này."


# Summary


def no_round(code: str, year: int | None, known: Sequence[str]) -> str:
    """No such round."""
    asked = " ".join(part for part in (code, str(year) if year else "") if part)
    have = f" Các kỳ đang có: {', '.join(known)}." if known else " Chưa mở kỳ nào; mở bằng: nhacviec plan arm --year NĂM"
    return f"Không có kỳ “{asked}”.{have}" if asked else f"Chưa có kỳ nào.{have}"
