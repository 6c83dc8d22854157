import { useCallback } from "react";
import { useSession } from "../app/session";
import { t } from "../i18n/translate";
import { toast } from "../ui/toast";
import { pictured, storedFile } from "./prepareFile";

export const filesAtMost = 10;

/** Takes files into the draft of a conversation, and begins to send them at once. */
export function useAttach(c: string): (files: Iterable<File>) => void {
  const { drafts, session } = useSession();
  return useCallback((files: Iterable<File>) => {
    const room = filesAtMost - (drafts.files.get().get(c)?.length ?? 0);
    const chosen = [...files];
    if (chosen.length > room) toast(t("composer.tooManyFiles", { n: filesAtMost }));
    const taken = chosen.slice(0, Math.max(0, room)).map(storedFile);
    if (taken.length === 0) return;
    drafts.attach(c, taken);
    for (const file of taken) {
      void pictured(file).then((ready) => {
        drafts.renew(c, ready);
        return session.uploads.bring(ready);
      });
    }
  }, [drafts, session, c]);
}
