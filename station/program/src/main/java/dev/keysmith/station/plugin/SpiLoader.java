package dev.keysmith.station.plugin;

import dev.keysmith.spi.PluginFactory;

/** What a plugin sees of the program: the JDK and the SPI, and nothing else. */
final class SpiLoader extends ClassLoader {

  private static final ClassLoader PROGRAM = PluginFactory.class.getClassLoader();

  SpiLoader() {
    super("keysmith-spi", ClassLoader.getPlatformClassLoader());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith("dev.keysmith.spi.") || name.startsWith("org.jspecify.annotations.")) {
      return PROGRAM.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }
}
