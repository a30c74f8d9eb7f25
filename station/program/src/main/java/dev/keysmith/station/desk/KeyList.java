package dev.keysmith.station.desk;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.station.link.TransportState;
import dev.keysmith.station.plugin.LoadedTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks once what is plugged in. */
public final class KeyList {

  private static final int PATIENCE_SECONDS = 5;

  private KeyList() {}

  /** Each transport with its keys, and closes it. */
  public static List<TransportState> of(List<LoadedTransport> loaded) throws InterruptedException {
    List<TransportState> states = new ArrayList<>();
    for (LoadedTransport each : loaded) {
      states.add(
          each.transport().isPresent()
              ? look(each.name(), each.transport().get())
              : problem(each.name(), each.problem().orElseThrow()));
    }
    return states;
  }

  /** On a thread of its own: a plugin that hangs must not hold the program. */
  private static TransportState look(String name, KeyTransport transport)
      throws InterruptedException {
    FutureTask<List<KeyDescriptor>> task =
        new FutureTask<>(
            () -> {
              try (transport) {
                return List.copyOf(transport.listKeys());
              }
            });
    Thread thread = new Thread(task, "keysmith-list");
    thread.setDaemon(true);
    thread.start();
    try {
      List<KeyDescriptor> keys = task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new TransportState(name, Optional.empty(), keys);
    } catch (ExecutionException e) {
      return problem(name, ForeignFaults.toException(e.getCause()));
    } catch (TimeoutException e) {
      return problem(
          name,
          new PluginException(
              Reason.UNAVAILABLE, "The plugin does not answer. Report it to its maker."));
    }
  }

  private static TransportState problem(String name, PluginException e) {
    return new TransportState(
        name,
        Optional.of(new TransportState.Problem(e.reason(), String.valueOf(e.getMessage()))),
        List.of());
  }

  /** A key in one line, for people. */
  public static String line(String transport, KeyDescriptor key) {
    String serial = key.serialNumber().map(number -> ", serial number " + number).orElse("");
    return "%s: %s, %s%s".formatted(transport, key.product(), key.location(), serial);
  }
}
