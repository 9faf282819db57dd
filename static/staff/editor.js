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

  // The editor writes a style of its own unless it finds this one. Ours is empty, since the
  // policy allows no other inline style; the rules are in staff.css.
  if (!document.querySelector("[data-django-prose-editor-configurable]")) return;
  const known = window.gettext || ((text) => text);
  window.gettext = (text) => words[text] || known(text);
  const style = document.createElement("style");
  style.setAttribute("data-tiptap-style", "");
  document.head.append(style);

  const nameParts = (area) => {
    const frame = area.closest(".prose-editor");
    const label = document.querySelector(`label[for="${CSS.escape(area.id)}"]`);
    const text = frame.querySelector(".ProseMirror[contenteditable]");
    if (label && text) text.setAttribute("aria-label", label.textContent.replace(":", "").trim());
    for (const button of frame.querySelectorAll("[data-name]")) {
      const name = buttons[button.dataset.name];
      if (!name) continue;
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  };
  // The buttons come a moment after the editor says that it is ready.
  document.addEventListener("prose-editor:ready", (event) => {
    event.detail.editor.on("create", () => nameParts(event.target));
  });
})();
