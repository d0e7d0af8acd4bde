// Small conveniences; every page works without them.
"use strict";

// Copy the secret address of a ticket's page.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard || !field) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.copied;
  });
}

// Put a FAQ answer into the reply where the cursor is, without loading the page again.
for (const button of document.querySelectorAll("[data-insert]")) {
  button.addEventListener("click", (event) => {
    const box = document.querySelector("#reply textarea");
    const text = document.getElementById(button.dataset.insert).textContent.trim();
    event.preventDefault();
    const before = box.value.slice(0, box.selectionStart).trimEnd();
    const after = box.value.slice(box.selectionEnd).trimStart();
    box.value = [before, text, after].filter(Boolean).join("\n\n");
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// What was typed is not lost by leaving the page unawares, nor sent twice.
let typed = false;
for (const form of document.querySelectorAll("[data-guard]")) {
  form.addEventListener("input", () => { typed = true; });
}
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    typed = false;
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
});
addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });

// Keys: Ctrl+Enter sends, j and k walk the list, r writes a reply, u goes back to the list.
addEventListener("keydown", (event) => {
  const writing = event.target.matches("input, textarea, select");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.target.form.requestSubmit();
  } else if (!writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
    const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!found) return;
    event.preventDefault();
    if (found.matches("a")) found.click(); else found.focus();
  }
});

function walk(step) {
  const links = [...document.querySelectorAll(".tickets .subject")];
  const at = links.indexOf(document.activeElement);
  links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
}
