/** The first visit: a table of steps, how each is seen to have happened, and how the page does it as a person would. */

import * as api from "./api.js";
import * as clock from "./clock.js";
import * as dialogs from "./dialogs.js";
import * as store from "./store.js";
import { fold } from "./vn.js";

/**
 * The steps in order. `done(chats)` is decided from the chats alone, so doing a step by hand counts the same;
 * `help(hand)` performs it. Both meet the bot's words only through the vocabulary below (folded to ASCII).
 */
export const STEPS = [
  {
    title: "Chị Hoa mở mã mời, đăng ký",
    about: "Chị Hoa (Phòng Nội vụ) theo dõi cả kế hoạch. Mở liên kết mời, nhập họ tên, số điện thoại, xác nhận.",
    cast: "hoa",
    done: ({ hoa }) => registered(hoa),
    help: (hand) => hand.register("hoa"),
  },
  {
    title: "Chị Lan mở liên kết mời",
    about: "Chị Lan là đầu mối của UBND Phường 5. Mở liên kết mời, nhập họ tên và số điện thoại.",
    cast: "lan",
    done: ({ lan }) => registered(lan),
    help: (hand) => hand.register("lan"),
  },
  {
    title: "Chị Hoa xác nhận chị Lan",
    about: "Phòng Nội vụ nhận được đề nghị đăng ký và bấm xác nhận đúng người.",
    cast: "hoa",
    done: ({ hoa, lan, names }) => approved(hoa, lan, names.lan),
    help: (hand) => hand.approve("hoa", "lan"),
  },
  {
    title: "Chuyển đồng hồ tới tin nhắc hạn",
    about: "Không cần chờ: chuyển đồng hồ của hệ thống đến lúc gửi thông báo, nhắc hạn cho chị Lan.",
    cast: "lan",
    done: ({ lan }) => reminder(lan) !== null || asked(lan),
    help: (hand) => hand.moveClockUntilReminded("lan"),
  },
  {
    title: "Chị Lan bấm Bắt đầu, trả lời 10 câu",
    about: "Mỗi câu trả lời bằng một nút hoặc một con số.",
    cast: "lan",
    done: ({ lan }) => summary(lan) !== null || handedIn(lan),
    help: (hand) => hand.answerForm("lan"),
  },
  {
    title: "Chị Lan gửi báo cáo",
    about: "Xem lại bản tóm tắt rồi bấm Gửi. Chỉ khi bấm Gửi, báo cáo mới được tính là đã gửi.",
    cast: "lan",
    done: ({ lan }) => handedIn(lan),
    help: (hand) => hand.handIn("lan"),
  },
  {
    title: "Chị Hoa xem bảng tổng hợp",
    about: "Chị Hoa gõ /tonghop để xem đơn vị nào đã gửi và số liệu cộng dồn.",
    cast: "hoa",
    done: ({ hoa }) => answeredCommand(hoa, "/tonghop"),
    help: (hand) => hand.say("hoa", "/tonghop"),
  },
];

const YES = /^(dung|xac nhan|dong y|bat dau|dang ky|da co|day du|du$|du roi|hoan tat|lam tiep|tiep tuc|tiep|duyet|co$|roi$|xong|luu|chap nhan|nhan viec|lam ngay|tra loi ngay|van gui)/;
const NO = /^(khong (dung|phai)|sai|sua|lui|huy|thoi|de sau|(gap )?kho khan|tu choi|nhac lai|chua|doi|quay lai|tam dung|da gui)/;
const START = /^(bat dau|lam ngay|lam tiep|hoan tat|tra loi)/;
const SEND = /^(gui$|gui bao cao|gui di|gui phong)/;
const DIFFICULTIES = /kho khan|vuong mac|kien nghi/;
const NOTHING = /^khong( co)?$/;
const CLOSING = /da ghi nhan|da dang ky|dang ky xong|cam on|da gui|da nhan|cho .*xac nhan/;
const RECEIVED = /da nhan bao cao|da gui bao cao|bao cao .* da duoc gui/;
const APPROVED = /da xac nhan|da duyet|da duoc (xac nhan|duyet)|da ghi nhan .* la /;
const REMINDS = /thong bao|nhac (truoc|ngay|sau|lai|han)/;

/** What to type when the last message asks for it; the first line that fits wins. */
const REPLIES = [
  { asks: /ho (va )?ten|ten day du/, says: (who) => who.fullName },
  { asks: /dien thoai|so may|sdt/, says: (who) => who.phone },
  { asks: /chuc (vu|danh)/, says: () => "Công chức Văn hóa – Xã hội" },
  { asks: /so (hieu )?van ban|so, ky hieu|so ke hoach/, says: () => "12/KH-UBND" },
  { asks: /\bvi du:? [\d.,]+/, says: (who, text) => text.match(/ví dụ:?\s+([\d.,/]*\d%?)/i)?.[1] ?? "12" },
  { asks: /\bx ?\/ ?y\b|[a-z] \/ [a-z]|tren tong/, says: () => "12/14" },
  { asks: /\bso\b|bao nhieu|\bmay\b|\bm2\b|m²|con so/, says: () => "12" },
  { asks: /^cau \d+[^?]*\?$/, says: () => "Không có" },
];
const LAST_RESORTS = ["12/14", "12", "Không"];

