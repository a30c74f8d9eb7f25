package dev.keysmith.testing.key.bench;

/**
 * A key as the bench lists it.
 *
 * @param id to open it by
 * @param product what the device says it is
 * @param location for people
 * @param serial of the device
 * @param plugged whether it can be opened now
 */
public record BenchListing(
    String id, String product, String location, String serial, boolean plugged) {}
