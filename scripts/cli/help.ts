export const HELP = `Homing, for operators. Works beside a running server; it needs no restart.

  npm run homing -- user add NAME --password-stdin [--name "Display Name"] [--admin]
  npm run homing -- user passwd NAME --password-stdin     a new password; ends all sessions
  npm run homing -- user disable NAME                     ends all sessions and API tokens
  npm run homing -- user enable NAME
  npm run homing -- user list
  npm run homing -- token create NAME                     prints a new API token, once
  npm run homing -- database restored                     after a backup was restored, before the nodes start
  npm run homing -- help

NAME is a username: 2 to 32 of a-z 0-9 . _ - and starting with a letter.
--password-stdin reads the password from standard input, without its last line break;
without it the password is asked for, where there is somebody to ask.

With \`npm run --silent homing -- token create NAME\` nothing but the token is printed.
It works on the database of DATABASE_URL, or else on the one in DATA_DIR (./data).

Exit codes: 0 done, 1 refused, 2 wrong usage, 3 the database or the configuration is not usable.
`;
