/** The port that bindings manage; the groups' own, where others' targets are, is another. */
export const managedPort = 80;
export const othersPort = 8080;

/** What a binding of several ports manages besides. */
export const secondPort = 443;

/** What it managed before its configuration was changed. */
export const formerPort = 8443;
