// Choosing a filter or an order shows it at once; the button that does it without a script steps aside.
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[data-instant]")) {
    const button = form.querySelector("[data-show]");
    if (button) button.hidden = true;
    form.addEventListener("change", (event) => {
      if (event.target.matches("select")) form.requestSubmit();
    });
  }
})();
