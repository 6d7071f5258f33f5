// "More" appears in the row that was selected: pressed, or reached by keyboard. Without a script it stands in every row.
"use strict";
(() => {
  for (const table of document.querySelectorAll("table[data-selectable]")) {
    table.classList.add("is-selectable");
    const select = (event) => {
      const row = event.target.closest("tbody tr");
      if (!row || row.classList.contains("is-selected")) return;
      for (const other of table.querySelectorAll("tr.is-selected")) other.classList.remove("is-selected");
      row.classList.add("is-selected");
    };
    table.addEventListener("click", select);
    table.addEventListener("focusin", select);
  }
})();
