package dev.keysmith.core.plugin.guard;

import java.time.Instant;

/**
 * How a plugin breaks its contract at present. What it reports by the rules, such as a key that is
 * absent, is no fault.
 *
 * @param plugin its name
 * @param call the method
 * @param at when it was seen last
 * @param hangs whether a call has not come back yet
 * @param reason what is wrong and what to do, for people
 */
public record PluginFault(String plugin, String call, Instant at, boolean hangs, String reason) {}
