// Building elements. Texts always go in as text, never as HTML.

/** An element with properties: `class`, `on` handlers, `data`, other keys as attributes. */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key === "on") for (const [name, run] of Object.entries(value)) element.addEventListener(name, run);
    else if (key === "data") Object.assign(element.dataset, value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

export function button(label, press, props = {}) {
  return el("button", { type: "button", on: { click: press }, ...props }, label);
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export const byId = (id) => document.getElementById(id);

/** "en" for a text without kana or kanji but with words, so that it is read aloud in English. */
export function languageOf(text) {
  return /[\u3040-\u30ff\u4e00-\u9fff]/.test(text) || !/[A-Za-z]{2}/.test(text) ? undefined : "en";
}

const JST = { timeZone: "Asia/Tokyo" };
const timeForm = new Intl.DateTimeFormat("ja-JP", { ...JST, hour: "numeric", minute: "2-digit" });
const dayForm = new Intl.DateTimeFormat("ja-JP", { ...JST, month: "long", day: "numeric", weekday: "short" });
const fullForm = new Intl.DateTimeFormat("ja-JP", {
  ...JST, year: "numeric", month: "long", day: "numeric", weekday: "short", hour: "numeric", minute: "2-digit",
});

/** Milliseconds since 1970 → Japanese wall clock. */
export const timeText = (ms) => timeForm.format(ms);
export const dayText = (ms) => dayForm.format(ms);
export const fullText = (ms) => fullForm.format(ms);
