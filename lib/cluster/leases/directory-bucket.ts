/**
 * The bucket of a name, from 0 to `buckets - 1`, the same on every node and in every version: FNV-1a over the UTF-16
 * units. Pure.
 */
export function bucketOf(name: string, buckets: number): number {
  if (buckets === 1) return 0;
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % buckets;
}
