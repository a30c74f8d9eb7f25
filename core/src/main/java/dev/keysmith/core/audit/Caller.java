package dev.keysmith.core.audit;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the request under way comes from. Whoever takes requests says so here, and the audit log
 * keeps it with each entry that the request leads to.
 */
@RequestScoped
public class Caller {

  private @Nullable String address;

  /** The request comes from this address. */
  public void comesFrom(String from) {
    address = from;
  }

  /** The address, unless the work is none of a request's. */
  static Optional<String> addressOf(Caller caller) {
    try {
      return caller.address();
    } catch (ContextNotActiveException e) {
      return Optional.empty();
    }
  }

  /** The address; empty if nobody has said. */
  Optional<String> address() {
    return Optional.ofNullable(address);
  }
}
