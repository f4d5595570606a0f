/** The page's questions: who is new here, and who opens this link. */

import * as api from "./api.js";
import { attempt, el } from "./dom.js";
import { startCode } from "./richtext.js";
import * as store from "./store.js";

let turnTo = () => {};

/** Called with (person id, platform) after a dialog made something happen in a chat. */
export function onDone(listener) {
  turnTo = listener;
}

/** Members of the cast nobody plays yet; without an invitation their seat is held by somebody else already. */
export function unplayed() {
  return store.state().cast.filter((member) => member.link && !store.personOf(member));
}

/** Makes the person for a member of the cast if needed. Resolves to the person's id. */
export async function play(member) {
  const known = store.personOf(member);
  if (known) return known.id;
  const { id } = await api.addPerson(member.name, member.role, member.key);
  await store.refreshState();
  return id;
}

/** Asks whose account opens `link`, then opens it on Telegram. */
export function openLink(href) {
  const code = startCode(href, store.state().bot.username);
  const meant = store.state().cast.find((member) => member.link === href || member.code === code);
  const options = [
    ...unplayed().map((member) => ({ label: member.name, about: `${member.role} · chưa đăng ký`, member, open: () => play(member) })),
    { label: "Người mới", about: "đặt tên bên dưới", fresh: true },
    ...store.state().people.map((person) => ({ label: person.name, about: person.role, person, open: async () => person.id })),
  ];
  const holder = meant && store.personOf(meant);
  const first = (meant && options.find(({ member, person }) => member === meant || (holder && person === holder))) ?? options[0];
  const name = line("opener-name", "Ví dụ: Nguyễn Văn An");
  const radios = options.map((option, index) => el("label", { class: "option" },
    el("input", { type: "radio", name: "opener", value: index, checked: option === first }),
    el("span", {}, el("strong", {}, option.label), el("small", {}, option.about || ""))));
  name.addEventListener("focus", () => {
    radios[options.findIndex((option) => option.fresh)].querySelector("input").checked = true;
  });
  ask("Mở bằng tài khoản của…", "Mở liên kết", [
    el("p", { class: "quoted" }, href),
    el("fieldset", { class: "options" }, el("legend", { class: "unseen" }, "Người mở liên kết"), radios),
    el("label", { for: "opener-name", class: "field" }, "Tên người mới"), name,
  ], async (form) => {
    const chosen = options[Number(new FormData(form).get("opener"))];
    if (chosen.fresh && !name.value.trim()) throw new Error("Cần tên của người mới.");
    const id = chosen.fresh ? (await api.addPerson(name.value.trim())).id : await chosen.open();
    await store.refreshState();
    await store.turn(id, () => api.open(id, "telegram", href));
    return id;
  });
}

/** Asks for a link or code and opens it as this person. */
export function pasteLink(id) {
  const input = line("pasted", "https://t.me/…?start=… hoặc mã");
  const label = el("label", { for: "pasted", class: "field" }, "Dán liên kết hoặc mã mời");
  ask("Mở một liên kết mời", "Mở liên kết", [label, input], async () => {
    const text = input.value.trim();
    if (!text) throw new Error("Cần một liên kết hoặc mã mời.");
    const isLink = /^(https?:\/\/|t\.me\/)/i.test(text);
    const link = isLink ? text : `https://t.me/${store.state().bot.username}?start=${encodeURIComponent(text)}`;
    await store.turn(id, () => api.open(id, "telegram", link));
    return id;
  });
}

/** Asks who joins: someone of the cast, or anybody. */
export function addPerson() {
  const waiting = unplayed();
  const name = line("new-name", "Ví dụ: Nguyễn Văn An");
  const role = line("new-role", "Ví dụ: UBND Phường 5 (không bắt buộc)");
  const picks = waiting.map((member) => el("button", { type: "button", class: "option", on: { click: (event) => {
    event.target.closest("dialog").close();
    attempt(async () => turnTo(await play(member), "telegram"));
  } } }, el("span", {}, el("strong", {}, member.name), el("small", {}, member.role))));
  ask("Thêm người", "Thêm", [
    picks.length > 0 && el("div", { class: "options" }, el("p", { class: "field" }, "Người có sẵn mã mời"), picks),
    el("label", { for: "new-name", class: "field" }, picks.length > 0 ? "Hoặc người khác: tên" : "Tên"), name,
    el("label", { for: "new-role", class: "field" }, "Đơn vị"), role,
  ], async () => {
    if (!name.value.trim()) throw new Error("Cần tên của người mới.");
    const { id } = await api.addPerson(name.value.trim(), role.value.trim());
    await store.refreshState();
    return id;
  });
}

function line(id, placeholder) {
  return el("input", { type: "text", id, maxlength: "200", autocomplete: "off", placeholder });
}

/** A modal question. `act(form)` resolves to the person to turn to, or rejects with what is wrong, and the question stays. */
function ask(title, confirm, body, act) {
  const fault = el("p", { class: "fault", role: "alert" });
  const submit = el("button", { type: "submit", class: "primary" }, confirm);
  const form = el("form", { method: "dialog" }, el("h2", { id: "dialog-title" }, title), body, fault,
    el("div", { class: "choices" }, el("button", { type: "button", on: { click: () => dialog.close() } }, "Thôi"), submit));
  const dialog = el("dialog", { "aria-labelledby": "dialog-title" }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const id = await act(form);
      // Closing gives the focus back to where it was; only then may it move on.
      dialog.close();
      turnTo(id, "telegram");
    } catch (problem) {
      fault.textContent = problem.message;
    } finally {
      submit.disabled = false;
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
