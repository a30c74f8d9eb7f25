package dev.keysmith.core.station;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.station.link.Frame;
import java.time.Duration;

/** A key that is open at a station. */
final class RemoteConnection implements KeyConnection {

  /** For the way there and back, beyond the time that the key has. */
  static final Duration WAY = Duration.ofSeconds(4);

  private static final Duration OPEN = Duration.ofSeconds(15);

  private final StationLink link;
  private final LinkChannel channel;

  private RemoteConnection(StationLink link, LinkChannel channel) {
    this.link = link;
    this.channel = channel;
  }

  /**
   * Opens a key.
   *
   * @throws PluginException as {@link dev.keysmith.spi.key.KeyTransport#open}
   */
  static RemoteConnection open(StationLink link, StationLink.RemoteKey key) {
    RemoteConnection connection = new RemoteConnection(link, link.newChannel());
    try {
      link.send(new Frame.Open(connection.channel.number(), key.transport(), key.id()));
      connection.await(0, OPEN, KeepAliveListener.NONE);
      return connection;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
    int serial = channel.nextSerial();
    link.send(new Frame.Exchange(channel.number(), serial, request, timeout));
    Frame answer = await(serial, timeout.plus(WAY), listener);
    if (answer instanceof Frame.Answer response) {
      return response.response();
    }
    throw new PluginException(
        Reason.UNAVAILABLE, "The station answered something else than it was asked for.");
  }

  /** The answer to what was sent; an open key answers {@link Frame.Opened}. */
  private Frame await(int serial, Duration timeout, KeepAliveListener listener) {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      if (channel.isCut()) {
        throw new PluginException(
            Reason.KEY_ABSENT,
            "The connection to the station \"%s\" was cut. It comes back by itself; try again."
                .formatted(link.name()));
      }
      Frame frame = next(Duration.ofNanos(end - System.nanoTime()));
      if (frame instanceof Frame.KeepAlive alive && alive.serial() == serial) {
        listener.onKeepAlive(alive.status());
      } else if (frame instanceof Frame.Failed failed && failed.serial() == serial) {
        throw failure(failed);
      } else if (frame instanceof Frame.Answer answer && answer.serial() == serial
          || frame instanceof Frame.Opened && serial == 0) {
        return frame;
      }
    }
  }

  private Frame next(Duration left) {
    try {
      Frame frame = left.isNegative() ? null : channel.next(left);
      if (frame != null) {
        return frame;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PluginException(
          Reason.UNAVAILABLE, "Waiting for the station was interrupted. Try again.");
    }
    throw new PluginException(
        Reason.TIMED_OUT,
        "The station \"%s\" did not answer in time. Check its network.".formatted(link.name()));
  }

  private static PluginException failure(Frame.Failed failed) {
    return failed.reason() == Reason.RATE_LIMITED
        ? PluginException.rateLimited(failed.message(), Duration.ZERO)
        : new PluginException(failed.reason(), failed.message());
  }

  @Override
  public void cancel() {
    link.send(new Frame.Cancel(channel.number()));
  }

  /** The exchange under way ends as if the line were cut. */
  @Override
  public void close() {
    if (link.forget(channel)) {
      link.send(new Frame.Close(channel.number()));
    }
    channel.cut();
  }
}
