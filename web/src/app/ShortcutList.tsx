import { textOf } from "../i18n/translate";
import { keyNames, shortcutGroups } from "./shortcuts";
import { useCanSearch } from "./session";
import "./ShortcutList.css";

export function ShortcutList() {
  const canSearch = useCanSearch();
  return (
    <div className="shortcuts">
      {shortcutGroups.map(({ title, shortcuts }) => (
        <section key={title} aria-label={textOf(title)}>
          <h2>{textOf(title)}</h2>
          <dl>
            {shortcuts.filter(({ text }) => canSearch || text !== "keys.search").map(({ keys, text }) => (
              <div key={text}>
                <dt>{textOf(text)}</dt>
                <dd>
                  {keys.map((combination) => (
                    <span key={combination} className="shortcut-keys">
                      {keyNames(combination).map((name) => <kbd key={name}>{name}</kbd>)}
                    </span>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
