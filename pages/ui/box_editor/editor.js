// A photo with its mask and a box that mouse, finger and arrow keys move and resize. Boxes are fractions of the photo.
const SMALLEST = 0.06;
const STEP = 0.01;
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

function moved([x0, y0, x1, y1], part, dx, dy) {
  if (part === "all") {
    dx = clamp(dx, -x0, 1 - x1);
    dy = clamp(dy, -y0, 1 - y1);
    return [x0 + dx, y0 + dy, x1 + dx, y1 + dy];
  }
  if (part.includes("w")) x0 = clamp(x0 + dx, 0, x1 - SMALLEST);
  if (part.includes("e")) x1 = clamp(x1 + dx, x0 + SMALLEST, 1);
  if (part.includes("n")) y0 = clamp(y0 + dy, 0, y1 - SMALLEST);
  if (part.includes("s")) y1 = clamp(y1 + dy, y0 + SMALLEST, 1);
  return [x0, y0, x1, y1];
}

export default function ({ parentElement, data, setStateValue }) {
  const find = (selector) => parentElement.querySelector(selector);
  const frame = find(".frame"), box = find(".box"), mask = find(".mask");
  let current = data.box, drag = null, timer = null;

  const place = () => {
    const [x0, y0, x1, y1] = current;
    Object.assign(box.style, {
      left: `${x0 * 100}%`, top: `${y0 * 100}%`, width: `${(x1 - x0) * 100}%`, height: `${(y1 - y0) * 100}%`,
    });
  };
  const send = () => setStateValue("box", current);
  const show = () => {
    const boxOn = find(".show-box").getAttribute("aria-pressed") === "true";
    const maskOn = find(".show-mask").getAttribute("aria-pressed") === "true";
    box.hidden = !boxOn;
    mask.hidden = !maskOn || !data.mask;
    find(".show-mask").hidden = !data.mask;
    find(".reset").hidden = !data.edited;
  };
  const toggle = (event) => {
    const on = event.currentTarget.getAttribute("aria-pressed") === "true";
    event.currentTarget.setAttribute("aria-pressed", String(!on));
    show();
  };
  const partOf = (target) => (target.classList.contains("grip") ? target.classList[1] : "all");
  const down = (event) => {
    drag = { part: partOf(event.target), x: event.clientX, y: event.clientY, from: current };
    box.setPointerCapture(event.pointerId);
    event.stopPropagation();
  };
  const move = (event) => {
    if (!drag) return;
    const size = frame.getBoundingClientRect();
    current = moved(drag.from, drag.part, (event.clientX - drag.x) / size.width, (event.clientY - drag.y) / size.height);
    place();
  };
  const up = () => {
    if (drag && drag.from !== current) send();
    drag = null;
  };
  const key = (event) => {
    const step = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    current = moved(current, partOf(event.target), ...step);
    place();
    clearTimeout(timer);
    timer = setTimeout(send, 400);
  };

  if (find(".photo").src !== data.photo) find(".photo").src = data.photo;
  find(".photo").alt = data.alt;
  frame.style.setProperty("--ratio", data.ratio);
  if (data.mask) mask.src = data.mask;
  find(".name").textContent = data.name;
  box.setAttribute("aria-label", `Box around the garment: ${data.name}. Arrow keys move it.`);
  place();
  show();
  box.onpointerdown = down;
  box.onpointermove = move;
  box.onpointerup = up;
  box.onpointercancel = up;
  box.onkeydown = key;
  find(".show-box").onclick = toggle;
  find(".show-mask").onclick = toggle;
  find(".reset").onclick = () => setStateValue("box", null);
  return () => clearTimeout(timer);
}
