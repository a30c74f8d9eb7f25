package dev.keysmith.testing.org.practice;

import dev.keysmith.spi.key.KeyConnection;
import java.util.List;

/**
 * The security keys on the table: what the page of the practice org shows and works with. The
 * program that starts the org provides it.
 *
 * <p>Thread-safe. A call with an id that is not there throws {@link IllegalArgumentException}, and
 * one that cannot be done now {@link IllegalStateException}, both with a message for people.
 */
public interface KeyBench {

  /**
   * A key.
   *
   * @param id names it in the other methods: letters, digits, hyphens
   * @param name for people
   * @param description what is worth knowing, for instance how many passkeys it holds
   * @param plugged whether it is plugged in
   * @param waitsForTouch whether it waits to be touched right now
   */
  record Key(String id, String name, String description, boolean plugged, boolean waitsForTouch) {}

  /** An empty table, to which no key can be added. */
  KeyBench NONE =
      new KeyBench() {
        @Override
        public List<Key> keys() {
          return List.of();
        }

        @Override
        public Key create(String name) {
          throw new IllegalStateException("This practice org was started without security keys.");
        }

        @Override
        public void plug(String id) {
          throw absent(id);
        }

        @Override
        public void unplug(String id) {
          throw absent(id);
        }

        @Override
        public void touch(String id) {
          throw absent(id);
        }

        @Override
        public KeyConnection open(String id) {
          throw absent(id);
        }

        private IllegalArgumentException absent(String id) {
          return new IllegalArgumentException("There is no security key " + id + ".");
        }
      };

  /** All keys, plugged in or not, in a stable order. Called several times a second. */
  List<Key> keys();

  /** Lays another, new key on the table. */
  Key create(String name);

  /** Plugs a key in; a repeat does nothing. */
  void plug(String id);

  /** Pulls a key out; a repeat does nothing. */
  void unplug(String id);

  /** Touches a key. */
  void touch(String id);

  /**
   * Opens a plugged key as a browser does; the caller closes it.
   *
   * @throws dev.keysmith.spi.PluginException as {@link dev.keysmith.spi.key.KeyTransport#open}
   */
  KeyConnection open(String id);
}
