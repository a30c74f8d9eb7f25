package dev.keysmith.spi.idp;

import java.time.Instant;
import java.util.Objects;

/** Which users to list. */
public sealed interface UserQuery {

  /** Everybody whom the provider lists, those who have left excepted. */
  record WholeDirectory() implements UserQuery {}

  /**
   * The members of a group.
   *
   * @param groupId from {@link DirectoryGroup#id()}
   */
  record MembersOf(String groupId) implements UserQuery {

    /**
     * Refuses null.
     *
     * @param groupId see {@link #groupId()}
     */
    public MembersOf {
      Objects.requireNonNull(groupId);
    }
  }

  /**
   * Those whose profile or status changed, those who have left included.
   *
   * @param since exclusive; a provider that lags behind lists earlier changes too
   */
  record ChangedSince(Instant since) implements UserQuery {

    /**
     * Refuses null.
     *
     * @param since see {@link #since()}
     */
    public ChangedSince {
      Objects.requireNonNull(since);
    }
  }
}
