import { createPasswords } from "@/lib/auth/passwords";
import { sha256Digest, systemRandomness } from "@/lib/auth/secrets";
import { startEmbedded } from "@/lib/embedded/start-embedded";
import { loadConfig } from "@/lib/ops/config/load-config";
import { createLogger, type Logger } from "@/lib/ops/log";
import { connectStore } from "@/lib/store/database";
import { createInstallation } from "@/lib/store/installation";
import { migrate } from "@/lib/store/migrate";
import { createPeopleStore } from "@/lib/store/people-store";
import { toStoreError } from "@/lib/store/unavailable";
import { buildOperatorUseCases } from "@/lib/usecases/build-accounts";
import type { OperatorUseCases } from "@/lib/usecases/use-cases";

async function onDatabase<T>(
  url: string,
  log: Logger,
  work: (operator: OperatorUseCases) => Promise<T>,
): Promise<T> {
  const onError = (error: Error) => log.warn({ err: error }, "a connection to PostgreSQL broke");
  const { db, close } = connectStore({ url, poolSize: 2, onError });
  try {
    await migrate(db).catch((error: unknown) => {
      throw toStoreError(error);
    });
    return await work(
      buildOperatorUseCases({
        people: createPeopleStore(db),
        passwords: createPasswords(),
        randomness: systemRandomness,
        digest: sha256Digest,
        installation: createInstallation(db),
      }),
    );
  } finally {
    await close();
  }
}

/**
 * Runs work on the installation's database, the same that its servers use: the embedded one is shared with those that
 * run, and brought up for this when none does.
 */
export async function withOperator<T>(work: (operator: OperatorUseCases) => Promise<T>): Promise<T> {
  const config = loadConfig();
  // Standard output is for results.
  const log = createLogger({ ...config, log: { ...config.log, level: "warn" } }, process.stderr);
  if (config.database.url !== undefined) return onDatabase(config.database.url, log, work);
  const embedded = await startEmbedded({ dataDir: config.data.directory, log });
  try {
    return await onDatabase(embedded.url, log, work);
  } finally {
    await embedded.stop();
  }
}
