import { interquartileRange, median } from "simple-statistics";
import { atAlarm } from "../at-alarm.ts";
import { mostDeviant } from "../deviations.ts";

/** How long it waits for more of the incident. */
const WAIT = 45_000;

/** BARO's robust scorer (arXiv 2405.09330) without its search for change points: medians and interquartile ranges. */
export default atAlarm(
  "baro",
  (_, raisedAt, telemetry) =>
    mostDeviant(raisedAt, telemetry, (healthy) => ({
      middle: median([...healthy]),
      spread: interquartileRange([...healthy]),
    })),
  WAIT,
);
