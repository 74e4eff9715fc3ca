import type { AccountPorts, OperatorPorts } from "./accounts/account-ports";
import { actorOfSession } from "./accounts/actor-of-session";
import { actorOfToken } from "./accounts/actor-of-token";
import { addUser } from "./accounts/add-user";
import { changePassword } from "./accounts/change-password";
import { createFirstAdmin } from "./accounts/create-first-admin";
import { createInvite } from "./accounts/create-invite";
import { createToken } from "./accounts/create-token";
import { issueSetupToken } from "./accounts/issue-setup-token";
import { join } from "./accounts/join";
import { joinIsOpen } from "./accounts/join-is-open";
import { listAccounts } from "./accounts/list-accounts";
import { listInvites } from "./accounts/list-invites";
import { listSessions } from "./accounts/list-sessions";
import { rename } from "./accounts/rename";
import { revokeInvite } from "./accounts/revoke-invite";
import { revokeOtherSessions } from "./accounts/revoke-other-sessions";
import { revokeSession } from "./accounts/revoke-session";
import { sessionEndReason } from "./accounts/session-end-reason";
import { setAccountDisabled } from "./accounts/set-account-disabled";
import { setAccountRole } from "./accounts/set-account-role";
import { setDisabled } from "./accounts/set-disabled";
import { setPassword } from "./accounts/set-password";
import { setSignUpOpen } from "./accounts/set-sign-up-open";
import { setupIsOpen } from "./accounts/setup-is-open";
import { signIn } from "./accounts/sign-in";
import { signOut } from "./accounts/sign-out";
import type { Installation } from "./ports/installation";
import type { AccountUseCases, OperatorUseCases } from "./use-cases";

const LISTED_USERS = 100;

/** One instance a process: it counts failed sign-ins. */
export function buildAccountUseCases(ports: AccountPorts): AccountUseCases {
  return {
    signIn: signIn(ports),
    actorOfSession: actorOfSession(ports),
    actorOfToken: actorOfToken(ports),
    signOut: signOut(ports),
    sessionEndReason: sessionEndReason(ports),
    isSetUp: async () => (await ports.people.countAccounts()) > 0,
    issueSetupToken: issueSetupToken(ports),
    setupIsOpen: setupIsOpen(ports),
    createFirstAdmin: createFirstAdmin(ports),
    joinIsOpen: joinIsOpen(ports),
    join: join(ports),
    rename: rename(ports),
    changePassword: changePassword(ports),
    listSessions: listSessions(ports),
    revokeSession: revokeSession(ports),
    revokeOtherSessions: revokeOtherSessions(ports),
    listAccounts: listAccounts(ports),
    setAccountDisabled: setAccountDisabled(ports),
    setAccountRole: setAccountRole(ports),
    createInvite: createInvite(ports),
    listInvites: listInvites(ports),
    revokeInvite: revokeInvite(ports),
    signUpIsOpen: () => ports.people.signUpIsOpen(),
    setSignUpOpen: setSignUpOpen(ports),
  };
}

/** For the command line: whoever may open the database may do all of it. */
export function buildOperatorUseCases(
  ports: OperatorPorts & { installation: Installation },
): OperatorUseCases {
  return {
    addUser: addUser(ports),
    setPassword: setPassword(ports),
    setDisabled: setDisabled(ports),
    listUsers: (page) => ports.people.list({ query: "", limit: LISTED_USERS, ...page }),
    createToken: createToken(ports),
    databaseRestored: () => ports.installation.renewEpoch(),
  };
}
