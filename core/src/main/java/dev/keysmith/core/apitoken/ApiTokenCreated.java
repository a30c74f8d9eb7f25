package dev.keysmith.core.apitoken;

import dev.keysmith.core.event.EventType;

/**
 * An API token has been created.
 *
 * @param tokenId see {@link ApiToken#id()}
 */
@EventType("token.created")
public record ApiTokenCreated(long tokenId) {}
