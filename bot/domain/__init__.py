"""What is true about our work. Pure: no I/O, no clock, no third-party code; `now` is always an argument.

Glossary. The Vietnamese word is what people at the office say; the English one is what the code says, everywhere.

The plan
    kế hoạch                        plan (`Plan`)
    điểm, ý của kế hoạch            point (`Point`)
    trích kế hoạch                  excerpt: a point word for word, on a Monday morning (`Excerpt`)
    nghĩa vụ, việc được giao        duty: what the points and questions of a unit ask of it
    Nơi nhận                        recipients
    kỳ báo cáo                      round: a report asked of every unit, in one year (`Round`); in the plan, before it
                                    belongs to a year, `RoundTemplate`
    mở kỳ                           arm (a round for a year)
    chốt kỳ                         close (a round)
    sửa riêng cho một kỳ            amendment: what the office changes in a plan for one round (`Amendments`)
    kỳ số liệu                      since … until: the period the figures cover
    hạn                             due date: the date as the plan writes it
    "trước ngày 05/5"               exclusive: 05/5 itself is late
    ngày cuối còn hạn               last valid day (`Round.last_day`): 04/5 for "trước ngày 05/5"

Units and people
    đơn vị                          unit (`Unit`); as a plan file lists it, `PlannedUnit`; as far as names go, `Named`
    phường                          ward: a unit of group "ward"
    phòng ban được nêu tên          named unit: the plan gives it duties of its own
    cơ quan                         office: who runs the bot, its names and hours (`Office`)
    Phòng Nội vụ                    coordinator: the unit that collects the reports, and its people
    cán bộ, người                   person (`Person`); the name as on paper, `PersonName`
    vai trò                         seat: one person in one role for one unit (`Seat`, `Role`)
    cán bộ đầu mối                  focal person
    đầu mối dự phòng                deputy
    lãnh đạo đơn vị                 leader
    cán bộ tổng hợp                 coordinator
    bàn giao                        handing a seat over
    vắng mặt                        absence: days a person is away, and who stands in (`Absence`)
    lời mời                         invite: a single-use right to ask for a seat
    người đang thao tác             actor: who acts, with the seats they hold at this very moment (`Actor`)

Questions and answers
    bộ câu hỏi                      question set (`QuestionSet`)
    câu hỏi, chỉ tiêu               question, indicator (`Question`, `Kind`); a choice's possible answer is an `Option`
    câu hỏi phụ                     follow-up, asked depending on an earlier answer (`FollowUp`)
    câu trả lời                     answer (`Answer`); what was typed, understood: `Reading`; its kind: `Status`
    số liệu                         given figure, 0 included; a number read from text, or `Unclear` (figures.`Figure`)
    không phát sinh                 none: there is nothing to report here; not 0
    chưa có số                      unavailable: will come later; not 0
    chưa trả lời                    unanswered: there is no answer
    x trên y                        ratio (`Ratio`)
    phần trăm                       bare percentage, never added (`Percent`)
    tệp                             file (`FileValue`)
    loại tệp nhận được              file type (`FileType`); why another is not taken: `Unfit`
    dấu mật, thông tin cá nhân      mark: what must not, or not lightly, be typed into a chat (`Mark`)
    ước                             estimate
    hỏi lại                         doubtful: asked back, not guessed (`Doubtful`, `Doubt`)
    xác nhận                        confirm: understood, shown once more before it counts (`Confirm`)
    số bất thường                   odd figure (`Oddity`)
    tiến độ                         progress: questions in order and how many are answered (`Progress`, `Count`); one
                                    question in its place is a progress.`Step`
    câu lệnh bằng lời               verb: "tiếp", "sửa câu 6", "để sau" (`Verb`, `Command`)

Reports
    báo cáo đã gửi                  report: everything answered, sent on confirmation (`Report`)
    gửi bằng văn bản                paper: said to have gone through the document system (`Via`)
    tổng hợp                        summary of a round (`Summary`), made of a `Sheet` with a `UnitSheet` a unit
    tình trạng                      standing: where a unit stands (`Standing`, `State`)
    tổng số                         total of one indicator, with the figures behind it (`Total`, totals.`Figure`)
    nhóm chỉ tiêu                   block: indicators asked of the same units (`Block`)
    tỷ lệ gửi của nhóm              share (`Share`)
    gánh nặng báo cáo               burden: what a round costs those who fill it in (`Burden`): a unit's `Effort`, a
                                    question's `Cost`
    so sánh hai kỳ                  comparison over the units in both sums (`Comparison`), one indicator's `Change`
    kiểm tra cả báo cáo             check: what is worth asking about a whole report (`Check`)
    xem xét báo cáo                 verdict: one judgement of one sending (`Verdict`, `Judgement`); where that leaves the
                                    report: `Stage`
    hỏi các đơn vị chưa gửi         chasing: asking a whole `Group` at once
    khó khăn, vướng mắc             difficulty (`Difficulty`); each thing that happened to it is an `Event`, its kind a
                                    difficulties.`Step`
    giao, chuyển, gộp               assign, forward (to another department), merge (into one that says the same)

Questions to the program in plain words
    hỏi bằng lời                    asking: a text understood as a query (`WhoSent`, `StateOf`, `FigureOf`, `TotalOf`,
                                    `Extreme`, `Compared`, `Troubles`, `DueDate`, `PlanTopic`), or `Unknown`, for a
                                    reason (`Unclear`)
    gửi chưa, gửi rồi, gửi trễ      which units are asked for (`Sending`); with which round it is compared (`Against`)
    tên gọi của chỉ tiêu            topic: how an indicator may be called (`Indicator`); all that may be asked about is a
                                    `Vocabulary`, the units a text names are places.`Named`

Time
    ngày làm việc                   working day (`WorkCalendar`)
    giờ làm việc                    office hours (`OfficeHours`); every hour that can be set: hours.`Hour`
    ngày nghỉ, ngày làm bù          day off, made-up working day; in the office's own table: `SpecialDay`
    mốc nhắc                        rung of the reminder ladder (`Rung`); in the plan file, `RungSpec`; a ladder that cannot
                                    be is `Unsound`
    thông báo kỳ                    announcement: the first rung
    nhắc trước hạn, ngày cuối, sau hạn
                                    before, last, after: the other rungs
    gia hạn                         extension: a unit's own, later last valid day (`Extension`)
    nhắc lại sau                    snooze, a unit's wish (`Wish`); why a day cannot be had: `Refusal`
    tin tổng hợp cuối ngày          digest, to the coordinator
    lịch tin                        outlook: what will be said unasked (`Planned`, `Occasion`); in a dry run of a year
                                    `Foreseen`, wrong when `Misplaced`; moved by a changed calendar, ladder or hour: `Shift`

Proof and personal data
    sổ đôn đốc                      ledger: what was said to a unit (`Entry`, `Message`), what became of it (`Fate`), why
                                    it did not arrive (`Why`), counted (`Tally`); why a unit is not asked: `Skip`
    yêu cầu xoá dữ liệu             erasure request (`ErasureRequest`, `RequestState`)

Channels
    kênh                            platform: Telegram, Zalo
    liên kết tải tệp                signed link (`Links`), or `Forged`, or `Expired`
    hạn mức tin của Zalo            quota of a month (`Quota`, `Allowance`), and how short it is (`Room`)
"""
