// The side panel: the practice clock, the reader's font, what happened on the wire.

import { moveClock } from "./api.js";
import { button, byId, fullText } from "./dom.js";

const MOMENTS = [
  ["受付前 7/20", "2026-07-20T10:00"], ["初日 8/3 10:00", "2026-08-03T10:00"], ["昼 12:30", "2026-08-03T12:30"],
  ["夜 19:00", "2026-08-03T19:00"], ["土曜 8/8", "2026-08-08T10:00"], ["最終日 10/30", "2026-10-30T10:00"],
  ["終了後 11/2", "2026-11-02T10:00"],
];
const FONTS = [["標準", "normal"], ["大", "large"], ["特大", "huge"]];

let told = { at: 0, heard: 0 };

/** The practice clock as the server last told it, run on to now. Milliseconds since 1970. */
export const practiceNow = () => told.at + (performance.now() - told.heard);

export function setClock(iso) {
  told = { at: Date.parse(iso), heard: performance.now() };
  const text = fullText(practiceNow());
  if (byId("clock").textContent !== text) byId("clock").textContent = text;
}

async function move(at) {
  setClock((await moveClock(at)).clock);
}

/** `phone` gives redeliver(), block(), unblock(), restart(), settle(). */
export function startTools(phone) {
  byId("moments").append(...MOMENTS.map(([label, at]) => button(label, () => move(at))));
  byId("clock-form").addEventListener("submit", (event) => {
    event.preventDefault();
    move(byId("clock-input").value);
  });
  byId("fonts").append(...FONTS.map(([label, name]) =>
    button(label, () => { setFont(name); phone.settle(); }, { "aria-pressed": String(name === "normal"), data: { font: name } })));
  byId("redeliver").addEventListener("click", () => phone.redeliver());
  byId("block").addEventListener("click", () => phone.block());
  byId("unblock").addEventListener("click", () => phone.unblock());
  byId("restart").addEventListener("click", () => phone.restart());
  byId("tools").open = window.matchMedia("(min-width: 48em)").matches;
}

function setFont(name) {
  document.documentElement.dataset.font = name;
  for (const one of byId("fonts").children) one.setAttribute("aria-pressed", String(one.dataset.font === name));
}

export const wantsCopies = () => byId("copies").checked;

/** The webhook's fate: its HTTP statuses (0: no answer) and the time they took. */
export function showStatus({ statuses, ms }) {
  const words = statuses.map((status) => (status ? `HTTP ${status}` : "返事なし"));
  byId("status").textContent = `${words.join("・")}（${ms}ミリ秒）`;
}

export function showTrouble(text) {
  byId("status").textContent = text;
}
