package dev.keysmith.core.key;

import dev.keysmith.core.platform.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The models of security keys that the organisation allows. */
@ApplicationScoped
public class AllowedModels {

  @Inject Configuration configuration;

  /** Their AAGUIDs; empty if all models may be used. */
  public Set<UUID> all() {
    return configuration.text("keysmith.key.models").stream()
        .flatMap(text -> Arrays.stream(text.split(",")))
        .map(String::strip)
        .map(AllowedModels::model)
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
}
