// A link with data-dialog="id" opens that <dialog> instead of the page it leads to. Without a script the page asks the same question.
"use strict";
(() => {
  for (const link of document.querySelectorAll("a[data-dialog]")) {
    const dialog = document.getElementById(link.dataset.dialog);
    if (!dialog || typeof dialog.showModal !== "function") continue;
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      const menu = link.closest("details");
      if (menu) menu.open = false;
      dialog.showModal();
    });
    for (const close of dialog.querySelectorAll("[data-close]")) {
      close.addEventListener("click", (event) => {
        event.preventDefault();
        dialog.close();
      });
    }
  }
})();
