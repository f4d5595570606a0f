"""The demonstration: what its made-up people are called and type, each bearing the mark that it is made up."""

from __future__ import annotations

from random import Random

from bot.texts.documents import MADE_UP_MARK

MARK = MADE_UP_MARK

OFFICE = f"{MARK} UBND quận Gò Vấp"
COORDINATOR = f"{MARK} Phòng Nội vụ quận Gò Vấp"
CONTACT = f"{MARK} Phòng Nội vụ"

# What one types when asked for a name (letters only), and what the person is then called.
TYPED_NAME = "Cán Bộ Minh Hoạ"
LEADER_TYPED = "Lãnh Đạo Minh Hoạ"
NONE = "không phát sinh"
NO_DIFFICULTY = "không"
UNAVAILABLE = "chưa có số"
SKIP = "bỏ qua"
SEND = "gửi"
SENT_ON_PAPER = "/dagui"
LATER = "để sau"
DIFFICULTY = "khó khăn"

DIFFICULTIES = (
    f"{MARK} Thiếu kinh phí in tài liệu tuyên truyền cho hội nghị khu phố",
    f"{MARK} Chậm giải phóng mặt bằng một tuyến hẻm do hộ dân chưa thống nhất ranh đất",
    f"{MARK} Phần mềm dịch vụ công trực tuyến hay báo lỗi vào giờ cao điểm",
    f"{MARK} Cán bộ kiêm nhiệm nhiều việc nên chậm tổng hợp số liệu",
    f"{MARK} Chưa có hướng dẫn mẫu niêm yết theo Luật Thực hiện dân chủ ở cơ sở",
    f"{MARK} Kinh phí hỗ trợ mô hình Dân vận khéo chưa được cấp",
)
REPLIES = (
    f"{MARK} Phòng sẽ gửi mẫu và đăng ký kinh phí trong đợt bổ sung gần nhất",
    f"{MARK} Phòng đã chuyển ý kiến tới đơn vị phụ trách phần mềm, sẽ báo lại khi có kết quả",
    f"{MARK} Đề nghị phường mời các hộ họp lại, Phòng cử người cùng dự",
)
REASONS = (
    f"{MARK} trong kỳ có một đợt cao điểm",
    f"{MARK} đã kiểm tra lại, số đúng",
    f"{MARK} cộng cả số của quý trước chuyển sang",
)
SENTENCES = (f"{MARK} thiếu nội dung về quỹ vận động", f"{MARK} chưa niêm yết kết quả giám sát")


def officer(unit: str) -> str:
    """Like "Cán bộ minh hoạ P5"."""
    return f"Cán bộ minh hoạ {unit}"


def coordinator() -> str:
    """Who plays Phòng Nội vụ."""
    return "Cán bộ minh hoạ tổng hợp"


def district() -> str:
    """Who plays the district's leaders."""
    return "Lãnh đạo minh hoạ quận"


def deputy(unit: str) -> str:
    """Who stands in for a unit's officer."""
    return f"Cán bộ dự phòng minh hoạ {unit}"


def leader(unit: str) -> str:
    """Who plays a unit's leader."""
    return f"Lãnh đạo minh hoạ {unit}"


def document(random: Random) -> str:
    """A document's number."""
    return f"{random.randrange(10, 90)}/BC-UBND {MARK}"


def plan_document(random: Random) -> str:
    """A plan's number and day."""
    return f"{MARK} {random.randrange(10, 90)}/KH-UBND ngày {random.randrange(10, 28)}/3"


def about(figure: str) -> str:
    """An estimate."""
    return f"khoảng {figure}"


def marked_plan(source: str) -> str:
    """The seed plan as the demonstration's: it says that it is made up, its number bears the mark.

    Raises ValueError when the file is not written as expected.
    """
    for plain, marked in (
        ("plan:\n", "plan:\n  made_up: true\n"),
        ("  number: 847/KH-UBND\n", f'  number: "847/KH-UBND {MARK}"\n'),
    ):
        if source.count(plain) != 1:
            raise ValueError(f"the seed plan has no line {plain.strip()!r}")
        source = source.replace(plain, marked)
    return source


# The command

ABOUT = "Dựng một kỳ báo cáo minh hoạ trong sân thử: 28 đơn vị, số liệu bịa, có ghi rõ."
MORE_ABOUT = """Mọi tên người và số liệu đều do chương trình đặt ra, không phải của đơn vị nào; hiện ra đều kèm chữ “minh hoạ”.
Dữ liệu nằm riêng trong thư mục data-demo; mỗi lần chạy dựng lại từ đầu. Không dùng cấu hình Telegram, Zalo trong .env."""
FOLDER = "Thư mục dữ liệu của bản minh hoạ (mặc định: data-demo)."
CHECK = "Chỉ dựng dữ liệu, không mở sân thử."
PATH = "THƯ_MỤC"


def building(folder: str) -> str:
    """It takes a moment."""
    return f"Đang dựng bản minh hoạ trong {folder} …"


def built(units: int, rounds: int, messages: int, seconds: float) -> str:
    """Done."""
    took = f"{seconds:.0f}"
    return f"Đã dựng: {units} đơn vị, {rounds} kỳ báo cáo, {messages} tin nhắn, trong {took} giây. Mọi tên và số liệu là bịa."


def not_a_demo(folder: str) -> str:
    """The folder holds something else."""
    return f"Thư mục {folder} đã có dữ liệu và không phải bản minh hoạ, nên không đụng tới. Chọn thư mục khác bằng --folder."


def inside(folder: str) -> str:
    """The marker file's words."""
    return f"{MARK} Thư mục {folder}: dữ liệu bịa do lệnh “nhacviec demo” dựng; lệnh đó sẽ xoá và dựng lại.\n"


def cast(people: str) -> str:
    """Whom to play."""
    return f"Trên trang, chọn vai: {people}."
