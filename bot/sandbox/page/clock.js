/** The bot's clock, and moving it forward. */

import * as api from "./api.js";
import { attempt, announce, disclosure, el } from "./dom.js";
import * as store from "./store.js";
import * as vn from "./vn.js";

const SHOWN = 40;
let moving = false;
let redraw = () => {};

/** Moves the bot's clock to ISO text `to`; the control shows progress meanwhile. Resolves to whether it succeeded. */
export async function move(to) {
  if (moving) return false;
  moving = true;
  redraw();
  const moved = await attempt(async () => {
    if (new Date(to) < new Date(store.state().now)) throw new Error("Đồng hồ chỉ chuyển được về phía trước.");
    await api.moveClock(to);
    await Promise.all([store.refreshState(), store.refreshUpcoming()]);
  });
  moving = false;
  redraw();
  if (moved) announce(`Đồng hồ: ${vn.day(store.state().now)}, ${vn.time(store.state().now)}`);
  return moved;
}

/** Builds the control inside `home`; returns the function that redraws it from the store. */
export function create(home) {
  const face = el("p", { class: "face" });
  const next = el("button", { type: "button", class: "primary next", on: { click: () => {
    const [first] = store.state().upcoming;
    if (first) move(first.at);
  } } });
  const more = el("button", { type: "button", class: "more" }, "Sắp tới ▾");
  const list = el("ol", { class: "upcoming" });
  const date = el("input", { type: "datetime-local", id: "clock-date", "aria-label": "Ngày và giờ mới" });
  const jump = (label, target) => el("button", {
    type: "button", "data-close": true, on: { click: () => move(target(store.state().now)) },
  }, label);
  // The browser writes the date its own way (perhaps month first): say in words which day it is.
  const meaning = el("output", { for: "clock-date", class: "meaning" });
  const explain = () => {
    const at = date.value && vn.fromLocalInput(date.value);
    meaning.textContent = at ? `${vn.capital(vn.day(at))}, ${vn.time(at)}` : "";
  };
  date.addEventListener("input", explain);
  const go = el("form", { class: "pick" }, el("label", { for: "clock-date" }, "Chọn ngày"), date,
    el("button", { type: "submit" }, "Chuyển"), meaning);
  const panel = el("div", { class: "popover later", hidden: true },
    el("div", { class: "jumps" }, jump("+1 giờ", (now) => vn.plusHours(now, 1)), jump("+1 ngày làm việc", vn.nextWorkingDay)), go,
    el("h2", {}, "Việc sắp tới"), list);
  const opened = disclosure(more, panel);
  go.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!date.value) return;
    opened.close();
    move(vn.fromLocalInput(date.value));
  });
  const progress = el("progress", { "aria-label": "Đang chuyển đồng hồ", hidden: true });
  home.append(el("div", { class: "reading" }, el("span", { class: "label" }, "Đồng hồ của hệ thống"), face, progress),
    el("div", { class: "controls" }, next, more, panel));

  redraw = () => {
    const { now, upcoming } = store.state();
    face.textContent = `${vn.capital(vn.day(now))}, ${vn.time(now)}`;
    home.classList.toggle("moving", moving);
    home.setAttribute("aria-busy", String(moving));
    progress.hidden = !moving;
    for (const control of panel.querySelectorAll("button, input")) control.disabled = moving;
    more.disabled = moving;
    next.disabled = moving || upcoming.length === 0;
    next.title = upcoming[0]?.title ?? "";
    next.replaceChildren(moving ? "Đang chuyển…" : "Chuyển đến việc kế tiếp",
      el("small", {}, upcoming[0] ? `${vn.time(upcoming[0].at)} ${vn.day(upcoming[0].at)}` : "chưa có việc nào sắp tới"));
    date.min = vn.localInput(now);
    if (panel.hidden || !date.value || date.value < date.min) date.value = date.min;
    explain();
    drawUpcoming(list, upcoming);
  };
  return redraw;
}

function drawUpcoming(list, upcoming) {
  const signature = JSON.stringify([upcoming, moving]);
  if (list.dataset.drawn === signature) return;
  list.dataset.drawn = signature;
  list.replaceChildren(...upcoming.slice(0, SHOWN).map(({ at, title, to }) => el("li", {},
    el("button", { type: "button", "data-close": true, disabled: moving, on: { click: () => move(at) } },
      el("span", { class: "when" }, `${vn.time(at)} ${vn.day(at)}`), el("span", { class: "title" }, title),
      to && el("span", { class: "to" }, `Gửi: ${Array.isArray(to) ? to.join(", ") : to}`)))));
  if (upcoming.length === 0) {
    list.append(el("li", { class: "none" }, "Chưa có việc nào sắp tới. Khi có đơn vị đăng ký, lịch nhắc sẽ hiện ở đây."));
  }
  if (upcoming.length > SHOWN) list.append(el("li", { class: "none" }, `… và ${upcoming.length - SHOWN} việc nữa.`));
}
