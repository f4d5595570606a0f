/** Where one writes: text, a file, or a command from the bot's menu. */

import * as api from "./api.js";
import { attempt, disclosure, el, icon } from "./dom.js";
import * as store from "./store.js";

const CLIP = "M20 11.5 12 19.4a5 5 0 0 1-7-7L13.4 4a3.3 3.3 0 0 1 4.7 4.7l-8.3 8.2a1.7 1.7 0 0 1-2.4-2.4l7.6-7.5";
const SEND = "M4 12 20 4l-4.5 16-4-6.5z";

/** A composer for person `id`; `channel()` is the platform now shown. `update(person, blocked)` redraws menu and visibility. */
export function create(id, channel) {
  const input = el("textarea", { rows: "1", placeholder: "Nhập tin nhắn", "aria-label": "Tin nhắn", maxlength: "20000" });
  const send = el("button", { type: "submit", class: "send", "aria-label": "Gửi" }, icon(SEND));
  const file = el("input", { type: "file", class: "unseen", tabindex: "-1", "aria-hidden": "true" });
  const clip = el("button", {
    type: "button", class: "plain", "aria-label": "Gửi tệp", title: "Gửi tệp", on: { click: () => file.click() },
  }, icon(CLIP));
  const slash = el("button", { type: "button", class: "plain slash", "aria-label": "Danh sách lệnh", title: "Danh sách lệnh" }, "/");
  const menu = el("div", { class: "popover menu", hidden: true });
  const opened = disclosure(slash, menu);
  const node = el("form", { class: "composer", autocomplete: "off" }, slash, menu, clip, file, input, send);

  const fit = () => {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight + 2, 140)}px`;
  };
  input.addEventListener("input", fit);
  input.addEventListener("keydown", (event) => {
    // isComposing: with a Telex/VNI keyboard Enter first finishes the word.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      node.requestSubmit();
    }
  });
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    const platform = channel();
    input.value = "";
    fit();
    const sent = await attempt(() => store.turn(id, () => api.say(id, platform, text)));
    if (!sent && !input.value) input.value = text;
    fit();
  });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    const platform = channel();
    clip.setAttribute("aria-busy", "true");
    await attempt(() => store.turn(id, () => api.sendFile(id, platform, chosen)));
    clip.removeAttribute("aria-busy");
  });

  return {
    node,
    clear: () => {
      input.value = "";
      fit();
    },
    focus: () => input.focus({ preventScroll: true }),
    update(person, blocked) {
      node.hidden = blocked;
      const commands = channel() === "telegram" ? person.telegram.menu ?? [] : [];
      slash.hidden = commands.length === 0;
      if (slash.hidden) opened.close();
      const signature = JSON.stringify(commands);
      if (menu.dataset.drawn === signature) return;
      menu.dataset.drawn = signature;
      menu.replaceChildren(...commands.map(({ command, description }) => el("button", {
        type: "button", "data-close": true,
        on: { click: () => attempt(() => store.turn(id, () => api.say(id, "telegram", `/${command.replace(/^\//, "")}`))) },
      }, el("span", { class: "command" }, `/${command.replace(/^\//, "")}`), el("span", { class: "about" }, description))));
    },
  };
}
