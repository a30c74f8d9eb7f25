package dev.keysmith.war.progress;

import java.util.function.BooleanSupplier;

/**
 * The right of a caller to be told more, which may end while a stream is open.
 *
 * @param caller tells callers apart, for the bound that each has
 * @param holds whether the caller might still ask; called from other threads, outside the request
 */
public record CallerRight(String caller, BooleanSupplier holds) {}
