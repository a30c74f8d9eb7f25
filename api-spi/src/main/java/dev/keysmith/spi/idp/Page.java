package dev.keysmith.spi.idp;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Part of a long list.
 *
 * @param <T> what the list holds
 * @param items in the order of the list
 * @param next cursor of the following page, opaque, at most 4,096 characters; empty at the end
 */
public record Page<T>(List<T> items, Optional<String> next) {

  /**
   * Copies the list.
   *
   * @param items see {@link #items()}
   * @param next see {@link #next()}
   */
  public Page {
    Objects.requireNonNull(next);
    items = List.copyOf(items);
  }
}
