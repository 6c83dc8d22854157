"""Looks at a screen in both themes: its accessibility, its width, and with PARLEY_SCREENS=1 a picture of it."""
from __future__ import annotations

import os
import pathlib

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
SIZES = {
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
AT_REST = "() => new Promise(requestAnimationFrame).then(() => new Promise(requestAnimationFrame)).then(() => Promise.all(document.getAnimations().filter(a => a.effect.getTiming().iterations === 1).map(a => a.finished.catch(() => 0))))"
# Only the colours of a screen differ between the themes.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
# bin/test looks at every screen in one theme at each width, light on the phone and dark on the desk; bin/test --long at all four.
LONG = os.environ.get("PARLEY_LONG") == "1"
PICTURES = os.environ.get("PARLEY_SCREENS") == "1"
TOO_WIDE = """() => {
    const faults = [];
    if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the window");
    for (const button of document.querySelectorAll("button, a, input, select, [role=tab]")) {
        const box = button.getBoundingClientRect();
        if (box.width === 0 || button.closest(".unseen, [hidden]") || getComputedStyle(button).visibility === "hidden") continue;
        // What scrolls sideways on purpose may be out of sight.
        let host = button.parentElement;
        while (host && !["auto", "scroll"].includes(getComputedStyle(host).overflowX)) host = host.parentElement;
        const inside = !host || host.scrollWidth <= host.clientWidth + 1;
        if (inside && (box.left < -1 || box.right > innerWidth + 1)) faults.push("out of the window: " + button.outerHTML.slice(0, 120));
        if (button.scrollWidth > button.clientWidth + 2 && getComputedStyle(button).overflow === "visible" && button.matches("button"))
            faults.push("text wider than its button: " + button.outerHTML.slice(0, 120));
    }
    return faults;
}"""


class Camera:
    """Waits until a screen is at rest and looks for faults in it."""

    def __init__(self, folder: pathlib.Path, size: str, schemes: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.size = size
        everything = LONG or PICTURES
        self.schemes = schemes or (("light", "dark") if everything else ("light",) if size == "phone" else ("dark",))
        self.faults: list[str] = []

    def shoot(self, page: Page, name: str) -> None:
        for scheme in self.schemes:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(AT_REST)
            if PICTURES:
                page.screenshot(path=self.folder / f"{name}-{self.size}-{scheme}.png")
            rules = RULES if scheme == self.schemes[0] else COLOURS
            for violation in Axe().run(page, options=rules).response["violations"]:
                nodes = "; ".join(node["html"][:120] + " " + node["failureSummary"].replace("\n", " ")[:240] for node in violation["nodes"][:3])
                self.faults.append(f"{name} {scheme}: {violation['id']}: {nodes}")
        self.faults += [f"{name}: {fault}" for fault in page.evaluate(TOO_WIDE)]
