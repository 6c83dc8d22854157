#!/usr/bin/env python3
"""Draws the PNG icons in web/public from icon.svg. Run it after a change of the drawing; the results are committed.

Needs Playwright and Chromium (the environment of the browser tests): .venv/bin/python web/scripts/icons.py
"""
import os
import pathlib

from playwright.sync_api import sync_playwright

PUBLIC = pathlib.Path(__file__).resolve().parent.parent / "public"
DRAWING = (PUBLIC / "icon.svg").read_text()
# A launcher cuts any shape out of a maskable icon: the ground fills the square, the drawing keeps to the safe middle.
MASKABLE = DRAWING.replace('rx="9" ', "").replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"').replace(
    '<rect width="32" height="32"', '<rect x="-4" y="-4" width="40" height="40"'
)


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, size, svg in [("icon-192", 192, DRAWING), ("icon-512", 512, DRAWING), ("icon-maskable-512", 512, MASKABLE)]:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:{size}px;height:{size}px}}</style>{svg}")
            page.screenshot(path=PUBLIC / f"{name}.png", omit_background=True)
            page.close()
        browser.close()


main()
