/** One person's phone: two channels, a conversation, a composer. */

import * as api from "./api.js";
import * as bubbles from "./bubbles.js";
import * as composers from "./composer.js";
import * as dialogs from "./dialogs.js";
import { attempt, disclosure, el, icon, unseen } from "./dom.js";
import * as store from "./store.js";

const NAMES = { telegram: "Telegram", zalo: "Zalo" };
const DOTS = "M12 6v.01M12 12v.01M12 18v.01";
const COLOURS = 6;

/** A coloured disc with the letter of the given name, which Vietnamese writes last. */
export function avatar(person) {
  const words = person.name.trim().split(/\s+/);
  const face = person.avatar || words.at(-1).charAt(0).toUpperCase();
  const colour = [...person.name].reduce((sum, letter) => sum + letter.codePointAt(0), 0) % COLOURS;
  return el("span", { class: `avatar colour${colour}`, "aria-hidden": "true" }, face);
}

/** A pane for a person of the sandbox. `update()` redraws it from the store; `show(platform)` turns to a channel. */
export function create(id) {
  const person = () => store.personById(id);
  let channel = "telegram";

  const tabs = Object.fromEntries(store.PLATFORMS.map((platform) => [platform, el("button", {
    type: "button", role: "tab", class: "tab", id: `tab-${id}-${platform}`, "aria-controls": `log-${id}`,
    on: { click: () => show(platform), keydown: (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      show(platform === "telegram" ? "zalo" : "telegram");
      tabs[channel].focus();
    } },
  })]));
  const log = el("ol", { class: "log", id: `log-${id}`, role: "tabpanel", tabindex: "0" });
  const down = el("button", { type: "button", class: "down", hidden: true, on: { click: () => toEnd() } }, "Tin mới ↓");
  const empty = el("div", { class: "empty" });
  const answering = el("p", { class: "answering", role: "status", hidden: true }, "Đang trả lời…");
  const wall = el("div", { class: "wall", hidden: true });
  const composer = composers.create(id, () => channel);
  const more = el("button", { type: "button", class: "plain", "aria-label": "Thao tác khác" }, icon(DOTS));
  const actions = el("div", { class: "popover actions", hidden: true });
  disclosure(more, actions);
  const name = el("strong", { class: "name" });
  const role = el("span", { class: "role" });
  const head = el("header", { class: "head" }, el("div", { class: "who" }, name, role), more, actions);
  const node = el("section", { class: "pane", "data-person": id, "aria-labelledby": `name-${id}` },
    head, el("div", { class: "tabs", role: "tablist", "aria-label": "Kênh" }, Object.values(tabs)),
    el("div", { class: "screen" }, log, empty, answering, down), wall, composer.node);
  name.id = `name-${id}`;
  let stuck = true;
  log.addEventListener("scroll", () => {
    stuck = atEnd();
    if (stuck) down.hidden = true;
  });
  // A keyboard sliding in or a turned phone must not hide what is being answered.
  new ResizeObserver(() => stuck && toEnd()).observe(log);
  log.addEventListener("load", (event) => event.target.stick && toEnd(), true);

  let visible = false;
  new IntersectionObserver(([entry]) => {
    const came = entry.isIntersecting && !visible;
    visible = entry.isIntersecting;
    if (came) toEnd();
    markRead();
  }, { threshold: 0.3 }).observe(node);
  document.addEventListener("visibilitychange", markRead);

  function show(platform) {
    if (platform !== channel) {
      channel = platform;
      log.replaceChildren();
      log.rows = undefined;
      composer.clear();
    }
    update();
    toEnd();
  }

  function update() {
    const now = person();
    if (!now) return;
    const messages = store.messages(id, channel);
    const latest = messages.at(-1)?.id;
    const news = latest !== log.dataset.latest && log.dataset.latest !== undefined;
    const follow = atEnd() || messages.at(-1)?.from === "person";
    name.textContent = now.name;
    role.textContent = now.role || "Chưa rõ đơn vị";
    if (!head.querySelector(".avatar")) head.prepend(avatar(now));
    for (const platform of store.PLATFORMS) drawTab(tabs[platform], platform, now[platform], platform === channel);
    node.dataset.channel = channel;
    log.setAttribute("aria-label", `Trò chuyện ${NAMES[channel]} của ${now.name}`);
    bubbles.show(log, messages, context(id, channel));
    for (const image of log.querySelectorAll("img")) image.stick = follow && !image.complete;
    log.dataset.latest = latest ?? "";
    drawEmpty(empty, id, channel, messages);
    drawWall(wall, id, channel, now[channel].blocked);
    composer.update(now, now[channel].blocked);
    answering.hidden = !store.isAnswering(id);
    drawActions(actions, id, channel, now[channel].blocked);
    if (follow) toEnd();
    else if (news) down.hidden = false;
    markRead();
  }

  function markRead() {
    if (visible && !document.hidden && person()?.[channel].unread > 0) api.read(id, channel).then(store.refreshState).catch(() => {});
  }

  const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 90;
  function toEnd() {
    log.scrollTop = log.scrollHeight;
    stuck = true;
    down.hidden = true;
  }

  return { node, update, show, focus: composer.focus, reveal: () => {
    node.scrollIntoView({ behavior: "smooth", inline: "nearest", block: "nearest" });
  } };
}

