package dev.keysmith.core.key;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One key transport that is watched: what it told last. */
final class WatchedTransport implements KeyWatchListener {

  private final String name;
  private final KeyWatches watches;
  private @Nullable KeyWatch watch;
  private List<PluggedKey> keys;
  private Optional<String> problem;

  WatchedTransport(String name, KeyWatches watches, Station.Look now) {
    this.name = name;
    this.watches = watches;
    this.keys = now.keys().stream().filter(key -> key.transport().equals(name)).toList();
    this.problem = Optional.ofNullable(now.problems().get(name));
  }

  String name() {
    return name;
  }

  List<PluggedKey> keys() {
    return keys;
  }

  Optional<String> problem() {
    return problem;
  }

  void watchedBy(KeyWatch by) {
    watch = by;
  }

  void cannotBeWatched(String why) {
    keys = List.of();
    problem = Optional.of(why);
  }

  void close() {
    if (watch != null) {
      watch.close();
    }
  }

  @Override
  public void onKeys(List<KeyDescriptor> found) {
    watches.update(
        this,
        () -> {
          keys = found.stream().map(key -> new PluggedKey(name, key)).toList();
          problem = Optional.empty();
        });
  }

  @Override
  public void onProblem(PluginException cause) {
    watches.update(
        this,
        () -> {
          keys = List.of();
          problem = Optional.of(String.valueOf(cause.getMessage()));
        });
  }
}
