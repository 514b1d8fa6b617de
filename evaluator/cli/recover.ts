import { recover } from "../../generator/faults/recover.ts";
import { clearRunFile } from "../chaos/run-file.ts";
import type { Command } from "./command.ts";
import { stateDirectory } from "./places.ts";

export default {
  command: "recover",
  describe: "take back what an earlier, killed drill left behind",
  builder: (yargs) => yargs.example("$0 recover", "revert open faults, end left-over processes"),
  async handler() {
    const say = (line: string): void => void process.stderr.write(`${line}\n`);
    const state = stateDirectory();
    const results = await recover(state, say);
    if (await clearRunFile(state)) say("apps.json: its apps have ended; removed");
    const failed = results.filter((one) => one.outcome === "failed");
    process.stdout.write(
      results.length === 0
        ? "nothing was left behind\n"
        : `${results.length - failed.length} of ${results.length} taken back\n`,
    );
    return failed.length > 0 ? 1 : 0;
  },
} satisfies Command;
