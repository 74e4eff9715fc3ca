/** The same object, whose methods reject with what `map` makes of the errors they reject with. */
export function mapRejections<T extends object>(target: T, map: (error: unknown) => unknown): T {
  return new Proxy(target, {
    get(object, key) {
      const member: unknown = Reflect.get(object, key);
      if (typeof member !== "function") return member;
      return async (...parameters: unknown[]) => {
        try {
          return await Reflect.apply(member, object, parameters);
        } catch (error) {
          throw map(error);
        }
      };
    },
  });
}
