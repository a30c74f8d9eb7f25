package dev.keysmith.core.server;

/**
 * Fired once as a CDI event, outside any transaction, when the tables are up to date, the master
 * key is the right one, plugins are loaded and events are delivered. For what continues after a
 * restart.
 */
public record ServerStarted() {}
