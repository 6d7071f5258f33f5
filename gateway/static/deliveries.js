// Shows a webhook's delivery while the merchant waits for the test. The page is complete without it.
"use strict";
(() => {
  const box = document.querySelector("[data-deliveries]");
  if (!box) return;

  async function poll() {
    let wait = 3000;
    try {
      const answer = await fetch(box.dataset.deliveries, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.ok) {
        const { deliveries } = await answer.json();
        box.querySelector("[data-none]").hidden = deliveries.length > 0;
        box.querySelector("[data-lines]").replaceChildren(...deliveries.map(line));
      }
    } catch {
      wait = 10000;
    }
    setTimeout(poll, wait);
  }

  function line(delivery) {
    const item = document.createElement("li");
    const badge = document.createElement("span");
    badge.className = "badge-" + delivery.tone;
    badge.textContent = delivery.text;
    const words = document.createElement("span");
    words.className = "soft small";
    words.textContent = " " + delivery.at + (delivery.about ? " · " + delivery.about : "");
    item.append(badge, words);
    return item;
  }

  setTimeout(poll, 3000);
})();
