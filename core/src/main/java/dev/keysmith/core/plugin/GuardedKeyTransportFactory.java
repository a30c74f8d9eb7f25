package dev.keysmith.core.plugin;

import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;

/** A factory of key transports behind {@link ForeignCalls}. */
final class GuardedKeyTransportFactory extends GuardedFactory<KeyTransport>
    implements KeyTransportFactory {

  GuardedKeyTransportFactory(
      Description description, KeyTransportFactory factory, ForeignCalls calls) {
    super(description, factory, calls);
  }

  @Override
  KeyTransport guarded(KeyTransport instance, ForeignCalls through) {
    return new GuardedKeyTransport(instance, through);
  }

  @Override
  void close(KeyTransport instance) {
    instance.close();
  }
}
