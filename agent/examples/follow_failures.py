"""An incident agent in thirty lines: goes where the calls fail, and asks what changed there and what grew."""
import json, sys
from urllib.parse import urlencode
from urllib.request import Request, urlopen

page = json.load(sys.stdin)
now, place = page["now"], page["endpoint"]


def ask(tool, **arguments):
    request = Request(f"{place['url']}/tools/{tool}?{urlencode(arguments)}")
    request.add_header("Authorization", f"Bearer {place['token']}")
    return json.load(urlopen(request))["rows"]


calls = ask("topology", **{"from": now - 60_000})
suspect, seen = page["alert"]["component"], []
while suspect not in seen:
    seen.append(suspect)
    failing = [c for c in calls if c["caller"] == suspect and c["failed"] > 0.1 * c["calls"]]
    suspect = max(failing, key=lambda c: c["failed"] / c["calls"], default={"callee": suspect})["callee"]


def growth(gauge):
    values = [value for _, value in gauge["points"]]
    return max(values[-3:]) / (sorted(values)[len(values) // 2] or 1)


changed = ask("changes", component=suspect, **{"from": now - 300_000})
gauges = [s for s in ask("series", component=suspect, limit=200) if s["kind"] == "gauge" and len(s["points"]) > 9]
grown = [(growth(gauge), gauge["metric"]) for gauge in gauges]
most, metric = max(grown, default=(1, "nothing"))
causes = {"memory": "memory", "heap": "memory", "cpu": "cpu", "pending": "pool-exhaustion", "busy": "pool-exhaustion"}
by_metric = next((cause for word, cause in causes.items() if most > 1.5 and word in metric), "code-error")
evidence = [f"calls fail along {' -> '.join(seen)}", f"{metric} is {most:.1f} times its median"]
evidence += [{"claim": f"{c['kind']}: {c['summary']}", "signal": "change"} for c in changed]
first = {"component": suspect, "cause": "bad-deploy" if changed else by_metric, "confidence": 0.6, "evidence": evidence}
json.dump({"hypotheses": [first], "named": 1}, sys.stdout)
