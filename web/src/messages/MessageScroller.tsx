import type { ReactNode } from "react";
import { Component, createRef } from "react";

/** Where the list stands: at its end, or at a row that keeps its distance from the upper edge. */
export type Anchor = { readonly at: "end" } | { readonly at: "row"; readonly key: string; readonly offset: number };

export interface ScrollView {
  readonly atEnd: boolean;
  /** The first and the last row there are is near. */
  readonly nearTop: boolean;
  readonly nearBottom: boolean;
  /** The last message whose end is on screen. */
  readonly lastSeq: number | undefined;
}

/** A row, drawn or not. */
export interface ScrollItem {
  readonly key: string;
  /** How high it will probably be, in pixels, until it has been drawn once. */
  readonly estimate: number;
  /** The title of a day: it is drawn as soon as any row of its day is. */
  readonly title?: boolean;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

interface MessageScrollerProps {
  readonly start: Anchor;
  readonly items: readonly ScrollItem[];
  /** Nothing newer is left out below: the end is the end. */
  readonly whole: boolean;
  readonly children: (range: Range, above: number, below: number) => ReactNode;
  readonly onView: (view: ScrollView) => void;
  readonly onLeave: (anchor: Anchor) => void;
}

/** Within this distance of the end, in pixels, the list follows new messages. */
const followDistance = 80;
/** What is drawn above and below the screen, in pixels, so that scrolling does not show a hole. */
const margin = 1_000;
const rowsAbove = 56;
const rowsBelow = 80;
/** The range moves in steps, so that not every pixel draws anew. */
const step = 8;

/**
 * A scrolling list that does not move under the reader's eyes: whatever is added above or below, the row at the upper edge
 * stays where it is; at the end the list follows. Only the rows near the screen are drawn, what is above and below them is
 * empty space of their probable height; a wrong guess moves the space, never the anchor. Rows carry `data-key` and, once they
 * are on the server, `data-seq`; titles of days carry `data-title`.
 */
export class MessageScroller extends Component<MessageScrollerProps> {
  private readonly outer = createRef<HTMLDivElement>();
  private readonly inner = createRef<HTMLDivElement>();
  private readonly heights = new Map<string, number>();
  private anchor: Anchor = this.props.start;
  private range: Range = { from: 0, to: 0 };
  /** On the way to a new place: where the list is now does not matter. */
  private moving = false;
  private sizes: ResizeObserver | undefined;

  override componentDidMount(): void {
    this.measure();
    this.restore();
    this.look(); // the wanted place may be out of reach: what is reached counts
    this.sizes = new ResizeObserver(() => this.restore());
    for (const element of [this.outer.current, this.inner.current]) if (element) this.sizes.observe(element);
    this.redraw();
    this.report();
  }

  /** The reader may have moved since the last scroll event: look again just before the page changes. */
  override getSnapshotBeforeUpdate(): null {
    if (!this.moving && this.anchor.at === "row" && this.rowOf(this.anchor.key)) this.look();
    return null;
  }

  override componentDidUpdate(): void {
    this.measure();
    this.moving = false;
    if (this.anchor.at === "end" && !this.props.whole) this.look(); // this end is not the end
    this.restore();
    this.report();
  }

  override componentWillUnmount(): void {
    this.sizes?.disconnect();
    this.props.onLeave(this.anchor);
  }

  toEnd(): void {
    this.stand({ at: "end" });
  }

  /** Puts a row a third down the screen. */
  toRow(key: string): void {
    this.stand({ at: "row", key, offset: (this.outer.current?.clientHeight ?? 600) / 3 });
  }

  rowOf(key: string): HTMLElement | undefined {
    return this.rows().find((element) => element.dataset["key"] === key);
  }

  focus(): void {
    this.outer.current?.focus();
  }

  override render(): ReactNode {
    this.range = this.wanted();
    const { from, to } = this.range;
    return (
      // Reachable with Tab: the arrow keys go from message to message, Page Up and Down scroll.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      <div className="scroller scroll" ref={this.outer} onScroll={this.scrolled} tabIndex={0}>
        <div className="scroller-inner" ref={this.inner}>
          {this.props.children(this.range, this.spaceAbove(from), this.height(to, this.props.items.length))}
        </div>
      </div>
    );
  }

