package dev.keysmith.war.rest.key;

import dev.keysmith.core.session.KeySession;
import dev.keysmith.war.progress.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the API tells about a session.
 *
 * @param userId whose key it is to be; absent for a reset
 * @param own whether the caller has started it
 * @param pinToShow whether a random PIN of its key waits for the caller
 */
@Schema(name = "KeySession")
public record KeySessionView(
    String id,
    Optional<Long> userId,
    String transport,
    String key,
    KeySession.State state,
    Optional<Long> keyId,
    boolean own,
    boolean pinToShow,
    Instant started,
    Optional<Instant> ended,
    List<KeySession.Entry> entries,
    List<KeySession.Result> results) {

  public static KeySessionView of(KeySession session, boolean own, boolean pinToShow) {
    return new KeySessionView(
        session.id(),
        session.userId(),
        session.plugged().transport(),
        session.plugged().descriptor().id(),
        session.state(),
        session.keyId(),
        own,
        pinToShow,
        session.started(),
        session.ended(),
        session.entries(),
        session.results());
  }

  /** For those who follow it. */
  public static Progress progress(KeySessionView now) {
    return new Progress(now, now.state() != KeySession.State.RUNNING);
  }
}
