/* oxlint-disable react/no-array-index-key -- the parts of a text have no other identity than their order */
import type { ReactNode } from "react";
import { Fragment, memo, useMemo } from "react";
import { classes } from "../ui/classes";
import type { Block, Inline } from "./ast";
import { CodeBlock } from "./CodeBlock";
import { parseBlocks } from "./parseBlocks";
import "./Markdown.css";

interface MarkdownProps {
  readonly body: string;
  /** Names after "@" are people. */
  readonly mentions: boolean;
  /** My user name, when this message mentions me. */
  readonly me: string | undefined;
}

/** A message's text as React nodes: whatever it holds, it can only become what `ast.ts` lists. */
export const Markdown = memo(function Markdown({ body, mentions, me }: MarkdownProps) {
  const blocks = useMemo(() => parseBlocks(body), [body]);
  const drawing: Drawing = { mentions, me };
  return (
    <span className="body" dir="auto">
      {blocks.map((block, i) => <Fragment key={i}>{drawBlock(block, drawing, i === blocks.length - 1)}</Fragment>)}
    </span>
  );
});

interface Drawing {
  readonly mentions: boolean;
  readonly me: string | undefined;
}

/** The last paragraph flows, so that the time can stand at its end. */
function drawBlock(block: Block, drawing: Drawing, flows: boolean): ReactNode {
  switch (block.kind) {
    case "paragraph":
      return flows
        ? <span className="paragraph-last">{drawInline(block.children, drawing)}</span>
        : <p className="paragraph" dir="auto">{drawInline(block.children, drawing)}</p>;
    case "code":
      return <CodeBlock text={block.text} language={block.lang} />;
    case "quote":
      return <blockquote dir="auto">{drawBlocks(block.children, drawing)}</blockquote>;
    case "list": {
      const items = block.items.map((item, i) => <li key={i} dir="auto">{drawBlocks(item, drawing)}</li>);
      return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
    }
  }
}

function drawBlocks(blocks: readonly Block[], drawing: Drawing): ReactNode {
  return blocks.map((block, i) => <Fragment key={i}>{drawBlock(block, drawing, false)}</Fragment>);
}

function drawInline(nodes: readonly Inline[], drawing: Drawing): ReactNode {
  return nodes.map((node, i) => {
    switch (node.kind) {
      case "text":
        return node.text;
      case "code":
        return <code key={i}>{node.text}</code>;
      case "link":
        return (
          <a key={i} href={node.href} title={node.href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {node.text}
          </a>
        );
      case "mention": {
        if (!drawing.mentions) return node.text;
        const mine = drawing.me !== undefined && [drawing.me, "room", "all"].includes(node.name);
        return <span key={i} className={classes("mention", mine && "mention-me")}>{node.text}</span>;
      }
      case "strong":
        return <strong key={i}>{drawInline(node.children, drawing)}</strong>;
      case "em":
        return <em key={i}>{drawInline(node.children, drawing)}</em>;
      case "strike":
        return <s key={i}>{drawInline(node.children, drawing)}</s>;
    }
  });
}
