/** Where the server listens: a socket in a folder that only its account can enter, or, on Windows, this machine's own address. */
export type Address =
  | { readonly kind: "socket"; readonly directory: string }
  | { readonly kind: "loopback"; readonly port: number };

/** The file in PostgreSQL's folder in which an operator may set what is to win over the settings below. */
export const CUSTOM_SETTINGS = "custom.conf";

/** The number in the socket's name; nothing listens on a port of that number. */
export const SOCKET_PORT = 5432;

/**
 * The server's settings: full durability, sized for a chat server on a small machine, and a log without what people
 * write, because that stands in statements and in the details of errors.
 */
export function postgresqlConf(address: Address, platform: NodeJS.Platform): string {
  const settings: Record<string, string | number> = {
    ...listening(address),
    max_connections: 100,
    superuser_reserved_connections: 3,
    password_encryption: "scram-sha-256",
    shared_buffers: "128MB",
    effective_cache_size: "512MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    jit: "off",
    max_parallel_workers_per_gather: 1,
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    wal_compression: "on",
    wal_buffers: "16MB",
    min_wal_size: "96MB",
    max_wal_size: "512MB",
    checkpoint_timeout: "10min",
    max_wal_senders: 0,
    wal_level: "minimal",
    idle_in_transaction_session_timeout: "60s",
    // Ends the statements of a client that was killed; only Linux can notice.
    ...(platform === "linux" ? { client_connection_check_interval: "5s" } : {}),
    cluster_name: "homing",
    timezone: "UTC",
    log_timezone: "UTC",
    lc_messages: "C",
    logging_collector: "on",
    log_directory: "log",
    // One file for each day of the week, written anew when the day comes round.
    log_filename: "postgresql-%a.log",
    log_truncate_on_rotation: "on",
    log_rotation_age: "1d",
    log_rotation_size: 0,
    log_checkpoints: "off",
    log_min_messages: "warning",
    log_min_error_statement: "panic",
    log_error_verbosity: "terse",
    log_parameter_max_length: 0,
    log_parameter_max_length_on_error: 0,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${quoted(value)}`);
  return [
    "# Written anew at each start. Settings of your own belong into the file named below.",
    ...lines,
    `include_if_exists = '${CUSTOM_SETTINGS}'`,
    "",
  ].join("\n");
}

/** Who may connect: whoever reaches the socket (or this machine's own address) and has the password. */
export function pgHbaConf(address: Address): string {
  const connection = address.kind === "socket" ? "local all all" : "host all all 127.0.0.1/32";
  return `# Written anew at each start.\n${connection} scram-sha-256\n`;
}

function listening(address: Address): Record<string, string | number> {
  if (address.kind === "loopback") {
    return { listen_addresses: "127.0.0.1", port: address.port, unix_socket_directories: "" };
  }
  return {
    listen_addresses: "",
    port: SOCKET_PORT,
    // A list separated by commas: quotes keep a comma in the path from ending it.
    unix_socket_directories: `"${address.directory.replaceAll('"', '""')}"`,
    unix_socket_permissions: "0700",
  };
}

function quoted(value: string | number): string {
  if (typeof value === "number") return String(value);
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
