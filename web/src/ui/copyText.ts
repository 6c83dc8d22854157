/** Puts a text on the clipboard. On plain http addresses there is no clipboard: then the text is only marked, for Ctrl-C. */
export async function copyText(text: string, box: HTMLInputElement | null): Promise<boolean> {
  const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
  const done = clipboard ? await clipboard.writeText(text).then(() => true, () => false) : false;
  if (!done) box?.select();
  return done || document.execCommand("copy");
}
