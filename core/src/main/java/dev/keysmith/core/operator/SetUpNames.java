package dev.keysmith.core.operator;

/**
 * The names that the owner of the first account chooses; for other accounts they are known.
 *
 * @param login see {@link NewOperator#login()}
 * @param name see {@link NewOperator#name()}
 */
public record SetUpNames(String login, String name) {}
