// The inbox: files are dropped or chosen, sent one after another, and the queue is looked at while it works.

import { element } from "./talk.js";

const LOOK_MS = 1500;
const form = document.getElementById("drop"), input = document.getElementById("files"), sent = document.getElementById("sent");
const csrf = document.querySelector('meta[name="csrf"]').content;
let last = Promise.resolve();

function give(files) {
  for (const file of files) last = last.then(() => sendOne(file));
}

async function sendOne(file) {
  const line = element("li", file.name), bar = element("progress");
  line.append(" ", bar);
  sent.prepend(line);
  const content = new FormData();
  content.append("files", file);
  try {
    const answer = await fetch("/inbox", { method: "POST", headers: { Accept: "application/json", "X-CSRF-Token": csrf }, body: content });
    const told = await answer.json();
    const [one] = answer.ok ? told : [{ words: told.error, fate: "refused" }];
    bar.replaceWith(element("span", one.words, one.fate.startsWith("refused") ? "bad" : "good"));
  } catch {
    bar.replaceWith(element("span", "✗", "bad"));
  }
  look();
}

async function look() {
  try {
    const answer = await fetch("/inbox/queue");
    if (answer.ok) {
      const queue = document.getElementById("queue"), text = await answer.text();
      if (!queue.contains(document.activeElement) && queue.dataset.shown !== text) {
        queue.innerHTML = text;
        queue.dataset.shown = text;
      }
    }
  } catch {
    // the server is being started again; the next look will find it
  }
}

document.getElementById("send").hidden = true;
input.addEventListener("change", () => {
  give([...input.files]);
  form.reset();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
});
for (const kind of ["dragenter", "dragover"]) {
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  give(event.dataTransfer.files);
});
setInterval(look, LOOK_MS);
