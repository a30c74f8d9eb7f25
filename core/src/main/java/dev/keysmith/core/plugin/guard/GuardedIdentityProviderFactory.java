package dev.keysmith.core.plugin.guard;

import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.IdentityProviderFactory;

/** A factory of identity providers behind {@link ForeignCalls}. */
public final class GuardedIdentityProviderFactory extends GuardedFactory<IdentityProvider>
    implements IdentityProviderFactory {

  public GuardedIdentityProviderFactory(
      Description description, IdentityProviderFactory factory, ForeignCalls calls) {
    super(description, factory, calls);
  }

  @Override
  IdentityProvider guarded(IdentityProvider instance, ForeignCalls through) {
    return new GuardedIdentityProvider(instance, through);
  }

  @Override
  void close(IdentityProvider instance) {
    instance.close();
  }
}
