import { describe, expect, it } from "vitest";
import { pgHbaConf, postgresqlConf } from "./settings";

describe("postgresqlConf", () => {
  it("never trades durability for speed", () => {
    const text = postgresqlConf({ kind: "socket", directory: "/run/x" }, "linux");
    for (const name of ["fsync", "synchronous_commit", "full_page_writes"])
      expect(text).toContain(`${name} = 'on'\n`);
  });

  it("listens on a socket only, whatever the path has in it", () => {
    const text = postgresqlConf({ kind: "socket", directory: `/a b/it's "so", \\so` }, "linux");
    expect(text).toContain("listen_addresses = ''\n");
    expect(text).toContain(`unix_socket_directories = '"/a b/it''s ""so"", \\\\so"'\n`);
  });

  it("listens on this machine's own address only, where there are no sockets", () => {
    const text = postgresqlConf({ kind: "loopback", port: 54_321 }, "win32");
    expect(text).toContain("listen_addresses = '127.0.0.1'\nport = 54321\n");
    expect(text).not.toContain("client_connection_check_interval");
  });
});

describe("pgHbaConf", () => {
  it.each([{ kind: "socket", directory: "/x" } as const, { kind: "loopback", port: 1 } as const])(
    "asks for the password, at a $kind",
    (address) => {
      const rules = pgHbaConf(address)
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"));
      expect(rules).toHaveLength(1);
      expect(rules[0]).toMatch(/scram-sha-256$/);
    },
  );
});
