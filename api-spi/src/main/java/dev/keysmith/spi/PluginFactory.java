package dev.keysmith.spi;

import java.util.List;

/**
 * Makes configured instances of a plugin. Found by {@link java.util.ServiceLoader}, so it has a
 * public constructor without parameters and does nothing costly there.
 *
 * <p><b>SPI-3.</b> A factory is thread-safe and stateless; {@link #create} may be called any number
 * of times, for different settings, and does not touch the network or a device: what is wrong there
 * is found by the first call that needs it.
 *
 * @param <T> the port that the plugin implements
 */
public interface PluginFactory<T> {

  /**
   * {@return the stable identifier of the plugin, stored with each integration: 1 to 32 characters
   * of {@code a-z 0-9 -}, the same in every version}
   */
  String name();

  /** {@return what people call it, for instance {@code Okta}: 1 to 64 characters} */
  String label();

  /** {@return the settings that {@link #create} reads, in the order in which a form shows them} */
  List<Setting> settings();

  /**
   * Makes an instance. The caller closes it.
   *
   * @param context settings, clock and random numbers; valid as long as the instance
   * @return a new instance
   * @throws PluginException {@code MISCONFIGURED} if a setting is missing or malformed
   */
  T create(PluginContext context);
}
