// The page of a letter: one value at a time in the editor, its ink beside it; Enter confirms and goes on.

import { element, send, words } from "./talk.js";
import { Scan } from "./scan.js";

const TYPING_MS = 250;
const MARKS = ["✓", "×", "-"];
const say = words();
const root = document.querySelector(".letter");
const may = root.dataset.may === "yes";
const here = `/documents/${root.dataset.document}/pages/${root.dataset.page}`;
const find = (id) => document.getElementById(id);
const editor = find("editor"), input = find("answer"), message = find("message");

let state = JSON.parse(find("state").textContent);
let current = null, choice = 0, timer = null, asked = 0, saving = Promise.resolve();
let opened = null; // the current place as it stood when its editor opened: what somebody else changes since is no part of it
const done = [];
let refused = {}; // the last answer that is not understood: its place, its text, and what would be
const unsaved = []; // pointers of the answers on their way; what the server tells meanwhile is from before them
const order = [...state.doubts];

const scan = new Scan(root, { onPick: select, onHover: hover, onDraw: readDrawn });
find("page-image").addEventListener("error", () => {
  const gone = find("scan-gone");
  gone.textContent = say.gone;
  gone.hidden = false;
});

function of(pointer) {
  return document.querySelectorAll(`[data-place="${CSS.escape(pointer)}"]:not(rect)`);
}

function hover(pointer, on) {
  scan.hover(pointer, on);
  for (const each of of(pointer)) each.classList.toggle("hover", on);
}

function draft(place, value) {
  const name = `laodoc ${place.key}`;
  if (value === undefined) return sessionStorage.getItem(name);
  if (value === null) return sessionStorage.removeItem(name);
  return sessionStorage.setItem(name, value);
}

function tell(text, kind = "") {
  message.textContent = text;
  message.className = `message ${kind}`;
}

function choices(place) {
  return place.kind === "mark" ? MARKS : [place.value, ...place.alternatives];
}

function select(pointer, { focus = true, keep = false } = {}) {
  const place = state.places[pointer];
  if (!place) return;
  current = pointer;
  opened = place;
  choice = 0;
  editor.hidden = false;
  find("done-page").hidden = true;
  find("what").textContent = place.label;
  find("why").textContent = place.why.join(" · ");
  find("read-as").textContent = place.read && place.read !== place.value ? `${say.readAs} “${place.read}”` : "";
  if (!keep) input.value = draft(place) ?? place.value;
  input.readOnly = !may || place.kind === "mark";
  input.className = place.kind;
  input.inputMode = place.kind === "number" ? "decimal" : "text";
  find("alternatives").replaceChildren(...choices(place).slice(place.kind === "mark" ? 0 : 1).map((said) => {
    const button = element("button", said, "choice");
    button.type = "button";
    button.tabIndex = -1;
    button.addEventListener("click", () => {
      put(said);
      input.focus();
    });
    return button;
  }));
  find("trial").replaceChildren();
  for (const each of document.querySelectorAll(".current[data-place]")) each.classList.remove("current");
  for (const each of of(pointer)) {
    each.classList.add("current");
    if (each.tagName === "LI") each.scrollIntoView({ block: "nearest" });
  }
  scan.light(pointer, place.box);
  scan.crop(find("crop"), place.box);
  if (focus) {
    input.focus({ preventScroll: true });
    input.select();
  }
  if (input.value !== place.value || !place.sure) tryOut();
}

function put(said) {
  input.value = said;
  input.dispatchEvent(new Event("input"));
}

function next(step = 1) {
  const waiting = order.filter((pointer) => pointer === current || state.doubts.includes(pointer));
  for (const pointer of state.doubts) if (!waiting.includes(pointer)) waiting.push(pointer);
  const at = waiting.indexOf(current);
  const other = at < 0 ? waiting[0] : waiting[at + step] ?? (step > 0 ? waiting.find((each) => each !== current) : null);
  return other && other !== current ? other : null;
}

async function tryOut() {
  const place = state.places[current], said = input.value.trim(), mine = ++asked;
  if (!may || !said) return;
  let told;
  try {
    told = await send(`${here}/trials`, { pointer: current, answer: said });
  } catch {
    return;
  }
  if (mine !== asked || !told.ok) return;
  const lines = [];
  if (told.understood === null) {
    refused = { pointer: current, said, message: told.message };
    lines.push(element("span", told.message, "bad"));
  } else {
    if (told.understood !== said) lines.push(element("span", say.means.replace("{value}", told.understood), "muted"));
    for (const each of told.resolved) lines.push(element("span", `✓ ${say.resolved}: ${each.rule}`, "good"));
    for (const each of told.raised) lines.push(element("span", `! ${say.raised}: ${each.rule}: ${each.message}`, "bad"));
  }
  find("trial").replaceChildren(...lines);
}

