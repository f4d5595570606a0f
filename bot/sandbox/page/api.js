/** The sandbox's control API; every failure is an Error whose message a person can read. */

/** The sandbox speaks English to programs; people read these. The first that the refusal contains. */
const MEANINGS = [
  ["has blocked the bot", "Người này đang chặn hệ thống nhắc việc. Bỏ chặn rồi thử lại."],
  ["leads to another bot", "Liên kết này dẫn tới một tài khoản khác, không phải hệ thống nhắc việc."],
  ["after start=", "Mã mời trong liên kết không đúng dạng."],
  ["no such button", "Tin này không còn nút đó."],
  ["cannot be moved", "Đồng hồ của sân thử này không chuyển được."],
];
const BY_STATUS = {
  400: "Sân thử không hiểu thao tác này.",
  403: "Sân thử chỉ nhận thao tác từ trang của chính nó.",
  404: "Không tìm thấy người, tin hoặc tệp này.",
  409: "Thao tác này hiện không làm được.",
  413: "Tệp quá lớn.",
};

async function call(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error("Không kết nối được với sân thử.");
  }
  const text = await answer.text();
  let body = null;
  try {
    body = text ? JSON.parse(text) : null;
  } catch {
    body = null;
  }
  if (!answer.ok) throw new Error(explain(answer.status, String(body?.error ?? "")));
  return body;
}

function explain(status, refusal) {
  const known = MEANINGS.find(([words]) => refusal.includes(words));
  if (!known && refusal) console.warn(status, refusal);
  return known?.[1] ?? BY_STATUS[status] ?? `Sân thử gặp lỗi (${status}).`;
}

function post(path, body) {
  return call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

export const state = () => call("/sandbox/state");
export const upcoming = () => call("/sandbox/upcoming");
/** Resolves once the bot has said all it has to say to what was done before. */
export const settled = () => call("/sandbox/settled");
export const chat = (person, platform) => call(`/sandbox/chat?${new URLSearchParams({ person, platform })}`);
/** `key` ties the person to a member of the cast. */
export const addPerson = (name, role = "", key = "") => post("/sandbox/people", { name, role, key });
export const say = (person, platform, text) => post("/sandbox/say", { person, platform, text });
export const tap = (person, message_id, data) => post("/sandbox/tap", { person, message_id, data });
export const open = (person, platform, link) => post("/sandbox/open", { person, platform, link });
export const block = (person, platform, blocked) => post("/sandbox/block", { person, platform, blocked });
export const read = (person, platform) => post("/sandbox/read", { person, platform });
export const moveClock = (to) => post("/sandbox/clock", { to });

export function sendFile(person, platform, file) {
  const form = new FormData();
  form.append("person", person);
  form.append("platform", platform);
  form.append("file", file, file.name);
  return call("/sandbox/file", { method: "POST", body: form });
}
