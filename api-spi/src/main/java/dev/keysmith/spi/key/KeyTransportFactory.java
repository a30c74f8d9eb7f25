package dev.keysmith.spi.key;

import dev.keysmith.spi.PluginFactory;

/** The service type under which {@link java.util.ServiceLoader} finds key transports. */
public interface KeyTransportFactory extends PluginFactory<KeyTransport> {}
