package dev.keysmith.core.directory;

import dev.keysmith.core.audit.Actor;

/**
 * Fired as a CDI event, in the transaction: the row of a user was changed past the server and is
 * taken out of use, so it is not known any more which account the user had.
 */
public record UserWithdrawn(Actor by, long userId) {}
