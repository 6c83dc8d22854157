// What a message's text can become. There is no node for HTML: whatever a message holds, it is drawn from these.

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly href: string; readonly text: string }
  | { readonly kind: "mention"; readonly name: string; readonly text: string }
  | { readonly kind: "strong" | "em" | "strike"; readonly children: readonly Inline[] };

export type Block =
  | { readonly kind: "paragraph"; readonly children: readonly Inline[] }
  | { readonly kind: "code"; readonly lang: string; readonly text: string }
  | { readonly kind: "quote"; readonly children: readonly Block[] }
  | {
    readonly kind: "list";
    readonly ordered: boolean;
    readonly start: number;
    readonly items: readonly (readonly Block[])[];
  };
