// A page with diagrams: each is drawn when it comes into sight, and its bundle only then does any work.
import { draw } from "../diagram/drawing.js";
import "../tabs.js";

const sight = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) {
      sight.unobserve(target);
      draw(target);
    }
  }
});

for (const container of document.querySelectorAll("[data-diagram]")) {
  sight.observe(container);
}
