/*
 * Arrays as parameters of a statement. What pg makes of an array by itself costs a microsecond an element, since it
 * looks for characters to escape in each; with seven arrays a batch that was more than all the rest of a send.
 */

/** Of ids and numbers, which hold nothing that PostgreSQL's text of an array would have to escape. */
export function plainArray(values: readonly (string | number | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}

/** Of any texts: in PostgreSQL's binary form, where nothing is escaped on either side; pg passes buffers on as such. */
export function textArray(values: readonly string[]): Buffer {
  const lengths = values.map((value) => Buffer.byteLength(value));
  const total = lengths.reduce((sum, length) => sum + 4 + length, HEADER_BYTES);
  const bytes = Buffer.allocUnsafe(total);
  // dimensions, whether there are nulls, the type of the elements; then of the one dimension its length and first index
  for (const [index, word] of [1, 0, TEXT_TYPE, values.length, 1].entries())
    bytes.writeInt32BE(word, 4 * index);
  let offset = HEADER_BYTES;
  for (const [index, value] of values.entries()) {
    const length = lengths[index] ?? 0;
    bytes.writeInt32BE(length, offset);
    bytes.write(value, offset + 4);
    offset += 4 + length;
  }
  return bytes;
}

const HEADER_BYTES = 20;
/** The number of the type `text` in every PostgreSQL. */
const TEXT_TYPE = 25;
