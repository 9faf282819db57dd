// Tells how far a book is, until it is ready; without this the reader follows the link.
const place = document.querySelector("#kirja");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (answer.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("#kirja");
    const bar = place.querySelector("progress");
    const next = now.querySelector("progress");
    if (bar && next) {
      bar.value = next.value; // the words are told only when it is ready: not at every card
      bar.max = next.max;
    } else if (now.textContent !== place.textContent) {
      place.replaceChildren(...now.childNodes);
    }
    if (!page.querySelector("script[src$='book.js']") && !next) return;
  }
  setTimeout(look, 2000);
}
setTimeout(look, 1000);
