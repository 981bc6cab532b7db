// Wiring: the people and their talks, sending, and looking for what the desk sent.

import { perform } from "./actions.js";
import { act, loadState, updatesAfter } from "./api.js";
import { Chat } from "./chat.js";
import { startComposer, writeInto } from "./composer.js";
import { ownMessage } from "./dialogs.js";
import { button, byId, el } from "./dom.js";
import { drawMenu, showMenu } from "./menu.js";
import { practiceNow, setClock, showStatus, showTrouble, startTools, wantsCopies } from "./tools.js";

const SOON = 150; // ms between two looks while an answer is due
const CALM = 900;
const HIDDEN = 4000;
const DUE = 6000; // ms after which an answer is no longer looked for hastily

const chats = new Map();
let current = null;
let cursor = 0;
let sentAt = -DUE;

/** The webhook's outcome, or null where the demo server did not take it. */
async function deliver(user, body) {
  sentAt = performance.now();
  hurry();
  try {
    const outcome = await act({ user, copies: wantsCopies(), ...body });
    showStatus(outcome);
    return outcome;
  } catch (error) {
    showTrouble(`送れませんでした（${error.message}）`);
    return null;
  }
}

const phone = {
  /** Do `body` as the person on screen; `shown` is her bubble, null for none. */
  async send(body, shown) {
    const chat = current;
    if (chat.isBlocked) return;
    const row = shown ? chat.addOwn(shown, practiceNow()) : null;
    if (!row) chat.offer([]);
    const outcome = await deliver(chat.person.key, body);
    if (outcome) row?.sent(outcome);
    else row?.failed();
  },
  write: writeInto,
  openMenu: () => showMenu(true),
  closeMenu: () => showMenu(false),
  /** After a change of size the newest message is in sight again. */
  settle: () => current.scroll(),
  async redeliver() {
    const outcome = await deliver(current.person.key, { kind: "redeliver" });
    if (!outcome) showTrouble("再送できる知らせがありません");
  },
  async block() {
    setBlocked(current, true);
    await deliver(current.person.key, { kind: "unfollow" });
  },
  async unblock() {
    setBlocked(current, false);
    await deliver(current.person.key, { kind: "follow", isUnblocked: true });
  },
  /** Forgotten by the desk and met anew: block, clear, follow. */
  async restart() {
    const chat = current;
    await deliver(chat.person.key, { kind: "unfollow" });
    chat.clear();
    setBlocked(chat, false);
    await deliver(chat.person.key, { kind: "follow" });
  },
};

async function manage(row) {
  const chat = current;
  if ((await ownMessage()) !== "unsend") return;
  row.remove();
  await deliver(chat.person.key, { kind: "unsend", messageId: row.messageId });
  chat.log.focus();
}

function setBlocked(chat, isBlocked) {
  chat.isBlocked = isBlocked;
  showComposer();
}

function showComposer() {
  byId("blocked").hidden = !current.isBlocked;
  byId("composer").hidden = Boolean(current.isBlocked);
  byId("block").disabled = Boolean(current.isBlocked);
}

/** Bring a person's phone to the front; she follows the account when she first opens it. */
async function select(key) {
  current = chats.get(key);
  current.unread = 0;
  for (const chat of chats.values()) chat.root.hidden = chat !== current;
  drawPeople();
  showComposer();
  current.scroll();
  if (!current.isMet) {
    current.isMet = true;
    await deliver(key, { kind: "follow" });
  }
}

function drawPeople() {
  for (const tab of byId("people").children) {
    const chat = chats.get(tab.dataset.user);
    tab.setAttribute("aria-pressed", String(chat === current));
    tab.replaceChildren(chat.person.name);
    if (chat.unread) tab.append(el("span", { class: "unread" }, String(chat.unread), el("span", { class: "hidden" }, "件の新しい返事")));
  }
}

function show(update) {
  const chat = chats.get(update.user);
  if (update.kind === "loading") return chat.wait(update.seconds);
  chat.addBot(update.message, update.at);
  if (chat !== current) chat.unread += 1;
}

let timer = 0;
let isLooking = false;

async function look() {
  clearTimeout(timer);
  if (isLooking) return;
  isLooking = true;
  try {
    const { updates, clock } = await updatesAfter(cursor);
    setClock(clock);
    for (const update of updates) {
      cursor = update.n;
      show(update);
    }
    if (updates.length) drawPeople();
    byId("stopped").hidden = true;
  } catch {
    byId("stopped").hidden = false;
  }
  isLooking = false;
  timer = setTimeout(look, pause());
}

function pause() {
  if (performance.now() - sentAt < DUE) return SOON;
  return document.hidden ? HIDDEN : CALM;
}

function hurry() {
  clearTimeout(timer);
  timer = setTimeout(look, SOON);
}

async function start() {
  const state = await loadState();
  cursor = state.cursor;
  setClock(state.clock);
  for (const person of state.people) {
    const chat = new Chat(person, (action) => perform(action, phone), manage);
    chats.set(person.key, chat);
    byId("talks").append(chat.root);
    byId("people").append(button(person.name, () => select(person.key), { data: { user: person.key } }));
  }
  drawMenu(state, (action) => perform(action, phone));
  startComposer(phone);
  startTools(phone);
  await select(state.people[0].key);
}

start();
