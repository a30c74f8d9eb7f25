package dev.keysmith.core.session;

import dev.keysmith.core.platform.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What the organisation has configured for PINs and security keys. */
@ApplicationScoped
public class HouseRules {

  private static final int SHORTEST = 4;
  private static final int LONGEST = 63;
  private static final int USUAL = 6;

  @Inject Configuration configuration;

  /** For PINs that are set. */
  public PinRules pins() {
    int shortest = number("keysmith.pin.min-length").orElse(USUAL);
    return new PinRules(shortest, LONGEST, !isTrue("keysmith.pin.allow-simple"));
  }

  /** What is set on the keys of owners who activate them by themselves. */
  public KeyPolicy keys() {
    return new KeyPolicy(
        number("keysmith.key.min-pin-length"), false, isTrue("keysmith.key.always-uv"));
  }

  /** The models that may be used; empty if all may. */
  public Set<UUID> models() {
    return configuration.text("keysmith.key.models").stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .map(HouseRules::model)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static UUID model(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "keysmith.key.models must be AAGUIDs with commas between them; \"" + text + "\" is none.",
          e);
    }
  }

  private boolean isTrue(String key) {
    return configuration.text(key).map(Boolean::parseBoolean).orElse(false);
  }

  private Optional<Integer> number(String key) {
    return configuration.text(key).map(text -> number(key, text));
  }

  private static int number(String key, String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= SHORTEST && number <= LONGEST) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalStateException(
        key + " must be " + SHORTEST + " to " + LONGEST + "; it is \"" + text + "\".");
  }
}
