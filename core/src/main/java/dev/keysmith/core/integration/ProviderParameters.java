package dev.keysmith.core.integration;

import dev.keysmith.core.plugin.Plugins;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.IdentityProviderFactory;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an identity provider is made from.
 *
 * @param secrets each call gives a copy, which its receiver overwrites with zeros
 */
record ProviderParameters(
    String plugin, Map<String, String> texts, Map<String, Supplier<char[]>> secrets) {

  /** Makes an instance, without touching the network (SPI-3). */
  IdentityProvider make(Plugins plugins) {
    IdentityProviderFactory factory = plugins.identityProvider(plugin);
    return factory.create(plugins.context(factory, texts, secrets));
  }
}
