package dev.keysmith.core.key;

import dev.keysmith.core.key.Station.Look;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks all transports at the same time which keys are there. One that does not answer in time is
 * shown with a problem; it is neither asked again nor waited for until its call has returned.
 */
final class TransportScan {

  private static final String SILENT =
      "The plugin \"%s\" does not answer. Try again later; report it to its maker.";

  private final Map<String, FutureTask<Answer>> overdue = new HashMap<>();

  /** The keys at one transport, or why it cannot tell. */
  private record Answer(List<PluggedKey> keys, Optional<String> problem) {}

  private record Question(Port port, FutureTask<Answer> answer) {}

  /**
   * Looks.
   *
   * @param patience for all transports together
   */
  Look look(List<Port> ports, Duration patience) {
    List<Question> questions = ports.stream().map(this::ask).toList();
    long end = System.nanoTime() + patience.toNanos();
    List<PluggedKey> keys = new ArrayList<>();
    Map<String, String> problems = new LinkedHashMap<>();
    for (Question question : questions) {
      Answer answer = answer(question, end);
      keys.addAll(answer.keys());
      answer.problem().ifPresent(problem -> problems.put(question.port().name(), problem));
    }
    return new Look(List.copyOf(keys), problems);
  }

  private Question ask(Port port) {
    FutureTask<Answer> task = new FutureTask<>(() -> listed(port));
    FutureTask<Answer> before = stillOverdue(port.name());
    if (before != null) {
      return new Question(port, before);
    }
    Thread thread = new Thread(task, "station-look-" + port.name());
    thread.setDaemon(true);
    thread.start();
    return new Question(port, task);
  }

  private synchronized @Nullable FutureTask<Answer> stillOverdue(String name) {
    FutureTask<Answer> before = overdue.get(name);
    if (before != null && before.isDone()) {
      overdue.remove(name, before);
      return null;
    }
    return before;
  }

  private static Answer listed(Port port) {
    try {
      return new Answer(
          port.transport().get().listKeys().stream()
              .map(key -> new PluggedKey(port.name(), key))
              .toList(),
          Optional.empty());
    } catch (RuntimeException e) {
      return new Answer(List.of(), Optional.of(Station.problem(port.factory(), e)));
    }
  }

  private Answer answer(Question question, long end) {
    String name = question.port().name();
    try {
      long left = isOverdue(name, question.answer()) ? 0 : end - System.nanoTime();
      return question.answer().get(Math.max(left, 0), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      remember(name, question.answer());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return new Answer(List.of(), Optional.of(SILENT.formatted(name)));
  }

  private synchronized boolean isOverdue(String name, FutureTask<Answer> answer) {
    return answer.equals(overdue.get(name));
  }

  private synchronized void remember(String name, FutureTask<Answer> answer) {
    overdue.put(name, answer);
  }
}
