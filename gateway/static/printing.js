// The button that prints is there only where pressing it does something; the browser's own menu prints the same page.
"use strict";
(() => {
  for (const button of document.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const menu = button.closest("details");
      if (menu) menu.open = false;
      window.print();
    });
  }
})();
