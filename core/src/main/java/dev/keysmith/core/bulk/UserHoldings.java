package dev.keysmith.core.bulk;

import dev.keysmith.core.directory.DirectoryMessage;
import dev.keysmith.core.directory.User;
import dev.keysmith.core.directory.Users;
import dev.keysmith.core.key.SecurityKey;
import dev.keysmith.core.page.Filter;
import dev.keysmith.core.page.Listing;
import dev.keysmith.core.page.PageRequest;
import dev.keysmith.core.page.Slice;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The users with what they have: passkeys and security keys. */
@ApplicationScoped
public class UserHoldings {

  /** Nothing of the kind; the other values of the filters are states. */
  private static final String NONE = "NONE";

  /** A security key that was assigned, but none that is active. */
  private static final String PENDING = "PENDING";

  private static final Set<SecurityKey.State> IN_USE =
      EnumSet.of(SecurityKey.State.ASSIGNED, SecurityKey.State.ACTIVE);

  private static final int AT_ONCE = 500;

  private static final Listing<User> LISTING =
      Users.listing()
          .filter("passkey", UserHoldings::withPasskey)
          .filter("key", UserHoldings::withKey);

  @PersistenceContext(unitName = "keysmith")
  EntityManager entities;

  /**
   * What a user has.
   *
   * @param passkeys the states of those that are not revoked
   * @param keys the states of the security keys
   */
  public record Holding(List<Passkey.State> passkeys, List<SecurityKey.State> keys) {

    static Holding none() {
      return new Holding(new ArrayList<>(), new ArrayList<>());
    }
  }

  /** What users can be sorted and filtered by, for features that add what they know of them. */
  public static Listing<User> listing() {
    return LISTING;
  }

  /**
   * Users, with the orders and filters of {@link Users#list} and two more filters: {@code passkey}
   * (a state, or {@code NONE} for the callers that neither have nor wait for one) and {@code key}
   * (a state; {@code NONE} for users without a key that is assigned or active; {@code PENDING} for
   * users whose key is assigned while none is active). Each user passes exactly one of {@code
   * ACTIVE}, {@code PENDING} and {@code NONE}.
   */
  @Transactional
  public Slice<User> list(PageRequest request) {
    return LISTING.slice(entities, request);
  }

  /** How many users are chosen. */
  @Transactional
  public long count(UserSelection selection) {
    return selection.ids().isEmpty()
        ? LISTING.count(entities, request(selection))
        : selection.ids().size();
  }

  /**
   * Some of the chosen users, in the order of their ids.
   *
   * @param after the id of the last one of the step before; 0 for the first step
   * @param limit how many at most
   */
  @Transactional
  public List<User> chosen(UserSelection selection, long after, int limit) {
    if (selection.ids().isEmpty()) {
      return LISTING.after(entities, request(selection), after, limit);
    }
    List<Long> next =
        selection.ids().stream().filter(id -> id > after).sorted().limit(limit).toList();
    return next.isEmpty() ? List.of() : byIds(next);
  }

  private List<User> byIds(List<Long> ids) {
    return entities
        .createQuery("select u from User u where u.id in :ids order by u.id", User.class)
        .setParameter("ids", ids)
        .getResultList();
  }

  /**
   * Refuses a selection that names a user who is not there, or a filter that is none.
   *
   * @throws ProblemException {@code NOT_FOUND}, {@code INVALID}
   */
  @Transactional
  public void require(UserSelection selection) {
    if (selection.ids().isEmpty()) {
      LISTING.after(entities, request(selection), Long.MAX_VALUE, 1);
      return;
    }
    List<Long> ids = selection.ids().stream().sorted().toList();
    for (int from = 0; from < ids.size(); from += AT_ONCE) {
      List<Long> part = ids.subList(from, Math.min(from + AT_ONCE, ids.size()));
      Set<Long> found = byIds(part).stream().map(User::id).collect(Collectors.toSet());
      part.stream()
          .filter(id -> !found.contains(id))
          .findFirst()
          .ifPresent(
              id -> {
                throw ProblemException.notFound(DirectoryMessage.NO_SUCH_USER, Long.toString(id));
              });
    }
  }

  private static PageRequest request(UserSelection selection) {
    return new PageRequest(0, 1, "", selection.filters());
  }

  /** What users have, by id; everybody who is asked for is in it. */
  @Transactional
  public Map<Long, Holding> holdings(Collection<Long> userIds) {
    Map<Long, Holding> holdings = new HashMap<>();
    userIds.forEach(id -> holdings.put(id, Holding.none()));
    if (userIds.isEmpty()) {
      return holdings;
    }
    states(
            "select p.userId, p.state from Passkey p where p.userId in :users"
                + " and p.state <> dev.keysmith.core.passkey.Passkey.State.REVOKED order by p.id",
            userIds)
        .forEach(row -> of(holdings, row).passkeys().add((Passkey.State) row[1]));
    states(
            "select k.ownerId, k.state from SecurityKey k where k.ownerId in :users order by k.id",
            userIds)
        .forEach(row -> of(holdings, row).keys().add((SecurityKey.State) row[1]));
    return holdings;
  }

  private List<Object[]> states(String query, Collection<Long> userIds) {
    return entities
        .createQuery(query, Object[].class)
        .setParameter("users", userIds)
        .getResultList();
  }

  private static Holding of(Map<Long, Holding> holdings, Object[] row) {
    return holdings.get((Long) row[0]);
  }

  private static Predicate withPasskey(Filter.Scope<User> scope, String value) {
    Subquery<Long> found = scope.query().subquery(Long.class);
    Root<Passkey> passkey = found.from(Passkey.class);
    Predicate his = scope.builder().equal(passkey.get("userId"), scope.root().get("id"));
    if (value.equals(NONE)) {
      found
          .select(passkey.get("id"))
          .where(his, scope.builder().notEqual(passkey.get("state"), Passkey.State.REVOKED));
      return scope.builder().not(scope.builder().exists(found));
    }
    found
        .select(passkey.get("id"))
        .where(his, scope.builder().equal(passkey.get("state"), Passkey.State.valueOf(value)));
    return scope.builder().exists(found);
  }

  private static Predicate withKey(Filter.Scope<User> scope, String value) {
    return switch (value) {
      case NONE -> scope.builder().not(hasKey(scope, IN_USE));
      case PENDING ->
          scope
              .builder()
              .and(
                  hasKey(scope, Set.of(SecurityKey.State.ASSIGNED)),
                  scope.builder().not(hasKey(scope, Set.of(SecurityKey.State.ACTIVE))));
      default -> hasKey(scope, Set.of(SecurityKey.State.valueOf(value)));
    };
  }

  private static Predicate hasKey(Filter.Scope<User> scope, Set<SecurityKey.State> states) {
    Subquery<Long> found = scope.query().subquery(Long.class);
    Root<SecurityKey> key = found.from(SecurityKey.class);
    found
        .select(key.get("id"))
        .where(
            scope.builder().equal(key.get("ownerId"), scope.root().get("id")),
            key.get("state").in(states));
    return scope.builder().exists(found);
  }
}
