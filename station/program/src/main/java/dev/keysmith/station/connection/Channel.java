package dev.keysmith.station.connection;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.station.desk.Desk;
import dev.keysmith.station.desk.ForeignFaults;
import dev.keysmith.station.link.Frame;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** An open key: a thread of its own opens it and carries its exchanges, one at a time. */
final class Channel {

  private static final Logger LOG = System.getLogger(Channel.class.getName());
  private static final int LONGEST_RESPONSE = 7609;

  private final Frame.Open open;
  private final Desk desk;
  private final Consumer<Frame.FromStation> out;
  private final LongSupplier nanos;

  /** Calls of plugins that must not wait for an exchange. */
  private final ExecutorService aside;

  private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();

  private @Nullable KeyConnection key;
  private @Nullable RunningExchange running;
  private boolean closed;

  /** An exchange, or the end. */
  private record Work(@Nullable RunningExchange exchange) {}

  Channel(Frame.Open open, Desk desk, Consumer<Frame.FromStation> out, ChannelThreads threads) {
    this.open = open;
    this.desk = desk;
    this.out = out;
    this.nanos = threads.nanos();
    this.aside = threads.executor();
  }

  /**
   * Opens the key.
   *
   * @param failed called if that fails
   * @param over called when the thread ends, in the end
   */
  void start(Runnable failed, Runnable over) {
    aside.execute(
        () -> {
          try {
            work(failed);
          } finally {
            over.run();
          }
        });
  }

  private void work(Runnable failed) {
    try {
      KeyConnection opened = desk.open(open.transport(), open.key());
      if (!keep(opened)) {
        opened.close();
        return;
      }
      out.accept(new Frame.Opened(open.channel()));
      for (Work work = queue.take(); work.exchange() != null; work = queue.take()) {
        serve(opened, work.exchange());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      // Foreign code: an Error must not end the channel without a word.
      failed.run();
      out.accept(failure(0, e));
    }
  }

  private synchronized boolean keep(KeyConnection opened) {
    if (!closed) {
      key = opened;
    }
    return !closed;
  }

  /** Begins an exchange; false if the server must not ask for one now. */
  synchronized boolean exchange(Frame.Exchange exchange) {
    if (key == null || running != null) {
      return false;
    }
    running = new RunningExchange(exchange);
    queue.add(new Work(running));
    return true;
  }

  private void serve(KeyConnection opened, RunningExchange exchange) {
    Frame.FromStation answer =
        exchange.begin() ? answer(opened, exchange.frame()) : exchange.cancelledBefore();
    exchange.end();
    synchronized (this) {
      running = null;
    }
    out.accept(answer);
  }

  private Frame.FromStation answer(KeyConnection opened, Frame.Exchange exchange) {
    int serial = exchange.serial();
    KeepAliveListener signs = new KeepAliveFilter(open.channel(), serial, out, nanos);
    try {
      byte[] response = opened.exchange(exchange.request(), exchange.timeout(), signs);
      if (response == null || response.length == 0 || response.length > LONGEST_RESPONSE) {
        throw new PluginException(
            PluginException.Reason.UNAVAILABLE,
            "The plugin gave no response of the security key. Report it to its maker.");
      }
      return new Frame.Answer(open.channel(), serial, response);
    } catch (Throwable e) {
      return failure(serial, e);
    }
  }

  private Frame.Failed failure(int serial, Throwable thrown) {
    PluginException e = ForeignFaults.toException(thrown);
    if (e != thrown) {
      LOG.log(Level.WARNING, "The plugin " + open.transport() + " broke its contract", thrown);
    }
    return new Frame.Failed(open.channel(), serial, e.reason(), String.valueOf(e.getMessage()));
  }

  /** Ends the exchange under way, if any. */
  synchronized void cancel() {
    RunningExchange exchange = running;
    KeyConnection opened = key;
    if (exchange != null && opened != null && exchange.noteCancelled()) {
      aside.execute(() -> exchange.cancel(opened));
    }
  }

  /** Gives the key back. */
  synchronized void close() {
    if (!closed) {
      closed = true;
      queue.add(new Work(null));
      KeyConnection opened = key;
      if (opened != null) {
        aside.execute(() -> close(opened));
      }
    }
  }

  private void close(KeyConnection opened) {
    try {
      opened.close();
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "The plugin " + open.transport() + " cannot close a key", e);
    }
  }
}
