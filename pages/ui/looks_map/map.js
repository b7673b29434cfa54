// All products by their looks: an atlas of small pictures on a plane that zooms and moves. Positions are in [-1, 1].
export default function ({ parentElement, data, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector);
  const canvas = find("canvas"), hover = find(".hover"), shot = find(".shot"), name = find(".hover span");
  const { columns, tile, points, atlas } = data;
  const [tileW, tileH] = tile;
  const image = new Image();
  let view = { x: 0, y: 0, zoom: 1 }, drag = null, pinch = 0;
  const touches = new Map();

  const scale = () => [0.465 * canvas.clientWidth * view.zoom, 0.44 * canvas.clientHeight * view.zoom];
  const share = () => Math.sqrt((canvas.clientWidth * canvas.clientHeight) / Math.max(1, points.length));
  const size = () => Math.min(64, Math.max(12, 0.8 * share()) * Math.sqrt(view.zoom));
  const toScreen = (p) => [
    canvas.clientWidth / 2 + (p[0] - view.x) * scale()[0],
    canvas.clientHeight / 2 + (p[1] - view.y) * scale()[1],
  ];
  const draw = () => {
    const ratio = window.devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    pen.imageSmoothingQuality = "high";
    const w = size(), h = (w * tileH) / tileW;
    points.forEach((p, i) => {
      const [x, y] = toScreen(p);
      if (x < -w || y < -h || x > canvas.clientWidth + w || y > canvas.clientHeight + h) return;
      pen.drawImage(image, (i % columns) * tileW, Math.floor(i / columns) * tileH, tileW, tileH, x - w / 2, y - h / 2, w, h);
    });
  };
  const at = (event) => {
    const frame = canvas.getBoundingClientRect();
    const x = event.clientX - frame.left, y = event.clientY - frame.top;
    let best = -1, nearest = size() * 0.9;
    points.forEach((p, i) => {
      const [px, py] = toScreen(p);
      const distance = Math.hypot(px - x, py - y);
      if (distance < nearest) [best, nearest] = [i, distance];
    });
    return best;
  };
  const show = (i) => {
    hover.hidden = i < 0;
    canvas.style.cursor = i < 0 ? "grab" : "pointer";
    if (i < 0) return;
    const zoom = 136 / tileW, [x, y] = toScreen(points[i]);
    shot.style.backgroundImage = `url(${atlas})`;
    shot.style.backgroundSize = `${columns * tileW * zoom}px auto`;
    shot.style.backgroundPosition = `-${(i % columns) * tileW * zoom}px -${Math.floor(i / columns) * tileH * zoom}px`;
    name.textContent = points[i][3];
    hover.style.left = `${Math.max(4, x > canvas.clientWidth - 190 ? x - 180 : x + 20)}px`;
    hover.style.top = `${Math.min(Math.max(6, y - 100), canvas.clientHeight - 250)}px`;
  };
  const zoomBy = (factor) => {
    view.zoom = Math.min(16, Math.max(1, view.zoom * factor));
    if (view.zoom === 1) view = { x: 0, y: 0, zoom: 1 };
    draw();
  };
  const spread = () => {
    const [a, b] = [...touches.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };

  canvas.setAttribute("aria-label", `Map of looks: ${points.length} products, alike ones close together. The shelf lists the same products.`);
  canvas.onpointerdown = (event) => {
    touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
    canvas.setPointerCapture(event.pointerId);
    pinch = touches.size === 2 ? spread() : 0;
    drag = { x: event.clientX, y: event.clientY, view: { ...view }, far: false };
  };
  canvas.onpointermove = (event) => {
    if (touches.has(event.pointerId)) touches.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (touches.size === 2) {
      const now = spread();
      if (pinch) zoomBy(now / pinch);
      pinch = now;
      drag = null;
    } else if (drag) {
      const dx = event.clientX - drag.x, dy = event.clientY - drag.y;
      drag.far = drag.far || Math.hypot(dx, dy) > 5;
      view.x = drag.view.x - dx / scale()[0];
      view.y = drag.view.y - dy / scale()[1];
      if (drag.far) { show(-1); draw(); }
    } else show(at(event));
  };
  canvas.onpointerup = (event) => {
    touches.delete(event.pointerId);
    const i = drag && !drag.far ? at(event) : -1;
    drag = null;
    if (i >= 0) setTriggerValue("picked", points[i][2]);
  };
  canvas.onpointerleave = () => show(-1);
  canvas.onwheel = (event) => { event.preventDefault(); zoomBy(event.deltaY < 0 ? 1.2 : 1 / 1.2); };
  canvas.onkeydown = (event) => {
    const step = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] }[event.key];
    if (step) { event.preventDefault(); view.x += step[0] / view.zoom; view.y += step[1] / view.zoom; draw(); }
    if (event.key === "+") zoomBy(1.3);
    if (event.key === "-") zoomBy(1 / 1.3);
  };
  find(".in").onclick = () => zoomBy(1.4);
  find(".out").onclick = () => zoomBy(1 / 1.4);
  find(".home").onclick = () => zoomBy(1e-6);
  image.onload = draw;
  image.src = atlas;
  const observer = new ResizeObserver(draw);
  observer.observe(canvas);
  return () => observer.disconnect();
}
