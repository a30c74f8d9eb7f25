package dev.keysmith.core.access;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The role of the operator whose request is under way. Whoever lets operators in says so here,
 * before anything is done for them.
 */
@RequestScoped
public class CallerRole {

  private @Nullable Role role;

  /** The request is that of an operator with this role. */
  public void is(Role present) {
    role = present;
  }

  /** The role, unless no operator's request is under way. */
  static Optional<Role> of(CallerRole caller) {
    try {
      return caller.role();
    } catch (ContextNotActiveException e) {
      return Optional.empty();
    }
  }

  /** The role; empty if nobody has said. */
  Optional<Role> role() {
    return Optional.ofNullable(role);
  }
}
