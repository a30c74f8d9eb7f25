package dev.keysmith.core.imports;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * What an import is to do.
 *
 * @param scope whom to import
 * @param groupIds identifiers of the groups at the identity provider; only for {@link Scope#GROUPS}
 * @param mode what happens to users that are known already
 * @param manyMayLeave whether a whole import may mark more than half of the users as having left,
 *     which otherwise is taken for a sign that the credential no longer sees everybody
 */
public record ImportPlan(Scope scope, List<String> groupIds, Mode mode, boolean manyMayLeave) {

  /** Whom to import. */
  public enum Scope {
    /** Everybody, and the members of each group that was imported before. */
    WHOLE,
    /** The members of some groups. */
    GROUPS,
    /** Those whom a list names; started with the list, see {@link Imports#startListed}. */
    LIST
  }

  /** What happens to users that are known already. */
  public enum Mode {
    /** They stay as they are, even if they have left. */
    NEW_ONLY,
    /** Profile and status follow the identity provider. */
    NEW_AND_UPDATE
  }

  /** Drops repeated groups. */
  public ImportPlan {
    groupIds = List.copyOf(new LinkedHashSet<>(groupIds));
  }

  /** An import of everybody. */
  public static ImportPlan whole(Mode mode) {
    return new ImportPlan(Scope.WHOLE, List.of(), mode, false);
  }

  /** An import of the members of groups, named by their identifiers at the identity provider. */
  public static ImportPlan groups(List<String> groupIds, Mode mode) {
    return new ImportPlan(Scope.GROUPS, groupIds, mode, false);
  }

  /** An import of those whom a list names. */
  static ImportPlan listed(Mode mode) {
    return new ImportPlan(Scope.LIST, List.of(), mode, false);
  }

  /** The same, where it is known and intended that most users have left. */
  public ImportPlan evenIfManyLeft() {
    return new ImportPlan(scope, groupIds, mode, true);
  }
}
