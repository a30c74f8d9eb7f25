package dev.keysmith.station.connection;

import dev.keysmith.station.desk.Desk;
import dev.keysmith.station.link.Frame;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The open keys of one connection. */
final class Channels {

  /** A server that has more open at one station floods it. */
  static final int MOST = 64;

  private final Desk desk;
  private final Consumer<Frame.FromStation> out;
  private final ChannelThreads threads;
  private final Map<Integer, Channel> open = new HashMap<>();

  /** Those that were closed count until their keys are given back. */
  private final AtomicInteger alive = new AtomicInteger();

  private boolean closed;

  Channels(Desk desk, Consumer<Frame.FromStation> out, ChannelThreads threads) {
    this.desk = desk;
    this.out = out;
    this.threads = threads;
  }

  /**
   * Does what the server asks for.
   *
   * @throws BreachException if it must not ask for that now
   */
  synchronized void handle(Frame.FromServer frame) {
    if (closed) {
      return;
    }
    if (frame instanceof Frame.Open request) {
      open(request);
    } else if (frame instanceof Frame.Exchange request) {
      exchange(request);
    } else if (frame instanceof Frame.Cancel request) {
      Channel channel = open.get(request.channel());
      if (channel != null) {
        channel.cancel();
      }
    } else if (frame instanceof Frame.Close request) {
      Channel channel = open.remove(request.channel());
      if (channel != null) {
        channel.close();
      }
    } else {
      throw new BreachException("The server sent a frame that does not belong here.");
    }
  }

  private void open(Frame.Open request) {
    if (alive.get() == MOST) {
      throw new BreachException("The server opened more than " + MOST + " channels.");
    }
    Channel channel = new Channel(request, desk, out, threads);
    if (open.putIfAbsent(request.channel(), channel) != null) {
      throw new BreachException("The server opened a channel twice.");
    }
    alive.incrementAndGet();
    channel.start(() -> remove(request.channel()), alive::decrementAndGet);
  }

  private synchronized void remove(int number) {
    open.remove(number);
  }

  private void exchange(Frame.Exchange request) {
    Channel channel = open.get(request.channel());
    if (channel == null || !channel.exchange(request)) {
      throw new BreachException("The server sent a request on a channel that cannot take it.");
    }
  }

  /** Gives all keys back. */
  synchronized void close() {
    closed = true;
    open.values().forEach(Channel::close);
    open.clear();
  }
}
