// The choices that select2 draws get the names of their fields, which it leaves out.
(() => {
  const nameOf = (select) =>
    (select.labels[0]?.textContent || select.getAttribute("aria-label") || "").trim().replace(/:$/, "");

  const name = (select) => {
    const drawn = select.nextElementSibling;
    if (!drawn || !drawn.classList.contains("select2")) return;
    const words = nameOf(select);
    const box = drawn.querySelector(".select2-selection");
    const chosen = drawn.querySelector(".select2-selection__rendered");
    box.setAttribute("aria-label", words);
    drawn.querySelector(".select2-search__field")?.setAttribute("aria-label", words);
    if (!chosen.id) return;
    box.id = `${select.id}_combobox`;
    box.setAttribute("aria-labelledby", `${box.id} ${chosen.id}`); // its name, and what is chosen
    chosen.setAttribute("aria-labelledby", box.id);
  };

  const nameAll = (root) => root.querySelectorAll("select.admin-autocomplete").forEach(name);

  django.jQuery(() => nameAll(document)); // after the page's own, which draws them
  document.addEventListener("formset:added", (event) => nameAll(event.target));
  django.jQuery(document).on("select2:open", (event) => {
    document
      .querySelector(".select2-container--open .select2-search--dropdown .select2-search__field")
      ?.setAttribute("aria-label", nameOf(event.target));
  });
})();
