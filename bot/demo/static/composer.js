// The line to write in, and the buttons beside it.

import { sendThing } from "./actions.js";
import { pickThing } from "./dialogs.js";
import { byId } from "./dom.js";
import { showKeyboard, showMenu } from "./menu.js";

/** `phone` as for actions. */
export function startComposer(phone) {
  const field = byId("text");
  const form = byId("write");
  const grow = () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  };
  field.addEventListener("input", grow);
  field.addEventListener("keydown", (event) => {
    // While a Japanese input method converts, Enter only confirms the word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value;
    if (!text.trim()) return;
    field.value = "";
    grow();
    phone.send({ kind: "text", text }, { kind: "text", text });
  });
  byId("attach").addEventListener("click", async () => {
    const kind = await pickThing();
    if (kind) await sendThing(kind, phone);
  });
  byId("to-keyboard").addEventListener("click", () => showKeyboard(true));
  byId("to-menu").addEventListener("click", () => { showKeyboard(false); showMenu(true); });
  byId("chat-bar").addEventListener("click", (event) =>
    showMenu(event.currentTarget.getAttribute("aria-expanded") !== "true"));
}

/** Open the keyboard with `text` ready to be changed and sent. */
export function writeInto(text) {
  showKeyboard(true);
  byId("text").value = text;
}
