import type { Account } from "@/lib/usecases/ports/people-store";
import type { OperatorUseCases } from "@/lib/usecases/use-cases";
import type { Command } from "./command";

type OperatorCommand = Exclude<Command, { name: "help" }>;

/** What a terminal would obey rather than show. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "�");
}

function line(account: Account): string {
  const state = account.disabledAt === undefined ? "enabled" : "disabled";
  return [account.username, account.role, state, printable(account.name)].join("\t");
}

async function listUsers(operator: OperatorUseCases, print: (line: string) => void): Promise<void> {
  let after: string | undefined;
  do {
    const page = await operator.listUsers(after === undefined ? {} : { after });
    for (const account of page.accounts) print(line(account));
    after = page.hasMore ? page.accounts.at(-1)?.username : undefined;
  } while (after !== undefined);
}

/** Does what was asked for, and prints its result a line at a time; a command without a result prints what it did. */
export async function runCommand(
  command: OperatorCommand,
  password: string,
  operator: OperatorUseCases,
  print: (line: string) => void,
): Promise<void> {
  switch (command.name) {
    case "user add": {
      const { username, displayName, admin } = command;
      const account = await operator.addUser({ username, name: displayName, password, admin });
      return print(`${account.username} was added${admin ? " as an admin" : ""}.`);
    }
    case "user passwd":
      await operator.setPassword(command.username, password);
      return print(`${command.username} has a new password; all sessions have ended.`);
    case "user disable":
      await operator.setDisabled(command.username, true);
      return print(`${command.username} is disabled; all sessions and API tokens have ended.`);
    case "user enable":
      await operator.setDisabled(command.username, false);
      return print(`${command.username} is enabled.`);
    case "user list":
      return listUsers(operator, print);
    case "token create":
      return print(await operator.createToken(command.username));
    case "database restored":
      await operator.databaseRestored();
      return print("Every page fetches anew what it knows, as it connects.");
  }
}
