/** The people and talks of the screenshots, all invented. Times are of the reader's day, which always stands at 14 o'clock. */

export interface Person {
  username: string;
  name: string;
  /** With how many devices they are online; absent: they are away. */
  devices?: number;
  /** When they went away the last time. */
  seen?: { day: number; at: string };
  disabled?: boolean;
}

/** Whose eyes one looks through: an admin. */
export const READER: Person = { username: "clara", name: "Clara Moreau" };

/** Somebody whose inbox is empty. */
export const RESTED = "noor";

export const PEOPLE: readonly Person[] = [
  { username: "jonas", name: "Jonas Weber", devices: 2, seen: { day: -1, at: "18:05" } },
  { username: "amara", name: "Amara Okafor", devices: 1, seen: { day: 0, at: "08:40" } },
  { username: "yutong", name: "陈雨桐", devices: 3, seen: { day: -1, at: "18:05" } },
  { username: "leila", name: "ليلى حداد", seen: { day: 0, at: "13:12" } },
  { username: "sasha", name: "Aleksandra Wiśniewska-Kowalczyk", seen: { day: -1, at: "19:40" } },
  { username: "tom.reyes", name: "Tom Reyes", devices: 1, seen: { day: -1, at: "18:05" } },
  { username: RESTED, name: "Noor Haddad", seen: { day: 0, at: "09:05" } },
  { username: "priya", name: "Priya Raman", devices: 1, seen: { day: -2, at: "18:05" } },
  { username: "elias", name: "Elias Lindqvist", seen: { day: -4, at: "16:20" } },
  { username: "mateo", name: "Mateo Fernández", disabled: true },
];

export interface Line {
  day: number;
  at: string;
  from: string;
  text: string;
  /** What was sent first, and corrected afterwards. */
  correctedFrom?: string;
  deleted?: boolean;
}

export interface Talk {
  with: string;
  /** How many of the last lines the reader has not read. */
  unread?: number;
  /** The other one has read all of it, or has it on a device, or is away. */
  other: "read" | "delivered" | "away";
  lines: readonly Line[];
}

/** Lines of one day in their order: when, who, what. */
function on(day: number, ...lines: readonly [at: string, from: string, text: string][]): Line[] {
  return lines.map(([at, from, text]) => ({ day, at, from, text }));
}

export const TALKS: readonly Talk[] = [
  {
    with: "jonas",
    other: "read",
    lines: [
      ...on(
        -1,
        ["16:48", "jonas", "The sign painter was here. The letters are up, and they are gorgeous."],
        ["16:49", "jonas", "You have to see the ampersand."],
        ["16:55", "clara", "I knew she was worth the wait. Is the paint dry before the rain tonight?"],
        [
          "17:02",
          "jonas",
          "She says two hours. I put the old awning out to be safe, and I will look again when I lock up.",
        ],
        ["17:03", "clara", "Perfect, thank you 😊"],
      ),
      ...on(
        0,
        ["09:12", "jonas", "Good morning! Dry as a bone, not a drop on it."],
        ["09:14", "clara", "What a relief 😄"],
      ),
      {
        day: 0,
        at: "09:20",
        from: "clara",
        text: "Three things left for Saturday: the coffee cart comes at 8, the repair stands go outside, and somebody has to pick up the flyers.",
        correctedFrom:
          "Three things left for Saturday: the coffee cart at 9, the repair stands and the flyers.",
      },
      ...on(
        0,
        ["09:31", "jonas", "Flyers are mine, the printer is on my way."],
        [
          "09:31",
          "jonas",
          "For the stands we need a permit for the pavement. The form is here: https://city.example/permits/street-use",
        ],
      ),
      { day: 0, at: "09:33", from: "jonas", text: "Wrong link, sorry", deleted: true },
      ...on(
        0,
        [
          "09:40",
          "clara",
          "Filled in and paid. They answer within a day, which never happens, but let us believe.",
        ],
        ["13:47", "jonas", "It happened! Stamped and all, valid until six in the evening."],
        ["13:48", "jonas", "❤️"],
        ["13:52", "clara", "Then we are opening a bike shop on Saturday. I can hardly believe it."],
        ["13:53", "clara", "Dinner tonight, to celebrate?"],
      ),
    ],
  },
  {
    with: "amara",
    unread: 3,
    other: "delivered",
    lines: on(
      0,
      ["11:05", "clara", "How did the photos turn out?"],
      ["13:36", "amara", "Better than I hoped, the morning light in the workshop was unreal."],
      [
        "13:37",
        "amara",
        "I have picked twelve. Which one should go on the front page: the wheel or the hands?",
      ],
      [
        "13:41",
        "amara",
        "The album is at https://photos.example/opening, tell me by tonight and I will print it large.",
      ],
    ),
  },
  {
    with: "yutong",
    unread: 1,
    other: "read",
    lines: on(
      0,
      ["12:58", "clara", "Do we have enough small gloves for the children's course?"],
      ["13:24", "yutong", "还差六双，我下午去买。顺便带一些创可贴 😄"],
    ),
  },
  {
    with: "leila",
    unread: 2,
    other: "away",
    lines: on(
      0,
      ["10:15", "clara", "Are you bringing the band on Saturday?"],
      ["13:08", "leila", "نعم، سنكون أربعة عازفين. هل يوجد مكان للطبل؟"],
      ["13:09", "leila", "And we need one socket for the amplifier, nothing more."],
    ),
  },
  {
    with: "sasha",
    other: "away",
    lines: on(
      -1,
      ["18:20", "sasha", "The insurance is signed, both copies are in the blue folder."],
      ["18:26", "clara", "You are a star. I will put them into the safe tomorrow."],
    ),
  },
  {
    with: "tom.reyes",
    other: "delivered",
    lines: on(
      -1,
      ["15:01", "tom.reyes", "I can take the early shift, if I may bring the dog."],
      ["15:10", "clara", "The dog may come. You too, if you must."],
    ),
  },
  {
    with: "priya",
    other: "read",
    lines: on(
      -2,
      ["11:30", "clara", "The accounts for spring are with you now."],
      ["11:44", "priya", "Got them. All adds up, down to the last inner tube."],
    ),
  },
  {
    with: RESTED,
    other: "read",
    lines: on(-5, ["08:50", "noor", "Thank you for the wheel, it runs like new!"]),
  },
];
