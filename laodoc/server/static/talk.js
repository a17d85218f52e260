// Talking to the server: JSON there and back, with the word that shows that it comes from our own page.

const csrf = document.querySelector('meta[name="csrf"]').content;

export async function send(address, content) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": csrf },
    body: JSON.stringify(content ?? {}),
  });
  const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  return { status: answer.status, ok: answer.ok, ...told };
}

export function words() {
  return JSON.parse(document.getElementById("words").textContent);
}

export function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}
