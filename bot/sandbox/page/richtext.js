/** A message's text as safe nodes: allow-listed formatting, links one can open, codes one can copy. */

import { attempt, el, toast } from "./dom.js";

const KEPT = new Set(["B", "I", "U", "S", "CODE", "PRE", "A", "BR"]);
const SAME_AS = { STRONG: "b", EM: "i", INS: "u", DEL: "s", STRIKE: "s" };
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "SVG", "MATH", "NOSCRIPT"]);
const LINK = /(?:https?:\/\/|(?<![\w@./-])t\.me\/)[^\s<>"«»“”]+/gi;
const COMMAND = /(?<![\p{L}\p{N}_/<>.-])\/[a-z][a-z0-9_]{1,31}(?![\p{L}\p{N}_/])/gu;
// After the word «mã», or alone on a line.
const CODE = /(?:(?<=\bmã(?:\s+mời)?(?:\s+là)?\s*:?\s+)[A-Za-z0-9][A-Za-z0-9_-]{3,63}(?![\p{L}\p{N}])|^[A-Z0-9][A-Z0-9_-]{4,63}$)/gimu;

/**
 * Nodes for one message.
 * @param message {text, html} of the control API; `html` is preferred when there is one.
 * @param context {bot, codes, openLink(link), say(text) or null}: the bot's username, the invitation codes known, what a start
 *     link does, and what a command in the text does (null where the app does not know commands).
 */
export function rich(message, context) {
  if (!message.html) return plain(message.text ?? "", context);
  // A document made by DOMParser is inert: it runs nothing and loads nothing while we copy what is allowed.
  const parsed = new DOMParser().parseFromString(`<!doctype html><body>${message.html}`, "text/html");
  return copy(parsed.body, context, false);
}

/** The start link's code when `href` is a deep link to our bot, else null. */
export function startCode(href, bot) {
  const url = parse(href);
  if (!url || !/^(www\.)?(t|telegram)\.me$/i.test(url.hostname)) return null;
  return url.pathname.slice(1).toLowerCase() === (bot ?? "").toLowerCase() ? url.searchParams.get("start") : null;
}

/** An element for `href`: a start link asks who opens it, a web address opens a tab, anything else is plain text. */
export function link(href, label, context, props = {}) {
  const url = parse(href);
  if (!url) return el("span", props, label);
  if (startCode(href, context.bot)) {
    return el("a", { ...props, href: url.href, "data-start": true, on: { click: (event) => {
      event.preventDefault();
      context.openLink(url.href);
    } } }, label);
  }
  return el("a", { ...props, href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" }, label);
}

function copy(parent, context, verbatim) {
  return [...parent.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return verbatim ? [node.data] : plain(node.data, context);
    const name = node.nodeName.toUpperCase(); // inside SVG and MathML names keep their case
    if (node.nodeType !== Node.ELEMENT_NODE || DROPPED.has(name)) return [];
    if (name === "BR") return [el("br")];
    if (name === "A") return [link(node.getAttribute("href") ?? "", node.textContent, context)];
    if (name === "CODE" && !verbatim) return [copyable(node.textContent)];
    const tag = KEPT.has(name) ? name.toLowerCase() : SAME_AS[name];
    const inside = copy(node, context, verbatim || name === "PRE");
    return tag ? [el(tag, {}, inside)] : inside;
  });
}

function plain(text, context) {
  return split(text, LINK, (found) => {
    // A sentence's own full stop or bracket after an address does not belong to it.
    const address = found.replace(/[.,;:!?)\]}'’…]+$/u, "");
    const href = /^t\.me/i.test(address) ? `https://${address}` : address;
    return [link(href, address, context), ...codes(found.slice(address.length), context)];
  }, (rest) => codes(rest, context));
}

function codes(text, context) {
  const known = (context.codes ?? []).filter(Boolean).map((code) => code.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const pattern = known.length ? new RegExp(`(?<![\\w-])(?:${known.join("|")})(?![\\w-])|${CODE.source}`, "gimu") : CODE;
  // An ordinary word may stand there too; a code has a digit, or is all capitals, or is as long as no Vietnamese word.
  return split(text, pattern, (found) => (/\d|^[A-Z_-]+$|^\w{16,}$/.test(found) ? [copyable(found)] : [found]), (rest) => commands(rest, context));
}

function commands(text, context) {
  if (!context.say) return [text];
  return split(text, COMMAND, (found) => [
    el("button", { type: "button", class: "command", on: { click: () => context.say(found) } }, found),
  ], (rest) => [rest]);
}

function split(text, pattern, found, rest) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > at) nodes.push(...rest(text.slice(at, match.index)));
    nodes.push(...found(match[0]));
    at = match.index + match[0].length;
  }
  if (at < text.length) nodes.push(...rest(text.slice(at)));
  return nodes;
}

function copyable(text) {
  const write = () => attempt(async () => {
    await navigator.clipboard.writeText(text);
    toast(`Đã chép ${text}`);
  });
  return el("button", { type: "button", class: "code", title: "Bấm để chép", "aria-label": `${text}, bấm để chép`, on: { click: write } },
    el("code", {}, text));
}

function parse(href) {
  try {
    const url = new URL(href);
    return url.protocol === "http:" || url.protocol === "https:" ? url : null;
  } catch {
    return null;
  }
}
