/** One colour a member, so that an eye can follow one of them through the lines of all. */
const COLOURS = [36, 33, 35, 32, 34, 96, 93, 95, 92, 94];
const PLAIN = 0;

/** Prints the lines of one member, each with its name in front. */
export type Voice = (line: string) => void;

/** Gives voices to members. `width` is that of the longest name. */
export function createVoices(output: NodeJS.WritableStream, colours: boolean, width: number) {
  let given = 0;
  return (name: string): Voice => {
    const colour = COLOURS[given % COLOURS.length] ?? PLAIN;
    given += 1;
    const label = `${name.padEnd(width)} |`;
    const front = colours ? `\u001b[${colour}m${label}\u001b[0m` : label;
    return (line) => void output.write(`${front} ${line}\n`);
  };
}
