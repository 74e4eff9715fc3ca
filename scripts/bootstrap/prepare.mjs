import { build, isBuilt } from "./build.mjs";
import { areDependenciesInstalled, installDependencies } from "./dependencies.mjs";
import { withProjectLock } from "./lock.mjs";
import { say } from "./progress.mjs";

/**
 * Brings the project into a state in which it can run: dependencies as in package-lock.json, and the named parts of the
 * build (`programs`, `pages`). Does nothing, and says nothing, when that is so already.
 */
export async function prepare(parts) {
  const isReady = () => areDependenciesInstalled() && isBuilt(parts);
  if (isReady()) return;
  const onWait = () => say("waiting for another start of this project, which installs or builds …");
  await withProjectLock(onWait, async () => {
    if (!areDependenciesInstalled()) await installDependencies();
    if (!isBuilt(parts)) await build(parts);
  });
}
