/** The sandbox's page: who is on stage, and what is redrawn when something happened. */

import * as api from "./api.js";
import * as clock from "./clock.js";
import * as coach from "./coach.js";
import * as dialogs from "./dialogs.js";
import { announce, attempt, el, unseen } from "./dom.js";
import * as pane from "./pane.js";
import * as store from "./store.js";

const MOST_WAITING = 3;

const home = (id) => document.getElementById(id);
const panes = new Map();
let chosen = null;

const drawClock = clock.create(home("clock"));
const helper = coach.create(home("coach"), (id) => choose(String(id), "telegram"));
helper.onToggle(drawSwitcher);
dialogs.onDone((id, platform) => {
  choose(String(id), platform);
  panes.get(String(id))?.focus();
});

store.onChange(({ person, platform, fresh = [] }) => {
  home("offline").hidden = store.isConnected();
  drawClock();
  drawPanes(person);
  drawSwitcher();
  helper.update();
  if (fresh.length > 0) announce(heard(person, platform, fresh));
});

start();

async function start() {
  try {
    await store.connect();
  } catch {
    home("offline").hidden = false;
    setTimeout(start, 2000);
  }
}

/** One pane for each person, and one for each of the first of the cast still to be played, in the cast's order. */
function drawPanes(only) {
  const { people, cast } = store.state();
  const played = cast.map((member) => ({ member, person: store.personOf(member) }));
  const waiting = dialogs.unplayed().slice(0, Math.max(0, MOST_WAITING - people.length));
  const keys = [
    ...played.filter(({ member, person }) => person || waiting.includes(member))
      .map(({ member, person }) => (person ? String(person.id) : `cast ${member.key}`)),
    ...people.filter((person) => !played.some((one) => one.person === person)).map((person) => String(person.id)),
  ];
  for (const [key, { node }] of panes) {
    if (keys.includes(key)) continue;
    node.remove();
    panes.delete(key);
  }
  keys.forEach((key, index) => {
    const member = cast.find((one) => `cast ${one.key}` === key);
    if (!panes.has(key)) panes.set(key, member ? waitingPane(member) : pane.create(store.personById(key).id));
    const one = panes.get(key);
    if (home("panes").children[index] !== one.node) home("panes").insertBefore(one.node, home("panes").children[index] ?? null);
    if (only === undefined || String(only) === key) one.update?.();
  });
  if (!panes.has(chosen)) {
    const heir = played.find(({ member, person }) => person && chosen === `cast ${member.key}`)?.person;
    choose(heir ? String(heir.id) : keys[0] ?? null);
  }
}

/** A place kept for somebody of the cast: choosing a channel is how they come to life. */
function waitingPane(member) {
  const join = (platform, how) => () => attempt(async () => {
    const id = await dialogs.play(member);
    choose(String(id), platform);
    await store.turn(id, () => how(id));
  });
  const open = join("telegram", (id) => api.open(id, "telegram", member.link));
  const type = join("zalo", (id) => api.say(id, "zalo", member.code));
  const node = el("section", { class: "pane waiting", "aria-label": member.name },
    pane.avatar(member), el("strong", {}, member.name), el("span", { class: "role" }, member.role),
    el("p", {}, "Đã có mã mời, chưa đăng ký. Chọn kênh để bắt đầu:"),
    el("button", { type: "button", class: "primary", on: { click: open } }, "Mở liên kết trên Telegram"),
    el("button", { type: "button", on: { click: type } }, "Gõ mã mời trên Zalo"));
  return { node, reveal: () => node.scrollIntoView({ behavior: "smooth", inline: "nearest", block: "nearest" }) };
}

/** Turns to a person: on a phone the only pane shown, elsewhere the one scrolled to. */
function choose(key, platform) {
  chosen = key;
  for (const [each, { node }] of panes) node.classList.toggle("chosen", each === key);
  const one = panes.get(key);
  if (platform) one?.show?.(platform);
  one?.reveal();
  drawSwitcher();
}

function drawSwitcher() {
  if (!store.state()) return;
  const nav = home("switcher");
  // As the panes stand on the page, which is not the order in which they came.
  const stood = [...home("panes").children].map((node) => [...panes.keys()].find((key) => panes.get(key).node === node));
  const faces = stood.map((key) => ({ key, face: faceOf(key), news: unread(faceOf(key)) }));
  const signature = JSON.stringify([faces.map(({ key, news }) => [key, news]), chosen, helper.isOpen()]);
  if (nav.dataset.drawn === signature) return;
  nav.dataset.drawn = signature;
  const focused = nav.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  const button = (key, props, ...inside) => el("button", { type: "button", "data-key": key, ...props }, inside);
  nav.replaceChildren(
    ...faces.map(({ key, face, news }) => button(key, { "aria-pressed": String(key === chosen), on: { click: () => choose(key) } },
      pane.avatar(face), face.name, news > 0 && el("span", { class: "badge" }, String(news), unseen(" tin chưa đọc")))),
    button("add", { class: "add", on: { click: dialogs.addPerson } }, "+ Thêm người"),
    button("guide", { class: "guide", "aria-expanded": String(helper.isOpen()), "aria-controls": "coach", on: { click: helper.toggle } },
      "Làm quen"));
  if (focused !== undefined) nav.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  nav.querySelector("[aria-pressed=true]")?.scrollIntoView({ inline: "nearest", block: "nearest" });
}

function faceOf(key) {
  return store.personById(key) ?? store.state().cast.find((member) => `cast ${member.key}` === key);
}

function unread(face) {
  return face?.telegram ? face.telegram.unread + face.zalo.unread : 0;
}

function heard(id, platform, fresh) {
  const name = store.personById(id)?.name ?? "";
  const where = `${name}, ${platform === "telegram" ? "Telegram" : "Zalo"}`;
  return fresh.map((message) => `${where}: ${message.text || message.file?.name || "tệp"}`).join("\n");
}
