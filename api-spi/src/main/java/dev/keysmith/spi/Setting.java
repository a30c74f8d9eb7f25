package dev.keysmith.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A setting that a plugin declares, as data, so that the panel can draw the form of a plugin that
 * it has never seen.
 *
 * @param name key in {@link PluginContext}: 1 to 64 characters of {@code a-z 0-9 -}
 * @param kind what values it takes
 * @param label for people, 1 to 64 characters
 * @param help one or two sentences: what it is and where to find it; may be empty
 * @param required whether {@link PluginFactory#create} fails without it
 * @param defaultValue used where nothing is configured; never for {@link Kind#SECRET}
 * @param choices the values of {@link Kind#CHOICE}, empty for every other kind
 */
public record Setting(
    String name,
    Kind kind,
    String label,
    String help,
    boolean required,
    Optional<String> defaultValue,
    List<String> choices) {

  /** The kinds of values. */
  public enum Kind {
    /** One line of text. */
    TEXT,
    /** An absolute {@code https} address; {@code http} only for a loopback host. */
    URL,
    /** An ISO-8601 duration such as {@code PT30S}. */
    DURATION,
    /** One of the {@link Setting#choices()}. */
    CHOICE,
    /** A credential: sealed at rest, never shown again. May span lines (a private key in PEM). */
    SECRET
  }

  /**
   * Checks the bounds named above and copies the list.
   *
   * @param name see {@link #name()}
   * @param kind see {@link #kind()}
   * @param label see {@link #label()}
   * @param help see {@link #help()}
   * @param required see {@link #required()}
   * @param defaultValue see {@link #defaultValue()}
   * @param choices see {@link #choices()}
   */
  public Setting {
    if (!name.matches("[a-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("Setting name must be 1 to 64 of a-z 0-9 -: " + name);
    }
    choices = List.copyOf(choices);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(label);
    Objects.requireNonNull(help);
    Objects.requireNonNull(defaultValue);
    if ((kind == Kind.CHOICE) == choices.isEmpty()) {
      throw new IllegalArgumentException("Exactly a CHOICE has choices: " + name);
    }
    if (kind == Kind.SECRET && defaultValue.isPresent()) {
      throw new IllegalArgumentException("A SECRET has no default: " + name);
    }
  }

  /**
   * Declares a setting that must be configured.
   *
   * @param name see {@link #name()}
   * @param kind see {@link #kind()}
   * @param label see {@link #label()}
   * @param help see {@link #help()}
   * @return a setting without a default
   */
  public static Setting required(String name, Kind kind, String label, String help) {
    return new Setting(name, kind, label, help, true, Optional.empty(), List.of());
  }

  /**
   * Declares a setting that may be left out.
   *
   * @param name see {@link #name()}
   * @param kind see {@link #kind()}
   * @param label see {@link #label()}
   * @param help see {@link #help()}
   * @return a setting without a default
   */
  public static Setting optional(String name, Kind kind, String label, String help) {
    return new Setting(name, kind, label, help, false, Optional.empty(), List.of());
  }

  /**
   * Adds a value for when none is configured.
   *
   * @param value see {@link #defaultValue()}
   * @return this setting, not required and with that default
   */
  public Setting withDefault(String value) {
    return new Setting(name, kind, label, help, false, Optional.of(value), choices);
  }
}
