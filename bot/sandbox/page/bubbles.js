/** A chat's messages as bubbles, redrawn only where something changed. */

import { el, icon, unseen } from "./dom.js";
import { link, rich } from "./richtext.js";
import * as vn from "./vn.js";

const FILE = "M6 3h8l4 4v14H6zM14 3v4h4";

/**
 * Makes `list` show `messages`.
 * @param context what richtext needs, and tap(message, button, node) and botName.
 */
export function show(list, messages, context) {
  const rows = [];
  let shown = null;
  for (const message of messages) {
    const day = vn.isoDay(message.date);
    if (day !== shown) rows.push({ key: `day ${day} ${message.id}`, signature: day, build: () => separator(message.date) });
    shown = day;
    rows.push({ key: `message ${message.id}`, signature: JSON.stringify([message, context.bot]), build: () => bubble(message, context) });
  }
  reconcile(list, rows);
}

/** Keeps unchanged nodes in place: scrolling, focus and screen readers are not disturbed by what did not change. */
function reconcile(list, rows) {
  const before = list.rows ?? new Map();
  const after = new Map();
  rows.forEach(({ key, signature, build }, index) => {
    const old = before.get(key);
    const kept = old?.signature === signature ? old : { signature, node: build() };
    after.set(key, kept);
    if (list.children[index] !== kept.node) list.insertBefore(kept.node, list.children[index] ?? null);
    if (old && old !== kept) {
      const focused = old.node.contains(document.activeElement) ? document.activeElement.dataset.data : undefined;
      old.node.remove();
      if (focused !== undefined) refocus(kept.node, focused);
    }
    before.delete(key);
  });
  for (const { node } of before.values()) node.remove();
  list.rows = after;
}

/** The pressed button vanished with its old bubble: stay on its successor, else go to where one types. */
function refocus(node, data) {
  const same = [...node.querySelectorAll("button[data-data]")].find((button) => button.dataset.data === data);
  (same ?? node.closest(".pane")?.querySelector("textarea"))?.focus({ preventScroll: true });
}

function separator(moment) {
  return el("li", { class: "day" }, el("span", {}, vn.capital(vn.day(moment))));
}

function bubble(message, context) {
  if (message.from === "system") return el("li", { class: "system", "data-id": message.id }, el("span", {}, rich(message, context)));
  const who = message.from === "bot" ? context.botName : "Bạn đóng vai";
  const hasText = Boolean(message.html || message.text);
  return el("li", { class: `message ${message.from}`, "data-id": message.id },
    el("div", { class: "bubble" },
      unseen(`${who}: `),
      message.file && attachment(message.file),
      hasText && el("div", { class: "text" }, rich(message, context)),
      el("span", { class: "meta" },
        message.edited && "đã sửa · ",
        el("time", { datetime: message.date }, vn.time(message.date)))),
    message.buttons?.length > 0 && keyboard(message, context));
}

function keyboard(message, context) {
  return el("div", { class: "keyboard", role: "group", "aria-label": "Các nút của tin này" },
    message.buttons.map((row) => el("div", { class: "row" }, row.map((button) => key(message, button, context)))));
}

function key(message, button, context) {
  if (button.url) return link(button.url, button.text, context, { class: "key outward" });
  const pressed = wasPressed(message, button);
  const node = el("button", { type: "button", class: pressed ? "key pressed" : "key", "data-data": button.data ?? "" },
    button.text, pressed && unseen(" (đã bấm)"));
  node.addEventListener("click", () => context.tap(message, button, node));
  return node;
}

/** `pressed` is the data of the button pressed, or a list of them. */
export function wasPressed(message, button) {
  return Array.isArray(message.pressed) ? message.pressed.includes(button.data) : Boolean(button.data) && message.pressed === button.data;
}

function attachment(file) {
  // Only files of this sandbox: a picture elsewhere would be a request leaving this computer.
  const url = typeof file.url === "string" && file.url.startsWith("/sandbox/files/") ? file.url : null;
  if (url && file.is_image) {
    return el("a", { class: "picture", href: url, download: file.name ?? "", title: `Tải ${file.name ?? "ảnh"}` },
      el("img", { src: url, alt: `Ảnh ${file.name ?? ""}`.trim() }));
  }
  const label = [icon(FILE), el("span", { class: "name" }, file.name || "tệp"),
    el("span", { class: "size" }, file.size === null || file.size === undefined ? "" : vn.bytes(file.size))];
  if (!url) return el("span", { class: "file" }, label);
  return el("a", { class: "file", href: url, download: file.name ?? "", title: "Tải về" }, label);
}
