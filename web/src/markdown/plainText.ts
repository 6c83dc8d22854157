import type { Block, Inline } from "./ast";
import { parseBlocks } from "./parseBlocks";

/** Longer texts are cut before they are read: this is for lines that show the beginning. */
const longest = 1_000;

/** What a message says without its marks, on one line: for lists, quotes and everything else that has one line for it. */
export function plainText(body: string): string {
  return parseBlocks(body.slice(0, longest)).map(blockText).join(" ").replace(/\s+/g, " ").trim();
}

function blockText(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return block.children.map(inlineText).join("");
    case "code":
      return block.text;
    case "quote":
      return block.children.map(blockText).join(" ");
    case "list":
      return block.items.map((blocks) => `• ${blocks.map(blockText).join(" ")}`).join(" ");
  }
}

function inlineText(inline: Inline): string {
  return "children" in inline ? inline.children.map(inlineText).join("") : inline.text;
}
