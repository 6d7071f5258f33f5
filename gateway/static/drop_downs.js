// Drop-downs are <details> and work without this. It adds what people expect: one open at a time, Escape and a press outside close it.
"use strict";
(() => {
  const open = () => document.querySelectorAll("details.drop-down[open]");
  document.addEventListener("click", (event) => {
    for (const one of open()) if (!one.contains(event.target)) one.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const one of open()) {
      one.open = false;
      one.querySelector("summary").focus();
    }
  });
})();
