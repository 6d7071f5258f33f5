// Choosing a type or an order shows it at once; the button stays for the search, and for browsers without scripts.
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[data-instant]")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select")) form.requestSubmit();
    });
  }
})();
