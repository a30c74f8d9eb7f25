package dev.keysmith.core.plugin.guard;

import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyTransportFactory;
import java.util.function.Supplier;

/** A factory of key transports behind {@link ForeignCalls}. */
public final class GuardedKeyTransportFactory extends GuardedFactory<KeyTransport>
    implements KeyTransportFactory {

  private final ForeignCalls calls;
  private final Lane creations;

  public GuardedKeyTransportFactory(
      Description description, KeyTransportFactory factory, ForeignCalls calls) {
    super(description, factory, calls);
    this.calls = calls;
    this.creations = new Lane(calls, "create");
  }

  /** There is one instance, so while the plugin hangs in making it no second one is made. */
  @Override
  KeyTransport made(Supplier<KeyTransport> body) {
    return creations.call(calls.limits().create(), body, this::close);
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
