package dev.keysmith.spi.idp;

import java.util.Objects;
import java.util.Optional;

/**
 * A group at the identity provider.
 *
 * @param id stable identifier at the provider: 1 to 255 characters of printable ASCII without
 *     spaces
 * @param name for people, 1 to 255 characters; what is longer is cut
 * @param description empty if there is none
 */
public record DirectoryGroup(String id, String name, Optional<String> description) {

  /**
   * Checks the id and cuts the name.
   *
   * @param id see {@link #id()}
   * @param name see {@link #name()}
   * @param description see {@link #description()}
   * @throws IllegalArgumentException if the id breaks its bounds
   */
  public DirectoryGroup {
    Texts.id("group", id);
    Objects.requireNonNull(description);
    name = Texts.shown(name);
  }
}
