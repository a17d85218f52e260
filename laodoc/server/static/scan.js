// The scan: zoom, turn, a box for every value, the enlarged crop, and a box that is drawn to be read.

const SVG = "http://www.w3.org/2000/svg";
const ZOOM = [1, 1.4, 2, 2.8, 4];
const CROP_HEIGHT = 84, CROP_MOST_WIDTH = 620, AROUND = 0.35;

export class Scan {
  constructor(root, { onPick, onHover, onDraw }) {
    this.view = root.querySelector(".view");
    this.paper = root.querySelector(".paper");
    this.image = root.querySelector("#page-image");
    this.svg = root.querySelector(".boxes");
    this.width = Number(this.paper.dataset.width);
    this.height = Number(this.paper.dataset.height);
    this.zoom = 0;
    this.turn = 0;
    this.rects = new Map();
    this.svg.addEventListener("click", (event) => event.target.dataset.place && onPick(event.target.dataset.place));
    for (const [kind, on] of [["mouseover", true], ["mouseout", false]]) {
      this.svg.addEventListener(kind, (event) => event.target.dataset.place && onHover(event.target.dataset.place, on));
    }
    for (const button of root.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.setZoom(button.dataset.zoom));
    }
    root.querySelector("[data-turn]").addEventListener("click", () => {
      this.turn = (this.turn + 90) % 360;
      this.lay();
    });
    const draw = root.querySelector("#draw");
    if (draw) this.drawing(draw, onDraw);
    this.lay();
  }

  setZoom(how) {
    const last = ZOOM.length - 1;
    this.zoom = how === "fit" ? 0 : Math.max(0, Math.min(last, this.zoom + (how === "in" ? 1 : -1)));
    this.lay();
    if (this.current) this.show(this.current);
  }

  lay() {
    this.paper.style.width = `${100 * ZOOM[this.zoom]}%`;
    this.paper.style.transform = this.turn ? `rotate(${this.turn}deg)` : "";
  }

  put(places, doubts) {
    const doubtful = new Set(doubts);
    for (const [pointer, place] of Object.entries(places)) {
      let rect = this.rects.get(pointer);
      if (!rect) {
        rect = document.createElementNS(SVG, "rect");
        rect.dataset.place = pointer;
        const [left, top, right, bottom] = place.box;
        for (const [name, value] of [["x", left], ["y", top], ["width", right - left], ["height", bottom - top]]) {
          rect.setAttribute(name, Math.max(0, value));
        }
        this.rects.set(pointer, rect);
        this.svg.append(rect);
      }
      rect.classList.toggle("doubt", doubtful.has(pointer));
      rect.classList.toggle("done", place.done);
    }
  }

  hover(pointer, on) {
    this.rects.get(pointer)?.classList.toggle("hover", on);
  }

  light(pointer, box) {
    for (const rect of this.svg.querySelectorAll(".current")) rect.classList.remove("current");
    this.rects.get(pointer)?.classList.add("current");
    if (box) this.show(box);
  }

  show(box) {
    this.current = box;
    if (this.turn) return;
    const scale = this.paper.clientWidth / this.width;
    const [left, top, right, bottom] = box.map((edge) => edge * scale);
    this.view.scrollTo({
      left: (left + right - this.view.clientWidth) / 2,
      top: (top + bottom - this.view.clientHeight) / 2,
    });
  }

  crop(canvas, box) {
    if (!this.image.complete || !this.image.naturalWidth) {
      this.image.addEventListener("load", () => this.crop(canvas, box), { once: true });
      return;
    }
    const scale = this.image.naturalWidth / this.width;
    const high = box[3] - box[1];
    const beside = Math.max(high, 30) * 1.2, above = Math.max(high * AROUND, 12);
    const left = Math.max(0, box[0] - beside), top = Math.max(0, box[1] - above);
    const wide = Math.min(this.width, box[2] + beside) - left, tall = Math.min(this.height, box[3] + above) - top;
    const size = Math.min((CROP_HEIGHT * (tall > 260 ? 3 : 1)) / tall, CROP_MOST_WIDTH / wide);
    const dots = window.devicePixelRatio || 1;
    canvas.width = Math.round(wide * size * dots);
    canvas.height = Math.round(tall * size * dots);
    canvas.style.width = `${Math.round(wide * size)}px`;
    canvas.style.height = `${Math.round(tall * size)}px`;
    const pen = canvas.getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.drawImage(this.image, left * scale, top * scale, wide * scale, tall * scale, 0, 0, canvas.width, canvas.height);
    pen.strokeStyle = "#b86b00";
    pen.lineWidth = 1.5 * dots;
    const thick = size * dots;
    pen.strokeRect((box[0] - left) * thick, (box[1] - top) * thick, (box[2] - box[0]) * thick, high * thick);
  }

  drawing(button, onDraw) {
    let start = null, rect = null;
    const at = (event) => {
      const here = this.paper.getBoundingClientRect();
      return [((event.clientX - here.left) / here.width) * this.width, ((event.clientY - here.top) / here.height) * this.height];
    };
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", on);
      this.view.classList.toggle("drawing", on);
      if (on) {
        this.turn = 0;
        this.lay();
      }
    });
    this.paper.addEventListener("pointerdown", (event) => {
      if (button.getAttribute("aria-pressed") !== "true") return;
      event.preventDefault();
      start = at(event);
      rect = document.createElementNS(SVG, "rect");
      rect.classList.add("drawn");
      this.svg.append(rect);
      this.paper.setPointerCapture(event.pointerId);
    });
    this.paper.addEventListener("pointermove", (event) => {
      if (!start) return;
      const [x, y] = at(event);
      for (const [name, value] of [["x", Math.min(x, start[0])], ["y", Math.min(y, start[1])], ["width", Math.abs(x - start[0])], ["height", Math.abs(y - start[1])]]) {
        rect.setAttribute(name, value);
      }
    });
    this.paper.addEventListener("pointerup", (event) => {
      if (!start) return;
      const [x, y] = at(event), from = start, mine = rect;
      start = null;
      button.setAttribute("aria-pressed", false);
      this.view.classList.remove("drawing");
      const box = [Math.min(x, from[0]), Math.min(y, from[1]), Math.max(x, from[0]), Math.max(y, from[1])];
      onDraw(box.map(Math.round)).finally(() => mine.remove());
    });
  }
}
