/** Puts a text on the clipboard, also on plain http addresses, where there is no clipboard but a command. */
export async function copy(text: string): Promise<boolean> {
  const { clipboard } = navigator as { clipboard?: Clipboard };
  if (clipboard && await clipboard.writeText(text).then(() => true, () => false)) return true;
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "unseen";
  (document.querySelector("dialog[open]") ?? document.body).append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}
