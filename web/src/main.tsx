import "./ui/tokens.css";
import "./ui/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { followHistory } from "./app/route";
import { startLanguage } from "./i18n/language";
import { startPreferences } from "./settings/preferences";
import { startTheme } from "./ui/theme";
import { followViewport } from "./ui/viewport";
import { startWorker } from "./worker/update";

startTheme();
startPreferences();
followHistory();
followViewport();
startWorker();
const root = document.getElementById("root");
if (root) void startLanguage().then(() => createRoot(root).render(<App />));
