/** The one-way digest under which tokens are stored: whoever reads the database cannot use them. Same in, same out. */
export type SecretDigest = (secret: string) => string;
