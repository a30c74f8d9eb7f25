package dev.keysmith.core.imports;

import dev.keysmith.core.message.Message;

/**
 * A user whom an import left out.
 *
 * @param line of the list, 1 for the first; for other imports only a number
 * @param user the login or the id, as far as it is known
 * @param problem why
 */
public record SkippedUser(int line, String user, Message problem) {}
