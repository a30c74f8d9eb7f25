package dev.keysmith.core.imports;

import java.util.Optional;

/**
 * Notices that the pages of a list go round in a circle, of whatever length, and keeps one cursor
 * for that (Brent's algorithm): it compares each with one before, which it replaces after 1, 2, 4,
 * 8 ... pages.
 */
final class CursorTrail {

  private Optional<String> kept = Optional.empty();
  private long pages;
  private long nextKept = 1;

  /**
   * Whether the next page has been shown before. Says so at the latest when the circle has been
   * gone round some times.
   *
   * @param at the cursor of the page that was just shown; empty for the first of a list
   */
  boolean closes(Optional<String> at, Optional<String> next) {
    if (at.isEmpty()) {
      kept = Optional.empty();
      pages = 0;
      nextKept = 1;
    }
    if (next.isEmpty()) {
      return false;
    }
    if (next.equals(at) || next.equals(kept)) {
      return true;
    }
    if (++pages == nextKept) {
      kept = next;
      pages = 0;
      nextKept *= 2;
    }
    return false;
  }
}
