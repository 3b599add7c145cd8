// While a page is open: the numbers of what waits stay true, the list of the inbox takes in new tasks, and a task that somebody
// else has taken or done says so. Asked when somebody comes back to the page, and every minute while they look at it.
import { getJson } from "./requests.js";

const EVERY = 60_000; // milliseconds
const FIRST_PAGE = 25; // rows; who has asked for more rows keeps them
const OFTEN = 5_000; // not again before, however often somebody switches windows

const address = document.querySelector("[data-waiting-address]")?.dataset.waitingAddress;
const task = document.querySelector("[data-task-state]");
let asked = Date.now();

if (address) {
  setInterval(look, EVERY);
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
}

async function look() {
  if (document.visibilityState === "hidden" || Date.now() - asked < OFTEN) {
    return;
  }
  asked = Date.now();
  const [waiting] = await Promise.all([getJson(address), task && lookAtTask()]);
  if (waiting.status === 200) {
    show(waiting.body);
  }
}

function show({ mine, claimable, unread }) {
  const numbers = { mine, claimable, unread, all: mine + claimable };
  const list = document.querySelector("[data-live]");
  const before = list && Number(document.querySelector(`.tab-count[data-waiting="${list.dataset.live}"]`)?.textContent);
  for (const count of document.querySelectorAll("[data-waiting]")) {
    const number = numbers[count.dataset.waiting];
    count.textContent = number;
    count.hidden = number === 0 && !count.matches(".tab-count");
  }
  if (list && list.dataset.live in numbers && numbers[list.dataset.live] !== before) {
    refresh(list);
  }
}

/** The list as it is now; where the focus is in it stays. */
async function refresh(list) {
  const response = await fetch(location.href);
  if (!response.ok || list.querySelectorAll(".row-line").length > FIRST_PAGE) {
    return;
  }
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("[data-live]");
  const focused = list.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  if (fresh) {
    list.replaceWith(fresh);
    globalThis.htmx?.process(fresh);
    [...fresh.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus();
  }
}

async function lookAtTask() {
  const { status, body } = await getJson(task.dataset.taskState);
  if (status === 200 && body.sentence) {
    task.querySelector("[data-sentence]").textContent = body.sentence;
    task.hidden = false;
    if (!body.canComplete) {
      for (const button of document.querySelectorAll("form[data-decision] button[name='outcome']")) {
        button.disabled = true;
      }
    }
  }
}
