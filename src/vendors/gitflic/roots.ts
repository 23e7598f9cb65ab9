/** The paths below which everything is GitFlic's. */
export const ROOTS = ['/project', '/company', '/team', '/user', '/rest-api']
