"use strict";
// Finnish for the rich text editor, whose own labels are in English.
(() => {
  const words = {
    URL: "Osoite",
    Title: "Otsikko",
    "Edit Link": "Linkki",
    Update: "Valmis",
    Cancel: "Peruuta",
  };
  const buttons = {
    heading3: "Väliotsikko",
    bulletList: "Luettelo",
    orderedList: "Numeroitu luettelo",
    paragraph: "Tavallinen kappale",
    bold: "Lihavointi",
    italic: "Kursivointi",
    link: "Linkki",
    unlink: "Poista linkki",
    "history:undo": "Kumoa",
    "history:redo": "Tee uudelleen",
  };

  if (window.django && window.django.catalog) Object.assign(window.django.catalog, words);

  // The editor writes a style of its own unless it finds this one. Ours is empty, since the
  // policy allows no other inline style; the rules are in staff.css.
  if (!document.querySelector("[data-django-prose-editor-configurable]")) return;
  const style = document.createElement("style");
  style.setAttribute("data-tiptap-style", "");
  document.head.append(style);

  document.addEventListener("prose-editor:ready", (event) => {
    const area = event.target;
    const editor = area.closest(".prose-editor");
    const label = document.querySelector(`label[for="${CSS.escape(area.id)}"]`);
    const text = editor.querySelector(".ProseMirror[contenteditable]");
    if (label && text) text.setAttribute("aria-label", label.textContent.replace(":", "").trim());
    for (const button of editor.querySelectorAll("[data-name]")) {
      const name = buttons[button.dataset.name];
      if (!name) continue;
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  });
})();
