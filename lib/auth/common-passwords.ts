/**
 * Words that most guessed passwords are made of: a password that is one of them, however it is cased, spelt with digits
 * for letters, or followed by digits and signs, is refused. Passwords have at least eight characters, so shorter words
 * matter only with something around them.
 */
const WORDS = new Set(
  `
  password passwort passwords passw passwd motdepasse contrasena senha parola wachtwoord haslo mima woaini woaiwojia
  welcome welcometo willkommen bienvenue hello hallo helloworld hellokitty letmein letmeinnow openup opensesame
  admin administrator adminadmin root rootroot toor user username guest default changeme changeit changethis
  secret topsecret mysecret secretword master masterkey login logmein signin access access granted test testtest
  testing tester temp temppass temporary demo sample example qwerty qwertz azerty qwertyuiop asdfgh asdfghjkl
  zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc iloveyou iloveu ilovejesus iloveme loveyou lovely loveme lover
  lovelove forever always princess prince sunshine moonlight starlight rainbow butterfly flower flowers dragon
  dragonball monkey football baseball basketball softball soccer hockey tennis golfer superman batman spiderman
  ironman wonderwoman starwars startrek skywalker pokemon pikachu naruto minecraft fortnite roblox nintendo
  playstation computer internet samsung iphone android google facebook instagram microsoft windows linux ubuntu
  oracle mysql postgres postgresql redis docker kubernetes jenkins github server database mustang corvette ferrari
  porsche mercedes yamaha kawasaki harley chelsea liverpool arsenal barcelona realmadrid juventus manchester
  michael michelle jennifer jessica jordan daniel matthew joshua andrew anthony ashley amanda nicole charlie thomas
  robert william alexander alexandra benjamin christian christopher elizabeth victoria samantha stephanie patrick
  richard maggie ginger pepper cookie chocolate banana cheese coffee orange summer winter spring autumn january
  february september october november december monday friday sunday shadow killer hunter ranger warrior trustno
  trustnoone whatever nothing anything something fuckyou fuckoff asshole bullshit blink computer matrix phoenix
  freedom america american canada england london paris berlin china beijing shanghai jesus jesuschrist blessed
  angel angels babygirl babyboy sweetheart sweety honey buster tigger scooter snoopy garfield mickey mickeymouse
  diamond silver golden purple yellow abcdef abcdefg abcdefgh abcabc aabbcc abcd abc qwer asdf zxcv love god sex
  homing messenger chat
  `
    .trim()
    .split(/\s+/),
);

/** Digit strings and mixtures that no rule below finds. */
const EXACT = new Set(
  `
  1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5 1qaz2wsx 1qaz2wsx3edc zaq12wsx zaq1xsw2 1qazxsw2 qwe123qwe
  123qweasd 123qweasdzxc qwerty123456 asd123asd abc123456 a1b2c3d4 a1s2d3f4 1a2b3c4d 147258369 159357456 741852963
  789456123 456789123 963852741 12341234 11223344 11112222 12121212 00112233 13131313 14725836 31415926 314159265
  27182818 20202020 19841984 19901990 20002000 5201314520 52013141 woaini1314 woaini520 p@$$w0rd pa55word pa55w0rd
  `
    .trim()
    .split(/\s+/),
);

const KEYBOARD_ROWS = [
  "`1234567890-=",
  "qwertyuiop[]",
  "qwertzuiopü",
  "azertyuiop",
  "asdfghjkl;'",
  "zxcvbnm,./",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
].flatMap((row) => [row, [...row].reverse().join("")]);

const SPELT_WITH: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/** One part of at most four characters, again and again. */
function isRepeated(text: string): boolean {
  return /^(.{1,4}?)\1+.?$/su.test(text);
}

/** Each character follows the one before it: 12345678, hgfedcba. */
function isSequence(text: string): boolean {
  const steps = [...text]
    .slice(1)
    .map((character, index) => character.charCodeAt(0) - text.charCodeAt(index));
  return steps.every((step) => step === 1) || steps.every((step) => step === -1);
}

/** What is left without digits and signs at both ends, with digits and signs inside read as letters. */
function coreOf(text: string): string {
  const inner = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  return inner.replace(/[013457@$!]/g, (sign) => SPELT_WITH[sign] ?? sign);
}

/** Whether a password is among the first that somebody would guess. Expects at most a few hundred characters. */
export function isCommonPassword(password: string): boolean {
  const text = password.toLowerCase();
  const packed = text.replace(/[\s._-]+/g, "");
  if (packed === "" || EXACT.has(packed) || isRepeated(packed)) return true;
  if (isSequence(packed) || isSequence(packed.replace(/0$/, ""))) return true;
  if (KEYBOARD_ROWS.some((row) => row.includes(packed))) return true;
  const core = coreOf(packed);
  return core === "" ? /^(19|20)?\d{6}$/.test(packed) : WORDS.has(core) && packed.length - core.length <= 8;
}
