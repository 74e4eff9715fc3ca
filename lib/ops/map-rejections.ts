/** The same object, whose methods reject with what `map` makes of the errors they reject with. */
export function mapRejections<T extends object>(target: T, map: (error: unknown) => unknown): T {
  const fail = (error: unknown) => {
    throw map(error);
  };
  const mapped = new Map<unknown, (...parameters: unknown[]) => Promise<unknown>>();
  return new Proxy(target, {
    get(object, key) {
      const member: unknown = Reflect.get(object, key);
      if (typeof member !== "function") return member;
      let method = mapped.get(member);
      if (method === undefined) {
        method = (...parameters) =>
          begin(() => Reflect.apply(member, object, parameters)).then(undefined, fail);
        mapped.set(member, method);
      }
      return method;
    },
  });
}

function begin(work: () => unknown): Promise<unknown> {
  try {
    return Promise.resolve(work());
  } catch (error) {
    return Promise.reject(error);
  }
}
