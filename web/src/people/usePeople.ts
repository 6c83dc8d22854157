import { useEffect, useState } from "react";
import { useConnection } from "../app/session";
import type { User } from "../socket/wire";

const pause = 120;

/** People whose name or user name fits; everybody for an empty text. Undefined until the first answer. */
export function usePeople(text: string): readonly User[] | undefined {
  const connection = useConnection();
  const [people, setPeople] = useState<readonly User[]>();
  const q = text.trim();
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(async () => {
      const answer = await connection.request("people", { q, limit: 50 });
      if (wanted) setPeople(answer.ok ? answer.people : []);
    }, q === "" ? 0 : pause);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [connection, q]);
  return people;
}