function confirm() {
  if (!may || current === null) return;
  const pointer = current, place = opened, said = input.value.trim();
  if (!said) return;
  if (refused.pointer === pointer && refused.said === said) return tell(refused.message, "bad");
  if (unsaved.includes(pointer)) return tell(say.saving);
  const answer = place.sure && said === place.value ? null : said;
  draft(place, said);
  state.doubts = state.doubts.filter((each) => each !== pointer);
  unsaved.push(pointer);
  const other = next();
  saving = saving.then(() => save(pointer, place.key, answer, said));
  tell(say.saving);
  if (other) select(other);
  else finish();
}

async function save(pointer, key, answer, said) {
  let told;
  try {
    told = await send(`${here}/answers`, { pointer, key, answer });
  } catch {
    told = { ok: false, status: 0, error: say.lost };
  }
  unsaved.splice(unsaved.indexOf(pointer), 1);
  if (told.ok) {
    draft({ key }, null);
    done.push(pointer);
    take(told);
    if (current === pointer) opened = state.places[pointer];
    if (!unsaved.length) tell(say.saved, "good");
    if (editor.hidden) goOn();
    return;
  }
  draft({ key }, null);
  if (told.places) take(told);
  else if (!state.doubts.includes(pointer)) state.doubts.push(pointer);
  if (state.places[pointer]) draft(state.places[pointer], said);
  paint();
  select(pointer);
  tell(told.error ?? say.lost, "bad");
}

function take(told) {
  const open = told.doubts.filter((each) => !unsaved.includes(each)), fewer = told.doubts.length - open.length;
  const pages = { ...told.pages };
  if (fewer && !(pages[root.dataset.page] -= fewer)) delete pages[root.dataset.page];
  state = { places: told.places, doubts: open, findings: told.findings, left: told.left - fewer, pages };
  for (const pointer of state.doubts) if (!order.includes(pointer)) order.push(pointer);
  paint();
}

function goOn() {
  if (state.doubts.length) select(state.doubts[0]);
  else finish();
}

function finish() {
  editor.hidden = true;
  scan.light(null);
  const later = Object.keys(state.pages).map(Number).filter((page) => page !== Number(root.dataset.page));
  const after = later.find((page) => page > Number(root.dataset.page)) ?? later[0];
  find("done-words").textContent = after === undefined ? say.documentDone : say.pageDone;
  const link = find("go-on");
  link.textContent = `${after === undefined ? say.nextDocument : say.nextPage} →`;
  link.href = after === undefined ? `/documents/${root.dataset.document}/next` : `/documents/${root.dataset.document}/pages/${after}`;
  if (!find("done-page").hidden) return;
  find("done-page").hidden = false;
  if (may) link.focus();
}

find("go-on").addEventListener("click", (event) => {
  event.preventDefault();
  saving.then(() => {
    if (editor.hidden) location.href = find("go-on").href;
  });
});

async function undo() {
  await saving;
  const place = state.places[current];
  const pointer = place?.done && !editor.hidden ? current : done.pop();
  if (!pointer || !state.places[pointer]?.done) return tell(say.nothing);
  const told = await send(`${here}/undo`, { pointer, key: state.places[pointer].key });
  if (told.places) take(told);
  select(pointer);
  tell(told.ok ? say.undone : told.error, told.ok ? "good" : "bad");
}

async function readDrawn(box) {
  tell("…");
  const told = await send(`${here}/readings`, { box });
  if (told.ok && told.text && current !== null) {
    put(told.text);
    input.focus();
    tell(`“${told.text}” (${told.confidence})`);
  } else tell(told.text ?? "");
}