/**
 * What a cooperative person would do about this bot message: {tap: button}, {say: text}, or null for nothing.
 * `attempt` counts earlier tries at the very same message, so that a wrong guess is not repeated.
 */
export function decide(message, who, attempt = 0) {
  const buttons = callbacks(message).filter((button) => !NO.test(fold(button.text)));
  // The question is the last paragraph; what stands before repeats the previous answer or says what was wrong with it.
  const asked = fold((message.text ?? "").trim().split(/\n\s*\n/).at(-1));
  if (attempt > 0) {
    const tries = [...LAST_RESORTS.map((say) => ({ say })), ...buttons.map((tap) => ({ tap }))];
    return tries[attempt - 1] ?? null;
  }
  const sure = buttons.find((button) => YES.test(fold(button.text)))
    ?? (DIFFICULTIES.test(asked) && buttons.find((button) => NOTHING.test(fold(button.text))));
  if (sure) return { tap: sure };
  const reply = REPLIES.find(({ asks }) => asks.test(asked));
  const asks = asked.includes("?") || buttons.length > 0 || /nhap|cho biet|go |ghi |gui /.test(asked);
  if (reply && asks) return { say: reply.says(who, message.text) };
  return buttons.length > 0 ? { tap: buttons[0] } : null;
}

/** The member of the cast with this key, else whose given name it is, else null. */
export function member(key) {
  const cast = store.state().cast;
  return cast.find((one) => fold(one.key) === key) ?? cast.find((one) => fold(one.name).split(/\s+/).at(-1) === key) ?? null;
}

/** What `done` looks at: messages of Hoa and Lan on whichever channel they use more. */
export function chats() {
  const of = (key) => {
    const person = member(key) && store.personOf(member(key));
    if (!person) return [];
    return store.PLATFORMS.map((platform) => store.messages(person.id, platform))
      .reduce((most, other) => (other.length > most.length ? other : most));
  };
  return { hoa: of("hoa"), lan: of("lan"), names: { hoa: member("hoa")?.name ?? "Hoa", lan: member("lan")?.name ?? "Lan" } };
}

/** The hand that helps. `signal` stops it between two actions; `look(person id)` shows the reader where it acts. */
export function hand(signal, look) {
  const acting = async (key) => {
    const one = member(key);
    if (!one) throw new Error("Kịch bản này không có người cần cho bước này.");
    const person = await dialogs.play(one);
    look(person);
    await pause(350, signal);
    return { one, person, who: identity(one) };
  };
  const turn = async (person, work) => {
    await store.turn(person, work);
    await store.answered(person);
    signal.throwIfAborted();
  };
  const act = (person, action, message) => turn(person, () => (
    action.tap ? api.tap(person, message.id, action.tap.data) : api.say(person, "telegram", action.say)));
  const converse = async (person, who, finished, most) => {
    const tried = new Map();
    for (let turn = 0; turn < most && !finished(); turn += 1) {
      const message = lastOpen(person);
      if (!message) return;
      const key = `${message.text} ${callbacks(message).map((button) => button.text)}`;
      const action = decide(message, who, tried.get(key) ?? 0);
      if (!action) return;
      tried.set(key, (tried.get(key) ?? 0) + 1);
      await act(person, action, message);
      await pause(250, signal);
    }
  };
  const said = (person) => store.messages(person, "telegram");

  return {
    async register(key) {
      const { one, person, who } = await acting(key);
      if (!said(person).some((message) => message.from === "bot")) await turn(person, () => api.open(person, "telegram", one.link));
      await converse(person, who, () => registered(said(person)), 12);
    },
    async approve(chief, newcomer) {
      const { person, who } = await acting(chief);
      const about = () => said(person).findLast((message) => open(message) && mentions(message, member(newcomer).name) && yes(message));
      if (!about()) {
        const { menu } = store.personById(person).telegram;
        const command = menu.find(({ description }) => /xac nhan|cho duyet|dang ky moi/.test(fold(description)));
        if (command) await act(person, { say: `/${command.command}` });
      }
      const message = about() ?? said(person).findLast((one) => open(one) && yes(one));
      if (message) await act(person, { tap: yes(message) }, message);
      await converse(person, who, () => approved(said(person), chats().lan, member(newcomer).name), 3);
    },
    async moveClockUntilReminded(key) {
      const { person } = await acting(key);
      for (let move = 0; move < 8 && !reminder(said(person)); move += 1) {
        const { upcoming } = store.state();
        const next = upcoming.find(({ title }) => REMINDS.test(fold(title))) ?? upcoming[0];
        if (!next) return;
        if (!await clock.move(next.at)) return;
        await store.refreshChat(person, "telegram");
        signal.throwIfAborted();
      }
    },
    async answerForm(key) {
      const { person, who } = await acting(key);
      const message = reminder(said(person));
      if (message && open(message)) await act(person, { tap: callbacks(message).find((button) => START.test(fold(button.text))) }, message);
      await converse(person, who, () => summary(said(person)) !== null || handedIn(said(person)), 60);
    },
    async handIn(key) {
      const { person, who } = await acting(key);
      const message = summary(said(person));
      if (message) await act(person, { tap: callbacks(message).find((button) => SEND.test(fold(button.text))) }, message);
      await converse(person, who, () => handedIn(said(person)), 3);
    },
    async say(key, text) {
      const { person } = await acting(key);
      await act(person, { say: text });
    },
  };
}

