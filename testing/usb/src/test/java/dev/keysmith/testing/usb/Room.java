package dev.keysmith.testing.usb;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all tests share: the guest, and what is plugged into its USB ports. */
final class Room implements AutoCloseable {

  private final Path directory =
      Path.of(System.getProperty("keysmith.usb.directory")).toAbsolutePath();
  private @Nullable GuestImage image;
  private @Nullable GuestUnavailableException obstacle;
  private @Nullable Guest guest;

  /** Why there can be no guest on this machine. */
  synchronized Optional<GuestUnavailableException> obstacle() {
    if (image == null && obstacle == null) {
      try {
        image = GuestImage.prepare(directory, cache());
      } catch (GuestUnavailableException e) {
        obstacle = e;
      }
    }
    return Optional.ofNullable(obstacle);
  }

  /** The guest, booted at the first call. */
  synchronized Guest guest() {
    if (guest == null) {
      if (image == null) {
        throw new IllegalStateException("There can be no guest.", obstacle);
      }
      Machine machine = new Machine(image, directory, List.of(), List.of());
      guest = Guest.boot(machine, System.getProperty("keysmith.usb.accelerator", "auto"));
    }
    return guest;
  }

  private static Path cache() {
    String configured = System.getProperty("keysmith.usb.cache", "");
    return configured.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache", "keysmith", "usb-guest")
        : Path.of(configured).toAbsolutePath();
  }

  @Override
  public synchronized void close() {
    if (guest != null) {
      guest.close();
    }
  }
}
