/** The mark: two people's words that overlap. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg className="logo" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <path
        d="M8 8.5h9.5a3 3 0 0 1 3 3v3.5a3 3 0 0 1-3 3H12l-3.6 3v-3H8a3 3 0 0 1-3-3v-3.5a3 3 0 0 1 3-3z"
        fill="var(--on-accent)"
        opacity=".62"
      />
      <path
        d="M14.5 13.5H24a3 3 0 0 1 3 3V20a3 3 0 0 1-3 3h-.4v3L20 23h-5.5a3 3 0 0 1-3-3v-3.5a3 3 0 0 1 3-3z"
        fill="var(--on-accent)"
      />
    </svg>
  );
}
