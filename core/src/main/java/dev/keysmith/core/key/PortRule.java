package dev.keysmith.core.key;

import dev.keysmith.core.directory.User;
import dev.keysmith.core.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says who may use the ports at which keys are plugged in. */
@FunctionalInterface
public interface PortRule {

  /**
   * Why a key may not be used; empty if it may.
   *
   * @param user for whom it is to be written; null if that is not known yet
   */
  Optional<ProblemException> whyNot(PluggedKey key, Audience audience, @Nullable User user);
}
