package dev.keysmith.core.plugin;

/**
 * A plugin that could not be loaded.
 *
 * @param source the directory, jar or class
 * @param reason what is wrong and what to do, for people
 */
public record BrokenPlugin(String source, String reason) {}
