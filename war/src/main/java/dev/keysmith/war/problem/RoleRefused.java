package dev.keysmith.war.problem;

/** The role of the caller did not allow a call of the REST API. */
public record RoleRefused() {}
