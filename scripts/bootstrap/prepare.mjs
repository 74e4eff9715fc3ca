import { build, isBuilt } from "./build.mjs";
import { areDependenciesInstalled, installDependencies } from "./dependencies.mjs";
import { withProjectLock } from "./lock.mjs";
import { say } from "./progress.mjs";

/**
 * Brings the project into a state in which it can run: dependencies as in package-lock.json, and unless `programs` is
 * false everything built. Does nothing, and says nothing, when that is so already.
 */
export async function prepare({ programs = true } = {}) {
  const isReady = () => areDependenciesInstalled() && (!programs || isBuilt());
  if (isReady()) return;
  const onWait = () => say("waiting for another start of this project, which installs or builds …");
  await withProjectLock(onWait, async () => {
    if (!areDependenciesInstalled()) await installDependencies();
    if (programs && !isBuilt()) await build();
  });
}
