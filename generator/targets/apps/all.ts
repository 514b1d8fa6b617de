import type { AppId } from "../target.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import { metrics } from "./metrics.ts";
import { otel } from "./otel.ts";
import type { Recipe } from "./recipe.ts";

export const RECIPES: Readonly<Record<AppId, Recipe>> = {
  "otel-sample-app": otel,
  "java-otel-sample-app": java,
  "go-otel-sample-app": go,
  "sample-metrics-app": metrics,
};