function paint() {
  const doubtful = new Set(state.doubts);
  find("doubts").replaceChildren(...order.filter((pointer) => doubtful.has(pointer)).map((pointer) => {
    const place = state.places[pointer];
    const line = element("li");
    line.dataset.place = pointer;
    line.append(element("b", place.label), element("span", place.value || "—", "value"), element("small", place.why.join(" · ")));
    return line;
  }));
  find("here").textContent = state.doubts.length;
  find("here").hidden = !state.doubts.length;
  find("no-doubts").hidden = state.doubts.length > 0;
  find("findings").replaceChildren(...state.findings.map((each) => {
    const line = element("li", undefined, each.severity);
    line.append(element("b", each.rule), document.createTextNode(` ${each.message}`));
    if (each.box) {
      line.tabIndex = 0;
      const look = () => scan.show(each.box);
      line.addEventListener("click", look);
      line.addEventListener("keydown", (event) => event.key === "Enter" && look());
    }
    return line;
  }));
  find("no-findings").hidden = state.findings.length > 0;
  const left = find("left");
  left.textContent = state.left ? say.left.replace("{count}", state.left) : say.documentDone;
  left.className = `badge ${state.left ? "doubt" : "fine"}`;
  for (const thumb of document.querySelectorAll("[data-thumb]")) {
    const dot = thumb.querySelector(".dot"), count = state.pages[thumb.dataset.thumb] ?? 0;
    dot.textContent = count;
    dot.hidden = !count;
  }
  for (const [pointer, place] of Object.entries(state.places)) {
    for (const each of of(pointer)) {
      each.classList.toggle("doubtful", doubtful.has(pointer));
      each.classList.toggle("done", place.done);
      if (each.tagName === "TD") each.textContent = place.value;
      if (each.tagName === "DIV") each.querySelector(".value").textContent = place.value || "—";
      each.classList.toggle("current", pointer === current && !editor.hidden);
    }
  }
  scan.put(state.places, state.doubts);
}

input.addEventListener("input", () => {
  const place = opened;
  draft(place, input.value === place.value ? null : input.value);
  clearTimeout(timer);
  timer = setTimeout(tryOut, TYPING_MS);
});

editor.addEventListener("submit", (event) => {
  event.preventDefault();
  confirm();
});

function turnMark(step) {
  const at = MARKS.indexOf(input.value);
  put(MARKS[(at + step + MARKS.length) % MARKS.length]);
}

input.addEventListener("keydown", (event) => {
  const place = state.places[current];
  const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
  if (event.key === "Tab" && plain) {
    const other = next(event.shiftKey ? -1 : 1);
    if (!other) return;
    event.preventDefault();
    select(other);
  } else if (["ArrowDown", "ArrowUp"].includes(event.key) && plain && may) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1, all = choices(place);
    if (place.kind === "mark") return turnMark(step);
    choice = (choice + step + all.length) % all.length;
    put(all[choice]);
    input.select();
  } else if (event.key === " " && place.kind === "mark" && may) {
    event.preventDefault();
    turnMark(1);
  } else if (event.key === "Escape") {
    put(place.value);
    input.select();
  } else if (event.key === "z" && (event.ctrlKey || event.metaKey) && input.value === place.value) {
    event.preventDefault();
    event.stopPropagation();
    undo();
  }
});

document.addEventListener("keydown", (event) => {
  const typing = document.activeElement === input && ["text", "place"].includes(state.places[current]?.kind);
  if (event.key === "F1" || (event.key === "?" && !typing)) {
    event.preventDefault();
    find("keys").showModal();
  } else if (event.key === "z" && (event.ctrlKey || event.metaKey) && document.activeElement !== input) {
    event.preventDefault();
    undo();
  } else if (["PageUp", "PageDown"].includes(event.key)) {
    const thumbs = [...document.querySelectorAll("[data-thumb]")];
    const at = thumbs.findIndex((each) => each.getAttribute("aria-current"));
    const other = thumbs[at + (event.key === "PageDown" ? 1 : -1)];
    if (other) {
      event.preventDefault();
      saving.then(() => location.assign(other.href));
    }
  }
});

document.querySelector(".values").addEventListener("click", (event) => {
  const pointer = event.target.closest("[data-place]")?.dataset.place;
  if (pointer) select(pointer);
});
document.querySelector(".values").addEventListener("keydown", (event) => {
  const pointer = event.target.dataset?.place;
  if (pointer && ["Enter", " "].includes(event.key)) {
    event.preventDefault();
    select(pointer);
  }
});
for (const [kind, on] of [["mouseover", true], ["mouseout", false]]) {
  document.querySelector(".values").addEventListener(kind, (event) => {
    const pointer = event.target.closest?.("[data-place]")?.dataset.place;
    if (pointer) hover(pointer, on);
  });
}

find("undo")?.addEventListener("click", undo);
find("show-keys").addEventListener("click", () => find("keys").showModal());
find("all-right")?.addEventListener("click", async () => {
  if (!window.confirm(say.sure.replace("{count}", state.left))) return;
  await saving;
  const told = await send(`${here}/all-right`);
  if (told.places) take(told);
  tell(told.message ?? say.lost, told.ok ? "good" : "bad");
  goOn();
});

paint();
document.querySelector('[data-thumb][aria-current]')?.scrollIntoView({ block: "nearest", inline: "center" });
const lit = document.querySelector(".boxes .lit");
if (lit) scan.show([lit.x, lit.y, lit.width, lit.height].map((each) => each.baseVal.value).map((value, at, all) => (at < 2 ? value : value + all[at - 2])));
else goOn();
