package dev.keysmith.core.key;

import dev.keysmith.spi.key.KeyDescriptor;

/**
 * A security key that is plugged in.
 *
 * @param transport name of the key transport that sees it
 * @param descriptor what it shows without being opened
 */
public record PluggedKey(String transport, KeyDescriptor descriptor) {}
