import { mean, standardDeviation } from "simple-statistics";
import { atAlarm } from "../at-alarm.ts";
import { mostDeviant } from "../deviations.ts";

/** How long it waits for more of the incident. */
const WAIT = 45_000;

/** Blames the component with the series that lies the most standard deviations from its mean. */
export default atAlarm(
  "n-sigma",
  (_, raisedAt, telemetry) =>
    mostDeviant(raisedAt, telemetry, (healthy) => ({
      middle: mean([...healthy]),
      spread: standardDeviation([...healthy]),
    })),
  WAIT,
);
