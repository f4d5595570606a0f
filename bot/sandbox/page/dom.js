/** Making elements, and the three small ways the page speaks besides chat: toast, announcement, disclosure. */

/**
 * One element. `props` are attributes, except `class`, `on` ({event: listener}), and true/false/null for bare attributes.
 * Children are nodes or strings; a string is always text, never markup.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A line icon; `paths` is SVG path data on a 24-unit grid, written by us. Hidden from screen readers. */
export function icon(paths) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths);
  svg.append(path);
  return svg;
}

/** Text only screen readers meet. */
export function unseen(text) {
  return el("span", { class: "unseen" }, text);
}

/** A short notice in the corner; `kind` is "error" or "info". */
export function toast(text, kind = "info") {
  const note = el("div", { class: `toast ${kind}` }, text);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), kind === "error" ? 8000 : 3500);
}

/** Runs `work`; a failure becomes a toast. Resolves to whether it succeeded. */
export async function attempt(work) {
  try {
    await work();
    return true;
  } catch (fault) {
    toast(fault.message, "error");
    return false;
  }
}

/** Says something to screen readers without moving focus. Keeps the last few lines only. */
export function announce(text) {
  const log = document.getElementById("announcer");
  log.append(el("p", {}, text));
  while (log.childElementCount > 5) log.firstElementChild.remove();
}

/** Lets `button` show and hide `panel`; Escape, a click elsewhere and a choice inside (data-close) hide it. */
export function disclosure(button, panel) {
  const set = (open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  set(false);
  button.addEventListener("click", () => {
    set(panel.hidden);
    if (!panel.hidden) panel.querySelector("button:not(:disabled), input, a")?.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (!panel.hidden && !panel.contains(event.target) && !button.contains(event.target)) set(false);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      set(false);
      button.focus();
    }
  });
  panel.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) set(false);
  });
  return { close: () => set(false) };
}
