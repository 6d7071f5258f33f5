// Keeps the progress of the sync up to date. The page is complete without it.
"use strict";
(() => {
  const section = document.querySelector("[data-sync]");
  if (!section) return;
  const words = section.querySelector("[data-sync-words]");
  let wasComplete = null;

  async function poll() {
    let wait = 2000;
    try {
      const answer = await fetch(section.dataset.sync, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.ok) {
        const { lists } = await answer.json();
        lists.forEach(show);
        const complete = lists.every((one) => one.is_complete);
        if (complete && wasComplete === false) words.textContent = "Everything has been read from Zoho.";
        wasComplete = complete;
        if (complete) wait = 10000;
      }
    } catch {
      wait = 10000;
    }
    setTimeout(poll, wait);
  }

  function show(one) {
    const row = section.querySelector(`[data-list="${one.name}"]`);
    const badge = row.querySelector("[data-word]");
    badge.textContent = one.label;
    badge.className = "badge-" + one.tone;
    row.querySelector("[data-phase]").textContent = one.error || one.phase;
    row.querySelector("[data-rows]").textContent = one.rows;
    row.querySelector("[data-pages]").textContent = one.pages;
    row.querySelector("[data-last]").textContent = one.last_success_text || "not yet";
  }

  poll();
})();
