package dev.keysmith.testing.key.nfc;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.testing.key.VirtualKey;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A request on which the key works while the reader asks whether it is done. */
final class RequestUnderWay {

  /**
   * What the key says next.
   *
   * @param finished whether it is the answer
   * @param data the answer, or the status byte of a sign of life
   * @param failure instead of both, if the key lost its power
   */
  record Step(boolean finished, byte[] data, @Nullable PluginException failure) {}

  private final VirtualKey key;
  private @Nullable BlockingQueue<Step> steps;

  RequestUnderWay(VirtualKey key) {
    this.key = key;
  }

  boolean isUnderWay() {
    return steps != null;
  }

  /**
   * Begins a request.
   *
   * @param patient whether signs of life are told; else the first step is the answer
   */
  Step begin(byte[] message, boolean patient) {
    BlockingQueue<Step> queue = new LinkedBlockingQueue<>();
    steps = queue;
    Thread worker = new Thread(() -> work(message, patient, queue), "virtual-card");
    worker.setDaemon(true);
    worker.start();
    return next();
  }

  private void work(byte[] message, boolean patient, BlockingQueue<Step> queue) {
    KeepAliveListener tell =
        status -> {
          if (patient) {
            queue.add(new Step(false, new byte[] {(byte) (status.ordinal() + 1)}, null));
          }
        };
    try {
      queue.add(new Step(true, key.exchange(message, tell), null));
    } catch (PluginException e) {
      queue.add(new Step(true, new byte[0], e));
    }
  }

  Step next() {
    BlockingQueue<Step> queue = steps;
    if (queue == null) {
      throw new IllegalStateException("No request is under way.");
    }
    try {
      Step step = queue.take();
      while (!step.finished() && !queue.isEmpty()) {
        step = queue.take(); // Only the latest sign of life is of use.
      }
      if (step.failure() != null) {
        throw step.failure();
      }
      if (step.finished()) {
        steps = null;
      }
      return step;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The card was taken from the reader.", e);
    }
  }

  /** The key gives up, as its applet is selected anew. */
  void drop() {
    if (steps != null) {
      steps = null;
      key.cancel();
    }
  }
}
