package dev.keysmith.core.key;

/** Is told of each PIN that is set on a key or tried on it, on the thread that does so. */
@FunctionalInterface
public interface PinUseListener {

  /** Writes it down before anything else is done with the key. */
  void saw(PluggedKey key, PinUse use);
}
