package dev.keysmith.core.access;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The caller of the current request. The entry point of each request sets it before it does any
 * work: the audit log keeps the address, and {@link Allowed} asks for the role.
 */
@RequestScoped
public class Caller {

  private @Nullable String address;
  private @Nullable Role role;

  /** The request comes from this address. */
  public void comesFrom(String from) {
    address = from;
  }

  /** The request is that of an operator with this role. */
  public void is(Role present) {
    role = present;
  }

  /** The address; empty if the entry point has not set it. */
  Optional<String> address() {
    return Optional.ofNullable(address);
  }

  /** The role; empty if this is no operator's request. */
  Optional<Role> role() {
    return Optional.ofNullable(role);
  }

  /** The address of a caller, unless the work is none of a request's. */
  public static Optional<String> addressOf(Caller caller) {
    return unlessByItself(caller::address);
  }

  /** The role of a caller, unless the work is none of a request's. */
  static Optional<Role> roleOf(Caller caller) {
    return unlessByItself(caller::role);
  }

  private static <T> Optional<T> unlessByItself(Supplier<Optional<T>> what) {
    try {
      return what.get();
    } catch (ContextNotActiveException e) {
      return Optional.empty();
    }
  }
}
