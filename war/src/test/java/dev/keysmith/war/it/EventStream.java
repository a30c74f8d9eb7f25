package dev.keysmith.war.it;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Server-sent events that a test follows until the server ends them. */
public final class EventStream implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final Stream<String> lines;
  private final Iterator<String> states;

  EventStream(Stream<String> lines) {
    this.lines = lines;
    this.states = lines.filter(line -> line.startsWith("data:")).iterator();
  }

  /** The next state. */
  public String next() {
    return awaited(CompletableFuture.supplyAsync(states::next));
  }

  /** All states that still come; fails if the server does not end the stream. */
  public List<String> rest() {
    return awaited(
        CompletableFuture.supplyAsync(
            () ->
                StreamSupport.stream(Spliterators.spliteratorUnknownSize(states, 0), false)
                    .toList()));
  }

  private static <T> T awaited(CompletableFuture<T> result) {
    try {
      return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("The stream neither goes on nor ends", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Following a stream was interrupted", e);
    }
  }

  @Override
  public void close() {
    lines.close();
  }
}
