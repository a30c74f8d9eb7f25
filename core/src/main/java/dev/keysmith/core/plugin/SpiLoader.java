package dev.keysmith.core.plugin;

import dev.keysmith.spi.PluginFactory;

/** What a plugin sees of the server: the JDK and the SPI, and nothing else. */
final class SpiLoader extends ClassLoader {

  private static final ClassLoader SERVER = PluginFactory.class.getClassLoader();

  SpiLoader() {
    super("keysmith-spi", ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith("dev.keysmith.spi.") || name.startsWith("org.jspecify.annotations.")) {
      return SERVER.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
