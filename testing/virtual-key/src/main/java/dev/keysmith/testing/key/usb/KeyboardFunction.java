package dev.keysmith.testing.key.usb;

import dev.keysmith.spi.Bytes;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A boot keyboard (Device Class Definition for HID 1.11, appendix B.1). Thread-safe. */
public final class KeyboardFunction implements HidFunction {

  /** Eight modifiers, a reserved byte, five LEDs from the host, six keys (appendix E.6). */
  private static final String REPORT_DESCRIPTOR =
      "05010906a101050719e029e71500250175019508810295017508810195057501"
          + "050819012905910295017503910195067508150025650507190029658100c0";

  private static final int REPORT_SIZE = 8;
  private static final int INTERVAL_MILLIS = 10;

  private final HidLayout layout;
  private @Nullable Reports reports;

  private KeyboardFunction(HidLayout layout) {
    this.layout = layout;
  }

  /** A keyboard behind an endpoint, for instance 0x81. */
  public static KeyboardFunction of(int in) {
    Bytes descriptor = Bytes.of(HexFormat.of().parseHex(REPORT_DESCRIPTOR));
    return new KeyboardFunction(
        new HidLayout(1, 1, descriptor, in, OptionalInt.empty(), REPORT_SIZE, INTERVAL_MILLIS));
  }

  /**
   * Presses a key and lets it go.
   *
   * @param usage of the usage page "Keyboard", for instance 0x04 for "a"
   * @throws IllegalStateException if the keyboard was never plugged in
   */
  public synchronized void press(int usage) {
    Reports current = reports;
    if (current == null) {
      throw new IllegalStateException("Plug the keyboard in first.");
    }
    current.queue().add(new byte[] {0, 0, (byte) usage, 0, 0, 0, 0, 0});
    current.queue().add(new byte[REPORT_SIZE]);
  }

  @Override
  public HidLayout layout() {
    return layout;
  }

  @Override
  public synchronized HidReports powerUp() {
    Reports current = new Reports(new LinkedBlockingQueue<>());
    reports = current;
    return current;
  }

  private record Reports(BlockingQueue<byte[]> queue) implements HidReports {

    @Override
    public void write(byte[] report) {
      // The host switches LEDs, which this keyboard does not have.
    }

    @Override
    public Optional<byte[]> read(Duration timeout) {
      try {
        return Optional.ofNullable(queue.poll(timeout.toMillis(), TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for a key press.", e);
      }
    }

    @Override
    public boolean alive() {
      return true;
    }

    @Override
    public void reset() {
      queue.clear();
    }

    @Override
    public void close() {
      queue.clear();
    }
  }
}
