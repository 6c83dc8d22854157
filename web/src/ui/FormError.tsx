import { Icon } from "./Icon";

/** What went wrong, read aloud when it appears. The place is always there, so that it is announced. */
export function FormError({ text }: { text: string | undefined }) {
  return (
    <div role="alert">
      {text && (
        <p className="form-error">
          <Icon name="warning" size={18} />
          <span>{text}</span>
        </p>
      )}
    </div>
  );
}
