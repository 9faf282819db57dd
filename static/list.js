// The list answers as one types and ticks. Whatever goes wrong here, the form's own buttons work.
const find = (what) => document.querySelector(what);
const all = (what, where = document) => [...where.querySelectorAll(what)];
const form = find("form.list"), words = form.q, told = find("#tila");
const here = () => location.pathname + location.search;
let asked, timer, shown = here(), isTyping, isBroken;

const address = () => {
  const filled = [...new FormData(form)].filter(([, value]) => value.trim());
  return form.action + (filled.length ? `?${new URLSearchParams(filled)}` : "");
};

// Shows the list of an address. how: pushState, replaceState, or nothing when we are there already.
async function show(url, how, typed) {
  clearTimeout(timer);
  asked?.abort();
  const { signal } = (asked = new AbortController());
  form.ariaBusy = true;
  try {
    const answer = await fetch(url, { signal });
    if (!answer.ok) throw answer;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (how && answer.url !== location.href) history[how](null, "", answer.url);
    shown = here();
    if (!(isTyping = typed)) words.value = page.querySelector("#q").value;
    put(page);
    told.className = "unseen";
    told.textContent = find("#tulokset").textContent;
    find("#nayta").textContent = `${told.dataset.nayta} ${told.textContent}`;
  } catch {
    if (signal.aborted) return;
    isBroken = true;
    told.className = "notice";
    told.textContent = told.dataset.virhe;
  }
  form.ariaBusy = null;
}

// Replaces only what differs, so that focus stays and a screen reader says nothing twice.
function put(page) {
  const at = document.activeElement, place = all(".chips a").indexOf(at);
  for (const one of all("input, option", form))
    for (const state of ["checked", "selected"]) one.toggleAttribute(state, !!one[state]);
  const fresh = all("[data-osa]", page);
  all("[data-osa]").forEach((old, index) => old.isEqualNode(fresh[index]) || old.replaceWith(fresh[index]));
  document.title = page.title;
  if (at.isConnected) return;
  const same = at.name && find(`[name="${at.name}"][value="${CSS.escape(at.value)}"]`);
  (same || all(".chips a").slice(0, place + 1).pop() || find("#tulokset")).focus({ preventScroll: true });
}

form.oninput = ({ target, isComposing }) => {
  clearTimeout(timer);
  if (target !== words) show(address(), "pushState");
  else if (!isComposing)
    timer = setTimeout(() => show(address(), isTyping ? "replaceState" : "pushState", true), 250);
};

form.onsubmit = async (event) => {
  if (isBroken || event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  await show(address(), "pushState");
  if (event.submitter?.id) find(".filters").open = false;
  find("#tulokset").focus();
};

form.onclick = async (event) => {
  const link = event.target.closest(".chips a, .pages a");
  if (!link || isBroken || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  await show(link.href, "pushState");
  if (link.matches(".pages a")) find("#tulokset").focus();
};

onpopstate = () => here() === shown || show(location.href);
if (address() !== location.href.split("#")[0]) show(address(), "pushState"); // ticked while this came
