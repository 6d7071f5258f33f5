// A page that waits for Zoho looks whether there is something new, and shows it: without moving anything under somebody's hands.
"use strict";
(() => {
  const mark = document.querySelector('meta[name="poll-seconds"]');
  if (!mark) return;
  const content = document.getElementById("content");

  function isInUse() {
    const active = document.activeElement;
    return document.querySelector("dialog[open], details[open]") !== null || (active !== null && active.closest("form") !== null);
  }

  async function poll() {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("content");
      if (now !== null && now.textContent !== content.textContent && !isInUse()) return location.reload();
    } catch {
      // The portal cannot be reached: what stands here stays.
    }
    setTimeout(poll, Number(mark.content) * 1000);
  }

  setTimeout(poll, Number(mark.content) * 1000);
})();
