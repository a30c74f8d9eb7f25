package dev.keysmith.core.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** That a user belongs to a group. */
@Entity
@Table(name = "directory_membership")
@IdClass(Membership.Key.class)
public class Membership {

  @Id
  @Column(name = "group_id")
  private long groupId;

  @Id
  @Column(name = "user_id")
  private long userId;

  @Column(name = "seen_by_import")
  private long seenByImport;

  /** For JPA. */
  protected Membership() {}

  public Membership(long groupId, long userId, long importId) {
    this.groupId = groupId;
    this.userId = userId;
    this.seenByImport = importId;
  }

  public long groupId() {
    return groupId;
  }

  public long userId() {
    return userId;
  }

  boolean isSeenBy(long importId) {
    return seenByImport == importId;
  }

  /** The primary key, as JPA wants it. */
  public static class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    private long groupId;
    private long userId;

    /** For JPA. */
    public Key() {}

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key && key.groupId == groupId && key.userId == userId;
    }

    @Override
    public int hashCode() {
      return Objects.hash(groupId, userId);
    }
  }
}
