// A table pasted from Word or Excel keeps its merged cells and colours: the field shows the text,
// and the copied HTML goes along in a hidden field. Without this script the text alone is read.
for (const area of document.querySelectorAll("textarea[data-paste]")) {
  const hidden = area.form.elements[area.dataset.paste];
  let isPasting = false;
  area.addEventListener("paste", (event) => {
    hidden.value = event.clipboardData?.getData("text/html") ?? "";
    isPasting = true;
  });
  area.addEventListener("input", () => {
    if (!isPasting) hidden.value = "";
    isPasting = false;
  });
}
