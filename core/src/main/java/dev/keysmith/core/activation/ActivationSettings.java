package dev.keysmith.core.activation;

import dev.keysmith.core.platform.Configuration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What is configured about activation. */
@ApplicationScoped
class ActivationSettings {

  private static final Duration LONGEST = Duration.ofDays(365);

  @Inject Configuration configuration;

  /** How long a code can be redeemed. */
  Duration codeLasts() {
    return duration("keysmith.activation.code-lasts", Duration.ofDays(7));
  }

  /** How long after its first redemption a code leads anywhere. */
  Duration sessionLasts() {
    return duration("keysmith.activation.session-lasts", Duration.ofHours(1));
  }

  /** The address of the activation page, if the server knows its own. */
  Optional<String> page() {
    return configuration
        .text("keysmith.url")
        .map(url -> (url.endsWith("/") ? url : url + "/") + "activate");
  }

  private Duration duration(String key, Duration usual) {
    return configuration.text(key).map(text -> read(key, text)).orElse(usual);
  }

  private static Duration read(String key, String text) {
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative() && !duration.isZero() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Told below.
    }
    throw new IllegalStateException(
        key + " must be an ISO 8601 duration such as P7D or PT1H; it is \"" + text + "\".");
  }
}
