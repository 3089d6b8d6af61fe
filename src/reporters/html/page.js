// Filters of the class page, and open folds on paper. Without it everything is shown.
(() => {
  const form = document.querySelector(".filters");
  if (form) {
    const rows = [...document.querySelectorAll("tr[data-v]")];
    const show = () => {
      const item = form.elements.item.value;
      const verdicts = form.elements.verdict.value;
      let shown = 0;
      for (const row of rows) {
        const states = item === "" ? row.dataset.v : row.dataset.v[item];
        row.hidden = verdicts !== "" && ![...states].some((state) => verdicts.includes(state));
        if (!row.hidden) shown += 1;
      }
      form.querySelector("output").textContent = `${shown} of ${rows.length} shown`;
    };
    form.hidden = false;
    form.addEventListener("change", show);
    form.addEventListener("reset", () => setTimeout(show));
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-item]");
      if (!button) return;
      form.elements.item.value = button.dataset.item;
      form.elements.verdict.value = button.dataset.verdict;
      show();
      form.scrollIntoView({ block: "start" });
      form.elements.item.focus({ preventScroll: true });
    });
    show();
  }
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const fold of opened) fold.open = true;
  });
  addEventListener("afterprint", () => {
    for (const fold of opened) fold.open = false;
  });
})();
