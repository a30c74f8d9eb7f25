package dev.keysmith.core.integration;

import dev.keysmith.core.message.Message;
import dev.keysmith.spi.PluginException;
import java.time.Instant;
import java.util.Optional;

/**
 * How a check of an integration ended.
 *
 * @param ok whether it works
 * @param reason the kind of failure, by which people read it in their language; empty if it works,
 *     or if the plugin was not asked
 * @param message what was reached and as whom, or what is wrong and what to do
 */
public record LastCheck(
    Instant at, boolean ok, Optional<PluginException.Reason> reason, Message message) {

  static LastCheck good(Instant at, String reached) {
    return new LastCheck(at, true, Optional.empty(), Message.of(IntegrationMessage.WORKS, reached));
  }
}
