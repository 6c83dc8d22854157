const keyboard = 120;

/**
 * Keeps the program above a phone's keyboard where the browser lays the keyboard over the page instead of making it smaller:
 * the height that is left goes into --viewport-height.
 */
export function followViewport(): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const style = document.documentElement.style;
  const follow = () => {
    const covered = viewport.scale === 1 && window.innerHeight - viewport.height > keyboard;
    if (covered) {
      style.setProperty("--viewport-height", `${viewport.height}px`);
      window.scrollTo(0, 0);
    } else style.removeProperty("--viewport-height");
  };
  viewport.addEventListener("resize", follow);
  follow();
}
