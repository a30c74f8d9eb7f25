package dev.keysmith.station.connection;

import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.station.link.Frame;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Passes signs of life on: four a second, and each change. */
final class KeepAliveFilter implements KeepAliveListener {

  private static final long PAUSE = Duration.ofMillis(250).toNanos();

  private final int channel;
  private final int serial;
  private final Consumer<Frame.FromStation> out;
  private final LongSupplier nanos;
  private @Nullable Status last;
  private long told;

  KeepAliveFilter(int channel, int serial, Consumer<Frame.FromStation> out, LongSupplier nanos) {
    this.channel = channel;
    this.serial = serial;
    this.out = out;
    this.nanos = nanos;
  }

  @Override
  public synchronized void onKeepAlive(Status status) {
    long now = nanos.getAsLong();
    if (status != last || now - told >= PAUSE) {
      last = status;
      told = now;
      out.accept(new Frame.KeepAlive(channel, serial, status));
    }
  }
}
