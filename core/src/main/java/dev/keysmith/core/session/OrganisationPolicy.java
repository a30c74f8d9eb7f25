package dev.keysmith.core.session;

import dev.keysmith.core.key.AllowedModels;
import dev.keysmith.core.platform.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the organisation has configured for PINs and security keys. */
@ApplicationScoped
public class OrganisationPolicy {

  private static final int SHORTEST = 4;
  private static final int LONGEST = 63;
  private static final int USUAL = 6;

  @Inject Configuration configuration;
  @Inject AllowedModels allowed;

  /** For PINs that are set. */
  public PinRules pins() {
    int shortest = number("keysmith.pin.min-length").orElse(USUAL);
    return new PinRules(
        shortest, PinRules.Demand.ORGANISATION, LONGEST, !isTrue("keysmith.pin.allow-simple"));
  }

  /** What is set on the keys of owners who activate them by themselves. */
  public KeyPolicy keys() {
    return new KeyPolicy(
        number("keysmith.key.min-pin-length"), false, isTrue("keysmith.key.always-uv"));
  }

  /** The models that may be used; empty if all may. */
  public Set<UUID> models() {
    return allowed.all();
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
