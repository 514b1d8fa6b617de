import { fault } from "../fault.ts";
import { setKey } from "../intent.ts";

export interface ProviderRefuses {
  /** What the third party answers: it is out of service, or has had too many requests. */
  readonly status: 503 | 429;
}

/**
 * The rates provider is out of service: the quotes app has no rates once those of the last second are used up. Dose:
 * none, every request for rates is refused; a quotes app at `L` requests a second fails from the second one on.
 */
export const provider503 = fault<ProviderRefuses>({
  kind: "provider-503",
  trigger: () => "latent",
  plan: (state, { status }) => [setKey(state, "answer.status", status)],
  acts: (now, before) => (now["answers.refused"] ?? 0) > (before["answers.refused"] ?? 0),
});