  private stand(anchor: Anchor): void {
    this.anchor = anchor;
    this.moving = true;
    if (this.redraw()) return; // the place is taken once the rows are there
    this.moving = false;
    this.restore();
    this.report();
  }

  private readonly scrolled = () => {
    if (this.moving) return;
    this.look();
    this.redraw();
    this.report();
  };

  private redraw(): boolean {
    const { from, to } = this.wanted();
    const moved = from !== this.range.from || to !== this.range.to;
    if (moved) this.forceUpdate();
    return moved;
  }

  /** The rows around the anchor that should be drawn. */
  private wanted(): Range {
    const { items } = this.props;
    const view = this.outer.current?.clientHeight || globalThis.innerHeight;
    const at = this.anchor.at === "row" ? this.indexOf(this.anchor.key) : -1;
    if (at < 0 || this.anchor.at === "end") {
      return { from: this.up(items.length, view + margin, rowsAbove + rowsBelow), to: items.length };
    }
    const offset = this.anchor.offset;
    const from = this.up(at, margin + Math.max(0, offset), rowsAbove);
    let to = at;
    for (let room = view - offset + margin; to < items.length && room > 0 && to - at < rowsBelow; to++) {
      room -= this.heightOf(items[to] as ScrollItem);
    }
    return { from, to: Math.min(items.length, to + (step - (to % step))) };
  }

  private up(before: number, room: number, most: number): number {
    let from = before;
    for (let left = room; from > 0 && left > 0 && before - from < most; from--) {
      left -= this.heightOf(this.props.items[from - 1] as ScrollItem);
    }
    return from - (from % step);
  }

  private heightOf({ key, estimate }: ScrollItem): number {
    return this.heights.get(key) ?? estimate;
  }

  private height(from: number, to: number): number {
    let sum = 0;
    for (let i = from; i < to; i++) sum += this.heightOf(this.props.items[i] as ScrollItem);
    return sum;
  }

  /** Without the title of the first day that is drawn: it is drawn even when the day's first rows are not. */
  private spaceAbove(from: number): number {
    const { items } = this.props;
    const space = this.height(0, from);
    if (items[from]?.title) return space;
    for (let i = from - 1; i >= 0; i--) {
      const item = items[i] as ScrollItem;
      if (item.title) return space - this.heightOf(item);
    }
    return space;
  }

  private indexOf(key: string): number {
    return this.props.items.findIndex((item) => item.key === key);
  }

  private measure(): void {
    for (const element of this.inner.current?.querySelectorAll<HTMLElement>("[data-key], [data-title]") ?? []) {
      const key = element.dataset["key"] ?? element.dataset["title"] ?? "";
      this.heights.set(key, element.getBoundingClientRect().height);
    }
  }

  private look(): void {
    const outer = this.outer.current;
    if (!outer) return;
    const below = outer.scrollHeight - outer.scrollTop - outer.clientHeight;
    if (below <= followDistance && this.props.whole && this.range.to === this.props.items.length) {
      this.anchor = { at: "end" };
      return;
    }
    const { top: edge, bottom } = outer.getBoundingClientRect();
    const row = this.rows().find((element) => element.getBoundingClientRect().bottom > edge);
    const offset = row && row.getBoundingClientRect().top - edge;
    if (row && offset !== undefined && offset < bottom - edge) {
      this.anchor = { at: "row", key: row.dataset["key"] ?? "", offset };
    } else this.anchor = this.guessed(outer.scrollTop);
  }

  /** Far away from everything that is drawn, as after pulling the scroll bar: the row that is probably there. */
  private guessed(top: number): Anchor {
    const { items } = this.props;
    let y = 0;
    for (const item of items) {
      const height = this.heightOf(item);
      if (y + height > top && !item.title) return { at: "row", key: item.key, offset: y - top };
      y += height;
    }
    return { at: "end" };
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
    const row = this.rowOf(key);
    if (!row && this.indexOf(key) >= 0) return; // it is about to be drawn
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
    const { bottom } = outer.getBoundingClientRect();
    const rows = this.rows();
    const seen = [...rows].reverse().find((row) =>
      row.dataset["seq"] !== undefined && row.getBoundingClientRect().bottom <= bottom + 4
    );
    this.props.onView({
      atEnd: this.anchor.at === "end",
      nearTop: this.range.from === 0,
      nearBottom: this.range.to === this.props.items.length,
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
