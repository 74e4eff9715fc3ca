/** Whether a value holds binary data anywhere, which JSON cannot carry. Looks where JSON would look. */
export function containsBinary(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return true;
  if (Array.isArray(value)) return value.some(containsBinary);
  if ("toJSON" in value && typeof value.toJSON === "function") return containsBinary(value.toJSON());
  return Object.values(value).some(containsBinary);
}
