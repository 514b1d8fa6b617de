import { fault } from "../fault.ts";
import { isOut, ROLLS_WITHIN, settingOut } from "../roll-out.ts";

/**
 * Wrong upstream port: the stock app is configured to ask for quotes where nobody listens, and is
 * refused. Dose: none; a new instance's cache of quotes is empty and stays so, so every look at stock fails.
 */
export const wrongUpstreamPort = fault({
  kind: "wrong-upstream-port",
  trigger: () => "config",
  plan: (state) => [settingOut(state, "go-otel-sample-app", "QUOTES_URL", `http://127.0.0.1:${state.freePort}`)],
  acts: isOut,
  actsWithin: () => ROLLS_WITHIN,
});
