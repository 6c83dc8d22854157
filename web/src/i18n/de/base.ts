import { around } from "./around";
import { core } from "./core";
import { messages } from "./messages";

export const base = { ...core, ...around, ...messages };
