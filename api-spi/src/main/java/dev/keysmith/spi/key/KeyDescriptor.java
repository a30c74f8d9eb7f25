package dev.keysmith.spi.key;

import java.util.Optional;

/**
 * A security key that is plugged in, as far as it can be told without opening it.
 *
 * @param id names the key to {@link KeyTransport#open}: 1 to 128 characters, unique in the
 *     transport
 * @param product what the device says it is, for instance {@code YubiKey OTP+FIDO+CCID}; not to be
 *     trusted, at most 126 characters
 * @param location where it is plugged in, for people and to tell two equal keys apart, for instance
 *     {@code USB bus 1, port 2.3}
 * @param serialNumber of the device, if it shows one
 */
public record KeyDescriptor(
    String id, String product, String location, Optional<String> serialNumber) {}
