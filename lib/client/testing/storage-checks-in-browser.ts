import { deleteDB } from "idb";
import { openIndexedDbStorage } from "../indexed-db-storage";
import { storageChecks } from "./storage-checks";

/** Bundled for a page: runs one check on the browser's own IndexedDB; gives what went wrong. */
const runStorageCheck = async (name: string): Promise<string | undefined> => {
  await deleteDB("homing");
  try {
    await storageChecks[name]?.(openIndexedDbStorage);
    return undefined;
  } catch (error) {
    return String(error);
  }
};

Object.assign(globalThis, { runStorageCheck });
