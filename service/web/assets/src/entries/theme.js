// Runs before the page is drawn, so that a dark page is never white first. The choice is the server's: light, dark or auto.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    root.dataset.bsTheme = dark.matches ? "dark" : "light";
  };
  if (root.dataset.themeChoice === "auto") {
    follow();
    dark.addEventListener("change", follow);
  }
})();