function context(id, channel) {
  return {
    bot: store.state().bot.username,
    botName: store.state().bot.name,
    codes: store.state().cast.map((member) => member.code),
    openLink: dialogs.openLink,
    say: channel === "telegram" ? (text) => attempt(() => store.turn(id, () => api.say(id, channel, text))) : null,
    tap: async (message, button, node) => {
      if (node.getAttribute("aria-busy") === "true") return;
      node.setAttribute("aria-busy", "true");
      await attempt(() => store.turn(id, () => api.tap(id, message.id, button.data)));
      node.removeAttribute("aria-busy");
    },
  };
}

function drawTab(tab, platform, address, selected) {
  tab.setAttribute("aria-selected", String(selected));
  tab.tabIndex = selected ? 0 : -1;
  tab.replaceChildren(NAMES[platform]);
  if (address.blocked) tab.append(el("span", { class: "flag" }, "đã chặn"));
  if (address.unread > 0) tab.append(el("span", { class: "badge" }, String(address.unread), unseen(" tin chưa đọc")));
}

function drawEmpty(empty, id, channel, messages) {
  empty.hidden = messages.length > 0;
  if (empty.hidden || empty.dataset.drawn === channel) return;
  empty.dataset.drawn = channel;
  const bot = store.state().bot.name;
  const member = store.state().cast.find((one) => one.link && store.personOf(one)?.id === id);
  const send = (text) => () => attempt(() => store.turn(id, () => api.say(id, channel, text)));
  const telegram = channel === "telegram";
  const choice = (label, act, look = null) => el("button", { type: "button", class: look, on: { click: act } }, label);
  const offers = telegram
    ? [member && choice("Mở liên kết mời", () => attempt(() => store.turn(id, () => api.open(id, channel, member.link))), "primary"),
      choice("Bắt đầu (/start)", send("/start"))]
    : [member && choice("Gõ mã mời", send(member.code), "primary")];
  empty.replaceChildren(
    el("p", {}, telegram
      ? `Chưa có tin nào với ${bot} trên Telegram.`
      : `Chưa có tin nào với ${bot} trên Zalo. Zalo không có nút bấm: trả lời bằng cách gõ số hoặc chữ.`),
    ...offers.filter(Boolean));
}

function drawWall(wall, id, channel, blocked) {
  wall.hidden = !blocked;
  wall.replaceChildren(
    el("span", {}, `Đã chặn ${store.state().bot.name} trên ${NAMES[channel]}: tin gửi tới sẽ không đến.`),
    el("button", { type: "button", on: { click: () => setBlocked(id, channel, false) } }, "Bỏ chặn"));
}

function drawActions(actions, id, channel, blocked) {
  if (actions.dataset.drawn === `${channel} ${blocked}`) return;
  actions.dataset.drawn = `${channel} ${blocked}`;
  const item = (label, act) => el("button", { type: "button", "data-close": true, on: { click: act } }, label);
  actions.replaceChildren(
    item(blocked ? `Bỏ chặn trên ${NAMES[channel]}` : `Chặn trên ${NAMES[channel]}`, () => setBlocked(id, channel, !blocked)),
    item("Mở một liên kết mời…", () => dialogs.pasteLink(id)));
}

async function setBlocked(id, channel, blocked) {
  await attempt(async () => {
    await api.block(id, channel, blocked);
    await store.refreshState();
  });
}
