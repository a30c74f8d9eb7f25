package dev.keysmith.okta.http;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The requests of one call of the port. They share one budget of time, so the call ends within a
 * minute however many they are.
 *
 * <p>GET and DELETE are sent up to three times if they may succeed then; a POST is sent once.
 */
public final class Conversation {

  private static final int ATTEMPTS = 3;
  private static final Duration BUDGET = Duration.ofSeconds(58);

  /** Waiting for a connection, connecting and waiting for the answer at their longest. */
  private static final Duration LONGEST_EXCHANGE = Duration.ofSeconds(30);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final OrgClient line;
  private final Instant end;

  Conversation(OrgClient line) {
    this.line = line;
    this.end = line.clock().instant().plus(BUDGET);
  }

  /** What an attempt came to: an answer, or a failure and whether it may pass. */
  private record Outcome(
      Optional<Answer> answer, Optional<PluginException> failure, boolean mayPass) {}

  /** Sends a request; every status but 2xx is an exception. */
  public Answer send(Request request) {
    for (int attempt = 1; ; attempt++) {
      awaitAdmission(request);
      Outcome outcome = attempt(request);
      if (outcome.failure().isEmpty()) {
        return outcome.answer().orElseThrow();
      }
      PluginException failure = outcome.failure().get();
      Duration wait = failure.retryAfter().orElse(backoff(attempt));
      boolean again = request.repeatable() && outcome.mayPass() && attempt < ATTEMPTS;
      if (!again || !hasTimeFor(wait)) {
        throw failure;
      }
      pause(request, wait);
    }
  }

  /** As {@link #send}, for an answer that must be JSON. */
  public Answer ask(Request request) {
    Answer answer = send(request);
    if (!answer.isJson()) {
      throw answer.saysJson()
          ? Failure.notUnderstood(request, "it breaks off")
          : Failure.noOkta(request, line.org(), answer);
    }
    return answer;
  }

  /** As {@link #ask}, for an answer that must be a list: anything else says nothing of items. */
  public Answer askForList(Request request) {
    Answer answer = ask(request);
    if (!answer.body().isList()) {
      throw Failure.notUnderstood(request, "it is no list");
    }
    return answer;
  }

  /** As {@link #ask}; empty if what the path names does not exist. */
  public Optional<Json> find(Request request) {
    return findAnswer(request).map(Answer::body);
  }

  /** As {@link #find}, with the headers. */
  public Optional<Answer> findAnswer(Request request) {
    try {
      Answer answer = ask(request);
      if (!answer.body().isObject()) {
        throw Failure.notUnderstood(request, "it is a list");
      }
      return Optional.of(answer);
    } catch (PluginException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Outcome attempt(Request request) {
    try {
      Answer answer = exchange(request);
      line.pacing().observe(request.bucket(), answer);
      if (answer.isSuccess()) {
        return new Outcome(Optional.of(answer), Optional.empty(), false);
      }
      PluginException failure =
          answer.status() == 429
              ? Failure.rateLimited(request, line.pacing().afterRefusal(answer))
              : Failure.refused(request, line.org(), answer, line.credential());
      return new Outcome(Optional.of(answer), Optional.of(failure), Failure.mayPass(failure));
    } catch (IOException e) {
      PluginException failure = Failure.unreachable(request, line.org(), e);
      return new Outcome(Optional.empty(), Optional.of(failure), Failure.mayPass(e));
    }
  }

  /** A request with a refused access token had no effect, so it is safe to send it again. */
  private Answer exchange(Request request) throws IOException {
    String authorization = authorization(request);
    Answer answer = line.http().send(request, Map.of("Authorization", authorization));
    if (answer.status() == 401 && line.credential().refused(authorization)) {
      String other = authorization(request);
      return line.http().send(request, Map.of("Authorization", other));
    }
    return answer;
  }

  /** To get an access token may take as long as the request itself, which then has no time left. */
  private String authorization(Request request) {
    requireTime(request);
    String authorization = line.credential().authorization(spare());
    requireTime(request);
    return authorization;
  }

  private void requireTime(Request request) {
    if (!hasTimeFor(Duration.ZERO)) {
      throw tooSlow(request);
    }
  }

  private static PluginException tooSlow(Request request) {
    return Failure.failure(Reason.UNAVAILABLE, request, "Okta is too slow. Try again later.");
  }

  private void awaitAdmission(Request request) {
    while (true) {
      Duration wait = line.pacing().admit(request.bucket());
      if (!hasTimeFor(wait)) {
        throw wait.isZero() ? tooSlow(request) : Failure.rateLimited(request, wait);
      }
      if (wait.isZero()) {
        return;
      }
      pause(request, wait);
    }
  }

  private boolean hasTimeFor(Duration wait) {
    return wait.compareTo(LONGEST_WAIT) <= 0 && wait.compareTo(spare()) <= 0;
  }

  /** What is left beyond one more exchange; negative if there is no time for that. */
  private Duration spare() {
    return Duration.between(line.clock().instant(), end).minus(LONGEST_EXCHANGE);
  }

  /** A quarter, half, ... of a second, give or take a half, so that clients do not keep step. */
  private Duration backoff(int attempt) {
    long millis = 250L << (attempt - 1);
    return Duration.ofMillis(millis / 2 + line.random().nextLong(millis + 1));
  }

  private void pause(Request request, Duration wait) {
    try {
      line.pause().lasting(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.failure(Reason.UNAVAILABLE, request, "the server stops.");
    }
  }
}
