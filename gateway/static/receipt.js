// Keeps a receipt up to date while its order is open. The page is complete without it.
"use strict";
(() => {
  const receipt = document.querySelector("[data-receipt]");
  if (!receipt) return;
  // Milliseconds. At rest Zoho has confirmed within the first second.
  const backoff = [300, 300, 400, 500, 1000, 1500, 2000, 3000, 5000, 8000, 12000, 20000];
  let round = 0;
  let seen = receipt.dataset.mark;

  async function poll() {
    let answer;
    try {
      answer = await fetch(receipt.dataset.receipt, { headers: { Accept: "application/json" }, cache: "no-store" });
    } catch {
      return again();
    }
    if (answer.status === 401 || answer.status === 404) return location.reload();
    if (!answer.ok) return again();
    const state = await answer.json();
    if (state.mark !== seen) {
      seen = state.mark;
      round = 0;
      show(state);
    }
    if (!state.is_final) again();
  }

  function again() {
    setTimeout(poll, backoff[Math.min(round++, backoff.length - 1)]);
  }

  function show(state) {
    const headline = receipt.querySelector("[data-headline]");
    headline.textContent = state.headline;
    headline.hidden = state.headline === state.state_label;
    const badge = receipt.querySelector("[data-state]");
    badge.textContent = state.state_label;
    badge.className = "badge-" + state.tone;
    const next = receipt.querySelector("[data-next]");
    next.textContent = state.advice;
    next.hidden = !state.advice;
    const nextTry = receipt.querySelector("[data-next-try]");
    nextTry.textContent = state.next_try;
    nextTry.hidden = !state.next_try;
    const withdraw = receipt.querySelector("[data-withdraw]");
    if (withdraw) withdraw.hidden = !state.can_withdraw;
    const whileOpen = receipt.querySelector("[data-while-open]");
    if (whileOpen) whileOpen.hidden = state.is_final;
    receipt.querySelector("#steps").replaceChildren(...state.steps.map(step));
    const time = document.querySelector("[data-as-of] time");
    if (time) {
      time.dateTime = state.as_of;
      time.textContent = state.as_of_text;
    }
  }

  function step(one) {
    const item = document.createElement("li");
    item.className = "step step-" + one.tone;
    item.append(paragraph("step-text", one.text));
    if (one.zoho_message) item.append(paragraph("step-zoho-message", "Zoho: “" + one.zoho_message + "”"));
    const time = document.createElement("time");
    time.dateTime = one.at;
    time.textContent = one.at_text;
    const line = paragraph("step-time", "");
    line.append(time);
    item.append(line);
    return item;
  }

  function paragraph(name, text) {
    const made = document.createElement("p");
    made.className = name;
    made.textContent = text;
    return made;
  }

  again();
})();
