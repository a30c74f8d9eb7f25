package dev.keysmith.core.apitoken;

/**
 * A new API token and, this once, its text.
 *
 * @param token what is stored
 * @param text what the caller shows, then overwrites with zeros
 */
public record IssuedApiToken(ApiToken token, char[] text) {}
