package dev.keysmith.spi.idp;

import java.util.Optional;

/**
 * A group at the identity provider.
 *
 * @param id stable identifier at the provider, 1 to 255 characters
 * @param name for people, 1 to 255 characters
 * @param description empty if there is none
 */
public record DirectoryGroup(String id, String name, Optional<String> description) {}
