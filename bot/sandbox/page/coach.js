/** The side panel of the first visit: the guide's steps, ticked off as they happen. */

import { el, announce } from "./dom.js";
import * as guide from "./guide.js";
import * as store from "./store.js";

const UNFINISHED = "Chưa xong bước này. Hãy xem tin cuối cùng trong khung trò chuyện rồi làm tiếp, hoặc bấm lại.";
const DISMISSED = "nhacviec.coach.dismissed";

/** Builds the panel inside `home`. `look(person id)` turns the page to a person. Returns {update, toggle, isOpen}. */
export function create(home, look) {
  let running = null;
  let fault = "";
  let told = null;
  const phone = matchMedia("(max-width: 759px)");
  let small = phone.matches;
  phone.addEventListener("change", () => {
    small = phone.matches;
    update();
  });

  const size = el("button", { type: "button", class: "plain size", on: { click: () => {
    small = !small;
    update();
  } } });
  const close = el("button", {
    type: "button", class: "plain", "aria-label": "Đóng phần làm quen", on: { click: () => set(false) },
  }, "✕");
  const steps = el("ol", { class: "steps" });
  const end = el("p", { class: "end", hidden: true },
    "Xong. Từ đây cứ thử tùy ý: chặn một người, chuyển đồng hồ đến ngày quá hạn, hoặc trả lời trên Zalo.");
  home.append(el("div", { class: "title" }, el("h2", {}, "Làm quen trong 2 phút"), size, close),
    el("p", { class: "intro" }, "Tự làm từng bước trong các khung trò chuyện, hoặc để trang làm giúp."), steps, end);
  home.hidden = remembered();

  async function help(step) {
    running = new AbortController();
    fault = "";
    const mine = running;
    update();
    try {
      await step.help(guide.hand(mine.signal, look));
      if (!step.done(guide.chats())) fault = UNFINISHED;
    } catch (problem) {
      if (!mine.signal.aborted) fault = problem.message;
    }
    running = null;
    update();
  }

  function update() {
    if (home.hidden || !store.state()) return;
    const seen = guide.chats();
    const done = guide.STEPS.map((step) => step.done(seen));
    const now = done.indexOf(false);
    home.classList.toggle("small", small);
    size.textContent = small ? "Xem cả" : "Thu gọn";
    size.hidden = !phone.matches;
    end.hidden = now !== -1;
    if (told !== null && told !== now) {
      fault = "";
      announce(now === -1 ? "Đã làm xong phần làm quen." : `Bước tiếp theo: ${guide.STEPS[now].title}`);
    }
    told = now;
    const signature = JSON.stringify([done, now, Boolean(running), fault, small]);
    if (steps.dataset.drawn === signature) return;
    steps.dataset.drawn = signature;
    const focused = steps.contains(document.activeElement);
    steps.replaceChildren(...guide.STEPS.map((step, index) => draw(step, index + 1, done[index], index === now)));
    if (focused) steps.querySelector("button")?.focus();
    if (!small) steps.querySelector(".now")?.scrollIntoView({ block: "nearest" });
  }

  const button = (label, act, look = null) => el("button", { type: "button", class: look, on: { click: act } }, label);

  function draw(step, number, done, now) {
    const buttons = now && (running
      ? [button("Dừng", () => running.abort()), el("span", { class: "busy" }, "Đang làm giúp…")]
      : [button("Làm giúp", () => help(step), "primary")]);
    const look = [done && "done", now && "now"].filter(Boolean).join(" ");
    return el("li", { class: look, "data-step": number, "aria-current": now ? "step" : null },
      el("p", { class: "headline" }, step.title, done && el("span", { class: "unseen" }, " (đã xong)")),
      el("p", { class: "about" }, step.about), buttons,
      now && fault && el("p", { class: "fault", role: "alert" }, fault));
  }

  function set(open) {
    home.hidden = !open;
    if (!open) running?.abort();
    remember(!open);
    update();
    for (const listener of listeners) listener(open);
  }

  const listeners = [];
  return { update, toggle: () => set(home.hidden), isOpen: () => !home.hidden, onToggle: (listener) => listeners.push(listener) };
}

// Storage may be refused (private windows): then the panel simply comes back next time.
function remembered() {
  try {
    return localStorage.getItem(DISMISSED) === "yes";
  } catch {
    return false;
  }
}

function remember(dismissed) {
  try {
    if (dismissed) localStorage.setItem(DISMISSED, "yes");
    else localStorage.removeItem(DISMISSED);
  } catch {
    // see above
  }
}
