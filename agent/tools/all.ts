import { changes, objects } from "./changes.ts";
import logs from "./logs.ts";
import metrics from "./metrics.ts";
import series from "./series.ts";
import services from "./services.ts";
import { spans, trace } from "./spans.ts";
import type { Tool } from "./tool.ts";
import topology from "./topology.ts";

/** The questions that need nothing but the view; SQL needs a database of its own (`sql.ts`). */
export const TOOLS: readonly Tool[] = [services, topology, metrics, series, logs, spans, trace, changes, objects];
