package dev.keysmith.war.rest.passkey;

import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.bulk.BulkRun;
import dev.keysmith.core.message.Message;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the API tells about work that walks through many users.
 *
 * @param total how many users there were to decide about when it began
 * @param assigned how many got a passkey so far
 * @param skipped how many got none, for reasons that are logged
 * @param error why it failed; it goes on when its dead letter is retried
 */
@Schema(name = "ManyUsers")
public record WalkView(
    long id,
    BulkRun.State state,
    Actor requestedBy,
    Instant requested,
    Optional<Instant> ended,
    long total,
    int assigned,
    int skipped,
    Optional<Message> error) {

  public static WalkView of(BulkRun walk) {
    return new WalkView(
        walk.id(),
        walk.state(),
        walk.requestedBy(),
        walk.requested(),
        walk.ended(),
        walk.total(),
        walk.assigned(),
        walk.skipped(),
        walk.failure());
  }

  public boolean hasEnded() {
    return state != BulkRun.State.RUNNING;
  }
}
