import type { ReactNode } from "react";
import { Component, createRef } from "react";

/** Where the list stands: at its end, or at a row that keeps its distance from the upper edge. */
export type Anchor = { readonly at: "end" } | { readonly at: "row"; readonly key: string; readonly offset: number };

export interface ScrollView {
  readonly atEnd: boolean;
  readonly nearTop: boolean;
  /** The last message whose end is on screen. */
  readonly lastSeq: number | undefined;
}

interface AnchoredScrollerProps {
  readonly start: Anchor;
  readonly children: ReactNode;
  readonly onView: (view: ScrollView) => void;
  readonly onLeave: (anchor: Anchor) => void;
}

/** Within this distance of the end, in pixels, the list follows new messages. */
const followDistance = 80;
const topDistance = 600;

/**
 * A scrolling list that does not move under the reader's eyes: whatever is added above or below, the row at the upper edge
 * stays where it is; at the end the list follows. Rows carry `data-key` and, once they are on the server, `data-seq`.
 */
export class AnchoredScroller extends Component<AnchoredScrollerProps> {
  private readonly outer = createRef<HTMLDivElement>();
  private readonly inner = createRef<HTMLDivElement>();
  private anchor: Anchor = this.props.start;
  private sizes: ResizeObserver | undefined;

  override componentDidMount(): void {
    this.restore();
    this.look(); // the wanted place may be out of reach: what is reached counts
    this.sizes = new ResizeObserver(() => this.restore());
    for (const element of [this.outer.current, this.inner.current]) if (element) this.sizes.observe(element);
    this.report();
  }

  /** The reader may have moved since the last scroll event: look again just before the page changes. */
  override getSnapshotBeforeUpdate(): null {
    if (this.anchor.at === "row") this.look();
    return null;
  }

  override componentDidUpdate(): void {
    this.restore();
    this.report();
  }

  override componentWillUnmount(): void {
    this.sizes?.disconnect();
    this.props.onLeave(this.anchor);
  }

  toEnd(): void {
    this.anchor = { at: "end" };
    this.restore();
    this.report();
  }

  override render(): ReactNode {
    return (
      // Reachable with Tab, so that the arrow keys scroll it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <div className="scroller scroll" ref={this.outer} onScroll={this.scrolled} tabIndex={0}>
        <div className="scroller-inner" ref={this.inner}>{this.props.children}</div>
      </div>
    );
  }

  private readonly scrolled = () => {
    this.look();
    this.report();
  };

  private look(): void {
    const outer = this.outer.current;
    if (!outer) return;
    if (outer.scrollHeight - outer.scrollTop - outer.clientHeight <= followDistance) {
      this.anchor = { at: "end" };
      return;
    }
    const edge = outer.getBoundingClientRect().top;
    const row = this.rows().find((element) => element.getBoundingClientRect().bottom > edge);
    if (row) this.anchor = { at: "row", key: row.dataset["key"] ?? "", offset: row.getBoundingClientRect().top - edge };
  }

  private restore(): void {
    const outer = this.outer.current;
    if (!outer) return;
    if (this.anchor.at === "end") {
      if (this.isSelecting(outer)) return;
      outer.scrollTop = outer.scrollHeight;
      return;
    }
    const { key, offset } = this.anchor;
    const row = this.rows().find((element) => element.dataset["key"] === key);
    if (!row) {
      this.anchor = { at: "end" };
      outer.scrollTop = outer.scrollHeight;
      return;
    }
    const moved = row.getBoundingClientRect().top - outer.getBoundingClientRect().top - offset;
    if (Math.abs(moved) >= 1) outer.scrollTop += moved;
  }

  private report(): void {
    const outer = this.outer.current;
    if (!outer || outer.clientHeight === 0) return;
    const edge = outer.getBoundingClientRect().bottom + 4;
    const seen = this.rows().reverse().find((row) =>
      row.dataset["seq"] !== undefined && row.getBoundingClientRect().bottom <= edge
    );
    this.props.onView({
      atEnd: this.anchor.at === "end",
      nearTop: outer.scrollTop < topDistance,
      lastSeq: seen ? Number(seen.dataset["seq"]) : undefined,
    });
  }

  /** A person who marks text must not have it pulled away. */
  private isSelecting(outer: HTMLElement): boolean {
    const selection = document.getSelection();
    return selection?.type === "Range" && outer.contains(selection.anchorNode);
  }

  private rows(): HTMLElement[] {
    return [...(this.inner.current?.querySelectorAll<HTMLElement>("[data-key]") ?? [])];
  }
}
