package dev.keysmith.pcsc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyDescriptor;
import dev.keysmith.spi.key.KeyTransport;
import dev.keysmith.spi.key.KeyWatch;
import dev.keysmith.spi.key.KeyWatchListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits until a transport tells of keys. */
record SeenKeys(KeyTransport transport) {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** A virtual reader may tell of a card twice while it comes: the second one has another id. */
  private static final Duration SETTLED = Duration.ofMillis(800);

  /** The keys, as soon as there are so many and no further change comes. */
  List<KeyDescriptor> await(int count) {
    return await(keys -> keys.size() == count);
  }

  List<KeyDescriptor> await(Predicate<List<KeyDescriptor>> enough) {
    BlockingQueue<List<KeyDescriptor>> told = new LinkedBlockingQueue<>();
    try (KeyWatch watch = transport.watch(new Listener(told))) {
      while (true) {
        List<KeyDescriptor> keys = told.poll(LONGEST.toSeconds(), TimeUnit.SECONDS);
        if (keys == null) {
          throw new AssertionError("The keys that " + watch + " was to tell did not come.");
        }
        while (keys != null && enough.test(keys)) {
          List<KeyDescriptor> further = told.poll(SETTLED.toMillis(), TimeUnit.MILLISECONDS);
          if (further == null) {
            return keys;
          }
          keys = further;
        }
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private record Listener(BlockingQueue<List<KeyDescriptor>> told) implements KeyWatchListener {

    @Override
    public void onKeys(List<KeyDescriptor> keys) {
      told.add(keys);
    }

    @Override
    public void onProblem(PluginException problem) {
      // The next list says when it is over.
    }
  }
}
