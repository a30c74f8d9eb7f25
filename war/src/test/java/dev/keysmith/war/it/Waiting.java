package dev.keysmith.war.it;

import dev.keysmith.war.json.Json;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Waits for what the server does by itself. */
public final class Waiting {

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Waiting() {}

  /** The first state that an event stream tells and that is wanted; fails if there is none. */
  static JsonNode first(Stream<String> lines, Predicate<JsonNode> wanted) {
    String[] last = {"nothing"};
    return lines
        .filter(line -> line.startsWith("data:"))
        .map(line -> Json.MAPPER.readTree(last[0] = line.substring("data:".length())))
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new AssertionError("The stream ended with " + last[0]));
  }

  /** Asks until the answer is as wanted; fails after half a minute. */
  public static <T> T eventually(Supplier<T> question, Predicate<T> wanted) {
    long end = System.nanoTime() + LONGEST.toNanos();
    T answer = question.get();
    while (!wanted.test(answer)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("Still not: " + answer);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = question.get();
    }
    return answer;
  }
}
