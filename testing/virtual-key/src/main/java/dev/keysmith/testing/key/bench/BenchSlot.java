package dev.keysmith.testing.key.bench;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.hid.VirtualHidDevice;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A key on the bench, and the client that has it open. */
final class BenchSlot {

  /** A client that has just gone may not have been noticed yet. */
  private static final Duration GRACE = Duration.ofMillis(300);

  private final String id;
  private final VirtualKey key;
  private @Nullable VirtualHidDevice device;
  private @Nullable Socket client;

  BenchSlot(String id, VirtualKey key) {
    this.id = id;
    this.key = key;
  }

  String id() {
    return id;
  }

  VirtualKey key() {
    return key;
  }

  /** The device as plugged in now; its channels outlive its clients, as with hardware. */
  synchronized VirtualHidDevice device() {
    VirtualHidDevice current = device;
    if (current == null || !current.alive()) {
      current = new VirtualHidDevice(key);
      device = current;
    }
    return current;
  }

  /** Whether the client may have the key for itself. */
  synchronized boolean claim(Socket newClient) throws InterruptedException {
    long end = System.nanoTime() + GRACE.toNanos();
    while (client != null) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    client = newClient;
    return true;
  }

  synchronized void release(Socket oldClient) {
    if (client == oldClient) {
      client = null;
      notifyAll();
    }
  }

  /** What {@code LIST} says of the key. */
  BenchListing listing() {
    return new BenchListing(
        id, key.product(), "virtual bench, " + id, key.serialNumber(), key.plugged());
  }
}
