import type { IncomingMessage } from "node:http";
import { SpanStatusCode } from "@opentelemetry/api";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { RuntimeNodeInstrumentation } from "@opentelemetry/instrumentation-runtime-node";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import { isUnobserved, pathOf } from "../http/path.ts";
import { currentRepeat } from "../rates/resend.ts";
import { exceptionBehind } from "./request-exception.ts";

/** What watches the server, the outgoing calls and the runtime. */
export const instrumentations = () => [incoming(), outgoing(), new RuntimeNodeInstrumentation()];

/** A server span and a duration for each request; outgoing requests of `node:http` are the exporters' own. */
function incoming(): HttpInstrumentation {
  return new HttpInstrumentation({
    disableOutgoingRequestInstrumentation: true,
    ignoreIncomingRequestHook: (request: IncomingMessage) => isUnobserved(pathOf(request)),
    applyCustomAttributesOnSpan: (span, _request, response) => {
      const exception = exceptionBehind(response);
      if (exception === undefined) return;
      span.setAttribute("error.type", exception.name);
      span.setStatus({ code: SpanStatusCode.ERROR, message: exception.message });
    },
  });
}

/** The only one this app calls: a third party without telemetry, so its name stands on our calls. */
const PEER = { "service.peer.name": "rates-provider" };

/** A client span and a duration for each call made with `fetch`. */
function outgoing(): UndiciInstrumentation {
  return new UndiciInstrumentation({
    startSpanHook: () => {
      const repeat = currentRepeat();
      return repeat > 0 ? { ...PEER, "http.request.resend_count": repeat } : PEER;
    },
  });
}
