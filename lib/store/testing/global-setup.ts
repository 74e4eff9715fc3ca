import type { TestProject } from "vitest/node";
import { connectStore } from "../database";
import { migrate } from "../migrate";
import { startPostgresServer } from "./postgres-server";

declare module "vitest" {
  interface ProvidedContext {
    /** The maintenance database of the server that all test files share. */
    postgresUrl: string;
  }
}

/** The migrated database that every test file's own is copied from. */
export const TEMPLATE = "homing_template";

/** One server for all test files of a run; each takes its own database on it by `freshDatabase`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgresServer({ durable: false });
  try {
    await makeTemplate(server.url("postgres"), server.url(TEMPLATE));
  } catch (error) {
    await server.remove();
    throw error;
  }
  project.provide("postgresUrl", server.url("postgres"));
  return () => server.remove();
}

async function makeTemplate(maintenanceUrl: string, templateUrl: string): Promise<void> {
  const maintenance = connectStore({ url: maintenanceUrl, poolSize: 1, onError: fail });
  await maintenance.pool.query(`create database ${TEMPLATE}`);
  await maintenance.close();
  const template = connectStore({ url: templateUrl, poolSize: 1, onError: fail });
  await migrate(template.db);
  await template.close();
}

function fail(error: Error): never {
  throw error;
}
