import type { ReactNode } from "react";
import { useAnswer } from "../settings/useAnswer";
import { Waiting } from "../ui/Waiting";

/** A part of the program that is loaded when it is opened; without a connection it says so, and can be asked again. */
export function Late<T>({ load, children }: { load: () => Promise<T>; children: (part: T) => ReactNode }) {
  const part = useAnswer(load);
  return part.value === undefined
    ? (
      <div className="late">
        <Waiting answer={part}>{() => null}</Waiting>
      </div>
    )
    : <>{children(part.value)}</>;
}
