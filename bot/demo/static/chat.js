// One person's talk on the screen: bubbles, date separators, quick replies. It lives in this page alone.

import { button, dayText, el, languageOf, timeText } from "./dom.js";
import { renderMessage, renderOwn } from "./messages.js";

export class Chat {
  /** `press(action)` for anything pressable, `manage(row)` for the menu of an own bubble. */
  constructor(person, press, manage) {
    this.person = person;
    this.unread = 0;
    this.press = press;
    this.manage = manage;
    this.day = "";
    this.lastBy = "";
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", "aria-label": `${person.name}のトーク` });
    this.quick = el("div", { class: "quick", role: "group", "aria-label": "返事の候補", hidden: true });
    // Where the keyboard or the menu takes room, the newest message stays in sight.
    new ResizeObserver(() => this.scroll()).observe(this.log);
    this.root = el("div", { class: "talk", data: { user: person.key } }, this.log, this.quick);
  }

  clear() {
    this.log.replaceChildren();
    this.day = this.lastBy = "";
    this.offer([]);
  }

  /** A bubble of the person's own. The row: {messageId, sent(outcome), failed(), remove()}. */
  addOwn(shown, at) {
    this.offer([]);
    this.separate(at);
    const mark = el("span", { class: "read" });
    const when = el("div", { class: "when" }, mark, el("span", {}, timeText(at)));
    const said = el("div", { class: "said" }, el("span", { class: "hidden" }, "自分："), renderOwn(shown));
    const row = { element: el("div", { class: "row own" }, when, said), messageId: "" };
    row.sent = (outcome) => this.markSent(row, mark, outcome);
    row.failed = () => mark.replaceChildren("届きませんでした", el("br"));
    row.remove = () => row.element.replaceWith(this.notice("メッセージの送信を取り消しました"));
    this.lastBy = "own";
    this.put(row.element);
    return row;
  }

  markSent(row, mark, outcome) {
    row.messageId = outcome.messageId;
    const arrived = outcome.statuses.some((status) => status === 200);
    mark.replaceChildren(arrived ? "既読" : "届きませんでした", el("br"));
    if (!row.messageId) return;
    const more = button("⋯", () => this.manage(row), { class: "more", "aria-label": "このメッセージの操作", "aria-haspopup": "dialog" });
    row.element.prepend(more);
    row.element.addEventListener("contextmenu", (event) => { event.preventDefault(); this.manage(row); });
    this.scroll();
  }

  /** A message of the desk. */
  addBot(message, at) {
    this.stopWaiting();
    this.separate(at);
    const first = this.lastBy !== "bot";
    const said = el("div", { class: "said" },
      first ? el("span", { class: "who" }, "スマホ窓口") : el("span", { class: "hidden" }, "スマホ窓口："),
      renderMessage(message, this.press), el("div", { class: "when" }, timeText(at)));
    const avatar = el("div", { class: first ? "avatar" : "avatar blank", "aria-hidden": "true" }, first ? "窓" : "");
    this.lastBy = "bot";
    this.put(el("div", { class: "row bot" }, avatar, said));
    this.offer(message.quickReply?.items ?? []);
  }

  notice(text) {
    return el("p", { class: "notice" }, text);
  }

  /** Three dots until the next message, at most `seconds`. */
  wait(seconds) {
    this.stopWaiting();
    const dots = el("div", { class: "bubble dots", role: "img", "aria-label": "書いています" }, el("i"), el("i"), el("i"));
    this.waiting = el("div", { class: "row bot" }, el("div", { class: "avatar", "aria-hidden": "true" }, "窓"), dots);
    this.timer = setTimeout(() => this.stopWaiting(), seconds * 1000);
    this.put(this.waiting);
  }

  stopWaiting() {
    clearTimeout(this.timer);
    this.waiting?.remove();
    this.waiting = null;
  }

  /** Quick replies belong to the last message and go with the next one. */
  offer(items) {
    const had = this.quick.contains(document.activeElement);
    this.quick.replaceChildren(...items.map(({ action }) =>
      button(action.label, () => this.press(action), { lang: languageOf(action.label) })));
    this.quick.hidden = items.length === 0;
    // The pressed chip is gone: the reading place is where a keyboard goes on.
    if (had) this.log.focus();
    this.scroll();
  }

  separate(at) {
    const day = dayText(at);
    if (day === this.day) return;
    this.day = day;
    this.lastBy = "";
    this.log.append(el("span", { class: "day" }, day));
  }

  put(element) {
    this.log.append(element);
    this.scroll();
  }

  scroll() {
    this.log.scrollTop = this.log.scrollHeight;
  }
}
