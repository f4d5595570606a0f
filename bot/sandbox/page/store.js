/** What the page knows of the sandbox: its state and every chat, kept fresh by the event stream. */

import * as api from "./api.js";

export const PLATFORMS = ["telegram", "zalo"];

let current = null;
let connected = true;
let loaded = false;
const chats = new Map();
const listeners = new Set();
const refreshers = new Map();
const answers = new Map();
const owed = new Map();

/** The last /sandbox/state with what is `upcoming`, or null before the first. */
export const state = () => current;
export const isConnected = () => connected;
/** Messages of one chat, oldest first. */
export const messages = (person, platform) => chats.get(`${person} ${platform}`) ?? [];
export const personById = (id) => current.people.find((person) => String(person.id) === String(id)) ?? null;

/** Calls `listener` after every change, with {person, platform, fresh} when it was a chat; `fresh` are its new bot messages. */
export function onChange(listener) {
  listeners.add(listener);
}

/** Who plays this member of the cast: the one the sandbox names, else the first person of that name. */
export function personOf(member) {
  return current.people.find((person) => member.person_id !== null && String(person.id) === String(member.person_id))
    ?? current.people.find((person) => person.name === member.name) ?? null;
}

export const refreshState = refresher("state", async () => {
  const found = await api.state();
  current = { ...found, upcoming: current?.upcoming ?? [] };
  tell({});
});

/** What comes next changes with the clock and with what people did. */
export const refreshUpcoming = refresher("upcoming", async () => {
  const { upcoming } = await api.upcoming();
  current = { ...current, upcoming };
  tell({});
});

const settled = refresher("settled", api.settled);

export function refreshChat(person, platform) {
  const key = `${person} ${platform}`;
  return refresher(key, async () => {
    const known = chats.get(key);
    const { messages: latest } = await api.chat(person, platform);
    const seen = new Set(known?.map((message) => message.id) ?? []);
    chats.set(key, latest);
    const fresh = loaded ? latest.filter((message) => message.from === "bot" && !seen.has(message.id)) : [];
    tell({ person, platform, fresh });
  })();
}

/**
 * Does `work` as this person; until the bot has said all it has to say to it, `isAnswering(person)`.
 * Settles as `work` does; `answered(person)` resolves when the answer is in the chat.
 */
export async function turn(person, work) {
  const key = String(person);
  const owe = (more) => {
    owed.set(key, (owed.get(key) ?? 0) + more);
    tell({ person });
  };
  owe(1);
  const done = work();
  const redraw = () => Promise.all([...PLATFORMS.map((platform) => refreshChat(person, platform)), refreshUpcoming()]);
  answers.set(key, done.then(settled).then(redraw).catch(() => {}).finally(() => owe(-1)));
  await done;
}

export const isAnswering = (person) => owed.get(String(person)) > 0;
export const answered = (person) => answers.get(String(person)) ?? Promise.resolve();

/** Loads everything, then follows the event stream. Rejects only if the very first load fails. */
export async function connect() {
  await refreshAll();
  loaded = true;
  let last = null;
  const stream = new EventSource("/sandbox/events");
  // Whatever happened while the stream was down was told to nobody: load it all again.
  stream.addEventListener("open", () => {
    const wasDown = !connected;
    connected = true;
    last = null;
    if (wasDown) quietly(refreshAll());
  });
  stream.addEventListener("error", () => {
    connected = false;
    tell({});
  });
  stream.addEventListener("message", ({ data }) => {
    const event = JSON.parse(data);
    const missed = last !== null && event.seq !== last + 1;
    last = event.seq;
    if (missed) return void quietly(refreshAll());
    if (event.kind === "message") {
      for (const platform of event.platform ? [event.platform] : PLATFORMS) quietly(refreshChat(event.person, platform));
    }
    if (event.kind === "clock") quietly(refreshUpcoming());
    quietly(refreshState());
  });
  // The bot's clock may walk by itself between events.
  setInterval(() => document.hidden || !connected || quietly(refreshAll([])), 20_000);
}

async function refreshAll(people) {
  await refreshState();
  const chats = (people ?? current.people).flatMap((person) => PLATFORMS.map((platform) => refreshChat(person.id, platform)));
  await Promise.all([refreshUpcoming(), ...chats]);
}

/** `work` made safe to ask for at any rate: one run at a time, and one more if asked meanwhile. */
function refresher(key, work) {
  return () => {
    const running = refreshers.get(key);
    if (running) {
      running.again = true;
      return running.done;
    }
    const run = { again: false, done: null };
    refreshers.set(key, run);
    run.done = (async () => {
      try {
        do {
          run.again = false;
          await work();
        } while (run.again);
      } finally {
        refreshers.delete(key);
      }
    })();
    return run.done;
  };
}

/** A background refresh that fails changes nothing: the stream's own error shows the offline banner. */
function quietly(promise) {
  promise.catch((fault) => console.warn(fault));
}

function tell(change) {
  for (const listener of listeners) listener(change);
}
