import "./ui/tokens.css";
import "./ui/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { followHistory } from "./app/route";
import { startTheme } from "./ui/theme";
import { followViewport } from "./ui/viewport";

startTheme();
followHistory();
followViewport();
const root = document.getElementById("root");
if (root) createRoot(root).render(<App />);
