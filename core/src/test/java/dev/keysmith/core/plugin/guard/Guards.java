package dev.keysmith.core.plugin.guard;

import dev.keysmith.spi.MovableClock;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.time.Duration;

/** Puts what a test writes as a plugin behind the guard, as if the server had loaded it. */
public final class Guards {

  private Guards() {}

  /**
   * As of a transport that was found.
   *
   * @param limit how long the server waits for each call
   */
  public static KeyTransportFactory guarded(KeyTransportFactory factory, Duration limit) {
    return new GuardedKeyTransportFactory(
        GuardedFactory.Description.of(factory), factory, calls(factory.name(), limit));
  }

  /** As of an identity provider that was found. */
  static IdentityProviderFactory guarded(IdentityProviderFactory factory, Duration limit) {
    return new GuardedIdentityProviderFactory(
        GuardedFactory.Description.of(factory), factory, calls(factory.name(), limit));
  }

  static ForeignCalls calls(String plugin, Duration limit) {
    return new ForeignCalls(
        plugin, Guards.class.getClassLoader(), new MovableClock(), limits(limit));
  }

  public static TimeLimits limits(Duration each) {
    return new TimeLimits(each, each, each, each, each, each);
  }
}
