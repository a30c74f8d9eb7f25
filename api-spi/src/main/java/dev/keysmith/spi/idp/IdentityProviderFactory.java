package dev.keysmith.spi.idp;

import dev.keysmith.spi.PluginFactory;

/** The service type under which {@link java.util.ServiceLoader} finds identity providers. */
public interface IdentityProviderFactory extends PluginFactory<IdentityProvider> {}
