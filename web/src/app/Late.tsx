import type { ReactNode } from "react";
import { useAnswer } from "../settings/useAnswer";
import { Waiting } from "../ui/Waiting";

interface LateProps<T> {
  readonly load: () => Promise<T>;
  /** Stands in for the heading of a part that is the whole page, until it is there. */
  readonly heading?: ReactNode;
  readonly children: (part: T) => ReactNode;
}

/** A part of the program that is loaded when it is opened; without a connection it says so, and can be asked again. */
export function Late<T>({ load, heading, children }: LateProps<T>) {
  const part = useAnswer(load);
  return part.value === undefined
    ? (
      <div className="late">
        {heading}
        <Waiting answer={part}>{() => null}</Waiting>
      </div>
    )
    : <>{children(part.value)}</>;
}
