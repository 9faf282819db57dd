"use strict";
// Shows what there is already while the name and the summary of a new card are typed.
(() => {
  const panel = document.getElementById("similar-live");
  const form = document.getElementById("project_form");
  if (!panel || !form) return;
  const status = document.getElementById("similar-status");
  const PAUSE_MS = 900;
  const LONGEST = 20000;
  let timer = 0;
  let asked = "";
  let asking = null;

  const typed = () => {
    const texts = form.querySelectorAll('textarea[name^="sections-"][name$="-body"]');
    const text = [...texts].map((area) => area.value).join("\n");
    return { name: form.elements.name.value, text: text.slice(0, LONGEST) };
  };

  const show = (html) => {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const summary = parsed.querySelector("summary");
    const said = summary ? summary.textContent.trim() : "";
    panel.replaceChildren(...parsed.body.children);
    panel.hidden = !summary;
    // Said only when the number changes, and after the typing has paused.
    if (status.textContent !== said) status.textContent = said;
  };

  const ask = async () => {
    const values = typed();
    const key = JSON.stringify(values);
    if (key === asked) return;
    asked = key;
    asking?.abort();
    asking = new AbortController();
    const body = new FormData();
    body.append("name", values.name);
    body.append("text", values.text);
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(panel.dataset.address, {
        method: "POST",
        body,
        signal: asking.signal,
      });
      if (answer.ok && !answer.redirected) show(await answer.text());
      // The editor hands its text over a moment after it was typed.
      if (JSON.stringify(typed()) !== key) later();
    } catch {
      // The form works without; the next pause asks again.
      asked = "";
    }
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  if (form.elements.name.value) later();
})();
