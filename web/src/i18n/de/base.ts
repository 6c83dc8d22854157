import { core } from "./core";
import { messages } from "./messages";

export const base = { ...core, ...messages };
