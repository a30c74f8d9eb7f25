package dev.keysmith.core.seal;

/**
 * Fired once as a CDI event, in a transaction, when the server first starts with a database that an
 * older version has written: each feature seals what it has. Never again, for whoever could ask for
 * it could have any row sealed.
 */
public record SealingBegun() {}
