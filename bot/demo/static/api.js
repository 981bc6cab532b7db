// The page's only ways to the demo server. It never speaks to the desk itself.

let token = "";

async function call(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Demo-Token": token },
    body: JSON.stringify(body),
  };
  const answer = await fetch(path, { ...options, cache: "no-store" });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

/** What a fresh page needs: people, tiles, published menu, clock, cursor. */
export async function loadState() {
  const state = await call("/demo/state");
  token = state.token;
  return state;
}

/** Do something as a person. The answer: HTTP statuses of the webhook, its time, the message id. */
export const act = (body) => call("/demo/act", body);

export const updatesAfter = (cursor) => call(`/demo/updates?after=${cursor}`);

export const moveClock = (at) => call("/demo/clock", { at });