function registered(messages) {
  const phone = messages.findLastIndex(({ from, text }) => from === "person" && /^\+?[\d .-]{9,15}$/.test(text ?? ""));
  return phone >= 0 && messages.slice(phone + 1).some((message) => message.from === "bot" && (message.pressed || closes(message)));
}

function closes(message) {
  const text = fold(message.text ?? "");
  return CLOSING.test(text) && !text.includes("?") && !yes(message);
}

function approved(chief, newcomer, name) {
  const settled = (message) => message.pressed || message.edited || APPROVED.test(fold(message.text ?? ""));
  return chief.some((message) => message.from === "bot" && mentions(message, name) && settled(message))
    || newcomer.some((message) => message.from === "bot" && APPROVED.test(fold(message.text ?? "")) && !message.text.includes("?"));
}

/** Whether a question of the form was ever put: the reminder itself loses its buttons once one of them is pressed. */
function asked(messages) {
  return messages.some((message) => message.from === "bot" && /\bcau \d+[a-z]?(\/\d+)?\. /.test(fold(message.text ?? "")));
}

/** The newest bot message that offers to begin, sent at least an hour after the person registered; else null. */
function reminder(messages) {
  const phone = messages.find(({ from, text }) => from === "person" && /^\+?[\d .-]{9,15}$/.test(text ?? ""));
  if (!phone) return null;
  return messages.findLast((message) => message.from === "bot" && new Date(message.date) - new Date(phone.date) >= 3_600_000
    && callbacks(message).some((button) => START.test(fold(button.text)))) ?? null;
}

function summary(messages) {
  const offers = (message) => callbacks(message).some((button) => SEND.test(fold(button.text)));
  return messages.findLast((message) => message.from === "bot" && offers(message)) ?? null;
}

function handedIn(messages) {
  return messages.some((message) => message.from === "bot" && RECEIVED.test(fold(message.text ?? "")));
}

function answeredCommand(messages, command) {
  const asked = messages.findLastIndex(({ from, text }) => from === "person" && text?.trim().toLowerCase() === command);
  return asked >= 0 && messages.slice(asked + 1).some(({ from }) => from === "bot");
}

function callbacks(message) {
  return (message.buttons ?? []).flat().filter((button) => button.data);
}

function yes(message) {
  return callbacks(message).find((button) => YES.test(fold(button.text)));
}

function open(message) {
  return message.from === "bot" && !message.pressed && callbacks(message).length > 0;
}

/** The bot's last message, unless the person has already pressed one of its buttons. */
function lastOpen(person) {
  const last = store.messages(person, "telegram").findLast(({ from }) => from === "bot");
  return last && !last.pressed ? last : null;
}

/** Whether the given name stands in the text, with its accents: «Lan» is not «lần». */
function mentions(message, name) {
  const given = name.trim().split(/\s+/).at(-1);
  return new RegExp(`(?<![\\p{L}\\p{M}])${given}(?![\\p{L}\\p{M}])`, "u").test(message.text ?? "");
}

/** What somebody of the cast says of themselves: «Chị Lan» is «chị Nguyễn Thị Lan». */
function identity(one) {
  const [, title = "", bare] = one.name.match(/^(?:(chị|anh|bà|ông)\s+)?(.+)$/i);
  const called = title.toLowerCase();
  const family = called === "anh" || called === "ông" ? "Nguyễn Văn" : "Nguyễn Thị";
  const order = store.state().cast.findIndex(({ key }) => key === one.key);
  return { fullName: `${called} ${bare.includes(" ") ? bare : `${family} ${bare}`}`.trim(), phone: `090312340${order + 1}` };
}

async function pause(milliseconds, signal) {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  signal.throwIfAborted();
}
