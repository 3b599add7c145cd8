// Beside a task, where there is room: the list it was opened from. And choices of a person that this device remembers.
const WIDE = "(width >= 100rem)";

const queue = document.querySelector("[data-queue]");
const room = matchMedia(WIDE);

async function draw() {
  if (!queue || !room.matches || queue.childElementCount) {
    return;
  }
  const response = await fetch(queue.dataset.queue);
  if (response.ok) {
    queue.innerHTML = await response.text();
    queue.hidden = false;
    queue.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }
}

room.addEventListener("change", draw);
draw();

for (const box of document.querySelectorAll("input[data-remembered]")) {
  const name = `liuzhuan-${box.dataset.remembered}`;
  box.checked = localStorage.getItem(name) !== "no";
  box.addEventListener("change", () => localStorage.setItem(name, box.checked ? "yes" : "no"));
}
