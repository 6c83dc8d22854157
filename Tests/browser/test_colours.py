"""The colours of people: a name can be read in each of them, wherever it stands. Which one somebody has is chance, so all are looked at."""
from __future__ import annotations

import pytest
from playwright.sync_api import expect

HUES = 10
# The contrast of the text of each element with what lies behind it, for every hue; the lowest first.
CONTRASTS = """hues => {
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const paint = color => { context.fillStyle = color; context.fillRect(0, 0, 1, 1); };
    const seen = () => [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map(c => c / 255);
    const bright = rgb => {
        const [r, g, b] = rgb.map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = e => {
        const behind = [];
        for (let x = e; x; x = x.parentElement) behind.unshift(getComputedStyle(x).backgroundColor);
        paint("white");
        behind.forEach(paint);
        const back = bright(seen());
        paint(getComputedStyle(e).color);
        const front = bright(seen());
        return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    };
    const rows = [];
    const bubbles = { mine: document.querySelector(".row-mine .bubble"), theirs: document.querySelector("article:not(.row-mine) .bubble, .row:not(.row-mine) .bubble") };
    for (const [whose, bubble] of Object.entries(bubbles)) {
        for (const what of ["quote-name", "sender"]) {
            if (what === "sender" && whose === "mine") continue;
            for (let hue = 0; hue < hues; hue++) {
                for (const hovered of [false, true]) {
                    const place = document.createElement("div");
                    const name = document.createElement("span");
                    place.className = `${what === "quote-name" ? "quote" : ""} hue-${hue}`;
                    if (hovered && what === "quote-name") place.style.background = "color-mix(in oklab, var(--text) 10%, transparent)";
                    name.className = what;
                    place.append(name);
                    bubble.append(place);
                    rows.push([contrast(name), `${what} in ${whose}, hue ${hue}${hovered ? ", under the pointer" : ""}`]);
                    place.remove();
                }
            }
        }
    }
    return rows.sort((a, b) => a[0] - b[0]);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_names_can_be_read_in_every_hue(town, scheme):
    ada = town.visit(color_scheme=scheme)
    ada.open(f"/c/{town.room}")
    ada.say(f"mine, {scheme}")
    expect(ada.tick(f"mine, {scheme}")).to_be_visible()
    rows = ada.page.evaluate(CONTRASTS, HUES)
    assert len(rows) == 3 * HUES * 2
    assert [row for row in rows if row[0] < 4.5] == []
