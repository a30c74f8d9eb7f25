package dev.keysmith.station.connection;

import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;

/**
 * What channels run on.
 *
 * @param executor makes a thread whenever none is free
 * @param nanos a clock that is never set
 */
record ChannelThreads(ExecutorService executor, LongSupplier nanos) {}
