package dev.keysmith.core.integration;

import java.time.Instant;

/**
 * How a check of an integration ended.
 *
 * @param ok whether it works
 * @param message what was reached and as whom, or what is wrong and what to do
 */
public record LastCheck(Instant at, boolean ok, String message) {}
