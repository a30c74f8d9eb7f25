package dev.keysmith.core.operator;

/**
 * A new set-up link and, this once, its secret.
 *
 * @param link what is stored
 * @param text what goes into the address; the caller then overwrites it with zeros
 */
public record IssuedSetUpLink(SetUpLink link, char[] text) {}
